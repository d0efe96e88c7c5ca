"""A line of the newest values, small, without axes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from briefing_ui.session import Session

_HEIGHT, _EDGE = 40, 3.0


class Spark(QWidget):
    """Values from left to right, lowest at the bottom."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._values: tuple[float, ...] = ()
        self.setFixedHeight(_HEIGHT)
        session.look_changed.connect(self.update)

    @property
    def values(self) -> tuple[float, ...]:
        """What is drawn."""
        return self._values

    def show_values(self, values: Sequence[float]) -> None:
        """Draw other values; nothing for fewer than two."""
        self._values = tuple(values)
        self.setVisible(len(self._values) > 1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if len(self._values) < 2:
            return
        low, high = min(self._values), max(self._values)
        wide, tall = self.width() - 2 * _EDGE, self.height() - 2 * _EDGE
        step, span = wide / (len(self._values) - 1), high - low or 1.0
        points = [
            QPointF(_EDGE + at * step, _EDGE + tall * (1 - (value - low) / span))
            for at, value in enumerate(self._values)
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._session.look.tokens.accent), 1.4))
        painter.drawPolyline(QPolygonF(points))
        painter.end()
