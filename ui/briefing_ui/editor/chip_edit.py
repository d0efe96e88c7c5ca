"""A text edit that shows a source with its references as chips and its marks as they will look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import (
    QFont,
    QHelpEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from briefing.text import Side
from briefing_ui.editor.chip_words import ChipWords, chip_story, chip_words
from briefing_ui.editor.chips import CHIP, ChipLook, ChipPainter, insert_pieces, read_pieces
from briefing_ui.editor.highlighter import MarkHighlighter
from briefing_ui.editor.shown import Shown, patch, shown
from briefing_ui.session import Session

_MARGIN = 2.0
_FRAME = 2
_LINE_HEIGHT = 1.5


class ChipEdit(QTextEdit):
    """Plain characters only, without a history of its own, as high as its text.

    Places are code points of the source, positions are Qt's.
    """

    def __init__(self, side: Side, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side = side
        self._session = session
        self._writing = False
        self._revision = -1
        self._plain = QTextCharFormat()
        self.setProperty("part", "cell")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self._chips = ChipPainter(self._chip_look, self)
        self.document().documentLayout().registerHandler(CHIP, self._chips)
        self._marks = MarkHighlighter(self.document(), lambda: session.look.tokens)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Change the document without taking it for the user's work."""
        self._writing = True
        try:
            yield
        finally:
            self._writing = False
            self._revision = self.document().revision()

    # --- the text

    @property
    def shown(self) -> Shown:
        """The text as it is shown, without what is being composed."""
        return read_pieces(self.document())

    @property
    def source(self) -> str:
        """The text as the note holds it."""
        return self.shown.source

    def selection(self) -> tuple[int, int]:
        """The places between which text is selected."""
        text, cursor = self.shown, self.textCursor()
        return text.to_source(cursor.selectionStart()), text.to_source(cursor.selectionEnd())

    def caret(self) -> int:
        """The place of the caret."""
        return self.shown.to_source(self.textCursor().position())

    def _write(self, before: Shown, after: Shown) -> None:
        """Lead the document from one text to another by the smallest change."""
        change = patch(before, after)
        if change is None:
            return
        cursor = QTextCursor(self.document())
        with self._quietly():
            cursor.beginEditBlock()
            cursor.setPosition(change.start)
            cursor.setPosition(change.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            insert_pieces(cursor, change.pieces, self._plain)
            cursor.endEditBlock()

    def _fold(self, open_place: int | None) -> None:
        """Show references as chips, but the one around a place; the selection stays where it is in the source."""
        before = self.shown
        after = shown(before.source, open_place)
        cursor = self.textCursor()
        anchor, caret = before.to_source(cursor.anchor()), before.to_source(cursor.position())
        if patch(before, after) is not None:
            self._write(before, after)
            self._select(after, anchor, caret)

    def _select(self, text: Shown, anchor: int, caret: int) -> None:
        self._mark(text.to_shown(anchor), text.to_shown(caret))

    def _mark(self, anchor: int, caret: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
        with self._quietly():
            self.setTextCursor(cursor)

    # --- the look

    def set_text_font(self, font: QFont) -> None:
        """Write in another font, all lines of one height whichever scripts and chips stand in them."""
        self.document().setDefaultFont(font)
        form = QTextBlockFormat()
        height = font.pointSizeF() * self.logicalDpiY() / 72 * _LINE_HEIGHT
        form.setLineHeight(height, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        with self._quietly():
            cursor.mergeBlockFormat(form)

    def height_for(self, width: int) -> int:
        """The height that the text needs at a width."""
        room = max(width - 2 * _FRAME, 1)
        if self.document().textWidth() != room:
            self.document().setTextWidth(room)
        return ceil(self.document().size().height()) + 2 * _FRAME

    def hide_marks(self, hidden: bool) -> None:
        """Show or hide the delimiters of inline marks."""
        with self._quietly():
            self._marks.hide_marks(hidden)

    def refresh_values(self) -> None:
        """Measure and draw the chips again, because their words changed."""
        position = 0
        for piece in self.shown.pieces:
            if piece.chip:
                self.document().markContentsDirty(position, 1)
            position += piece.width
        self.viewport().update()

    def refresh_look(self) -> None:
        """Draw everything again in the colours of another theme."""
        with self._quietly():
            self._marks.rehighlight()
        self.refresh_values()

    # --- chips

    def take_chip(self, position: int) -> bool:
        """Select the chip at a position, so that the next key deletes it; False when there is none."""
        if self.textCursor().hasSelection() or self.shown.chip_at(position) is None:
            return False
        self._mark(position, position + 1)
        return True

    def open_chip(self) -> bool:
        """Show the source of the chip that is selected, with the caret in it; False when none is."""
        before, cursor = self.shown, self.textCursor()
        words = before.chip_at(cursor.selectionStart())
        if words is None or cursor.selectionEnd() - cursor.selectionStart() != 1:
            return False
        place = before.to_source(cursor.selectionStart()) + len(words) - 1
        after = shown(before.source, place)
        self._write(before, after)
        self._select(after, place, place)
        return True

    def chip_under(self, point: QPoint) -> int | None:
        """The position of the chip under a point of the viewport, or None."""
        near = self.cursorForPosition(point).position()
        text = self.shown
        for position in (near - 1, near):
            if position >= 0 and text.chip_at(position) is not None and self.chip_box(position).contains(point):
                return position
        return None

    def chip_box(self, position: int) -> QRect:
        """Where the chip at a position is drawn in the viewport."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        left = self.cursorRect(cursor)
        width = self._chips.intrinsicSize(self.document(), position, self._form_at(position)).width()
        return QRect(left.left(), left.top(), ceil(width), left.height())

    def _form_at(self, position: int) -> QTextCharFormat:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position + 1)
        return cursor.charFormat()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        position = self.chip_under(event.position().toPoint())
        if position is None:
            super().mouseDoubleClickEvent(event)
            return
        self._mark(position, position + 1)
        self.open_chip()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            words = self.story_at(self.viewport().mapFromGlobal(event.globalPos()))
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def story_at(self, point: QPoint) -> str:
        """What the tool tip of the chip under a point tells; empty beside chips."""
        position = self.chip_under(point)
        words = self.shown.chip_at(position) if position is not None else None
        if words is None:
            return ""
        ref = words[1:-1].strip()
        return chip_story(ref, self._session.value(ref)).of(self._session.lang)

    def _told(self, ref: str) -> ChipWords:
        return chip_words(self._session.value(ref), self.side)

    def _chip_look(self) -> ChipLook:
        return ChipLook(self._told, self._session.look.tokens)
