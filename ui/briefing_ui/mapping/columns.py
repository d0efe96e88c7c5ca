"""What each column of a table, or each name in a long one, becomes: the series, and its values as they would be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from briefing import numbers
from briefing.data.intake.choices import LEFT_OUT
from briefing.text import Label, Side, side_of
from briefing_ui.look import ROW_HEIGHT, colour
from briefing_ui.mapping.asking import Asking
from briefing_ui.mapping.series_line import SeriesLine
from briefing_ui.report_words import day_words, value_words
from briefing_ui.session import Session

_NAME = Label("What each column becomes", "各欄的解讀結果")
_HEADS = (
    Label("In the file", "檔案中的欄名"),
    Label("Series", "序列"),
    Label("Name", "名稱"),
    Label("First value", "第一筆"),
    Label("Last value", "最後一筆"),
    Label("As written", "原文"),
)
SERIES = 1
"""The column in which a series is named."""
_LEFT = Label("— left out", "— 略過")
_OPEN = Label("which series?", "哪一個序列？")
_ROOM = 14
_WIDEST = 240

Index = QModelIndex | QPersistentModelIndex


class Columns(QAbstractTableModel):
    """A row for each column. `chosen(str, object)` gives its key and what it is: an id, `LEFT_OUT`, or None to ask again."""

    chosen = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.columns: Sequence[Mapping[str, Any]] = ()

    def show_columns(self, columns: Sequence[Mapping[str, Any]]) -> None:
        """Show columns. While they are the same ones, what is selected stays selected."""
        same = [one["key"] for one in columns] == [one["key"] for one in self.columns]
        if same:
            self.columns = columns
            self.dataChanged.emit(self.index(0, 0), self.index(len(columns) - 1, len(_HEADS) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_HEADS) - 1)
        else:
            self.beginResetModel()
            self.columns = columns
            self.endResetModel()

    def row_of(self, heading: str) -> int | None:
        """The row of a column, by the name that problems have for it."""
        return next((at for at, one in enumerate(self.columns) if heading in {one["key"], one["heading"]}), None)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == SERIES else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = self.columns[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return column["series"] or ""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return _said(column, index.column(), side_of(self._session.lang))
        tokens = self._session.look.tokens
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == SERIES and is_open(column):
            return colour(tokens.error)
        if role == Qt.ItemDataRole.ForegroundRole and column["left_out"]:
            return colour(tokens.muted)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        words = str(value).strip()
        column = self.columns[index.row()]
        if role == Qt.ItemDataRole.EditRole and words != (column["series"] or ""):
            self.chosen.emit(column["key"], words or None)
        return role == Qt.ItemDataRole.EditRole

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and way is Qt.Orientation.Horizontal:
            return self._session.words(_HEADS[section])
        return None


class _SeriesDelegate(QStyledItemDelegate):
    """Opens a line that finds series."""

    def __init__(self, session: Session, asking: Asking, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._asking = session, asking

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        line = SeriesLine(self._session, self._asking, parent)
        line.setAccessibleName(self._session.words(_HEADS[SERIES]))
        line.picked.connect(lambda: self._take(line))
        return line

    def _take(self, line: SeriesLine) -> None:
        self.commitData.emit(line)
        self.closeEditor.emit(line)


class ColumnsView(QTableView):
    """Shows `Columns`. Typing, Enter or F2 names a series; Delete leaves a column out."""

    def __init__(self, session: Session, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.columns = Columns(session)
        self.setModel(self.columns)
        self.setItemDelegateForColumn(SERIES, _SeriesDelegate(session, asking, self))
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT + 4)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)

    def show_columns(self, columns: Sequence[Mapping[str, Any]]) -> None:
        """Show columns, each part as wide as its words."""
        self.setAccessibleName(self._session.words(_NAME))
        self.columns.show_columns(columns)
        self.resizeColumnsToContents()
        for at in range(len(_HEADS) - 1):
            self.setColumnWidth(at, min(self.columnWidth(at) + _ROOM, _WIDEST))
        if columns and not self.currentIndex().isValid():
            self.setCurrentIndex(self.columns.index(0, SERIES))

    def go_to(self, heading: str) -> None:
        """Put the keyboard on the series of a column."""
        row = self.columns.row_of(heading)
        if row is not None:
            self.setCurrentIndex(self.columns.index(row, SERIES))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def selected_keys(self) -> list[str]:
        """The columns that are selected, by what choices call them."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        return list(dict.fromkeys(self.columns.columns[row]["key"] for row in rows))

    def leave_out(self) -> None:
        """Leave the selected columns out; those that are left out already are asked about again."""
        chosen = {one["key"]: one for one in self.columns.columns}
        for key in self.selected_keys():
            self.columns.chosen.emit(key, None if chosen[key]["left_out"] else LEFT_OUT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.leave_out()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.edit(self.columns.index(row, SERIES))
        elif event.text().isprintable() and event.text() and self.currentIndex().column() != SERIES and row >= 0:
            self.setCurrentIndex(self.columns.index(row, SERIES))
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)


def is_open(column: Mapping[str, Any]) -> bool:
    """Whether it is not known what a column stands for."""
    return not column["series"] and not column["left_out"]


def _said(column: Mapping[str, Any], part: int, side: Side) -> str:
    unit = column["unit"] or ""
    series = _LEFT.of(side) if column["left_out"] else column["series"] or _OPEN.of(side)
    parts = (
        column["heading"],
        series,
        column["name"][side] if column["name"] else "",
        "".join(_dated(one, unit, side) for one in column["values"][:1]),
        "".join(_dated(one, unit, side) for one in column["last"][-1:]),
        "  ".join(text for text in column["texts"] if text),
    )
    return str(parts[part])


def _dated(one: Mapping[str, Any], unit: str, side: Side) -> str:
    value = value_words(one["value"], side)
    written = numbers.with_unit(value, unit).of(side) if one["value"] is not None and unit else value
    return f"{day_words(one['date'], side)}  {written}"
