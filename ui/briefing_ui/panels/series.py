"""All series of the workspace as a tree by asset class, searched in both languages."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QMimeData, QModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QLineEdit, QTreeView, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.look import ROW_HEIGHT
from briefing_ui.market import Listed
from briefing_ui.session import Session

_ROW = QSize(0, ROW_HEIGHT)
MIME = "application/x-briefing-series"
_ID = Qt.ItemDataRole.UserRole
_FOUND_BY = Qt.ItemDataRole.UserRole + 1
_NAME = Label("All series, by asset class", "全部序列，依資產類別排列")
_SEARCH = Label("Find a series", "搜尋序列")
_NOTHING = Label("No series is called like this.", "沒有符合的序列。")
_OTHER = Label("Other", "其他")
_TIP = Label("{name}\n{id} · {source}\nLast observation {day}", "{name}\n{id} · {source}\n最新觀測日{day}")


class SeriesModel(QStandardItemModel):
    """Tags as branches, series as leaves. A leaf can be dragged to the charts or the note."""

    def mimeTypes(self) -> list[str]:
        return [MIME, "text/plain"]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        ids = [str(index.siblingAtColumn(0).data(_ID)) for index in indexes if index.column() == 0 and index.data(_ID)]
        carried = QMimeData()
        carried.setData(MIME, "\n".join(ids).encode())
        carried.setText("\n".join(ids))
        return carried


class SeriesView(QTreeView):
    """The tree. Enter charts a series, Space pins it."""

    chosen = Signal(str)
    pinned = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "pane")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.doubleClicked.connect(self._choose)

    def current(self) -> str | None:
        """The series under the cursor, None on a branch."""
        found = self.currentIndex().siblingAtColumn(0).data(_ID)
        return str(found) if found else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        series = self.current()
        if series and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(series)
        elif series and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.pinned.emit(series)
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        series = index.siblingAtColumn(0).data(_ID)
        if series:
            self.chosen.emit(str(series))


class SeriesPanel(QWidget):
    """The search box over the tree. Enter in the box charts the first series that is found.

    `chart_wanted(str)` asks to chart a series, `pin_wanted(str)` to pin it into the grid.
    """

    chart_wanted = Signal(str)
    pin_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.model = SeriesModel(self)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self.model)
        self._found.setFilterRole(_FOUND_BY)
        self._found.setRecursiveFilteringEnabled(True)
        self._found.setAutoAcceptChildRows(True)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view = SeriesView(self)
        self.view.setModel(self._found)
        self.nothing = QLabel(self)
        self.nothing.setProperty("part", "muted")
        self.nothing.setMargin(8)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        for widget in (self.search, self.nothing, self.view):
            column.addWidget(widget)
        self.setFocusProxy(self.view)
        self.search.textChanged.connect(self.search_for)
        self.search.returnPressed.connect(self._chart_first)
        self.view.chosen.connect(self.chart_wanted)
        self.view.pinned.connect(self.pin_wanted)
        self.view.selectionModel().currentChanged.connect(self._selected)
        session.market_changed.connect(self.show_market)
        session.look_changed.connect(self.show_market)
        session.language_changed.connect(self.retell)
        self._listing: object = None
        self.retell()

    def search_for(self, words: str) -> None:
        """Show only the series whose id or name, in either language, holds these words."""
        self._found.setFilterFixedString(words.strip())
        if words.strip():
            self.view.expandAll()
        self.nothing.setVisible(bool(words.strip()) and self._found.rowCount() == 0)

    def _chart_first(self) -> None:
        """Go on in the tree, at the first series of what was searched for."""
        at = self._found.index(0, 0)
        while self.search.text().strip() and at.isValid():
            if series := at.data(_ID):
                self.view.setCurrentIndex(at)
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                self.chart_wanted.emit(str(series))
                return
            at = self.view.indexBelow(at)

    def show_market(self) -> None:
        """Build the tree of the open workspace."""
        session = self._session
        wanted = (session.listing, session.lang, session.look)
        if wanted == self._listing:
            return
        self._listing = wanted
        kept = self.view.current()
        self.model.clear()
        self.model.setColumnCount(2)
        for entry in session.listing.entries:
            self._branch(entry.tags).appendRow(self._row(entry))
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.search_for(self.search.text())
        self.view.expandAll()
        self._reselect(kept)

    def reveal(self, series: str) -> None:
        """Put the cursor on a series, and show it whatever was searched for."""
        self.search.clear()
        self._reselect(series)

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words = self._session.words
        self.search.setPlaceholderText(words(_SEARCH))
        self.search.setAccessibleName(words(_SEARCH))
        self.view.setAccessibleName(words(_NAME))
        self.nothing.setText(words(_NOTHING))
        self.nothing.setAccessibleName(words(_NOTHING))
        self.show_market()

    def _branch(self, tags: tuple[str, ...]) -> QStandardItem:
        at = self.model.invisibleRootItem()
        for tag in tags[:2] or ("",):
            label = self._session.listing.tags.get(tag, _OTHER)
            found = next((at.child(row) for row in range(at.rowCount()) if at.child(row).data(_FOUND_BY) == tag), None)
            if found is None:
                found = QStandardItem(self._session.words(label))
                found.setData(tag, _FOUND_BY)
                found.setSizeHint(_ROW)
                at.appendRow([found, QStandardItem()])
            at = found
        return at

    def _row(self, entry: Listed) -> list[QStandardItem]:
        from briefing import marks, numbers

        session = self._session
        name = QStandardItem(session.words(entry.short))
        name.setData(entry.id, _ID)
        names = (entry.id, *entry.aliases, entry.name.en, entry.name.zh, entry.short.en, entry.short.zh)
        name.setData("\n".join(names), _FOUND_BY)
        day = numbers.day(entry.last).of(session.lang) if entry.last else "—"
        tip = session.words(_TIP)
        shown = tip.format(name=session.words(entry.name), id=entry.id, source=session.words(entry.source), day=day)
        late, suspect = entry.late, "suspect" in entry.caveats
        reasons = [marks.late(late.sessions, late.last, late.freq)] if late else []
        reasons += [_doubted(caveat, days) for caveat, days in entry.caveats.items() if days]
        shown = "\n".join([shown, *map(session.words, reasons)])
        name.setToolTip(shown)
        name.setSizeHint(_ROW)
        dagger = f" {marks.DAGGER}" if suspect else ""
        badge = QStandardItem(session.words(marks.short_late(late.sessions, late.last)) if late else entry.id + dagger)
        tokens = session.look.tokens
        badge.setForeground(QColor(tokens.warn if late or suspect else tokens.muted))
        badge.setToolTip(shown)
        for item in (name, badge) if reasons else ():
            item.setData(", ".join([item.text(), *map(session.words, reasons)]), Qt.ItemDataRole.AccessibleTextRole)
        return [name, badge]

    def _reselect(self, series: str | None) -> None:
        if series is None:
            return
        found = self._found.match(
            self._found.index(0, 0), _ID, series, 1, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        )
        if found:
            self.view.setCurrentIndex(found[0])

    def _selected(self) -> None:
        series = self.view.current()
        if series:
            self._session.select(series=series)


def _doubted(caveat: str, days: tuple[str, ...]) -> Label:
    """Which values have a caveat: the newest day of them, and how many more."""
    from briefing import marks

    return marks.doubted(caveat, date.fromisoformat(days[-1]), len(days) - 1)
