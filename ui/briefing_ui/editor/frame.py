"""What is drawn around a block: a box, the hatched margin of what is private, the ring of a selected one."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from briefing_ui.editor.face import Face
from briefing_ui.look import colour
from briefing_ui.tokens import Tokens

_HATCH = 8
_ROUND = 6
_RING = 2


def paint_frame(painter: QPainter, frame: QRect, face: Face, tokens: Tokens) -> None:
    """Draw what a block's face asks for."""
    if face.hatched:
        margin = QRect(frame.left(), frame.top(), _HATCH, frame.height())
        painter.fillRect(frame, colour(tokens.bg))
        painter.fillRect(margin, QBrush(colour(tokens.border), Qt.BrushStyle.BDiagPattern))
    if face.boxed:
        painter.setPen(colour(tokens.line))
        painter.setBrush(colour(tokens.bg if face.grey else tokens.raised))
        painter.drawRoundedRect(frame, _ROUND, _ROUND)


def paint_focus(painter: QPainter, box: QRect, tokens: Tokens) -> None:
    """Draw the ring of the block that has the keyboard."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(tokens.focus), _RING))
    painter.drawRect(box.adjusted(1, 1, -_RING, -_RING))
