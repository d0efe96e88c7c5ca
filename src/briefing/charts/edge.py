"""The words beside a plot: values of an axis, last-value tags over them, names of lines outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.charts.contrast import ink_on, legible
from briefing.charts.lettering import Lettering, Run
from briefing.charts.palette import Palette
from briefing.charts.picture import Box, Key, Mark, Name, Tag, ValueTick
from briefing.charts.sight import Seen
from briefing.charts.stack import stacked
from briefing.charts.typeface import width

PAD = 0.35
"""The space around words beside the plot, in ems."""

KEY = 1.2
"""The length of the stroke beside a name, in ems."""

TAG = 1.32
"""The height of a tag, in ems."""

_LEAST_TICKS = 2
"""Tags that would leave fewer values than this readable stand outside them instead of over them."""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands at the end of one line: a tag (where there is a text for it), a name, or both."""

    seen: Seen
    wanted: float
    value: float
    tag: str
    names: tuple[Run, ...] = ()
    notes: tuple[Run, ...] = ()

    def name_height(self, letters: Lettering) -> float:
        """The room that the name takes."""
        return (len(self.names) + len(self.notes)) * letters.line


@dataclass(frozen=True, slots=True)
class AxisText:
    """A value of an axis before it is placed."""

    value: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Edge:
    """One side of a plot, measured: what stands there with its middle. Columns run outwards."""

    side: Literal["left", "right"]
    tags: tuple[tuple[Row, float], ...]
    names: tuple[tuple[Row, float], ...]
    texts: tuple[AxisText, ...]
    hidden: frozenset[float]
    tick_column: float
    tag_column: float
    name_column: float
    fits: bool

    @property
    def width(self) -> float:
        """The room of all the columns."""
        return self.tick_column + self.tag_column + self.name_column


def edge(
    side: Literal["left", "right"],
    rows: Sequence[Row],
    texts: Sequence[AxisText],
    letters: Lettering,
    column: tuple[float, float],
) -> Edge:
    """Measure a side. It does not fit when its rows are too high for the column (top, bottom)."""
    tagged = _apart([row for row in rows if row.tag], lambda _: TAG * letters.size, column)
    named = _apart([row for row in rows if row.names], lambda row: row.name_height(letters), column)
    near = (TAG * letters.size + letters.size) / 2
    covered = frozenset(t.value for t in texts if any(abs(t.y - centre) < near for _, centre in tagged))
    pad = PAD * letters.size
    ticks = max((width(text.text, letters.size) + 2 * pad for text in texts), default=0.0)
    tags = max((width(row.tag, letters.size) + 2 * pad for row, _ in tagged), default=0.0)
    apart = len(texts) >= _LEAST_TICKS > len(texts) - len(covered)
    names = max((letters.width_of([run]) for row, _ in named for run in (*row.names, *row.notes)), default=0.0)
    room = column[1] - column[0] + 1e-9
    return Edge(
        side,
        tagged,
        named,
        tuple(texts),
        frozenset() if apart else covered,
        ticks if apart else max(ticks, tags),
        tags if apart else 0.0,
        names + (KEY + 2 * PAD) * letters.size if names else 0.0,
        len(tagged) * TAG * letters.size <= room and sum(row.name_height(letters) for row, _ in named) <= room,
    )


def _apart(
    rows: Sequence[Row], height: Callable[[Row], float], column: tuple[float, float]
) -> tuple[tuple[Row, float], ...]:
    centres = stacked([row.wanted for row in rows], [height(row) for row in rows], *column)
    return tuple(zip(rows, centres, strict=True))


def ticks(side: Edge, plot: Box, letters: Lettering, colour: str) -> tuple[ValueTick, ...]:
    """The values of an axis, aligned on their last digit, from low to high."""
    pad = PAD * letters.size
    end = plot.right + side.tick_column - pad if side.side == "right" else plot.left - pad
    out: list[ValueTick] = []
    for text in side.texts:
        run: Run = (text.text, letters.langs[0])
        left = end - letters.width_of([run])
        marks = () if text.value in side.hidden else letters.marks([run], left, text.y, colour)
        out.append(ValueTick(text.value, text.y, marks))
    return tuple(out)


def tags(side: Edge, plot: Box, letters: Lettering) -> tuple[Tag, ...]:
    """The last values in boxes of their line's colour, in ink that can be read on it."""
    wide = side.tag_column or side.tick_column
    out: list[Tag] = []
    for row, centre in side.tags:
        if side.side == "right":
            left = plot.right + (side.tick_column if side.tag_column else 0.0)
        else:
            left = plot.left - (side.tick_column if side.tag_column else 0.0) - wide
        half = TAG * letters.size / 2
        box = Box(left, centre - half, left + wide, centre + half)
        run: Run = (row.tag, letters.langs[0])
        start = box.right - PAD * letters.size - letters.width_of([run])
        (mark,) = letters.marks([run], start, centre, ink_on(row.seen.colour))
        fill = row.seen.colour
        out.append(Tag(row.seen.series.id, row.value, row.wanted, centre, box, fill, mark))
    return tuple(out)


def names(side: Edge, plot: Box, letters: Lettering, palette: Palette) -> tuple[Name, ...]:
    """The names at the line ends, each with a stroke in its line's look."""
    left = plot.right + side.tick_column + side.tag_column + PAD * letters.size
    start = left + (KEY + PAD) * letters.size
    out: list[Name] = []
    for row, centre in side.names:
        ink = legible(row.seen.colour, palette.ground, palette.ink)
        block = [(run, ink) for run in row.names] + [(run, palette.muted) for run in row.notes]
        middle = centre - (len(block) - 1) * letters.line / 2
        key = Key(left, left + KEY * letters.size, middle, row.seen.colour, row.seen.dash)
        marks: list[Mark] = []
        for at, (run, colour) in enumerate(block):
            marks += letters.marks([run], start, middle + at * letters.line, colour)
        out.append(Name(row.seen.series.id, key, tuple(marks)))
    return tuple(out)
