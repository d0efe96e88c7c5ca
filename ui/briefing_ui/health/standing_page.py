"""How series and files stand: counts as filters, the rows with the worst first, and the report of a file."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.health.desk import HealthDesk
from briefing_ui.health.row_list import RowList
from briefing_ui.health.rows import STATES, Health, State
from briefing_ui.health.words import COUNT, SIGNS, STATE, lines, report
from briefing_ui.session import Session

_NAME = Label(
    "Data health: what is late, failed or flagged, the worst first", "資料狀態：延遲、失敗或存疑的項目，最嚴重者在前"
)
_ALL_FRESH = Label("All {n} series are fresh.", "全部{n}個序列皆為最新。")
_NOTHING = Label("Nothing is loaded yet. Drop files on the window.", "尚未載入資料。請將檔案拖放到視窗。")
_NONE_SHOWN = Label("Nothing of the chosen kinds. Choose others above.", "所選類別沒有項目，請在上方選擇其他類別。")
_NO_WORKSPACE = Label("No workspace is open.", "尚未開啟工作區。")
_FILTER = Label("Show or hide: {words}", "顯示或隱藏：{words}")
_REPORT = Label("Report of the file", "檔案報告")
_TIGHT = "padding: 0 5px;"


class StandingPage(QWidget):
    """`chosen(Health)` asks to go to a row, `menu_wanted(Health, QPoint)` for what can be done with it."""

    chosen = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, session: Session, desk: HealthDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = desk
        self._shown: tuple[Health, ...] = ()
        self.chips: dict[State, QToolButton] = {state: self._chip(state) for state in STATES}
        self.list = RowList(self)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setMargin(12)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setProperty("part", "muted")
        self.card = QTextBrowser(self)
        self.card.setOpenLinks(False)
        self.card.hide()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        self._arrange()
        self.setFocusProxy(self.list)
        self.list.chosen.connect(lambda row: self.chosen.emit(self._shown[row]))
        self.list.looked_at.connect(lambda _row: self.show_report(shown=self.card.isHidden()))
        self.list.menu_wanted.connect(lambda row, place: self.menu_wanted.emit(self._shown[row], place))
        self.list.currentRowChanged.connect(self._report)
        escape_key = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape_key.activated.connect(lambda: self.show_report(shown=False))
        desk.changed.connect(self.show_rows)
        session.look_changed.connect(self.show_rows)
        session.language_changed.connect(self.show_rows)
        self.show_rows()

    @property
    def shown(self) -> tuple[Health, ...]:
        """The rows that the pressed filters leave, the worst first."""
        return self._shown

    @property
    def current(self) -> Health | None:
        """The row under the cursor."""
        row = self.list.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def show_rows(self) -> None:
        """Show the rows as they came last; the selected one stays selected if it is still there."""
        kept = _key(self.current)
        self._count()
        pressed = {state for state, chip in self.chips.items() if chip.isChecked()}
        self._shown = tuple(row for row in self._desk.rows if row.state in pressed)
        self.list.blockSignals(True)
        self.list.setAccessibleName(self._session.words(_NAME))
        self.list.clear()
        for row in self._shown:
            self._add(row)
        self.list.blockSignals(False)
        keys = [_key(row) for row in self._shown]
        self.list.setCurrentRow(keys.index(kept) if kept in keys else 0 if keys else -1)
        self._say_empty()
        self._stack.setCurrentWidget(self.list if self._shown else self.empty)
        self._report()

    def show_report(self, *, shown: bool) -> None:
        """Show the report of the current row's file below the list, or take it away."""
        if not shown and self.card.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.card.setVisible(shown)
        self._report()

    def select(self, series: str) -> None:
        """Put the cursor on the row of a series, whatever its state."""
        row = next((row for row in self._desk.rows if row.series == series), None)
        if row is not None:
            self.chips[row.state].setChecked(True)
            self.list.setCurrentRow(self._shown.index(row))

    def _chip(self, state: State) -> QToolButton:
        chip = QToolButton(self)
        chip.setCheckable(True)
        chip.setChecked(state != "fresh")
        chip.setStyleSheet(_TIGHT)
        chip.toggled.connect(self.show_rows)
        return chip

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2)
        for chip in self.chips.values():
            row.addWidget(chip)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        column.addWidget(self.card, 1)

    def _count(self) -> None:
        words = self._session.words
        for state, chip in self.chips.items():
            count = words(COUNT[state]).format(n=self._desk.counts[state])
            chip.setText(f"{SIGNS[state]} {count}")
            chip.setToolTip(words(_FILTER).format(words=count))
            chip.setAccessibleName(words(_FILTER).format(words=count))

    def _add(self, row: Health) -> None:
        words, tokens = self._session.words, self._session.look.tokens
        name, *told = (words(line) for line in lines(row))
        colour = {"failed": tokens.error, "late": tokens.warn, "flagged": tokens.warn}.get(row.state, tokens.ink)
        shown = "\n".join([f"{SIGNS[row.state]} {name}", *told])
        self.list.add(shown, f"{words(STATE[row.state])}: {', '.join([name, *told])}", colour)

    def _say_empty(self) -> None:
        counts, words = self._desk.counts, self._session.words
        if self._session.workspace is None:
            said = words(_NO_WORKSPACE)
        elif not self._desk.rows:
            said = words(_NOTHING)
        elif counts["fresh"] == len(self._desk.rows):
            said = words(_ALL_FRESH).format(n=counts["fresh"])
        else:
            said = words(_NONE_SHOWN)
        self.empty.setText(said)
        self.empty.setAccessibleName(said)

    def _report(self) -> None:
        row, words = self.current, self._session.words
        self.card.setAccessibleName(words(_REPORT))
        if row is None:
            self.card.hide()
            return
        parts = ("<br>".join(escape(words(line)) for line in part) for part in report(row))
        self.card.setHtml("".join(f"<p>{part}</p>" for part in parts))


def _key(row: Health | None) -> tuple[str, str] | None:
    return (row.series, row.name.en) if row is not None else None
