"""A chart in small: its lines alone, on the scales that its layout decided."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from briefing.charts.layout import layout
from briefing.charts.palette import PALETTES
from briefing.charts.picture import SCREEN_TEXT, Box, ChartLayout, Medium, PlotLine
from briefing.charts.spec import ChartSpec
from briefing_ui.session import Session

WIDTH, HEIGHT = 150, 52
_PLOT = (480.0, 200.0)
_MOST_POINTS = 300


def sketch_of(spec: ChartSpec, session: Session) -> ChartLayout | None:
    """The layout of a chart whose series are all there; asking makes the missing ones come."""
    found = {line.series: session.series(line.series) for line in spec.lines}
    given = {name: series for name, series in found.items() if series is not None}
    if session.as_of is None or not given or len(given) < len(found):
        return None
    medium = Medium(SCREEN_TEXT, PALETTES[session.look.theme])
    return layout(spec, given, size=_PLOT, langs=(session.lang,), as_of=session.as_of, medium=medium)


def paint_sketch(painter: QPainter, picture: ChartLayout, box: QRectF) -> None:
    """Draw the lines of a layout into a box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in picture.lines:
        painter.setPen(QPen(QColor(line.colour), 1.2))
        for piece in _pieces(line, picture, box):
            painter.drawPolyline(piece)
    painter.restore()


def _pieces(line: PlotLine, picture: ChartLayout, box: QRectF) -> list[QPolygonF]:
    low, high = picture.x_range
    axis, room = picture.axes[line.axis], Box(box.left(), box.top(), box.right(), box.bottom())
    pieces = []
    for xs, ys in line.trace.pieces:
        inside = (xs >= low) & (xs <= high)
        step = max(1, int(inside.sum()) // _MOST_POINTS)
        places = (xs[inside][::step] - low) / (high - low) * box.width() + box.left()
        heights = [axis.y(float(value), room) for value in ys[inside][::step]]
        pieces.append(QPolygonF([QPointF(x, y) for x, y in zip(places.tolist(), heights, strict=True)]))
    return pieces
