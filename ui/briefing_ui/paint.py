"""Small drawn parts that panels share: labels that shorten their words, the thin line of progress, signs of direction."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

UP, DOWN, FLAT = "▲", "▼", "·"
MARKS = {"error": "●", "warning": "▲", "info": "○"}
"""The signs of severities, so that colour never stands alone."""


def arrow(value: float | None) -> str:
    """The sign of a direction; nothing for a value that is not there."""
    if value is None:
        return ""
    return UP if value > 0 else DOWN if value < 0 else FLAT


class ShortLabel(QLabel):
    """A label on one line that shortens its words in the middle and tells them in full as a tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_words(self, words: str) -> None:
        """Show other words."""
        self._full = words
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideMiddle, self.contentsRect().width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()
