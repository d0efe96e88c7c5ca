"""What stands around the curves of a chart: rules, words, tags and crosshair, at the places of the layout."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from briefing.charts.palette import Dash
from briefing.charts.picture import ChartLayout, Key, Mark

PENS: dict[Dash, Qt.PenStyle] = {
    "solid": Qt.PenStyle.SolidLine,
    "dash": Qt.PenStyle.DashLine,
    "dot": Qt.PenStyle.DotLine,
}
"""How a dash is drawn."""

_FAMILIES = ["Noto Sans", "Noto Sans TC"]
_DOT = 2.0
_RING = 3.5
_TICK = 3.0


class Painting(QGraphicsItem):
    """A part of the picture, painted by a function from the layout."""

    def __init__(self, paint: Callable[[QPainter, ChartLayout], None], level: int) -> None:
        super().__init__()
        self._paint = paint
        self._layout: ChartLayout | None = None
        self._bounds = QRectF()
        self.setZValue(level)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_layout(self, layout: ChartLayout | None, bounds: QRectF) -> None:
        """Paint another layout from now on, or nothing."""
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self._layout = layout
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole view."""
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the part."""
        del option, widget
        if self._layout is not None:
            self._paint(painter, self._layout)


class Crosshair(QGraphicsItem):
    """A line over the plot at a place of the date axis."""

    def __init__(self) -> None:
        super().__init__()
        self._layout: ChartLayout | None = None
        self._place: float | None = None
        self.setZValue(20)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_layout(self, layout: ChartLayout | None, bounds: QRectF) -> None:
        """Stand over another layout from now on."""
        del bounds
        self.prepareGeometryChange()
        self._layout = layout

    def point_at(self, place: float | None) -> None:
        """Stand at a place, or vanish."""
        if place != self._place:
            self.prepareGeometryChange()
            self._place = place

    def boundingRect(self) -> QRectF:
        """The line alone, so that moving it repaints little."""
        across = self._across()
        if self._layout is None or across is None:
            return QRectF()
        return QRectF(across - 1, self._layout.plot.top, 3, self._layout.plot.height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the line."""
        del option, widget
        across = self._across()
        if self._layout is None or across is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(QColor(self._layout.medium.palette.muted), 0))
        plot = self._layout.plot
        painter.drawLine(QPointF(across, plot.top), QPointF(across, plot.bottom))

    def _across(self) -> float | None:
        if self._layout is None or self._place is None:
            return None
        low, high = self._layout.x_range
        return self._layout.x(self._place) if low <= self._place <= high else None


def paint_rules(painter: QPainter, layout: ChartLayout) -> None:
    """Grid, zero line and date axis."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    plot, palette = layout.plot, layout.medium.palette
    for axis in layout.axes[:1]:
        painter.setPen(QPen(QColor(palette.grid), 0))
        for tick in axis.ticks:
            painter.drawLine(QPointF(plot.left, tick.y), QPointF(plot.right, tick.y))
        if axis.zero is not None:
            painter.setPen(QPen(QColor(palette.muted), 0))
            painter.drawLine(QPointF(plot.left, axis.zero), QPointF(plot.right, axis.zero))
    painter.setPen(QPen(QColor(palette.muted), 0))
    painter.drawLine(QPointF(plot.left, plot.bottom), QPointF(plot.right, plot.bottom))
    for day in layout.dates:
        painter.drawLine(QPointF(day.x, plot.bottom), QPointF(day.x, plot.bottom + _TICK))


def paint_words(painter: QPainter, layout: ChartLayout) -> None:
    """Dots, rings, tags, strokes beside names, and all words."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for line in layout.lines:
        painter.setBrush(QColor(line.colour))
        for place, value in line.dots:
            at = QPointF(layout.x(place), layout.axes[line.axis].y(value, layout.plot))
            painter.drawEllipse(at, _DOT, _DOT)
    _paint_rings(painter, layout)
    painter.setPen(Qt.PenStyle.NoPen)
    for tag in layout.tags:
        painter.fillRect(QRectF(tag.box.left, tag.box.top, tag.box.width, tag.box.height), QColor(tag.fill))
    for name in layout.names:
        _paint_key(painter, name.key)
    font = chart_font(layout.medium.text)
    for mark in layout.marks():
        _paint_mark(painter, font, mark)


def _paint_rings(painter: QPainter, layout: ChartLayout) -> None:
    """Hollow rings over the observations that have a caveat."""
    painter.setBrush(QColor(layout.medium.palette.ground))
    for line in layout.lines:
        painter.setPen(QPen(QColor(line.colour), 1.5))
        for place, value in line.rings:
            at = QPointF(layout.x(place), layout.axes[line.axis].y(value, layout.plot))
            painter.drawEllipse(at, _RING, _RING)


def _paint_key(painter: QPainter, key: Key) -> None:
    pen = QPen(QColor(key.colour), 2, PENS[key.dash])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(key.left, key.y), QPointF(key.right, key.y))


def _paint_mark(painter: QPainter, font: QFont, mark: Mark) -> None:
    painter.setFont(font)
    painter.setPen(QColor(mark.colour))
    painter.drawText(QPointF(mark.x, mark.y), mark.text)


def chart_font(size: float) -> QFont:
    """The font of a chart's words at a size in whole pixels, with the advances that the layout counts on."""
    font = QFont(_FAMILIES)
    font.setPixelSize(round(size))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setKerning(False)
    return font
