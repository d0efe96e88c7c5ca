"""At start: what other notes have unsaved is offered, and decided by nobody but the user."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from briefing.text import Label
from briefing_ui.notice import Choice, Notice

if TYPE_CHECKING:
    from briefing.store.recovery import Recovered
    from briefing_ui.window import MainWindow

KEY = "unsaved notes"
_UNSAVED = Label("Some notes have text that was not saved.", "部分報告有未儲存的文字。")
_SHOW = Label("Show", "顯示")


def offer_recovered(window: MainWindow, opening: Path | None) -> None:
    """Look for unsaved text in the background; that of the note being opened comes back by itself."""

    def found(entries: tuple[Recovered, ...]) -> None:
        others = tuple(entry for entry in entries if opening is None or entry.path != opening.resolve())
        if others:
            show = Choice(_SHOW, lambda: show_recovered(window, others))
            window.session.notice(Notice(_UNSAVED, tone="warning", choices=(show,), key=KEY))

    window.notes.files.run(_recoverable, found)


def show_recovered(window: MainWindow, entries: tuple[Recovered, ...]) -> None:
    """Show unsaved text beside what is saved."""
    from briefing_ui.recovery_page import RecoveryPage

    before = window.desk.stack.currentWidget() or window.desk.start
    page = RecoveryPage(window.session, window)
    page.show_entries(entries)

    def leave() -> None:
        window.desk.show_page(before)
        window.desk.drop_page(page)

    def opened(entry: Recovered) -> None:
        leave()
        if entry.path is not None:
            window.workspaces.open(entry.path)
        else:
            window.notes.open_recovered(entry)
            window.show_desk()

    page.open_wanted.connect(opened)
    page.keep_wanted.connect(window.notes.put_aside)
    page.closed.connect(leave)
    window.desk.add_page(page)
    window.desk.show_page(page)


def _recoverable() -> tuple[Recovered, ...]:
    from briefing.store.recovery import recoverable

    return recoverable()
