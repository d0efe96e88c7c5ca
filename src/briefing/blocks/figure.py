"""A chart with its words: what the author leaves empty comes from the series."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from briefing.blocks.context import Context, Plain, Resolved
from briefing.blocks.prose import resolve_text, resolve_words
from briefing.blocks.registry import authored, block_type, resolve, setting
from briefing.charts.layout import layout
from briefing.charts.spec import ChartSpec
from briefing.charts.svg import svg
from briefing.metrics.doubting import doubted, gathered
from briefing.note import Block
from briefing.problems import Place, Problem, Refused, error
from briefing.series import Series
from briefing.text import Label, Text

Size = Literal["half", "full", "third", "strip", "half_page"]

HEIGHTS: dict[Size, float] = {"half": 62.0, "full": 72.0, "third": 48.0, "strip": 38.0, "half_page": 110.0}
"""The height of a whole figure with its title and source, in millimetres."""

GUTTER = 4.0
"""The space between figures that stand abreast, in millimetres."""

_ABREAST: dict[Size, int] = {"half": 2, "third": 3}
_NUMBER = 6.2
_WORDS = 11.6
"""Figure number with rules, and the title, subtitle and source of one language, in millimetres."""

_LEAST_PLOT = 0.6
_EMPTY = ChartSpec(lines=())


@block_type(
    "figure",
    Label("Figure", "圖表"),
    Label("A chart that redraws itself from the data.", "隨資料自動更新的圖表。"),
)
@dataclass(frozen=True, kw_only=True)
class Figure(Block):
    """A chart. Title, subtitle, source and alternative text are made from the series where they are empty."""

    chart: ChartSpec = setting(Label("Chart", "圖表內容"), default=_EMPTY)
    title: Text = authored(Label("Title", "標題"))
    subtitle: Text = authored(Label("Subtitle", "副標題"))
    source: Text = authored(Label("Source", "資料來源"))
    alt: Text = authored(Label("Description for those who cannot see it", "替代文字"))
    size: Size = setting(Label("Size", "尺寸"), default="half")


def plot_size(size: Size, text_width: float, langs: int) -> tuple[float, float]:
    """Width and height of the drawing in millimetres: the figure without the words of `langs` languages."""
    abreast = _ABREAST.get(size, 1)
    width = (text_width - GUTTER * (abreast - 1)) / abreast
    height = HEIGHTS[size]
    return round(width, 2), round(max(height - _NUMBER - _WORDS * langs, _LEAST_PLOT * height), 2)


@resolve.register
def _(block: Figure, context: Context) -> Resolved:
    series, problems = _series(block, context)
    width, height = plot_size(block.size, context.text_width, len(context.langs))
    as_of = context.source.as_of
    drawing = layout(block.chart, series, size=(width, height), langs=context.langs, as_of=as_of)
    context.tell(drawing.doubts)
    place = Place(block=block.id, field="chart")
    problems += tuple(replace(doubted(doubt, more), place=place) for doubt, more in gathered(drawing.doubts))
    title, in_title = resolve_text(_or(block.title, drawing.title), context, block.id, "title")
    view: dict[str, Plain] = {
        "type": "figure",
        "id": block.id,
        "number": context.figures.get(block.id, 0),
        "size": block.size,
        "width": width,
        "height": height,
        "title": title,
    }
    problems += in_title
    for name, text, own in (
        ("subtitle", block.subtitle, drawing.subtitle),
        ("source", block.source, drawing.source),
        ("alt", block.alt, drawing.summary),
    ):
        words, found = resolve_words(_or(text, own), context, block.id, name)
        view[name] = words
        problems += found
    view["svg"] = svg(drawing, _spoken(view["alt"]))
    return Resolved(view, problems)


def _or(text: Text, own: Label) -> Text:
    """The author's words, and on a side that he left empty those of the chart, which hold no mark-up."""
    return Text(text.en.strip() or _literal(own.en), text.zh.strip() or _literal(own.zh))


def _literal(words: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\{}*=[" else sign for sign in words)


def _spoken(alt: Plain) -> str:
    return " ".join(str(words) for words in alt.values() if words) if isinstance(alt, dict) else ""


def _series(block: Figure, context: Context) -> tuple[dict[str, Series], tuple[Problem, ...]]:
    place = Place(block=block.id, field="chart")
    if not block.chart.lines:
        return {}, (_no_lines(place),)
    found: dict[str, Series] = {}
    problems: list[Problem] = []
    for name in dict.fromkeys(line.series for line in block.chart.lines):
        try:
            found[name] = context.source.series(name)
        except Refused as refused:
            problems += (Problem(p.check, p.severity, place, p.message, p.hint) for p in refused.problems)
    return found, tuple(problems)


def _no_lines(place: Place) -> Problem:
    return error(
        "figure.empty",
        place,
        Label("The figure shows no series.", "圖表沒有任何序列。"),
        Label("Add a series to the chart, or remove the figure.", "請在圖表中加入序列，或刪除此圖表。"),
    )
