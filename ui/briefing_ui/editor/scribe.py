"""What keys and menus do to the note: every deed is an edit of the session, then the caret goes where one writes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from briefing.bilingual.pairs import PairState, confirm, pair_state
from briefing.blocks import editing
from briefing.blocks.pair import Pair
from briefing.blocks.registry import BLOCK_TYPES, texts
from briefing.charts.spec import ChartSpec
from briefing.note import Block, Note, block_of, new_id, with_block, with_inserted, with_moved, without_block
from briefing.text import Label, Side
from briefing_ui.editor.block_list import BlockList
from briefing_ui.editor.caret import Caret
from briefing_ui.editor.cell import Cell
from briefing_ui.editor.completion import Completion
from briefing_ui.editor.field_row import Address
from briefing_ui.editor.marking import Marked, with_link, with_mark
from briefing_ui.editor.masthead import MASTHEAD, written
from briefing_ui.editor.pasting import pasted_blocks
from briefing_ui.notice import Choice, Notice
from briefing_ui.session import Session

_DELETED = Label("The block was deleted.", "已刪除區塊。")
_UNDO = Label("Undo", "復原")
_MISSING: Mapping[PairState, Side | None] = {
    PairState.ZH_MISSING: "zh",
    PairState.EN_MISSING: "en",
    PairState.EMPTY: None,
}
"""States that cannot be confirmed, and the side that is still to be written."""


class Scribe(QObject):
    """Hears the cells and blocks of a list. `marks_toggled()` asks to show or hide delimiters, `menu_wanted(QPoint)`."""

    marks_toggled = Signal()
    menu_wanted = Signal(object)
    heights_changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.blocks: BlockList
        self.caret: Caret
        self.completion: Completion
        self._deeds = self._table()

    def serve(self, blocks: BlockList, caret: Caret, completion: Completion) -> None:
        """Work on this list of blocks."""
        self.blocks, self.caret, self.completion = blocks, caret, completion

    def run(self, action: str) -> None:
        """Do an action of the editor where the author is."""
        if self._session.note is not None and action in self._deeds:
            self._deeds[action]()

    # --- what is heard

    def cell_made(self, cell: Cell, address: Address) -> None:
        cell.edited.connect(partial(self._edited, cell, address))
        cell.asked.connect(self._heard(address))
        cell.caret_moved.connect(partial(self._moved, cell))
        cell.entered.connect(partial(self.caret.enter, address.block, address.path, address.side))
        cell.left.connect(partial(self.caret.leave, cell, address))
        cell.tabbed.connect(lambda forward: self.caret.tab(cell, forward=forward))
        cell.pasted.connect(partial(self._paste, address))
        cell.menu_wanted.connect(self.menu_wanted)

    def _heard(self, address: Address) -> Callable[[str], None]:
        def hear(action: str) -> None:
            self.caret.enter(address.block, address.path, address.side)
            self.run(action)

        return hear

    def block_asked(self, block: str, action: str) -> None:
        self.caret.enter(block)
        self.run(action)

    def item_asked(self, block: str, name: str) -> None:
        note = self._session.note
        if note is not None:
            self._add_item(note, block, name, len(getattr(block_of(note, block), name)))

    def block_entered(self, block: str) -> None:
        self.caret.enter(block)

    def height_changed(self) -> None:
        self.heights_changed.emit()

    def _edited(self, cell: Cell, address: Address, words: str, merge: str) -> None:
        self._session.edit(lambda note: written(note, address.block, address.path, address.side, words), merge)
        self.completion.typed(cell)

    def _moved(self, cell: Cell) -> None:
        self.caret.reveal(cell)
        self.completion.moved(cell)

    # --- the table of deeds

    def _table(self) -> Mapping[str, Callable[[], None]]:
        return {
            "edit.undo": self._session.undo,
            "edit.redo": self._session.redo,
            "editor.bold": lambda: self._mark(lambda words, start, end: with_mark(words, start, end, "**")),
            "editor.mark": lambda: self._mark(lambda words, start, end: with_mark(words, start, end, "==")),
            "editor.link": lambda: self._mark(with_link),
            "editor.markup": self.marks_toggled.emit,
            "editor.reference": self._pick,
            "editor.heading1": lambda: self._change(lambda note, at: editing.with_heading(note, at, 1)),
            "editor.heading2": lambda: self._change(lambda note, at: editing.with_heading(note, at, 2)),
            "editor.heading3": lambda: self._change(lambda note, at: editing.with_heading(note, at, 3)),
            "editor.paragraph": lambda: self._change(editing.with_paragraph),
            "editor.bullet": lambda: self._change(editing.with_bullet_toggled),
            "editor.indent": lambda: self._change(lambda note, at: editing.with_indent(note, at, 1)),
            "editor.outdent": lambda: self._change(lambda note, at: editing.with_indent(note, at, -1)),
            "editor.private": lambda: self._change(editing.with_privacy_toggled),
            "editor.up": lambda: self._move(-1),
            "editor.down": lambda: self._move(1),
            "editor.confirm": self._confirm,
            "editor.block": lambda: self.caret.select(self.blocks.view(self.caret.block or MASTHEAD)),
            "editor.delete": self._delete,
            "next": self._next,
            "back": self._back,
            "inside": lambda: self.caret.go(self.caret.block or MASTHEAD),
            "above": lambda: self.caret.select(self.blocks.neighbour(self.caret.block or MASTHEAD, -1)),
            "below": lambda: self.caret.select(self.blocks.neighbour(self.caret.block or MASTHEAD, 1)),
        }

    def _here(self) -> tuple[Note, Block] | None:
        """The note and the block that the author is in; None in the masthead or nowhere."""
        note, at = self._session.note, self.caret.block
        if note is None or at is None or at == MASTHEAD:
            return None
        return note, block_of(note, at)

    def _change(self, edit: Callable[[Note, str], Note]) -> None:
        here = self._here()
        if here is not None:
            self._session.edit(lambda note: edit(note, here[1].id))

    # --- words

    def _mark(self, make: Callable[[str, int, int], Marked]) -> None:
        cell = self.caret.cell()
        if cell is not None:
            cell.put(make(cell.source, *cell.selection()))

    def _pick(self) -> None:
        cell = self.caret.cell()
        if cell is not None:
            self.completion.pick(cell)

    def _paste(self, address: Address, words: str) -> None:
        blocks = pasted_blocks(words, new_id)
        if address.block == MASTHEAD:
            self._session.edit(lambda note: _with_all(note, blocks))
        else:
            self._session.edit(lambda note: editing.with_pasted(note, address.block, blocks))
        self.caret.go(blocks[-1].id, side=address.side)

    # --- blocks

    def insert(self, name: str) -> None:
        """Insert an empty block of a type after the one that the author is in, or at the end."""
        note = self._session.note
        if note is None:
            return
        block = BLOCK_TYPES[name].cls(id=new_id())
        last = note.blocks[-1].id if note.blocks else None
        after = last if self.caret.block is None else self.caret.block or None
        made = with_inserted(note, block, after)
        for field in editing.growing(type(block)):
            made, _ = editing.with_item(made, block.id, field, 0)
        self._session.edit(lambda _note: made)
        self.caret.go(block.id)

    def drop_figure(self, spec: ChartSpec) -> None:
        """Insert a figure after the block that the author is in, or bring the one of the same series up to date."""
        note = self._session.note
        if note is not None:
            made, where = editing.with_figure(note, spec, self.caret.block or None, new_id())
            self._show_dropped(made, where)

    def drop_metric_row(self, series: str) -> None:
        """Add a row to the metric table at or nearest above the author, or a new table."""
        note = self._session.note
        if note is not None:
            made, where = editing.with_metric_row(note, series, self.caret.block or None, new_id())
            self._show_dropped(made, where)

    def _show_dropped(self, note: Note, where: str) -> None:
        self._session.edit(lambda _note: note)
        self.caret.enter(where)
        view = self.blocks.view(where)
        if view is not None:
            self.blocks.reveal(view.geometry())

    def _move(self, step: int) -> None:
        self._change(lambda note, at: with_moved(note, at, step))
        cell, view = self.caret.cell(), self.blocks.view(self.caret.block or MASTHEAD)
        if cell is not None:
            self.caret.reveal(cell)
        elif view is not None:
            self.blocks.reveal(view.geometry())

    def _delete(self) -> None:
        here = self._here()
        if here is None:
            return
        gone = here[1].id
        beside = self.blocks.neighbour(gone, 1) or self.blocks.neighbour(gone, -1)
        self._session.edit(lambda note: without_block(note, gone))
        self._session.notice(Notice(_DELETED, choices=(Choice(_UNDO, self._session.undo),), key="block deleted"))
        self.caret.select(beside)

    def _confirm(self) -> None:
        here = self._here()
        if here is None or not isinstance(here[1], Pair):
            self._go_on()
            return
        pair = here[1]
        state = pair_state(pair)
        if state in _MISSING:
            self.caret.go(pair.id, "text", _MISSING[state] or self.caret.side)
            return
        self._session.edit(lambda note: with_block(note, confirm(pair)))
        self._go_on()

    def _go_on(self) -> None:
        """Go to the next pair below."""
        at = self.caret.block or MASTHEAD
        while (view := self.blocks.neighbour(at, 1)) is not None:
            at = view.block.id
            if isinstance(view.block, Pair):
                self.caret.go(at)
                return

    # --- Enter and Backspace

    def _next(self) -> None:
        here, note = self._here(), self._session.note
        if here is None:
            if note is not None:
                self._insert_pair(lambda old, fresh: with_inserted(old, Pair(id=fresh)))
            return
        block, item = here[1], editing.item_at(here[1], self.caret.path)
        if item is not None:
            self._next_item(here[0], block, *item)
        elif isinstance(block, Pair) and block.bullet and editing.is_blank(block):
            self._change(editing.with_paragraph)
        else:
            self._insert_pair(lambda old, fresh: editing.with_next(old, block.id, fresh))

    def _insert_pair(self, edit: Callable[[Note, str], Note]) -> None:
        fresh = new_id()
        self._session.edit(lambda note: edit(note, fresh))
        self.caret.go(fresh)

    def _next_item(self, note: Note, block: Block, name: str, at: int) -> None:
        """To the next text of an item, to a new item, or out of the list from an empty one at its end."""
        paths = [entry.path for entry in texts(block)]
        inside = [path for path in paths if path.startswith(f"{name}.{at}.")]
        if self.caret.path != inside[-1]:
            self.caret.go(block.id, inside[inside.index(self.caret.path) + 1])
        elif _item_is_blank(block, name, at) and at == len(getattr(block, name)) - 1:
            self._insert_pair(
                lambda old, fresh: editing.with_next(editing.without_item(old, block.id, name, at), block.id, fresh)
            )
        else:
            self._add_item(note, block.id, name, at + 1)

    def _add_item(self, note: Note, block: str, name: str, at: int) -> None:
        made, path = editing.with_item(note, block, name, at)
        self._session.edit(lambda _note: made)
        self.caret.go(block, path)

    def _back(self) -> None:
        here = self._here()
        if here is None:
            return
        block, item = here[1], editing.item_at(here[1], self.caret.path)
        if item is not None and _item_is_blank(block, *item):
            self._step_back(lambda note: editing.without_item(note, block.id, *item))
        elif editing.is_blank(block):
            self._step_back(lambda note: without_block(note, block.id))
        elif isinstance(block, Pair) and block.bullet:
            self._change(
                editing.with_paragraph if block.bullet == 1 else lambda note, at: editing.with_indent(note, at, -1)
            )

    def _step_back(self, edit: Callable[[Note], Note]) -> None:
        """Take something empty away and write on at the end of what stands above it."""
        cell, side = self.caret.cell(), self.caret.side
        cells = [one for view in self.blocks.views for one in view.cells() if one.side == side]
        at = cells.index(cell) if cell in cells else 0
        self._session.edit(edit)
        self.caret.put(cells[at - 1] if at else None)


def _item_is_blank(block: Block, name: str, at: int) -> bool:
    return not any(entry.text for entry in texts(block) if entry.path.startswith(f"{name}.{at}."))


def _with_all(note: Note, blocks: tuple[Block, ...]) -> Note:
    for block in reversed(blocks):
        note = with_inserted(note, block)
    return note
