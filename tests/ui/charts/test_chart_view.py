"""The screen painter shows what the layout decided, and the same picture as the page."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.charts.layout import layout
from briefing.charts.palette import PALETTES
from briefing.charts.picture import ChartLayout, Medium
from briefing.charts.spec import ChartSpec
from briefing.charts.svg import svg
from briefing_ui import chart_items
from briefing_ui.chart_items import chart_font
from briefing_ui.chart_view import ChartView

SIZE = (360, 200)
SPACE = "{http://www.w3.org/2000/svg}"


Picture = Callable[..., ChartLayout]


class Ear:
    """A painter that writes down what it is asked to draw."""

    def __init__(self) -> None:
        self.words: list[tuple[float, float, str]] = []
        self.boxes: list[tuple[QRectF, str]] = []
        self.lines: list[tuple[QPointF, QPointF]] = []

    def drawText(self, at: QPointF, text: str) -> None:  # noqa: N802 - Qt's name
        self.words.append((at.x(), at.y(), text))

    def fillRect(self, box: QRectF, colour: QColor) -> None:  # noqa: N802 - Qt's name
        self.boxes.append((box, colour.name().upper()))

    def drawLine(self, start: QPointF, end: QPointF) -> None:  # noqa: N802 - Qt's name
        self.lines.append((start, end))

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name not in {"setPen", "setBrush", "setFont", "setRenderHint", "drawEllipse"}:
            raise AttributeError(name)
        return lambda *_: None


@pytest.fixture
def picture(session: QObject, spec: Callable[..., ChartSpec]) -> Callable[..., ChartLayout]:
    """A chart in pixels, at the proportions of a page: its words are as large against its width."""

    def make(first: str, second: str = "", **options: object) -> ChartLayout:
        medium = Medium(11.0, PALETTES["print"])
        return layout(
            spec(first, second), session.held, **{"size": SIZE, "as_of": session.as_of, "medium": medium, **options}
        )

    return make


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ChartView]:
    view = ChartView()
    view.resize(*SIZE)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.close()
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def heard(chart: ChartLayout) -> Ear:
    ear = Ear()
    chart_items.paint_rules(ear, chart)
    chart_items.paint_words(ear, chart)
    return ear


@pytest.mark.parametrize(("first", "second"), [("UST10Y", ""), ("UST10Y", "VIX"), ("S2S10", ""), ("JGB10Y", "VIX")])
def test_page_and_screen_are_the_same_picture(view: ChartView, picture: Picture, first: str, second: str) -> None:
    """Words, their places, tags, rules and gaps, read off both painters."""
    chart = picture(first, second)
    view.draw(chart)
    page, screen = ET.fromstring(svg(chart)), heard(chart)  # noqa: S314 - it is our own
    words = [(float(t.get("x", "")), float(t.get("y", "")), t.text) for t in page.iter(f"{SPACE}text")]
    boxes = [
        tuple(float(box.get(key, "")) for key in ("x", "y", "width", "height")) for box in page.iter(f"{SPACE}rect")
    ]
    assert [word[2] for word in words] == [word[2] for word in screen.words]
    assert np.allclose([word[:2] for word in words], [word[:2] for word in screen.words], atol=0.006)
    assert np.allclose(boxes, [(b.x(), b.y(), b.width(), b.height()) for b, _ in screen.boxes], atol=0.011)
    assert [box.get("fill") for box in page.iter(f"{SPACE}rect")] == [fill for _, fill in screen.boxes]
    assert page_ends(page) == pytest.approx(screen_ends(view, chart), abs=0.02)


def page_ends(page: ET.Element) -> list[float]:
    """Where each stroke of a line begins and ends, across and down."""
    out: list[float] = []
    for path in page.iter(f"{SPACE}path"):
        if path.get("data-series"):
            points = path.get("d", "")[1:].split("L")
            out += [float(number) for point in (points[0], points[-1]) for number in point.split()]
    return out


def screen_ends(view: ChartView, chart: ChartLayout) -> list[float]:
    """The same of the curves in the scene, mapped by the boxes' own transformations."""
    out: list[float] = []
    low, high = chart.x_range
    for curve in view._curves:
        x, y = curve.item.xData, curve.item.yData
        if not curve.item.isVisible() or x[-1] < low or x[0] > high:
            continue
        for place in (max(x[0], low), min(x[-1], high)):
            at = curve._box.mapViewToScene(QPointF(place, float(np.interp(place, x, y))))
            out += [at.x(), at.y()]
    return out


def test_the_holes_in_the_curves_are_the_gaps_of_the_layout(view: ChartView, picture: Picture) -> None:
    chart = picture("S2S10")
    view.draw(chart)
    ends = screen_ends(view, chart)
    across = ends[0::2]
    holes = [(one, two) for (_, one), (two, _) in pairwise(zip(across[0::2], across[1::2], strict=True))]
    assert holes == [pytest.approx((gap.left, gap.right), abs=0.02) for gap in chart.gaps]
    assert len(holes) == 1


def test_words_on_the_screen_are_as_wide_as_the_layout_counts(qtbot: QtBot, picture: Picture) -> None:
    chart = picture("UST10Y", "VIX")
    font = chart_font(11.0)
    assert QFontInfo(font).family() == "Noto Sans"
    for mark in chart.marks():
        assert QFontMetricsF(font).horizontalAdvance(mark.text) == pytest.approx(mark.box.width, abs=0.6), mark.text


def test_curves_are_cosmetic_lines_of_one_pixel_clipped_and_thinned_to_peaks(view: ChartView, picture: Picture) -> None:
    view.draw(picture("UST10Y"))
    item = view._curves[0].item
    assert (item.opts["pen"].widthF(), item.opts["pen"].isCosmetic()) == (1.0, True)
    assert (item.opts["clipToView"], item.opts["autoDownsample"], item.opts["downsampleMethod"]) == (True, True, "peak")
    assert item.curve.opts["segmentedLineMode"] == "on"
    assert not view._boxes[0].menuEnabled()


def test_another_layout_reuses_the_curves_and_their_data(view: ChartView, picture: Picture) -> None:
    view.draw(picture("UST10Y"))
    before = view._curves[0].item, view._curves[0].item.xData
    low, high = picture("UST10Y").x_range
    view.draw(picture("UST10Y", x_range=(low - 100, high - 100)))
    assert view._curves[0].item is before[0]
    assert view._curves[0].item.xData is before[1]
    assert len(view._curves) == 1


def test_fewer_pieces_hide_what_they_do_not_need(view: ChartView, picture: Picture) -> None:
    view.draw(picture("S2S10"))
    view.draw(picture("UST10Y"))
    assert [curve.item.isVisible() for curve in view._curves] == [True, False]


def test_the_lines_stand_over_the_grid_and_under_the_words(view: ChartView, picture: Picture) -> None:
    view.draw(picture("UST10Y"))
    levels = [view._rules.zValue(), *(box.zValue() for box in view._boxes), view._words.zValue(), view._cross.zValue()]
    assert levels == sorted(levels)
    assert levels[0] < levels[1] < levels[3] < levels[4]


@pytest.mark.parametrize("name", ["light", "dark", "contrast-light", "contrast-dark"])
def test_the_tag_and_the_ground_have_the_colours_of_the_theme(view: ChartView, picture: Picture, name: str) -> None:
    palette = PALETTES[name]
    chart = picture("UST10Y", medium=Medium(11.0, palette))
    view.draw(chart)
    image = view.grab().toImage()
    box = chart.tags[0].box
    assert image.pixelColor(round(box.left) + 1, round(box.top) + 2).name().upper() == palette.series[0]
    assert image.pixelColor(1, 1).name().upper() == palette.ground


def test_the_line_of_the_data_is_really_painted(view: ChartView, picture: Picture) -> None:
    chart = picture("UST10Y")
    view.draw(chart)
    image = view.grab().toImage()
    plot = chart.plot
    columns = range(round(plot.left) + 2, round(plot.right) - 2)
    painted = [x for x in columns if any(is_blue(image, x, y) for y in range(round(plot.top), round(plot.bottom)))]
    assert len(painted) > 0.98 * len(columns)


def is_blue(image: QImage, x: int, y: int) -> bool:
    colour = image.pixelColor(x, y)
    return colour.blue() > colour.red() + 60


def test_the_crosshair_stands_at_its_day_and_vanishes_out_of_sight(view: ChartView, picture: Picture) -> None:
    chart = picture("UST10Y")
    view.draw(chart)
    middle = sum(chart.x_range) / 2
    view.point_at(middle)
    assert view._cross.boundingRect().center().x() == pytest.approx(chart.x(middle), abs=1)
    view.point_at(chart.x_range[0] - 5)
    assert view._cross.boundingRect().isEmpty()
    view.point_at(None)
    assert view._cross.boundingRect().isEmpty()


def test_a_blank_view_paints_its_ground_only(view: ChartView, picture: Picture) -> None:
    view.draw(picture("UST10Y"))
    view.blank("#14181D")
    image = view.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, SIZE[0], 3) for y in range(0, SIZE[1], 3)}
    assert seen == {"#14181d"}
    assert view.picture is None


def test_painting_leaves_the_painter_usable(view: ChartView, picture: Picture) -> None:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    chart_items.paint_rules(painter, picture("UST10Y"))
    chart_items.paint_words(painter, picture("UST10Y"))
    assert painter.end()


def test_antialiasing_is_on_for_all_plots() -> None:
    assert pg.getConfigOption("antialias") is True
