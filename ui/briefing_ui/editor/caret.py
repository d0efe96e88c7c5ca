"""Where the author is in the note, and the ways from one cell to another."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal

from briefing.text import Side
from briefing_ui.editor.block_list import BlockList
from briefing_ui.editor.block_view import BlockView
from briefing_ui.editor.cell import Cell
from briefing_ui.editor.field_row import Address

_REASON = Qt.FocusReason.OtherFocusReason


class Caret(QObject):
    """The block and the side that the author is in. `moved(str)` tells that it is another block."""

    moved = Signal(str)

    def __init__(self, blocks: BlockList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blocks = blocks
        self.block: str | None = None
        self.side: Side = "en"
        self.path = ""

    def forget(self) -> None:
        """Be nowhere, because another note is shown."""
        self.block, self.path = None, ""

    def enter(self, block: str, path: str = "", side: Side | None = None) -> None:
        """Take note that the author is in a text, or in a block as a whole (no path)."""
        other = block != self.block
        self.block, self.path, self.side = block, path, side or self.side
        if other:
            self.moved.emit(block)

    def settle(self, at: int, *, focused: bool) -> None:
        """After a change from elsewhere: when its text is gone, go to what stands at that place of the list now."""
        if self.block is None:
            return
        view = self._blocks.view(self.block)
        if view is not None and (not self.path or view.cell(self.path, self.side) is not None):
            return
        block = self.block if view is not None else None
        self.forget()
        views = self._blocks.views
        if focused and views:
            self.go(block or views[min(at, len(views) - 1)].block.id)

    def index(self) -> int:
        """The place in the list of the block that the author is in."""
        return next((at for at, view in enumerate(self._blocks.views) if view.block.id == self.block), 0)

    def cell(self) -> Cell | None:
        """The cell that the author is in."""
        view = self._blocks.view(self.block) if self.block is not None else None
        return view.cell(self.path, self.side) if view is not None and self.path else None

    def put(self, cell: Cell | None, place: int | None = None, end: int | None = None) -> None:
        """Write on in a cell: at a place of its source, or at its end; to `end` it is selected."""
        if cell is None:
            return
        cell.setFocus(_REASON)
        start = len(cell.source) if place is None else place
        cell.set_caret(start, end)

    def go(self, block: str, path: str | None = None, side: Side | None = None, place: int | None = None) -> None:
        """Go to a text of a block, to its first one, or select the block when it has none."""
        view = self._blocks.view(block)
        if view is None:
            return
        side = side or self.side
        cell = (view.cell(path, side) if path else None) or view.first_cell(side)
        if cell is None:
            self.select(view)
        else:
            self.put(cell, place)

    def back(self) -> None:
        """Give the keyboard to the text that the author was in, or to the first one."""
        cell = self.cell()
        if cell is not None:
            cell.setFocus(_REASON)
        elif self._blocks.views:
            self.go(self.block or self._blocks.views[0].block.id)

    def select(self, view: BlockView | None) -> None:
        """Select a block as a whole."""
        if view is not None:
            view.setFocus(_REASON)
            self._blocks.reveal(view.geometry())

    def leave(self, cell: Cell, address: Address, way: int) -> None:
        """Go to the text above (-1) or below (1) on the same side, keeping to the column of signs."""
        cells = self._in_order(address.side)
        at = cells.index(cell) + way
        if 0 <= at < len(cells):
            target, x = cells[at], cell.cursorRect().left()
            target.setFocus(_REASON)
            y = 1 if way > 0 else target.viewport().height() - 3
            place = target.shown.to_source(target.cursorForPosition(QPoint(x, y)).position())
            target.set_caret(place)

    def tab(self, cell: Cell, *, forward: bool) -> None:
        """Go to the next or previous cell in reading order, or out of the note."""
        cells = [one for view in self._blocks.views for one in view.cells()]
        at = cells.index(cell) + (1 if forward else -1)
        if 0 <= at < len(cells):
            self.put(cells[at])
        else:
            cell.leave(forward)

    def reveal(self, cell: Cell) -> None:
        """Scroll as little as needed to show the caret of a cell."""
        box = cell.cursorRect()
        self._blocks.reveal(QRect(cell.viewport().mapTo(self._blocks.inside, box.topLeft()), box.size()))

    def _in_order(self, side: Side) -> list[Cell]:
        return [cell for view in self._blocks.views for cell in view.cells() if cell.side == side]
