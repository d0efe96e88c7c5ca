"""The page painter, by parsing what it wrote and by making a PDF of it."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest

from briefing.charts.picture import ChartLayout, PlotLine
from briefing.charts.spec import RANGES
from briefing.charts.svg import COLUMN, spark, svg
from briefing.series import Series

Figure = Callable[..., ChartLayout]
SPACE = "{http://www.w3.org/2000/svg}"
HALF_PIXEL = 0.5 * 25.4 / 96
POINT = 25.4 / 72


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314 - it is our own


def drawn(picture: str, series: str) -> list[np.ndarray]:
    """The vertices of the paths of a line, each of shape (n, 2) in millimetres."""
    paths = [path.get("d", "") for path in parsed(picture).iter(f"{SPACE}path") if path.get("data-series") == series]
    return [np.array(re.findall(r"[-\d.e]+", d), dtype=float).reshape(-1, 2) for d in paths]


def true_points(layout: ChartLayout, line: PlotLine) -> np.ndarray:
    """Every observation in sight, in millimetres."""
    axis, trace = layout.axes[line.axis], line.trace
    seen = (trace.x >= layout.x_range[0]) & (trace.x <= layout.x_range[1])
    return np.array([(layout.x(x), axis.y(y, layout.plot)) for x, y in zip(trace.x[seen], trace.y[seen], strict=True)])


def distance(points: np.ndarray, path: np.ndarray) -> np.ndarray:
    """From each point to the nearest place on a polyline."""
    start, along = path[:-1], np.diff(path, axis=0)
    offset = points[:, None] - start
    length = np.maximum((along**2).sum(1), 1e-12)
    share = np.clip((offset * along).sum(2) / length, 0, 1)[..., None]
    return np.sqrt(((offset - share * along) ** 2).sum(2)).min(1)


def test_the_picture_is_drawn_at_exactly_its_size(figure: Figure) -> None:
    root = parsed(svg(figure("UST2Y", size=(85.0, 48.5))))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("85mm", "48.5mm", "0 0 85 48.5")


def test_its_first_child_is_the_title_that_readers_hear(figure: Figure) -> None:
    layout = figure("UST2Y")
    first = parsed(svg(layout))[0]
    assert first.tag == f"{SPACE}title"
    assert first.text == f"{layout.summary.en} {layout.summary.zh}"
    assert parsed(svg(layout, "Own words／自己的話"))[0].text == "Own words／自己的話"


def test_words_of_an_author_cannot_become_mark_up(figure: Figure) -> None:
    assert parsed(svg(figure("UST2Y"), "</title><script>{{ 7*7 }}"))[0].text == "</title><script>{{ 7*7 }}"


def test_text_stays_text_and_every_run_names_its_language(figure: Figure) -> None:
    layout = figure("UST2Y|VIX")
    found = [(text.text, text.get("lang")) for text in parsed(svg(layout)).iter(f"{SPACE}text")]
    assert found == [(mark.text, mark.lang) for mark in layout.marks()]
    assert ("美債2年", "zh-Hant-TW") in found
    assert 'font-family="Noto Sans, Noto Sans TC"' in svg(layout)


def test_no_words_are_smaller_than_seven_points(figure: Figure) -> None:
    sizes = {float(text.get("font-size", "0")) for text in parsed(svg(figure("UST2Y"))).iter(f"{SPACE}text")}
    assert [size / POINT for size in sizes] == [pytest.approx(7, abs=0.01)]


def test_strokes_are_as_wide_as_the_house_says(figure: Figure, made: Callable[..., Series]) -> None:
    paths = parsed(svg(figure("S2S10", range="Max"))).iter(f"{SPACE}path")
    widths = {path.get("class"): float(path.get("stroke-width", "0")) / POINT for path in paths}
    assert widths["line"] == pytest.approx(0.9, abs=0.015)
    assert widths["grid"] == pytest.approx(0.3, abs=0.015)
    assert widths["zero"] == pytest.approx(0.5, abs=0.015)


@pytest.mark.parametrize("range_", RANGES)
@pytest.mark.parametrize("names", ["UST10Y", "UST10Y UST2Y|VIX", "SPX"])
def test_every_vertex_is_a_true_observation_at_most_half_a_pixel_off(figure: Figure, names: str, range_: str) -> None:
    layout = figure(names, range=range_)
    for line in layout.lines:
        points = true_points(layout, line)
        vertices = np.concatenate(drawn(svg(layout), line.series))
        # The first and last vertex may be where the line crosses the plot's edge.
        gaps = [np.hypot(*(points - vertex).T).min() for vertex in vertices[1:-1]]
        assert max(gaps) < HALF_PIXEL


@pytest.mark.parametrize("range_", RANGES)
def test_every_observation_lies_on_the_drawn_line_within_a_print_column(figure: Figure, range_: str) -> None:
    layout = figure("UST10Y", range=range_)
    (path,) = drawn(svg(layout), "UST10Y")
    points = true_points(layout, layout.lines[0])
    assert distance(points, path).max() < COLUMN
    assert np.abs(path[:, 1].min() - points[:, 1].min()) < 0.006
    assert np.abs(path[:, 1].max() - points[:, 1].max()) < 0.006
    assert np.abs(path[-1] - points[-1]).max() < 0.006


def test_a_line_is_cut_into_one_path_for_each_stretch_between_gaps(figure: Figure, made: Callable[..., Series]) -> None:
    series = made("UST2Y", count=200)
    holes = np.r_[50:60, 120:130]
    holed = replace(series, dates=np.delete(series.dates, holes), values=np.delete(series.values, holes))
    layout = figure("UST2Y", series={"UST2Y": holed}, range="Max")
    paths = drawn(svg(layout), "UST2Y")
    ends = [(one[-1, 0], two[0, 0]) for one, two in pairwise(paths)]
    assert ends == [pytest.approx((gap.left, gap.right), abs=0.006) for gap in layout.gaps]
    assert len(ends) == 2


def test_a_figure_of_four_long_lines_is_no_heavier_than_forty_kilobytes(figure: Figure) -> None:
    picture = svg(figure("UST2Y UST5Y UST10Y UST30Y", range="Max", size=(85.0, 48.0)))
    assert len(picture.encode()) < 40_000


def test_the_same_layout_gives_the_same_bytes(figure: Figure) -> None:
    assert svg(figure("UST2Y|VIX")) == svg(figure("UST2Y|VIX"))


def test_a_spark_line_has_its_size_its_data_and_no_words(made: Callable[..., Series]) -> None:
    root = parsed(spark(made("VIX")))
    assert (root.get("width"), root.get("height")) == ("18mm", "4mm")
    assert root[0].text == "VIX / VIX"
    assert not list(root.iter(f"{SPACE}text"))
    (vertices,) = drawn(spark(made("VIX")), "VIX")
    assert vertices.min() >= 0
    assert (vertices[:, 0].max(), vertices[:, 1].max()) <= (18, 4)
    dot = next(root.iter(f"{SPACE}circle"))
    assert [float(dot.get("cx", "0")), float(dot.get("cy", "0"))] == pytest.approx(vertices[-1])


def test_a_spark_line_without_data_in_its_range_is_empty(made: Callable[..., Series]) -> None:
    assert spark(replace(made("VIX"), dates=made().dates[:0], values=made().values[:0])) == ""
    assert spark(replace(made("VIX"), dates=made().dates[:50], values=made().values[:50])) == ""


@pytest.fixture(scope="module")
def printed(figure: Figure) -> bytes:
    """Two figures as a PDF, after a look at what the renderer logged."""
    from weasyprint import HTML

    pictures = svg(figure("UST2Y|VIX")) + svg(figure("UST10Y S2S10", size=(174.0, 60.0)))
    page = f"<html lang='zh-Hant-TW'><style>@page {{ size: 210mm 200mm; margin: 15mm }}</style><body>{pictures}"
    return bytes(HTML(string=page).write_pdf())


def test_in_a_pdf_a_figure_is_vectors_without_any_picture_of_pixels(printed: bytes) -> None:
    import pikepdf

    with pikepdf.open(BytesIO(printed)) as document:
        (page,) = document.pages
        assert not list(page.get_images())
        strokes = [op for op in pikepdf.parse_content_stream(page) if str(op.operator) == "l"]
    assert len(strokes) > 300


def test_in_a_pdf_the_words_of_a_figure_can_be_extracted(printed: bytes, figure: Figure) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(printed)
    text = document[0].get_textpage().get_text_range()
    document.close()
    words = "".join(text.split())
    assert all(mark.text.replace(" ", "") in words for mark in figure("UST2Y|VIX").marks())


def test_in_a_pdf_only_the_house_families_are_embedded(printed: bytes) -> None:
    import pikepdf

    with pikepdf.open(BytesIO(printed)) as document:
        names = {
            str(obj["/FontName"])
            for obj in document.objects
            if isinstance(obj, pikepdf.Dictionary) and "/FontName" in obj
        }
    families = {name.split("+")[-1] for name in names}
    assert families == {"Noto-Sans", "Noto-Sans-TC"}
