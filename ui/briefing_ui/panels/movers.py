"""What moved: every series with its changes, the largest move against its own history first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QStackedLayout, QTableView, QWidget

from briefing.text import Label
from briefing_ui.look import ROW_HEIGHT, ui_font
from briefing_ui.paint import arrow
from briefing_ui.session import Session

Index = QModelIndex | QPersistentModelIndex
SERIES, LAST, DAY, WEEK, Z, PERCENTILE = range(6)
_HEADS = (
    Label("Series", "序列"),
    Label("Last", "最新"),
    Label("1d", "1日"),
    Label("5d", "5日"),
    Label("z", "z值"),
    Label("%ile", "百分位"),
)
_TIPS = (
    Label("The series, largest move first", "序列，變動最大者在前"),
    Label("Last observation", "最新觀測值"),
    Label("Change over one observation", "一個觀測日的變動"),
    Label("Change over five observations", "五個觀測日的變動"),
    Label("Today’s move against one year of daily moves", "今日變動相對於過去一年每日變動的z值"),
    Label("Percentile of the level over one year", "水準在過去一年中的百分位"),
)
_NAME = Label("Movers: series by the size of the day’s move", "異動：依當日變動幅度排列的序列")
_EMPTY = Label("No series yet. Drop files here or open the sample.", "尚無序列。請將檔案拖放到這裡，或開啟示範工作區。")
_PERCENTILE = Label("{text} since {day}, {n} observations", "{day}以來{text}，共{n}個觀測值")
_AS_OF = Label("As of {day}", "資料截至{day}")
NAME_LEAST = 110
_WEEK_FROM = 340
"""Below this width the five-day column is hidden first."""


class MoversModel(QAbstractTableModel):
    """The rows of the data worker, worded and coloured. A tone never stands without arrow and sign."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.rows: tuple[Mapping[str, Any], ...] = ()
        self.brief: frozenset[str] = frozenset()
        """The late series beside whose names there is no room for the day of the last value."""
        self._late = QFont(ui_font())
        self._late.setItalic(True)

    def show_rows(self, rows: tuple[Mapping[str, Any], ...]) -> None:
        """Take other rows, in the order in which they come."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt asks for the root this way
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the same
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._session.words(_HEADS[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._session.words(_TIPS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [f"{self._session.words(_HEADS[column])}: {self.cell(row, column)}"]
            reasons = _reasons(row) if column in {SERIES, LAST} else []
            return ", ".join([*said, *map(self._session.words, reasons)])
        return None

    def cell(self, row: Mapping[str, Any], column: int) -> str:
        """The words of a cell."""
        side = self._session.lang
        if column == SERIES:
            short = str(row["short"]["en" if side == "en" else "zh"])
            return (
                f"{short}{_suffix(row['late'], brief=row['series'] in self.brief).of(side)}" if row["late"] else short
            )
        if column == LAST:
            return str(row["last_text"]["en"]) + ("†" if row["doubts"] else "")
        if column == DAY:
            return f"{arrow(row['change_1d'])} {self._change(row, 'change_1d_text')}".strip()
        if column == WEEK:
            return self._change(row, "change_1w_text")
        if column == Z:
            return _signed(row["zscore"])
        return _percentile(row["percentile"])

    def _change(self, row: Mapping[str, Any], name: str) -> str:
        """A change in the column's narrow form: bp stays bp in Chinese too, points do not stay pts."""
        words = row[name]
        return str(words["en"] if self._session.lang == "en" or "bp" in words["en"] else words["zh"])

    def _colour(self, row: Mapping[str, Any], column: int) -> QColor | None:
        look = self._session.look
        change = {DAY: row["change_1d"], WEEK: row["change_1w"]}.get(column)
        if change:
            return QColor(look.up if change > 0 else look.down)
        if row["late"] or column in {Z, PERCENTILE}:
            return QColor(look.tokens.muted)
        return None

    def _tip(self, row: Mapping[str, Any]) -> str:
        words, side = self._session.words, "en" if self._session.lang == "en" else "zh"
        lines = [str(row["name"][side])]
        if row["largest_since"]:
            lines.append(str(row["largest_since"][side]))
        place = _PERCENTILE.of(self._session.lang)
        lines.append(place.format(text=row["percentile_text"][side], day=row["window_start"], n=row["n"]))
        lines.append(words(_AS_OF).format(day=row["date"]))
        lines += [f"† {words(reason)}" for reason in _reasons(row)]
        return "\n".join(lines)


class MoversView(QTableView):
    """The table: the name column takes what is left, and there is never a horizontal bar."""

    chosen = Signal(str)
    pinned = Signal(str)

    def __init__(self, model: MoversModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._rows = model
        self.setProperty("part", "pane")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._choose)

    def current(self) -> str | None:
        """The series of the selected row."""
        index = self.currentIndex()
        return str(self._rows.rows[index.row()]["series"]) if index.isValid() else None

    def fit(self) -> None:
        """Give every number the room that it needs and the rest to the name."""
        room = self.viewport().width()
        widths = {column: self._wanted(column) for column in range(LAST, len(_HEADS))}
        shown = self._shown(widths, room)
        for column, width in widths.items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, width)
        name = max(NAME_LEAST, room - sum(shown.values()))
        self.setColumnWidth(SERIES, name)
        self._rows.brief = frozenset()
        self._rows.brief = frozenset(row["series"] for row in self._rows.rows if self._wide(row, SERIES) > name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        series = self.current()
        if series and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(series)
        elif series and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.pinned.emit(series)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the table on the clipboard, as columns divided by tabs."""
        rows = [[self._rows.cell(row, column) for column in range(len(_HEADS))] for row in self._rows.rows]
        heads = [str(self._rows.headerData(at, Qt.Orientation.Horizontal)) for at in range(len(_HEADS))]
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in [heads, *rows]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _shown(self, widths: dict[int, int], room: int) -> dict[int, int]:
        """The number columns that leave the name enough room; the five-day change goes first."""
        shown = dict(widths)
        for column in (WEEK, PERCENTILE, Z):
            narrow = column == WEEK and self.width() < _WEEK_FROM
            if narrow or room - sum(shown.values()) < NAME_LEAST:
                del shown[column]
        return shown

    def _wanted(self, column: int) -> int:
        cells = (self._wide(row, column) for row in self._rows.rows)
        return max(self.horizontalHeader().sectionSizeFromContents(column).width(), max(cells, default=0))

    def _wide(self, row: Mapping[str, Any], column: int) -> int:
        return self.fontMetrics().horizontalAdvance(self._rows.cell(row, column)) + 9

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(str(self._rows.rows[index.row()]["series"]))


class MoversPanel(QWidget):
    """The movers, or how to get some.

    `chart_wanted(str)` asks to chart a series, `pin_wanted(str)` to pin it into the grid.
    """

    chart_wanted = Signal(str)
    pin_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = MoversModel(session, self)
        self.view = MoversView(self.model, self)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(16)
        self.empty.setProperty("part", "muted")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.view.chosen.connect(self.chart_wanted)
        self.view.pinned.connect(self.pin_wanted)
        self.view.selectionModel().currentRowChanged.connect(self._selected)
        session.market_changed.connect(self.show_market)
        session.look_changed.connect(self._dress)
        session.language_changed.connect(self.retell)
        self.retell()
        self.show_market()

    def show_market(self) -> None:
        """Show the movers as they came last; the row that was selected stays selected."""
        kept = self.view.current()
        self.model.show_rows(self._session.market.movers)
        self._stack.setCurrentWidget(self.view if self.model.rows else self.empty)
        ids = [row["series"] for row in self.model.rows]
        if ids:
            self.view.selectRow(ids.index(kept) if kept in ids else 0)
        self.view.fit()

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words = self._session.words
        self.view.setAccessibleName(words(_NAME))
        self.empty.setText(words(_EMPTY))
        self.empty.setAccessibleName(words(_EMPTY))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_HEADS) - 1)
        self.model.layoutChanged.emit()
        self.view.fit()

    def _dress(self) -> None:
        self.model.layoutChanged.emit()
        self.view.fit()

    def _selected(self) -> None:
        self._session.select(series=self.view.current())


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column == SERIES else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _suffix(late: Mapping[str, Any], *, brief: bool) -> Label:
    """How late a series is, as in ` (4 Mar, 2 late)` and 「（3月4日，遲2）」, or ` (2 late)` and 「（遲2）」."""
    from briefing import marks

    sessions = late["sessions"]
    words = marks.brief_late(sessions) if brief else marks.short_late(sessions, date.fromisoformat(late["last"]))
    return Label(f" ({words.en})", f"（{words.zh}）")


def _reasons(row: Mapping[str, Any]) -> list[Label]:
    """Why a row is marked, in full words."""
    from briefing import marks

    late = row["late"]
    found = [marks.late(late["sessions"], date.fromisoformat(late["last"]), late["freq"])] if late else []
    return found + [marks.doubted(one["caveat"], date.fromisoformat(one["date"])) for one in row["doubts"]]


def _percentile(value: float) -> str:
    from briefing.numbers import whole_percentile

    return str(whole_percentile(value))


def _signed(value: float | None) -> str:
    if value is None:
        return "—"
    text = f"{abs(value):.1f}"
    sign = "" if float(text) == 0 else "+" if value > 0 else "\N{MINUS SIGN}"
    return sign + text
