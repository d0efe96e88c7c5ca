"""What may follow an opening brace, in a list under the caret: references with their values in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.editor.brace import OpenBrace, completed, open_brace
from briefing_ui.editor.cell import Cell
from briefing_ui.editor.marking import Marked
from briefing_ui.jobs import Reply
from briefing_ui.look import ROW_HEIGHT
from briefing_ui.session import Session

_WIDTH, _MOST_ROWS, _EDGE = 560, 8, 6
_ROW, _PAD = ROW_HEIGHT + 2, 16
_NAME = Label("References with their values", "數據引用及其數值")
_SEARCH = Label("Series, metric or window", "序列、指標或期間")
_NONE = Label(
    "No match. Write a series, a dot and a metric: UST10Y.change.1d",
    "無符合項目。請輸入序列、句點與指標：UST10Y.change.1d",
)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_MOST_ROWS, Qt.Key.Key_PageDown: _MOST_ROWS}
_POPUP = Qt.FocusReason.PopupFocusReason
_TAKES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class Completion(QFrame):
    """Follows the cell that is written in. The keyboard stays in the cell, or in the search line of the picker."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._cell: Cell | None = None
        self._brace: OpenBrace | None = None
        self._picking = False
        self._left_alone: int | None = None
        self.setProperty("part", "card")
        self.search = QLineEdit(self)
        self.rows = QTreeWidget(self)
        self._prepare()
        self.hide()

    def _prepare(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.search)
        column.addWidget(self.rows)
        self.search.textEdited.connect(self._ask)
        self.search.installEventFilter(self)
        rows = self.rows
        rows.setColumnCount(4)
        rows.setHeaderHidden(True)
        rows.setRootIsDecorated(False)
        rows.setUniformRowHeights(True)
        rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.header().setStretchLastSection(False)
        rows.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        rows.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        rows.itemClicked.connect(lambda _item, _column: self._take())

    # --- following

    def typed(self, cell: Cell) -> None:
        """The text of a cell changed: show what may follow its open brace."""
        brace = open_brace(cell.source, cell.caret())
        if brace is None or cell.composing:
            self._left_alone = None
            self.close_list()
        elif brace.start != self._left_alone:
            self._follow(cell, brace)

    def moved(self, cell: Cell) -> None:
        """The caret of a cell moved: the list goes when it left the brace."""
        if self._brace is None or self._picking:
            return
        brace = open_brace(cell.source, cell.caret()) if cell is self._cell else None
        if brace is None or brace.start != self._brace.start:
            self.close_list()
        else:
            self._brace = brace

    def pick(self, cell: Cell) -> None:
        """Show everything with a line to search in; the choice comes where the caret is."""
        self._attach(cell)
        self._picking, self._brace = True, None
        self.search.clear()
        self.search.setPlaceholderText(_SEARCH.of(self._session.lang))
        self.search.setAccessibleName(_SEARCH.of(self._session.lang))
        self._ask("")
        self._show()
        self.search.setFocus(_POPUP)

    def close_list(self) -> None:
        """Take the list away; the keyboard goes back to the cell."""
        cell, was_picking = self._cell, self._picking
        self._brace, self._picking = None, False
        self.hide()
        if cell is not None:
            cell.removeEventFilter(self)
            self._cell = None
            if was_picking:
                cell.setFocus(_POPUP)

    def _follow(self, cell: Cell, brace: OpenBrace) -> None:
        self._attach(cell)
        self._brace, self._picking = brace, False
        self._ask(brace.typed)

    def _attach(self, cell: Cell) -> None:
        if self._cell is not cell:
            if self._cell is not None:
                self._cell.removeEventFilter(self)
            self._cell = cell
            cell.installEventFilter(self)

    # --- candidates

    def _ask(self, typed: str) -> None:
        session = self._session
        day = session.as_of
        chart, series = session.selection.chart, session.selection.series
        on_screen = [line.series for line in chart.lines] if chart is not None else []
        ids = [*on_screen, *([series] if series and series not in on_screen else [])]
        args: dict[str, object] = {"typed": typed.strip(), "ids": ids}
        args["as_of"] = day.isoformat() if day is not None else None
        args["vintage"] = session.note.vintage if session.note is not None else None
        session.jobs.ask("data", "complete", args, self._came, key="complete")

    def _came(self, reply: Reply) -> None:
        if self._cell is None or not (self._picking or self._brace):
            return
        if reply.ok:
            self._fill(reply.result["candidates"])
        else:
            self._say(reply.problems[0].message.of(self._session.lang))
        self._show()

    def _fill(self, candidates: Sequence[Mapping[str, Any]]) -> None:
        self.rows.clear()
        side = "en" if self._session.lang == "en" else "zh"
        for one in candidates:
            words = [one["ref"], one["label"][side], one["value"]["en"], one["value"]["zh"]]
            item = QTreeWidgetItem(words)
            item.setToolTip(1, words[1])
            item.setSizeHint(0, QSize(self.fontMetrics().horizontalAdvance(words[0]) + _PAD, _ROW))
            self.rows.addTopLevelItem(item)
        if candidates:
            self._point_at(0)
        else:
            self._say(_NONE.of(self._session.lang))

    def _say(self, words: str) -> None:
        """A line in place of candidates, which cannot be chosen."""
        self.rows.clear()
        item = QTreeWidgetItem(["", words])
        item.setSizeHint(0, QSize(0, _ROW))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.rows.addTopLevelItem(item)

    def _take(self) -> None:
        cell, item, brace = self._cell, self.rows.currentItem(), self._brace
        if cell is None or item is None or not item.text(0):
            return
        ref, picking = item.text(0), self._picking
        self.close_list()
        if picking:
            (start, end), source = cell.selection(), cell.source
            place = start + len(ref) + 2
            cell.put(Marked(f"{source[:start]}{{{ref}}}{source[end:]}", place, place))
        elif brace is not None:
            cell.put(completed(cell.source, brace, ref))

    # --- keys and room

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isVisible() or (self._cell is not None and self._cell.composing):
            return False
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() is not _POPUP:
            self._picking = self._picking and watched is not self.search
            self.close_list()
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            return event.key() == Qt.Key.Key_Escape
        return event.type() is QEvent.Type.KeyPress and self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._left_alone = self._brace.start if self._brace is not None else None
            self.close_list()
        elif key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._step(_STEPS[key])
        elif key in _TAKES and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._takeable():
            self._take()
        else:
            return False
        return True

    def _takeable(self) -> bool:
        item = self.rows.currentItem()
        return self._picking or (item is not None and bool(item.text(0)))

    def _step(self, by: int) -> None:
        self._point_at(max(0, min(self.rows.topLevelItemCount() - 1, self.rows.currentIndex().row() + by)))

    def _point_at(self, row: int) -> None:
        self.rows.setCurrentIndex(self.rows.model().index(row, 0))

    def _show(self) -> None:
        cell = cast("Cell", self._cell)
        window = cell.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.rows.setAccessibleName(_NAME.of(self._session.lang))
        self.setAccessibleName(_NAME.of(self._session.lang))
        self.search.setVisible(self._picking)
        rows = max(1, min(self.rows.topLevelItemCount(), _MOST_ROWS))
        height = rows * _ROW + 4 + (self.search.sizeHint().height() if self._picking else 0)
        self.rows.setFixedHeight(rows * _ROW + 2)
        self.setGeometry(self._room(cell, window.rect(), min(_WIDTH, window.width() - 2 * _EDGE), height))
        self.show()
        self.raise_()

    @staticmethod
    def _room(cell: Cell, bounds: QRect, width: int, height: int) -> QRect:
        """Under the caret, above it where there is no room, within the window always."""
        caret = cell.cursorRect()
        below = cell.viewport().mapTo(cell.window(), caret.bottomLeft() + QPoint(0, 2))
        above = cell.viewport().mapTo(cell.window(), caret.topLeft()).y() - height - 2
        top = below.y() if below.y() + height <= bounds.bottom() or above < 0 else above
        left = max(_EDGE, min(below.x(), bounds.width() - width - _EDGE))
        return QRect(left, top, width, height)
