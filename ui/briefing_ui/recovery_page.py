"""Text that was typed and not saved: one row for each note, saved text left, recovered text right."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from briefing.blocks.registry import texts
from briefing.note import Note
from briefing.store.recovery import Recovered
from briefing.text import SIDES, Label, Side
from briefing_ui.session import Session

_TITLE = Label("Recovered text", "復原的文字")
_WORDS = Label(
    "This was typed and not saved. Closing this page decides nothing: the text stays until you choose.",
    "以下內容已輸入但尚未儲存。關閉此頁不會做任何決定，文字會保留到您選擇為止。",
)
_OPEN = Label("Open the recovered text", "開啟復原的文字")
_KEEP = Label("Keep the saved text", "保留已儲存的文字")
_CLOSE = Label("Decide later", "稍後決定")
_NOTES = Label("Notes with unsaved text", "有未儲存文字的報告")
_SAVED = Label("Saved", "已儲存")
_RECOVERED = Label("Recovered", "已復原")
_NO_FILE = Label("This note has no file.", "此報告沒有檔案。")


class RecoveryPage(QWidget):
    """`open_wanted(Recovered)` and `keep_wanted(Recovered)` are the user's choices, `closed()` leaves."""

    open_wanted = Signal(object)
    keep_wanted = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entries: tuple[Recovered, ...] = ()
        self.title, self.words = QLabel(self), QLabel(self)
        self.title.setProperty("part", "heading")
        self.words.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.saved, self.recovered = QTextBrowser(self), QTextBrowser(self)
        self.open_button, self.keep_button, self.close_button = (QPushButton(self) for _ in range(3))
        self.open_button.setProperty("part", "primary")
        self._arrange()
        self.list.currentRowChanged.connect(self._show)
        self.open_button.clicked.connect(lambda: self.open_wanted.emit(self._chosen()))
        self.keep_button.clicked.connect(lambda: self.keep_wanted.emit(self._chosen()))
        self.close_button.clicked.connect(self.closed)
        session.language_changed.connect(self.retell)
        session.look_changed.connect(lambda: self._show(self.list.currentRow()))
        self.retell()

    def show_entries(self, entries: tuple[Recovered, ...]) -> None:
        """Show these notes."""
        self._entries = entries
        self.list.clear()
        for entry in entries:
            self.list.addItem(self._session.words(entry.summary))
        self.list.setCurrentRow(0 if entries else -1)

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words = self._session.words
        self.title.setText(words(_TITLE))
        self.words.setText(words(_WORDS))
        for widget, label in (
            (self.list, _NOTES),
            (self.saved, _SAVED),
            (self.recovered, _RECOVERED),
            (self.open_button, _OPEN),
            (self.keep_button, _KEEP),
            (self.close_button, _CLOSE),
        ):
            widget.setAccessibleName(words(label))
            if isinstance(widget, QPushButton):
                widget.setText(words(label))
        row = self.list.currentRow()
        self.show_entries(self._entries)
        self.list.setCurrentRow(row)

    def _arrange(self) -> None:
        sides = QSplitter(Qt.Orientation.Horizontal, self)
        sides.addWidget(self.saved)
        sides.addWidget(self.recovered)
        buttons = QHBoxLayout()
        for button in (self.open_button, self.keep_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        self.list.setMaximumHeight(120)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        for widget in (self.title, self.words, self.list, sides):
            column.addWidget(widget, 1 if widget is sides else 0)
        column.addLayout(buttons)

    def _show(self, row: int) -> None:
        for button in (self.open_button, self.keep_button):
            button.setEnabled(row >= 0)
        if row < 0:
            self.saved.clear()
            self.recovered.clear()
            return
        entry = self._entries[row]
        tokens = self._session.look.tokens
        left, right = sided(entry.saved, entry.note, tokens.highlight, tokens.highlight_ink)
        nothing = f"<p>{escape(self._session.words(_NO_FILE))}</p>"
        self.saved.setHtml(left if entry.saved is not None else nothing)
        self.recovered.setHtml(right)

    def _chosen(self) -> Recovered:
        """The selected note, which leaves the list."""
        entry = self._entries[self.list.currentRow()]
        self.show_entries(tuple(one for one in self._entries if one is not entry))
        return entry


def sided(saved: Note | None, recovered: Note, fill: str, ink: str) -> tuple[str, str]:
    """Both notes as HTML, with what differs marked, per language."""
    before = dict(_paragraphs(saved)) if saved is not None else {}
    after = dict(_paragraphs(recovered))
    left: list[str] = []
    right: list[str] = []
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = before.get(key, ""), after.get(key, "")
        if old or new:
            marked = _marked(old, new, fill, ink)
            left.append(f"<p>{marked[0]}</p>")
            right.append(f"<p>{marked[1]}</p>")
    return "".join(left), "".join(right)


def _paragraphs(note: Note) -> Iterator[tuple[tuple[str, str, Side], str]]:
    for block in note.blocks:
        for entry in texts(block):
            for side in SIDES:
                yield (block.id, entry.path, side), entry.text.of(side)


def _marked(old: str, new: str, fill: str, ink: str) -> tuple[str, str]:
    left = right = ""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = escape(old[a:b]), escape(new[c:d])
        if kind == "equal":
            left, right = left + was, right + now
            continue
        style = f"background:{fill};color:{ink}"
        left += f'<span style="{style}">{was}</span>' if was else ""
        right += f'<span style="{style}">{now}</span>' if now else ""
    return left, right
