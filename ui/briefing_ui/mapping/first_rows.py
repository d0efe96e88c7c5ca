"""The first rows of a table as they stand in the file, with their lines, the header and the dates marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from briefing.text import Label
from briefing_ui.look import ROW_HEIGHT, colour, ui_font
from briefing_ui.mapping.asked import Table
from briefing_ui.session import Session

_NAME = Label("First rows of the table", "資料表的前幾列")
_DATE = Label("dates", "日期")
_LEFT_OUT = Label("left out", "略過")
_OPEN = Label("?", "？")
_HEADER = Label("Header", "標題列")
_BEFORE = Label("Before the table", "資料表之前")
_WIDEST = 220

Index = QModelIndex | QPersistentModelIndex


class FirstRows(QAbstractTableModel):
    """Cells of the first rows. Above each column stands what it is read as, before each row its line."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[Mapping[str, Any]] = []
        self._width = 0
        self._first_line = 0
        self._above: dict[int, str] = {}

    def show_table(self, table: Table) -> None:
        """Show another table, or the same one read in another way."""
        self.beginResetModel()
        self._rows = list(table["rows"])
        self._width = max((len(row["cells"]) for row in self._rows), default=0)
        guess = table["guess"]
        self._first_line = guess["first_line"] if guess else 0
        self._above = self._named(guess) if guess else {}
        self.endResetModel()

    def header_row(self) -> int | None:
        """The row of headings: the last one before the data."""
        before = [at for at, row in enumerate(self._rows) if row["line"] < self._first_line]
        return before[-1] if before else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            cells = row["cells"]
            return cells[index.column()] if index.column() < len(cells) else ""
        heads = index.row() == self.header_row()
        if role == Qt.ItemDataRole.FontRole and heads:
            return ui_font(bold=True)
        tokens = self._session.look.tokens
        if role == Qt.ItemDataRole.BackgroundRole and heads:
            return colour(tokens.raised)
        if role == Qt.ItemDataRole.ForegroundRole and row["line"] < self._first_line and not heads:
            return colour(tokens.muted)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and row["line"] < self._first_line:
            return self._session.words(_HEADER if heads else _BEFORE)
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if way is Qt.Orientation.Vertical:
            return str(self._rows[section]["line"])
        return f"{section + 1}  {self._above[section]}" if section in self._above else str(section + 1)

    def _named(self, guess: Mapping[str, Any]) -> dict[int, str]:
        """What each column is read as; nothing for one that a long table has for several series."""
        words = self._session.words
        series: dict[int, set[str]] = {}
        for column in guess["columns"]:
            said = words(_LEFT_OUT) if column["left_out"] else column["series"] or words(_OPEN)
            series.setdefault(column["index"], set()).add(said)
        above = {at: found.pop() for at, found in series.items() if len(found) == 1}
        return above | dict.fromkeys(guess["date_columns"], words(_DATE))


class FirstRowsView(QTableView):
    """Shows `FirstRows`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows = FirstRows(session)
        self.setModel(self.rows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setMaximumSectionSize(_WIDEST)

    def show_table(self, table: Table) -> None:
        """Show a table; columns take the room that their words need."""
        self.setAccessibleName(self._session.words(_NAME))
        self.rows.show_table(table)
        self.resizeColumnsToContents()
