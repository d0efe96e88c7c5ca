"""The note on the desk and what surrounds it. Panels read it, ask it for the next note, and listen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from briefing import history
from briefing.charts.spec import ChartSpec
from briefing.history import History
from briefing.note import Note
from briefing.problems import Problem
from briefing.text import Label, Lang
from briefing_ui.jobs import Jobs, Reply
from briefing_ui.look import Look
from briefing_ui.market import Listed, Listing, Market, listing_from
from briefing_ui.notice import Notice, problem_notice

if TYPE_CHECKING:
    from briefing.series import Series

OnDone = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user is at: a block of the note, a series of a list, a chart of the grid."""

    block: str | None = None
    series: str | None = None
    chart: ChartSpec | None = None


class Session(QObject):
    """One note, one workspace, one look, one language.

    `note_changed(old, new)` has None as old when another note was opened. `noticed(Notice)` asks
    for a banner, `said(Label)` for a line in the status bar. `files_given(list[Path])` hands over files
    that came in by a pane.
    """

    note_changed = Signal(object, object)
    values_changed = Signal()
    series_arrived = Signal(str)
    market_changed = Signal()
    selection_changed = Signal()
    problems_changed = Signal()
    look_changed = Signal()
    language_changed = Signal()
    saved = Signal(str)
    files_given = Signal(object)
    noticed = Signal(object)
    said = Signal(object)

    def __init__(
        self, jobs: Jobs, parent: QObject | None = None, *, look: Look | None = None, lang: Lang = "en"
    ) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self._history: History[Note | None] = history.begin(None)
        self._look = look or Look()
        self._lang = lang
        self._selection = Selection()
        self._problems: tuple[Problem, ...] = ()
        self.is_checked = False
        self.market = Market(jobs, self)
        self.market.changed.connect(self.market_changed)
        self.market.series_arrived.connect(self.series_arrived)
        self.market.values_arrived.connect(self.values_changed)
        self.market.problems.connect(self.show_problems)
        jobs.said.connect(self.said)

    # --- the note

    @property
    def note(self) -> Note | None:
        """The note as it stands, or None when none is open."""
        return self._history.value

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._history.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to make again."""
        return bool(self._history.future)

    def show_note(self, note: Note | None) -> None:
        """Put another note on the desk, with a history of its own."""
        self._history = history.begin(note)
        self._selection = replace(self._selection, block=None)
        self.market.set_view(*((note.as_of, note.vintage) if note is not None else (None, None)))
        self.note_changed.emit(None, note)
        self.set_problems((), checked=False)

    def edit(self, change: Callable[[Note], Note], merge: str = "") -> None:
        """Exchange the note for the next one. Edits with one merge key in a row are one step to undo."""
        if self.note is not None:
            self._move(history.record(self._history, change(self.note), merge))

    def undo(self) -> None:
        """Take the last edit back."""
        self._move(history.undo(self._history))

    def redo(self) -> None:
        """Make the edit again that was taken back last."""
        self._move(history.redo(self._history))

    def _move(self, after: History[Note | None]) -> None:
        old, self._history = self.note, after
        new = self.note
        if new is not old and new is not None and new != old:
            self.market.set_view(new.as_of, new.vintage)
            self.note_changed.emit(old, new)

    # --- the market

    @property
    def listing(self) -> Listing:
        """The series of the open workspace."""
        return self.market.listing

    @property
    def as_of(self) -> date | None:
        """The as-of date: the note's own, else the newest observation; None without data."""
        if self.note is not None and self.note.as_of is not None:
            return self.note.as_of
        return self.listing.as_of

    @property
    def workspace(self) -> Path | None:
        """The folder of the open workspace."""
        return Path(self.listing.workspace) if self.listing.workspace else None

    def series(self, series_id: str) -> Series | None:
        """A series by id or alias; None while it is on its way (then `series_arrived`) or unknown."""
        found = self.market.series(series_id)
        day = self.as_of
        if found is None or day is None or day == found.as_of:
            return found
        return found.until(day)

    def value(self, ref: str) -> Mapping[str, Any] | None:
        """The value of a reference as `briefing value --json` prints it; None until it came."""
        return self.market.value(ref)

    def want_values(self, refs: Iterable[str]) -> None:
        """Make values come; `values_changed` tells when they did."""
        self.market.want_values(refs)

    def catalogue_entry(self, series_id: str) -> Listed | None:
        """What the catalogue says of an id or alias."""
        return self.market.entry(series_id)

    def open_workspace(self, folder: Path, then: OnDone | None = None) -> None:
        """Open a workspace, or the one that a folder lies in. `then` gets the worker's answer."""
        args = {"workspace": str(folder)}
        self.jobs.always_first("data", "open", args)

        def opened(reply: Reply) -> None:
            if self.accept(reply):
                self.market.show(listing_from(reply.result))
                if then is not None:
                    then(reply.result)

        self.jobs.ask("data", "open", args, opened, key="open", long=True)

    def refresh(self, then: OnDone | None = None) -> None:
        """Read the store of the workspace again."""
        if self.workspace is not None:
            self.open_workspace(self.workspace, then)

    # --- what the user is at

    @property
    def selection(self) -> Selection:
        """What the user is at."""
        return self._selection

    def select(self, **parts: Any) -> None:
        """Change parts of the selection: `block`, `series`, `chart`."""
        after = replace(self._selection, **parts)
        if after != self._selection:
            self._selection = after
            self.selection_changed.emit()

    # --- problems and messages

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the checks found in the note as it stands."""
        return self._problems

    def set_problems(self, problems: tuple[Problem, ...], *, checked: bool = True) -> None:
        """Take what the checks found; `checked` is false while nothing has been looked at."""
        if (problems, checked) != (self._problems, self.is_checked):
            self._problems, self.is_checked = problems, checked
            self.problems_changed.emit()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show problems that belong to no place in the note as banners."""
        for problem in problems:
            self.noticed.emit(problem_notice(problem))

    def notice(self, notice: Notice) -> None:
        """Show a banner."""
        self.noticed.emit(notice)

    def say(self, words: Label) -> None:
        """Show a line in the status bar."""
        self.said.emit(words)

    def give_files(self, paths: list[Path]) -> None:
        """Hand over files that came in by a pane, such as from the clipboard; they are read as dropped ones are."""
        self.files_given.emit(paths)

    def accept(self, reply: Reply) -> bool:
        """Whether a job was done; if not, its problems are shown."""
        if not reply.ok:
            self.show_problems(reply.problems)
        return reply.ok

    # --- look and language

    @property
    def look(self) -> Look:
        """The theme, and what up and down look like."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Change the look; the window dresses itself again."""
        if look != self._look:
            self._look = look
            self.look_changed.emit()

    @property
    def lang(self) -> Lang:
        """The language of the interface."""
        return self._lang

    def set_language(self, lang: Lang) -> None:
        """Change the language of the interface; every label is asked again."""
        if lang != self._lang:
            self._lang = lang
            self.language_changed.emit()

    def words(self, label: Label) -> str:
        """A label in the language of the interface."""
        return label.of(self._lang)
