"""What the checks found: errors first, each with its place; Enter goes there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListWidget, QListWidgetItem, QStackedLayout, QWidget

from briefing.note import index_of
from briefing.problems import Place, Problem, Severity
from briefing.text import Label
from briefing_ui.paint import MARKS
from briefing_ui.session import Session

_NAME = Label("Checks: what is wrong with the note, errors first", "檢查：報告中的問題，錯誤在前")
_FINE = Label(
    "Nothing to fix. Numbers, references, translations and figures were checked.",
    "沒有需要修正之處。已檢查數字、數據引用、翻譯與圖表。",
)
_NOT_YET = Label("The note is being checked.", "正在檢查報告。")
_NO_NOTE = Label("No note is open.", "尚未開啟報告。")
_SEVERITY = {
    Severity.ERROR: Label("Error", "錯誤"),
    Severity.WARNING: Label("Warning", "警告"),
    Severity.INFO: Label("Remark", "備註"),
}
_SIDE = {"en": Label("English", "英文"), "zh": Label("Chinese", "中文")}
_BLOCK = Label("block {number}", "第{number}區塊")


class ProblemList(QListWidget):
    """The list; Enter or a double click goes to the place of a problem."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "pane")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSpacing(2)
        self.itemDoubleClicked.connect(lambda item: self.chosen.emit(self.row(item)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class ChecksPanel(QWidget):
    """The problems of the note. `place_wanted(Place)` asks to go to one, `counted(int)` tells how many there are."""

    place_wanted = Signal(object)
    counted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[Problem, ...] = ()
        self._at = -1
        self.list = ProblemList(self)
        self.fine = QLabel(self)
        self.fine.setWordWrap(True)
        self.fine.setMargin(12)
        self.fine.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.fine.setProperty("part", "muted")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.fine)
        self._stack.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._go)
        session.problems_changed.connect(self.show_problems)
        session.note_changed.connect(self._note_changed)
        session.look_changed.connect(self.show_problems)
        session.language_changed.connect(self.show_problems)
        self.show_problems()

    @property
    def current(self) -> int:
        """The place in the list of the problem that was gone to last, -1 for none."""
        return self._at

    def show_problems(self) -> None:
        """Show what the checks found last; the selected problem stays selected if it is still there."""
        session = self._session
        before = self._shown[self.current] if 0 <= self.current < len(self._shown) else None
        self._shown = session.problems
        self.list.setAccessibleName(session.words(_NAME))
        self.list.clear()
        for problem in self._shown:
            self.list.addItem(self._item(problem))
        self._at = self._shown.index(before) if before in self._shown else -1
        if self._at >= 0:
            self.list.setCurrentRow(self._at)
        checked = _FINE if session.is_checked else _NOT_YET
        self.fine.setText(session.words(checked if session.note is not None else _NO_NOTE))
        self.fine.setAccessibleName(self.fine.text())
        self._stack.setCurrentWidget(self.list if self._shown else self.fine)
        self.counted.emit(len(self._shown))

    def step(self, by: int) -> None:
        """Go to the next or the previous problem, from the end to the start again."""
        if self._shown:
            start = 0 if self._at < 0 and by < 0 else self._at
            row = (start + by) % len(self._shown)
            self.list.setCurrentRow(row)
            self._go(row)

    def _note_changed(self, old: object, new: object) -> None:
        if old is None or new is None:
            self.show_problems()

    def _item(self, problem: Problem) -> QListWidgetItem:
        words, tokens = self._session.words, self._session.look.tokens
        where = self._where(problem.place)
        first = f"{MARKS[problem.severity.value]} {words(problem.message)}"
        second = " · ".join(part for part in (where, words(problem.hint)) if part)
        item = QListWidgetItem(f"{first}\n{second}")
        item.setToolTip(f"{words(_SEVERITY[problem.severity])}: {problem.check}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words(_SEVERITY[problem.severity])}: {first[2:]} {second}")
        colour = {Severity.ERROR: tokens.error, Severity.WARNING: tokens.warn}.get(problem.severity, tokens.ink)
        item.setForeground(QColor(colour))
        return item

    def _where(self, place: Place) -> str:
        words, note = self._session.words, self._session.note
        parts: list[str] = []
        if place.block is not None and note is not None and any(block.id == place.block for block in note.blocks):
            parts.append(words(_BLOCK).format(number=index_of(note, place.block) + 1))
        if place.side is not None:
            parts.append(words(_SIDE[place.side]))
        if place.file is not None:
            parts.append(f"{place.file}:{place.row}" if place.row else place.file)
        return (", " if self._session.lang == "en" else "、").join(parts)

    def _go(self, row: int) -> None:
        self._at = row
        place = self._shown[row].place
        if place.block is not None:
            self.place_wanted.emit(place)
