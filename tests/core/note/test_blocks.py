from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from briefing.blocks.context import Context, Resolved
from briefing.blocks.disclosure import Disclosure
from briefing.blocks.figure import Figure, plot_size
from briefing.blocks.glossary import Entry, Glossary
from briefing.blocks.heading import Heading
from briefing.blocks.key_points import KeyPoints, Point
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.page_break import PageBreak
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.blocks.registry import BLOCK_TYPES, resolve, texts, type_of, with_side, with_text
from briefing.blocks.unknown import UnknownBlock
from briefing.charts.spec import ChartSpec, Line
from briefing.note import Block
from briefing.problems import Place, Severity
from briefing.series import SeriesSource
from briefing.text import Text


@pytest.fixture
def context(market: SeriesSource) -> Context:
    return Context(source=market, figures={"f": 3}, disclosure=Text("Mind.", "注意。"), disclosure_version="7")


def view(block: Block, context: Context) -> dict[str, Any]:
    found = resolve(block, context)
    assert found.view is not None
    assert found.problems == ()
    return found.view


def words(runs: Any) -> str:
    return "".join(run["text"] for run in runs)


def test_every_block_type_has_words_and_a_class_that_can_begin_empty() -> None:
    assert set(BLOCK_TYPES) >= {
        "heading", "pair", "key_points", "figure", "metric_table", "glossary", "private", "page_break", "disclosure",
    }  # fmt: skip
    for name, entry in BLOCK_TYPES.items():
        assert entry.label.en
        assert entry.label.zh
        assert type_of(entry.cls(id="x")).name == name


def test_every_field_that_an_author_sees_says_what_it_is() -> None:
    for entry in BLOCK_TYPES.values():
        shown = [held for held in fields(entry.cls) if held.metadata]
        assert all(held.metadata["label"].en and held.metadata["label"].zh for held in shown)


def test_a_reference_is_written_in_each_language(context: Context) -> None:
    block = Pair(id="p", text=Text("10Y {US10Y.change.1d}", "10年期{US10Y.change.1d|move}"))
    sides = view(block, context)["text"]
    assert words(sides["en"]) == "10Y −10bp"
    assert words(sides["zh"]) == "10年期下跌10個基點"
    assert sides["en"][1] == {
        "text": "−10bp", "bold": False, "mark": False, "href": "", "ref": "US10Y.change.1d", "caveat": "", "missing": False,
    }  # fmt: skip


def test_a_late_value_says_how_late_it_is_in_each_language(context: Context) -> None:
    sides = view(Pair(id="p", text=Text("{OLD.last}", "{OLD.last}")), context)["text"]
    assert [sides[side][0]["caveat"] for side in ("en", "zh")] == [
        "2 sessions late, last 13 Jan 2025", "遲2個交易日，最新為2025年1月13日",
    ]  # fmt: skip


@pytest.mark.parametrize("reference", ["{NONE.last}", "{US10Y.last.}", "{US10Y.nothing}", "{US10Y.change.99y}"])
def test_a_reference_without_a_value_is_a_dash_and_a_problem_at_its_span(context: Context, reference: str) -> None:
    found = resolve(Pair(id="p", text=Text(f"At {reference}.", "無")), context)
    assert found.view is not None
    run = found.view["text"]["en"][1]
    assert (run["text"], run["missing"]) == ("—", True)
    assert [problem.severity for problem in found.problems] == [Severity.ERROR]
    assert found.problems[0].place == Place(block="p", field="text", side="en", span=(3, 3 + len(reference)))


def test_one_edition_holds_one_side_only(market: SeriesSource) -> None:
    found = resolve(Pair(id="p", text=Text("English", "中文")), Context(source=market, langs=("zh-Hant-TW",)))
    assert found.view is not None
    assert list(found.view["text"]) == ["zh"]


def test_an_empty_side_stays_empty_and_borrows_nothing(context: Context) -> None:
    assert view(Pair(id="p", text=Text("", "中文"), only="zh"), context)["text"]["en"] == []


@pytest.mark.parametrize("block", [Pair(id="p"), Heading(id="p"), KeyPoints(id="p"), Glossary(id="p")])
def test_a_block_without_words_does_not_print(context: Context, block: Block) -> None:
    assert resolve(block, context) == Resolved(None)


def test_a_private_note_never_prints_not_even_its_problems(context: Context) -> None:
    assert resolve(Private(id="x", text=Text("{NONE.last} secret", "機密")), context) == Resolved(None)


def test_headings_breaks_and_points_are_plain(context: Context) -> None:
    assert view(Heading(id="h", level=2, text=Text("Rates", "利率")), context)["level"] == 2
    assert view(PageBreak(id="b"), context) == {"type": "page_break", "id": "b"}
    points = view(KeyPoints(id="k", points=(Point(text=Text("One", "一")), Point())), context)["points"]
    assert [words(point["en"]) for point in points] == ["One"]


def test_a_term_stands_in_both_languages_in_every_edition(market: SeriesSource) -> None:
    block = Glossary(id="g", entries=(Entry(term=Text("Carry", "利差收益"), definition=Text("Income.", "收益。")),))
    found = resolve(block, Context(source=market, langs=("en",)))
    assert found.view is not None
    (entry,) = found.view["entries"]
    assert entry["term"] == {"en": "Carry", "zh": "利差收益"}
    assert list(entry["definition"]) == ["en"]


def test_the_disclosure_is_the_wording_of_the_style(context: Context) -> None:
    found = view(Disclosure(id="d"), context)
    assert (found["text"], found["version"]) == ({"en": "Mind.", "zh": "注意。"}, "7")


def test_a_style_without_a_disclosure_is_an_error_for_each_language(market: SeriesSource) -> None:
    found = resolve(Disclosure(id="d"), Context(source=market, disclosure=Text("Mind.", " ")))
    assert found.view is None
    assert [(problem.check, problem.place.side) for problem in found.problems] == [("disclosure.missing", "zh")]


def test_an_unknown_block_is_a_warning_and_does_not_print(context: Context) -> None:
    found = resolve(UnknownBlock(id="u", name="flow"), context)
    assert found.view is None
    assert [problem.severity for problem in found.problems] == [Severity.WARNING]


def chart(*ids: str) -> ChartSpec:
    return ChartSpec(lines=tuple(Line(series=name) for name in ids), range="1M")


def test_a_figure_takes_its_words_from_the_series_where_the_author_left_none(context: Context) -> None:
    found = view(Figure(id="f", chart=chart("US10Y"), title=Text("Yields [fell]")), context)
    assert found["number"] == 3
    assert words(found["title"]["en"]) == "Yields [fell]"
    assert words(found["title"]["zh"]) == "US10Y數列"
    assert found["subtitle"] == {"en": "Yield, %", "zh": "殖利率，%"}
    assert "Test" in found["source"]["en"]
    assert "測試" in found["source"]["zh"]
    assert "15 Jan 2025" in found["alt"]["en"]


def test_an_author_may_bind_a_number_in_every_text_of_a_figure(context: Context) -> None:
    bound = Text("{US10Y.change.1d}", "{US10Y.change.1d}")
    found = view(Figure(id="f", chart=chart("US10Y"), title=bound, subtitle=bound, source=bound, alt=bound), context)
    assert words(found["title"]["en"]) == found["subtitle"]["en"] == found["source"]["en"] == "−10bp"
    assert found["alt"]["zh"] == "−10個基點"


def test_the_drawing_has_the_size_that_the_figure_says(context: Context) -> None:
    found = view(Figure(id="f", chart=chart("US10Y"), size="full"), context)
    assert f'width="{found["width"]:g}mm" height="{found["height"]:g}mm"' in found["svg"]
    assert found["width"] == 174


def test_figures_abreast_share_the_width_with_a_gutter() -> None:
    assert plot_size("half", 174.0, 2)[0] == 85.0
    assert plot_size("third", 174.0, 2)[0] == 55.33


def test_more_words_leave_less_height_but_never_too_little() -> None:
    one, both = plot_size("full", 174.0, 1)[1], plot_size("full", 174.0, 2)[1]
    assert one > both >= 0.6 * 72


@pytest.mark.parametrize(("lines", "check"), [((), "figure.empty"), (("US10Y", "NONE"), "series.unknown")])
def test_a_figure_without_its_series_says_so_at_its_chart(context: Context, lines: tuple[str, ...], check: str) -> None:
    found = resolve(Figure(id="f", chart=chart(*lines)), context)
    assert [(problem.check, problem.place) for problem in found.problems] == [(check, Place(block="f", field="chart"))]
    assert found.view is not None


def test_a_table_has_bilingual_heads_and_a_value_in_each_cell(context: Context) -> None:
    found = view(MetricTable(id="t", rows=("US10Y", "VIX"), columns=("last", "change.1d"), spark="1M"), context)
    assert [column["head"]["en"] for column in found["columns"]] == ["Last value", "Change, 1 day", "1 month"]
    assert found["columns"][1]["head"]["zh"] == "變動，1日"
    assert [column["kind"] for column in found["columns"]] == ["number", "number", "spark"]
    first = found["rows"][0]
    assert first["head"] == {"en": "US10Y", "zh": "US10Y"}
    assert first["cells"][1]["text"] == {"en": "−10bp", "zh": "−10個基點"}
    assert [cell["tone"] for cell in first["cells"]] == [0, -1, 0]
    assert first["cells"][1]["ref"] == "US10Y.change.1d"
    assert first["cells"][2]["svg"].startswith("<svg")
    assert "Test" in found["note"]["en"]


def test_a_metric_of_two_series_takes_a_row_of_two(context: Context) -> None:
    found = view(MetricTable(id="t", rows=("US10Y,OLD",), columns=("slope_change.1d",)), context)
    assert found["rows"][0]["head"] == {"en": "US10Y/OLD", "zh": "US10Y／OLD"}
    late = {"en": "2 sessions late, last 13 Jan 2025", "zh": "遲2個交易日，最新為2025年1月13日"}
    assert found["rows"][0]["cells"][0]["caveat"] == late
    assert found["rows"][0]["remarks"] == [late]


@pytest.mark.parametrize(
    ("rows", "columns", "check"),
    [
        ((), ("last",), "metric_table.empty"),
        (("NONE",), ("last",), "series.unknown"),
        (("US10Y",), ("last.1x",), "reference.syntax"),
    ],
)
def test_a_table_at_fault_says_where(context: Context, rows: Any, columns: Any, check: str) -> None:
    found = resolve(MetricTable(id="t", rows=rows, columns=columns), context)
    assert [problem.check for problem in found.problems] == [check]
    assert found.problems[0].place.block == "t"
    assert found.view is not None
    assert all(cell["missing"] for row in found.view["rows"] for cell in row["cells"])


def test_every_text_is_found_under_its_path_and_can_be_exchanged() -> None:
    block = KeyPoints(id="k", points=(Point(text=Text("One", "一")), Point(text=Text("Two", "二"))))
    assert [entry.path for entry in texts(block)] == ["points.0.text", "points.1.text"]
    changed = with_side(block, "points.1.text", "zh", "兩")
    assert changed.points[1].text == Text("Two", "兩")
    assert changed.points[0] is block.points[0]
    assert with_text(block, "points.0.text", Text("x")).points[0].text == Text("x")
