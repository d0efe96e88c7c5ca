"""Past values that loads changed: old, new, by which load; and which blocks of the note use them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefing import numbers
from briefing.blocks.registry import texts
from briefing.inline import plain
from briefing.note import Block
from briefing.text import Label
from briefing_ui.health.desk import HealthDesk
from briefing_ui.health.row_list import RowList
from briefing_ui.health.rows import Revised
from briefing_ui.look import ROW_HEIGHT
from briefing_ui.session import Session

_HEADS = (
    Label("Series", "序列"),
    Label("Date", "日期"),
    Label("Old", "舊值"),
    Label("New", "新值"),
    Label("File", "檔案"),
)
_NAME = Label("Revised past values", "修正過的歷史數值")
_NONE = Label("No past value was revised.", "沒有任何歷史數值被修正。")
_MORE = Label("The newest {n} of {count} revised values are listed.", "共修正{count}個數值，列出最新的{n}個。")
_USED = Label("Used in this note:", "本報告使用於：")
_UNUSED = Label("The open note uses none of these series.", "開啟中的報告未使用這些序列。")
_BLOCK = Label("Block {n}: {words}", "第{n}區塊：{words}")
_FILE = 4
_FILE_FROM = 460
"""Below this width only the tip of a row names the file."""
_MOST_WORDS = 60


class RevisionsPage(QWidget):
    """`series_wanted(str)` asks for a series (Enter on a row), `block_wanted(str)` for a block of the note."""

    series_wanted = Signal(str)
    block_wanted = Signal(str)

    def __init__(self, session: Session, desk: HealthDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = desk
        self._rows: tuple[Revised, ...] = ()
        self._count = 0
        self._blocks: tuple[Block, ...] = ()
        self.table = _table(self)
        self.none = QLabel(self)
        self.none.setMargin(12)
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none.setProperty("part", "muted")
        self.more = QLabel(self)
        self.more.setWordWrap(True)
        self.more.setProperty("part", "muted")
        self.used = QLabel(self)
        self.used.setWordWrap(True)
        self.used.setProperty("part", "muted")
        self.blocks = RowList(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.none)
        self._stack.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget, stretch in ((self._stack, 2), (self.more, 0), (self.used, 0), (self.blocks, 1)):
            column.addWidget(widget, stretch)
        self.setFocusProxy(self.table)
        self.table.activated.connect(lambda index: self.series_wanted.emit(self._rows[index.row()].series))
        self.blocks.chosen.connect(lambda row: self.block_wanted.emit(self._blocks[row].id))
        self.blocks.itemClicked.connect(lambda item: self.block_wanted.emit(self._blocks[self.blocks.row(item)].id))
        session.note_changed.connect(self._show_use)
        session.language_changed.connect(self.retell)
        session.look_changed.connect(self.retell)
        self.retell()

    def show_revisions(self, rows: tuple[Revised, ...]) -> None:
        """Show these revisions, the newest load first, and who uses their series."""
        self._count = self._desk.revised_count
        self._rows = tuple(sorted(rows, key=lambda row: row.loaded, reverse=True))
        self.retell()
        if rows:
            self.table.selectRow(0)

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words = self._session.words
        self.table.setAccessibleName(words(_NAME))
        self.none.setText(words(_NONE))
        self.none.setAccessibleName(words(_NONE))
        for column, head in enumerate(_HEADS):
            self.table.setHorizontalHeaderItem(column, _item(words(head), words(head), column))
        self.table.setRowCount(len(self._rows))
        for at, row in enumerate(self._rows):
            cells = (words(row.name), words(numbers.day(row.day)), words(row.old), words(row.new), row.file)
            for column, text in enumerate(cells):
                self.table.setItem(at, column, _item(text, f"{words(row.name)} ({row.series})\n{row.file}", column))
        self._stack.setCurrentWidget(self.table if self._rows else self.none)
        self.more.setText(words(_MORE).format(n=f"{len(self._rows):,}", count=f"{self._count:,}"))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(self._count > len(self._rows))
        self._show_use()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(_FILE, self.width() < _FILE_FROM)

    def _show_use(self) -> None:
        self._blocks = self._desk.blocks_with(frozenset(row.series for row in self._rows))
        words, note = self._session.words, self._session.note
        self.used.setVisible(bool(self._rows) and note is not None)
        self.used.setText(words(_USED if self._blocks else _UNUSED))
        self.used.setAccessibleName(self.used.text())
        self.blocks.setVisible(bool(self._blocks))
        self.blocks.setAccessibleName(words(_USED))
        self.blocks.clear()
        places = {block.id: at for at, block in enumerate(note.blocks if note is not None else (), 1)}
        for block in self._blocks:
            said = words(_BLOCK).format(n=places[block.id], words=self._beginning(block))
            self.blocks.add(said, said, self._session.look.tokens.ink)

    def _beginning(self, block: Block) -> str:
        found = (plain(field.text.of("en" if self._session.lang == "en" else "zh")) for field in texts(block))
        return next((text for text in found if text), "—")[:_MOST_WORDS]


def _table(parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, len(_HEADS), parent)
    table.setProperty("part", "pane")
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table


def _item(text: str, tip: str, column: int) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(tip)
    side = Qt.AlignmentFlag.AlignRight if column in {1, 2, 3} else Qt.AlignmentFlag.AlignLeft
    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return item
