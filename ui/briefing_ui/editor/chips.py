"""References inside a cell, drawn as chips: one object character each, which carries its reference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from briefing_ui.editor.chip_words import ChipWords, Tone
from briefing_ui.editor.shown import Piece, Shown
from briefing_ui.look import colour
from briefing_ui.tokens import Tokens

CHIP = QTextFormat.ObjectTypes.UserObject.value + 1
_REF = QTextFormat.Property.UserProperty.value + 1
_OBJECT = "\ufffc"
_LINE = "\u2028"
_LINES = str.maketrans({_LINE: "\n", "\u2029": "\n"})
_PAD = 4.0
_ROUND = 3.0


@dataclass(frozen=True, slots=True)
class ChipLook:
    """What a chip is drawn with: its words by reference, and the colours of the theme."""

    words: Callable[[str], ChipWords]
    tokens: Tokens


class ChipPainter(QPyTextObject):
    """Measures and draws the chips of a document. It stands on the line's baseline like a word."""

    def __init__(self, look: Callable[[], ChipLook], parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def intrinsicSize(self, doc: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        metrics = QFontMetricsF(doc.defaultFont())
        words = self._look().words(reference_in(form)).text
        width = metrics.horizontalAdvance(words) + 2 * _PAD
        return QSizeF(min(width, self._widest(doc)), metrics.ascent())

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, _position: int, form: QTextFormat
    ) -> None:
        look, room = self._look(), QRectF(rect)
        told = look.words(reference_in(form))
        metrics = QFontMetricsF(doc.defaultFont())
        box = room.adjusted(0.5, 1.0, -0.5, metrics.descent() - 1.0)
        chosen = form.background().style() is not Qt.BrushStyle.NoBrush
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(look.tokens.focus if chosen else look.tokens.line), 1.0))
        painter.setBrush(form.background() if chosen else colour(look.tokens.bg))
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        painter.setFont(doc.defaultFont())
        painter.setPen(colour(look.tokens.selection_ink if chosen else _ink(told.tone, look.tokens)))
        words = metrics.elidedText(told.text, Qt.TextElideMode.ElideRight, room.width() - 2 * _PAD + 0.5)
        painter.drawText(room.bottomLeft() + QPointF(_PAD, 0), words)
        painter.restore()

    def _widest(self, doc: QTextDocument) -> float:
        return doc.textWidth() - 2 * doc.documentMargin() if doc.textWidth() > 0 else float("inf")


def _ink(tone: Tone, tokens: Tokens) -> str:
    return {
        "plain": tokens.accent,
        "late": tokens.muted,
        "doubted": tokens.warn,
        "missing": tokens.error,
        "waiting": tokens.muted,
    }[tone]


def reference_in(form: QTextFormat) -> str:
    """The reference of a chip's format, without its braces."""
    return str(form.property(_REF))[1:-1].strip()


def insert_pieces(cursor: QTextCursor, pieces: tuple[Piece, ...], plain: QTextCharFormat) -> None:
    """Write pieces into a document at a cursor."""
    for piece in pieces:
        if piece.chip:
            form = QTextCharFormat(plain)
            form.setObjectType(CHIP)
            form.setProperty(_REF, piece.words)
            cursor.insertText(_OBJECT, form)
        else:
            cursor.insertText(piece.words.replace("\n", _LINE), plain)


def read_pieces(document: QTextDocument) -> Shown:
    """What stands in a document, chips with their references. Breaks of any kind are line feeds."""
    pieces: list[Piece] = []
    block = document.begin()
    while block.isValid():
        if pieces or block.blockNumber():
            _add(pieces, "\n")
        at = block.begin()
        while not at.atEnd():
            fragment = at.fragment()
            _read(pieces, fragment.text(), fragment.charFormat())
            at += 1
        block = block.next()
    return Shown(tuple(pieces))


def _read(pieces: list[Piece], words: str, form: QTextCharFormat) -> None:
    if form.objectType() == CHIP:
        pieces += [Piece(str(form.property(_REF)), chip=True)] * len(words)
    else:
        _add(pieces, words.translate(_LINES))


def _add(pieces: list[Piece], words: str) -> None:
    if pieces and not pieces[-1].chip:
        pieces[-1] = Piece(pieces[-1].words + words)
    else:
        pieces.append(Piece(words))
