"""A laid-out chart: everything that a painter draws, and nothing for it to decide.

Lengths are in the unit of the medium (millimetres on a page, pixels on a screen), from the top
left corner, y downwards. A text stands on its baseline and begins at `x`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from briefing.charts.palette import PALETTES, Dash, Palette
from briefing.charts.spec import Range
from briefing.charts.trace import Trace
from briefing.series import Doubt
from briefing.text import Label, Lang


@dataclass(frozen=True, slots=True)
class Medium:
    """What a chart is drawn on: the size of all its words, and its colours."""

    text: float
    palette: Palette


PAGE = Medium(7 * 25.4 / 72, PALETTES["print"])
"""Millimetres; words of 7 pt; the print colours whatever the theme of the screen."""

SCREEN_TEXT = 11.0
"""The size of words on a screen in pixels at 96 dpi: 8.25 pt."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The extent from top to bottom."""
        return self.bottom - self.top

    def touches(self, other: Box) -> bool:
        """Whether two rectangles share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of words in one language, `box` is the room that it takes."""

    text: str
    lang: Lang
    x: float
    y: float
    size: float
    colour: str
    box: Box


@dataclass(frozen=True, slots=True)
class ValueTick:
    """A value on an axis. `mark` is empty where a last-value tag stands in its place."""

    value: float
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """A value axis: the values at the plot's lower and upper edge, and its ticks from low to high.

    `zero` is the height of the zero line where it is in sight.
    """

    side: Literal["left", "right"]
    low: float
    high: float
    ticks: tuple[ValueTick, ...]
    zero: float | None

    def y(self, value: float, plot: Box) -> float:
        """The height at which a value stands."""
        return plot.bottom - (value - self.low) / (self.high - self.low) * plot.height


@dataclass(frozen=True, slots=True)
class DateTick:
    """A day on the date axis, with its words and, on a second line, the month or year it opens."""

    day: date
    x: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without observations over which no line is drawn, as places on the axis and in the picture."""

    series: str
    after: date
    before: date
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class PlotLine:
    """A line: its data, its axis and its look. `dots` are single observations between gaps.

    `rings` are the observations in sight that have a caveat, painted hollow over the line.
    """

    series: str
    axis: int
    colour: str
    dash: Dash
    trace: Trace
    dots: tuple[tuple[float, float], ...]
    rings: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """The last value in sight, at its axis. `y` is its middle, `value_y` the height of the value."""

    series: str
    value: float
    value_y: float
    y: float
    box: Box
    fill: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Key:
    """A stroke in a line's look beside its name."""

    left: float
    right: float
    y: float
    colour: str
    dash: Dash


@dataclass(frozen=True, slots=True)
class Name:
    """A line's name, at its end or in the legend, with a mark when its last value is late."""

    series: str
    key: Key
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """Why nothing is drawn, and the range that would show something (None when there is none)."""

    words: Label
    range: Range | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ChartLayout:
    """A chart with every decision taken. `x_range` is in weekdays (`briefing.charts.weekdays`).

    `title`, `subtitle`, `source` and `summary` are words for what stands around the plot; the
    painters do not draw them. `missing` are series of the spec that were not given, `doubts` the
    caveats on observations in sight.
    """

    size: tuple[float, float]
    langs: tuple[Lang, ...]
    medium: Medium
    plot: Box
    x_range: tuple[float, float]
    axes: tuple[ValueAxis, ...]
    dates: tuple[DateTick, ...]
    lines: tuple[PlotLine, ...]
    gaps: tuple[Gap, ...]
    tags: tuple[Tag, ...]
    names: tuple[Name, ...]
    empty: Empty | None
    title: Label
    subtitle: Label
    source: Label
    summary: Label
    missing: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()

    def x(self, place: float) -> float:
        """Where a place of the date axis stands in the picture."""
        low, high = self.x_range
        return self.plot.left + (place - low) / (high - low) * self.plot.width

    def place(self, x: float) -> float:
        """The place of the date axis that stands at `x`."""
        low, high = self.x_range
        return low + (x - self.plot.left) / self.plot.width * (high - low)

    def marks(self) -> tuple[Mark, ...]:
        """All the words of the picture."""
        out = [mark for axis in self.axes for tick in axis.ticks for mark in tick.marks]
        out += [mark for tick in self.dates for mark in tick.marks]
        out += [tag.mark for tag in self.tags]
        out += [mark for name in self.names for mark in name.marks]
        return (*out, *(self.empty.marks if self.empty else ()))
