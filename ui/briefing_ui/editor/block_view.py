"""A block in the editor: gutter, card, and a row for each of its texts. Made cheap at first, filled when seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QToolTip, QWidget

from briefing.blocks.editing import growing
from briefing.blocks.registry import TextField, texts
from briefing.note import Block
from briefing.text import SIDES, Label, Side
from briefing_ui.editor.card import Card
from briefing_ui.editor.cards import card_class, card_for
from briefing_ui.editor.cell import Cell
from briefing_ui.editor.commands import command_for
from briefing_ui.editor.dropping import drop
from briefing_ui.editor.face import face_of, name_of, visible
from briefing_ui.editor.field_row import Address, FieldRow
from briefing_ui.editor.frame import paint_focus, paint_frame
from briefing_ui.editor.gutter import GUTTER_HEIGHT, gutter_width, gutter_words, paint_gutter
from briefing_ui.look import TARGET, colour
from briefing_ui.session import Session

_ABOVE = 4
RIGHT = 8
_INSIDE = 12
_MORE = Label("More words…", "更多文字…")
_FEWER = Label("Fewer words", "收合文字")
_ADD = Label("Add: {}", "新增：{}")
_CHARACTER = {"en": 6.6, "zh": 13.5}
_ROUGH_LINE = 22
_KEYS = {Qt.Key.Key_Delete: "editor.delete", Qt.Key.Key_Backspace: "editor.delete", Qt.Key.Key_Return: "inside"}
_KEYS |= {Qt.Key.Key_Enter: "inside", Qt.Key.Key_Up: "above", Qt.Key.Key_Down: "below"}


class Listener(Protocol):
    """Who hears what happens in a block."""

    def block_asked(self, block: str, action: str) -> None: ...
    def item_asked(self, block: str, name: str) -> None: ...
    def block_entered(self, block: str) -> None: ...
    def cell_made(self, cell: Cell, address: Address) -> None: ...
    def height_changed(self) -> None: ...


class BlockView(QWidget):
    """Shows one block. `fill` makes its cells; until then its height is an estimate."""

    def __init__(self, block: Block, session: Session, listener: Listener, parent: QWidget) -> None:
        super().__init__(parent)
        self.block = block
        self._session = session
        self._listener = listener
        self.card: Card | None = None
        self.rows: list[FieldRow] = []
        self.buttons: list[QPushButton] = []
        self.filled = False
        self._unfolded = False
        self._marks_hidden = False
        self._gutter = gutter_words(block, (), session.lang)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._name()

    # --- filling

    def fill(self) -> None:
        """Make the card and the cells."""
        if self.filled:
            return
        self.filled = True
        made = card_for(self.block, self._session, self)
        if made is not None:
            made.show_block(self.block)
            made.show()
        self.card = made
        self._fill_rows()

    def _fields(self) -> tuple[TextField, ...]:
        return visible(face_of(self.block), texts(self.block), unfolded=self._unfolded)

    def _fill_rows(self) -> None:
        """Keep the rows whose texts are still there, make new ones, drop the others."""
        old = {row.path: row for row in self.rows}
        fields, face = self._fields(), face_of(self.block)
        self.rows = [old.pop(entry.path) if entry.path in old else self._row(entry.path) for entry in fields]
        for row in old.values():
            row.drop()
        for row, entry in zip(self.rows, fields, strict=True):
            row.show_field(entry, face)
            row.name_cells(name_of(self.block).of(self._session.lang), entry)
        self._fill_buttons()

    def _row(self, path: str) -> FieldRow:
        row = FieldRow(self._session, self.block.id, path, self)
        for side, cell in row.cells.items():
            cell.hide_marks(self._marks_hidden)
            cell.grown.connect(self._listener.height_changed)
            self._listener.cell_made(cell, row.addresses[side])
            cell.show()
        return row

    def _fill_buttons(self) -> None:
        for button in self.buttons:
            drop(button)
        lang = self._session.lang
        self.buttons = []
        for name, item in growing(type(self.block)).items():
            label = texts(item())[0].label.of(lang)
            self._button(_ADD.of(lang).format(label), partial(self._listener.item_asked, self.block.id, name))
        if face_of(self.block).kept and (self._unfolded or len(self._fields()) < len(texts(self.block))):
            self._button((_FEWER if self._unfolded else _MORE).of(lang), self.toggle_fold)

    def _button(self, words: str, call: Callable[[], None]) -> None:
        button = QPushButton(words, self)
        button.setProperty("part", "link")
        button.setAccessibleName(words)
        button.clicked.connect(lambda _checked: call())
        button.adjustSize()
        button.show()
        self.buttons.append(button)

    def toggle_fold(self) -> None:
        """Show all texts of the block, or those alone that are always there or written."""
        self._unfolded = not self._unfolded
        self._fill_rows()
        self._listener.height_changed()

    # --- showing

    def show_block(self, block: Block) -> None:
        """Show another state of the block, of any type."""
        other_type = type(block) is not type(self.block)
        self.block = block
        self._name()
        if not self.filled:
            return
        if other_type and card_class(block) is not (type(self.card) if self.card else None):
            self._exchange_card()
        if self.card is not None:
            self.card.show_block(block)
        fields = self._fields()
        if other_type or [entry.path for entry in fields] != [row.path for row in self.rows]:
            self._fill_rows()
            return
        face = face_of(block)
        for row, entry in zip(self.rows, fields, strict=True):
            row.show_field(entry, face)

    def _exchange_card(self) -> None:
        if self.card is not None:
            drop(self.card)
        self.card = card_for(self.block, self._session, self)
        if self.card is not None:
            self.card.show()

    def refresh_gutter(self) -> None:
        """Show how the two sides agree and which problems there are."""
        problems = [one for one in self._session.problems if one.place.block == self.block.id]
        words = gutter_words(self.block, problems, self._session.lang)
        if words != self._gutter:
            self._gutter = words
            self._name()
            self.update()

    def refresh_values(self) -> None:
        """Show values that came."""
        for cell in self._cells():
            cell.refresh_values()
        if self.card is not None:
            self.card.refresh()

    def refresh_look(self) -> None:
        """Show everything in other colours and in the interface's language."""
        self.refresh_gutter()
        if self.filled:
            self._fill_rows()
        for cell in self._cells():
            cell.refresh_look()
        if self.card is not None:
            self.card.refresh()
        self.update()

    def hide_marks(self, hidden: bool) -> None:
        """Show or hide the delimiters of inline marks."""
        self._marks_hidden = hidden
        for cell in self._cells():
            cell.hide_marks(hidden)

    def cell(self, path: str, side: Side) -> Cell | None:
        """The cell of a text; it is unfolded when need be. None when the block has no such text."""
        self.fill()
        known = {entry.path for entry in texts(self.block)}
        if path in known and all(row.path != path for row in self.rows):
            self.toggle_fold()
        return next((row.cells[side] for row in self.rows if row.path == path), None)

    def first_cell(self, side: Side, *, last: bool = False) -> Cell | None:
        """The uppermost or lowest cell of a side."""
        self.fill()
        return self.rows[-1 if last else 0].cells[side] if self.rows else None

    def cells(self) -> list[Cell]:
        """The cells in reading order."""
        self.fill()
        return [*self._cells()]

    def _cells(self) -> Iterator[Cell]:
        return (row.cells[side] for row in self.rows for side in SIDES)

    def _name(self) -> None:
        name = name_of(self.block).of(self._session.lang)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._gutter.story)

    # --- room

    def arrange(self, width: int) -> int:
        """Put everything in its place; gives the height that the block takes."""
        face = face_of(self.block)
        gutter = gutter_width(self._session.lang)
        left = gutter + (_INSIDE if face.boxed or face.hatched else 0)
        room = max(width - left - RIGHT, 80)
        if not self.filled:
            return self._estimate(room)
        at = _ABOVE + (4 if face.boxed else 0)
        if self.card is not None:
            height = self.card.height_for(room)
            self.card.setGeometry(left, at, room, height)
            at += height
        for row in self.rows:
            at += row.arrange(left, at, room, face.indent)
        reach = left
        for button in self.buttons:
            button.setGeometry(reach, at, button.sizeHint().width(), TARGET)
            reach += button.width() + 4
        at += TARGET if self.buttons else 0
        return max(at + _ABOVE + (4 if face.boxed else 0), GUTTER_HEIGHT + 2 * _ABOVE)

    def _estimate(self, room: int) -> int:
        lines = 0.0
        for entry in self._fields():
            lines += max(1 + len(entry.text.of(side)) * _CHARACTER[side] // (room / 2) for side in SIDES)
        return max(round(lines * _ROUGH_LINE), GUTTER_HEIGHT) + 2 * _ABOVE

    # --- events

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, tokens, face = QPainter(self), self._session.look.tokens, face_of(self.block)
        gutter = gutter_width(self._session.lang)
        frame = self.rect().adjusted(gutter - 4, 2, -3, -3)
        paint_frame(painter, frame, face, tokens)
        self._paint_bullets(painter)
        paint_gutter(painter, self._gutter, _ABOVE + 1, gutter, tokens)
        if self.hasFocus():
            paint_focus(painter, self.rect(), tokens)
        painter.end()

    def _paint_bullets(self, painter: QPainter) -> None:
        bullet = face_of(self.block).bullet
        if not bullet:
            return
        painter.setPen(colour(self._session.look.tokens.muted))
        for row in self.rows:
            for cell in row.cells.values():
                painter.setFont(cell.document().defaultFont())
                room = QRect(cell.x() - 12, row.top + 4, 12, painter.fontMetrics().height())
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, bullet)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = command_for(event) or (_KEYS.get(Qt.Key(event.key())) if not event.modifiers() else None)
        if action is None:
            super().keyPressEvent(event)
        else:
            self._listener.block_asked(self.block.id, action)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._listener.block_asked(self.block.id, "editor.block")
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._listener.block_entered(self.block.id)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.story_at(event.pos()), self)
            return True
        return super().event(event)

    def story_at(self, point: QPoint) -> str:
        """What the tool tip tells at a point: the story of the gutter, nothing beside it."""
        return self._gutter.story if point.x() < gutter_width(self._session.lang) else ""
