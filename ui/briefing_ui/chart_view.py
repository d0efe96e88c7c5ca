"""The screen painter of one chart: it draws what the layout decided and decides nothing itself.

The curves are pyqtgraph's, so that panning 20,000 points stays smooth; all words, rules and tags are
painted at the places that the layout gives. What the user does to a chart leaves it as a signal.
"""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from briefing.charts.palette import Dash
from briefing.charts.picture import ChartLayout, PlotLine
from briefing.charts.spec import RANGES
from briefing.series import Values
from briefing_ui.chart_items import PENS, Crosshair, Painting, paint_rules, paint_words

_ZOOM = 1.2
_LEAST_SPAN = 5.0
"""A chart is not zoomed in closer than one week."""

pg.setConfigOptions(antialias=True)


class ChartView(pg.GraphicsView):
    """One chart. `draw` gives it a layout; until then it is blank.

    `range_wanted(low, high)` asks for another range in places of the date axis, `reset_wanted` for
    the chosen range button's, `range_key(index)` for the button of that number, `pointed(place)`
    follows the crosshair (None when the pointer leaves), `stepped(-1 | 1)` and `jumped(-1 | 1)` ask
    to move it by an observation or to an end, `pin_wanted` for a pin, `resized` for a new layout.
    """

    range_wanted = Signal(float, float)
    reset_wanted = Signal()
    range_key = Signal(int)
    pointed = Signal(object)
    stepped = Signal(int)
    jumped = Signal(int)
    pin_wanted = Signal()
    resized = Signal()
    focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setMouseTracking(True)
        self._layout: ChartLayout | None = None
        self._ground = ""
        self._drag: tuple[float, tuple[float, float]] | None = None
        self._rules = Painting(paint_rules, -10)
        self._words = Painting(paint_words, 10)
        self._cross = Crosshair()
        self._boxes = (_plot_box(), _plot_box())
        self._curves: list[_Curve] = []
        for item in (self._rules, *self._boxes, self._words, self._cross):
            self.scene().addItem(item)

    @property
    def picture(self) -> ChartLayout | None:
        """The layout that is drawn."""
        return self._layout

    def draw(self, layout: ChartLayout) -> None:
        """Draw a layout made for this view's size in pixels. Items are reused, never rebuilt."""
        self._layout = layout
        plot = layout.plot
        self._lay_ground(layout.medium.palette.ground)
        for index, box in enumerate(self._boxes):
            box.setVisible(index < len(layout.axes))
            if index < len(layout.axes):
                axis = layout.axes[index]
                box.setGeometry(QRectF(plot.left, plot.top, plot.width, plot.height))
                box.setRange(xRange=layout.x_range, yRange=(axis.low, axis.high), padding=0)
        self._draw_curves(layout)
        bounds = QRectF(0, 0, *layout.size)
        self._rules.show_layout(layout, bounds)
        self._words.show_layout(layout, bounds)
        self._cross.show_layout(layout, bounds)

    def blank(self, ground: str) -> None:
        """Draw nothing on a ground of this colour."""
        self._layout = None
        self._lay_ground(ground)
        for box in self._boxes:
            box.setVisible(False)
        for item in (self._rules, self._words, self._cross):
            item.show_layout(None, QRectF())

    def point_at(self, place: float | None) -> None:
        """Put the crosshair at a place of the date axis, or take it away."""
        self._cross.point_at(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new size needs a new layout."""
        super().resizeEvent(event)
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the day under the pointer."""
        event.accept()
        if self._layout is None or not event.angleDelta().y():
            return
        low, high = self._layout.x_range
        factor = _ZOOM ** (-event.angleDelta().y() / 120)
        if (high - low) * factor < _LEAST_SPAN:
            return
        at = self._layout.place(event.position().x())
        self.range_wanted.emit(at - (at - low) * factor, at + (high - at) * factor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the plot."""
        event.accept()
        if self._layout is not None and event.button() is Qt.MouseButton.LeftButton:
            self._drag = (event.position().x(), self._layout.x_range)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while the plot is held, else move the crosshair."""
        event.accept()
        if self._layout is None:
            return
        across = event.position().x()
        if self._drag is not None:
            start, (low, high) = self._drag
            moved = (across - start) / self._layout.plot.width * (high - low)
            if moved:
                self.range_wanted.emit(low - moved, high - moved)
            return
        plot = self._layout.plot
        inside = plot.left <= across <= plot.right
        # Whole places are weekdays.
        self.pointed.emit(float(round(self._layout.place(across))) if inside else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the plot go."""
        event.accept()
        self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the range of the button."""
        event.accept()
        self.reset_wanted.emit()

    def leaveEvent(self, event: object) -> None:
        """Take the crosshair away."""
        del event
        self.pointed.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that this is the chart for actions."""
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 7 range, 0 reset, arrows crosshair, Home and End its ends, Space pin."""
        act = self._key_action(event)
        if act is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        event.accept()
        act()

    def _key_action(self, event: QKeyEvent) -> Callable[[], None] | None:
        key = event.key()
        index = key - Qt.Key.Key_1
        if 0 <= index < len(RANGES):
            return lambda: self.range_key.emit(index)
        return {
            Qt.Key.Key_0: self.reset_wanted.emit,
            Qt.Key.Key_Left: lambda: self.stepped.emit(-1),
            Qt.Key.Key_Right: lambda: self.stepped.emit(1),
            Qt.Key.Key_Home: lambda: self.jumped.emit(-1),
            Qt.Key.Key_End: lambda: self.jumped.emit(1),
            Qt.Key.Key_Space: self.pin_wanted.emit,
        }.get(Qt.Key(key))

    def _lay_ground(self, colour: str) -> None:
        """Only a new colour, since setting any repaints everything."""
        if colour != self._ground:
            self._ground = colour
            self.setBackground(colour)

    def _draw_curves(self, layout: ChartLayout) -> None:
        pieces = [(line, piece) for line in layout.lines for piece in line.trace.pieces]
        while len(self._curves) < len(pieces):
            self._curves.append(_Curve())
        for curve, (line, piece) in zip(self._curves, pieces, strict=False):
            curve.show_piece(self._boxes[line.axis], line, piece)
        for curve in self._curves[len(pieces) :]:
            curve.hide()


class _Curve:
    """A reusable plot item, drawing one piece of a line in one of the boxes."""

    def __init__(self) -> None:
        # One sample a pixel: of each pixel column the peaks are kept, so nothing is lost to the eye.
        self.item = pg.PlotDataItem(clipToView=True, antialias=True, autoDownsampleFactor=1.0)
        self.item.setDownsampling(auto=True, method="peak")
        self._box: pg.ViewBox | None = None
        self._data: Values | None = None
        self._look: tuple[str, Dash] | None = None

    def show_piece(self, box: pg.ViewBox, line: PlotLine, piece: tuple[Values, Values]) -> None:
        """Draw a piece; what is unchanged since the last time is left alone."""
        if self._box is not box:
            if self._box is not None:
                self._box.removeItem(self.item)
            box.addItem(self.item, ignoreBounds=True)
            self._box = box
        if self._look != (line.colour, line.dash):
            self._look = (line.colour, line.dash)
            self.item.setPen(pg.mkPen(line.colour, width=1, style=PENS[line.dash]))
            # Segments would begin the pattern of a dashed line anew at every point.
            self.item.curve.setSegmentedLineMode("on" if line.dash == "solid" else "off")
        if self._data is not piece[1]:
            self._data = piece[1]
            self.item.setData(*piece)
        self.item.setVisible(True)

    def hide(self) -> None:
        """Draw nothing until it is needed again."""
        self.item.setVisible(False)


def _plot_box() -> pg.ViewBox:
    box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.0)
    box.disableAutoRange()
    box.setZValue(0)
    return box
