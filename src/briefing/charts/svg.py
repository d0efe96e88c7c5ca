"""The page painter: a laid-out chart as an SVG of exactly its size in millimetres, text as text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from briefing.charts.palette import Dash
from briefing.charts.picture import PAGE, ChartLayout, PlotLine
from briefing.charts.ranges import start_of
from briefing.charts.spec import Range
from briefing.charts.thin import thin
from briefing.charts.trace import trace, within
from briefing.charts.weekdays import position
from briefing.series import Series, Values, as_date

if TYPE_CHECKING:
    from jinja2 import Template

POINT = 25.4 / 72
LINE = 0.9 * POINT
"""The width of a series' line, 0.9 pt in millimetres."""

COLUMN = 0.25
"""Of each column of so many millimetres the least and the greatest value are kept."""

_GRID = 0.3 * POINT
_ZERO = 0.5 * POINT
_FINE = 0.6 * POINT
_TICK = 0.8
_DOT = 0.6
_RING = 0.8
_DASHES: dict[Dash, str] = {"solid": "", "dash": "1.4 0.7", "dot": "0.35 0.6"}

_TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{{ w }}mm" height="{{ h }}mm" viewBox="0 0 {{ w }} {{ h }}"\
 fill="none" stroke-linejoin="round" font-family="Noto Sans, Noto Sans TC">
<title>{{ title }}</title>
{% for stroke in strokes -%}
<path class="{{ stroke.role }}" d="{{ stroke.d }}" stroke="{{ stroke.colour }}" stroke-width="{{ stroke.width }}"\
{% if stroke.dash %} stroke-dasharray="{{ stroke.dash }}"{% endif %}\
{% if stroke.series %} data-series="{{ stroke.series }}"{% endif %}/>
{% endfor %}{% for dot in dots -%}
<circle cx="{{ dot.x }}" cy="{{ dot.y }}" r="{{ dot.r }}" fill="{{ dot.colour }}"/>
{% endfor %}{% for ring in rings -%}
<circle class="ring" cx="{{ ring.x }}" cy="{{ ring.y }}" r="{{ ring.r }}" fill="{{ ground }}"\
 stroke="{{ ring.colour }}" stroke-width="{{ ring.width }}"/>
{% endfor %}{% for box in boxes -%}
<rect x="{{ box.x }}" y="{{ box.y }}" width="{{ box.w }}" height="{{ box.h }}" fill="{{ box.colour }}"/>
{% endfor %}{% for mark in marks -%}
<text x="{{ mark.x }}" y="{{ mark.y }}" font-size="{{ mark.size }}" fill="{{ mark.colour }}"\
 lang="{{ mark.lang }}" xml:lang="{{ mark.lang }}">{{ mark.text }}</text>
{% endfor -%}
</svg>
"""


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A path of the picture. `series` is the id of the line that it draws."""

    role: str
    d: str
    colour: str
    width: str
    dash: str = ""
    series: str = ""


def svg(layout: ChartLayout, alt: str = "") -> str:
    """A chart laid out for `PAGE`, about 5 to 25 kB. `alt` is its title; by default the spoken summary."""
    spoken = " ".join(layout.summary.of(lang) for lang in layout.langs)
    return _template().render(
        w=_n(layout.size[0]),
        h=_n(layout.size[1]),
        title=alt or spoken,
        strokes=[*_rules(layout), *_keys(layout), *(s for line in layout.lines for s in _strokes(layout, line))],
        dots=[dot for line in layout.lines for dot in _dots(layout, line)],
        rings=[ring for line in layout.lines for ring in _rings(layout, line)],
        ground=layout.medium.palette.ground,
        boxes=[_box(tag.box.left, tag.box.top, tag.box.right, tag.box.bottom, tag.fill) for tag in layout.tags],
        marks=[
            {"x": _n(m.x), "y": _n(m.y), "size": _n(m.size), "colour": m.colour, "lang": m.lang, "text": m.text}
            for m in layout.marks()
        ],
    )


def spark(series: Series, w: float = 18, h: float = 4, range_: Range = "1Y") -> str:
    """A line without axes, its last point ringed, for a table cell of `w` x `h` mm; empty without data.

    It covers a range up to the as-of date of the series.
    """
    drawn = trace(series, series.as_of)
    if not len(drawn):
        return ""
    low = position(start_of(range_, series.as_of, as_date(drawn.days[0])))
    high = max(position(series.as_of), low + 1)
    parts = [part for piece in drawn.pieces if len((part := within(piece, low, high))[0])]
    if not parts:
        return ""
    colour, _ = PAGE.palette.line(0)
    values = np.concatenate([y for _, y in parts])
    least, most = float(values.min()), float(values.max())
    room = (_DOT, _DOT, w - 2 * _DOT, h - 2 * _DOT)

    def place(x: Values, y: Values) -> tuple[Values, Values]:
        share = (y - least) / (most - least) if most > least else np.full(len(y), 0.5)
        return room[0] + (x - low) / (high - low) * room[2], room[1] + (1 - share) * room[3]

    drawings = [place(x, y) for x, y in parts]
    end = (float(drawings[-1][0][-1]), float(drawings[-1][1][-1]))
    return _template().render(
        w=_n(w),
        h=_n(h),
        title=f"{series.short.en} / {series.short.zh}",
        strokes=[_Stroke("line", _path(*d), colour, _n(_FINE), series=series.id) for d in drawings],
        dots=[{"x": _n(end[0]), "y": _n(end[1]), "r": _n(_DOT), "colour": colour}],
        rings=[],
        ground=PAGE.palette.ground,
        boxes=[],
        marks=[],
    )


def _rules(layout: ChartLayout) -> list[_Stroke]:
    """Grid and zero line, those of the first axis, and the date axis."""
    plot, palette = layout.plot, layout.medium.palette
    out: list[_Stroke] = []
    for axis in layout.axes[:1]:
        d = "".join(f"M{_n(plot.left)} {_n(tick.y)}H{_n(plot.right)}" for tick in axis.ticks)
        out.append(_Stroke("grid", d, palette.grid, _n(_GRID)))
        if axis.zero is not None:
            d = f"M{_n(plot.left)} {_n(axis.zero)}H{_n(plot.right)}"
            out.append(_Stroke("zero", d, palette.muted, _n(_ZERO)))
    d = f"M{_n(plot.left)} {_n(plot.bottom)}H{_n(plot.right)}"
    d += "".join(f"M{_n(tick.x)} {_n(plot.bottom)}v{_TICK}" for tick in layout.dates)
    return [*out, _Stroke("axis", d, palette.muted, _n(_GRID))]


def _keys(layout: ChartLayout) -> list[_Stroke]:
    keys = [name.key for name in layout.names]
    return [
        _Stroke("key", f"M{_n(k.left)} {_n(k.y)}H{_n(k.right)}", k.colour, _n(LINE * 1.3), _DASHES[k.dash])
        for k in keys
    ]


def _strokes(layout: ChartLayout, line: PlotLine) -> list[_Stroke]:
    """One path for each stretch between gaps."""
    axis, plot = layout.axes[line.axis], layout.plot
    low, high = layout.x_range
    out: list[_Stroke] = []
    for piece in line.trace.pieces:
        x, y = within(piece, low, high)
        if len(x) < 2:
            continue
        kept = thin(x, y, COLUMN / plot.width * (high - low))
        across = plot.left + (x[kept] - low) / (high - low) * plot.width
        down = plot.bottom - (y[kept] - axis.low) / (axis.high - axis.low) * plot.height
        d = _path(across, down)
        out.append(_Stroke("line", d, line.colour, _n(LINE), _DASHES[line.dash], line.series))
    return out


def _dots(layout: ChartLayout, line: PlotLine) -> list[dict[str, str]]:
    axis = layout.axes[line.axis]
    return [
        {"x": _n(layout.x(x)), "y": _n(axis.y(y, layout.plot)), "r": _n(_DOT), "colour": line.colour}
        for x, y in line.dots
    ]


def _rings(layout: ChartLayout, line: PlotLine) -> list[dict[str, str]]:
    axis = layout.axes[line.axis]
    return [
        {
            "x": _n(layout.x(x)),
            "y": _n(axis.y(y, layout.plot)),
            "r": _n(_RING),
            "colour": line.colour,
            "width": _n(_FINE),
        }
        for x, y in line.rings
    ]


def _box(left: float, top: float, right: float, bottom: float, colour: str) -> dict[str, str]:
    return {"x": _n(left), "y": _n(top), "w": _n(right - left), "h": _n(bottom - top), "colour": colour}


def _path(x: Values, y: Values) -> str:
    points = np.round(np.column_stack([x, y]), 2).tolist()
    return "M" + "L".join(f"{across:g} {down:g}" for across, down in points)


def _n(length: float) -> str:
    """A length to 0.01 mm, without trailing zeros."""
    return f"{round(length, 2) + 0.0:g}"


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    return Environment(autoescape=True, undefined=StrictUndefined).from_string(_TEMPLATE)
