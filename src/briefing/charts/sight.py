"""What of the spec's lines is in sight: the range, each line's observations in it, its axis and look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from briefing.charts.palette import Dash, Palette
from briefing.charts.ranges import start_of
from briefing.charts.spec import RANGES, ChartSpec, Range
from briefing.charts.trace import Trace, trace, within
from briefing.charts.weekdays import position
from briefing.series import Doubt, Series, Values, as_date


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A line of the spec with its series. `axis` is 0, or 1 on the second axis."""

    series: Series
    trace: Trace
    axis: int
    colour: str
    dash: Dash

    def last(self, x_range: tuple[float, float]) -> int | None:
        """The index of the last observation in a range, None when there is none."""
        low, high = x_range
        index = int(np.searchsorted(self.trace.x, high, side="right")) - 1
        return index if index >= 0 and self.trace.x[index] >= low else None

    def doubts(self, x_range: tuple[float, float]) -> list[tuple[int, Doubt]]:
        """The observations in a range that have a caveat, by index, in order of time."""
        low, high = x_range
        found: list[tuple[int, Doubt]] = []
        for caveat, days in self.series.caveats.items():
            there = np.flatnonzero(np.isin(self.trace.days, days) & (self.trace.x >= low) & (self.trace.x <= high))
            found += [(at, Doubt(self.series.id, caveat, as_date(self.trace.days[at]))) for at in there.tolist()]
        return sorted(found, key=lambda one: one[0])

    def values(self, x_range: tuple[float, float]) -> Values:
        """All the values that are drawn in a range."""
        parts = [within(piece, *x_range)[1] for piece in self.trace.pieces]
        return np.concatenate([np.empty(0), *parts])


def seen(
    spec: ChartSpec,
    series: Mapping[str, Series],
    as_of: date,
    palette: Palette,
) -> tuple[Seen, ...]:
    """The lines of the spec whose series were given; a line keeps its colour whatever is missing.

    A second axis is used when both are asked for and some kind or unit differs between them.
    """
    given = [(index, line, series[line.series]) for index, line in enumerate(spec.lines) if line.series in series]
    sides = {axis: {(s.kind, s.unit) for _, line, s in given if line.axis == axis} for axis in ("first", "second")}
    two = bool(sides["first"] and sides["second"]) and len(sides["first"] | sides["second"]) > 1
    return tuple(
        Seen(
            entry,
            trace(entry, as_of),
            int(two and line.axis == "second"),
            *palette.line(index),
        )
        for index, line, entry in given
    )


def range_places(range_: Range, lines: Sequence[Seen], as_of: date) -> tuple[float, float]:
    """A range as places on the date axis, from its first day to the as-of date."""
    firsts = [as_date(line.trace.days[0]) for line in lines if len(line.trace)]
    low = position(start_of(range_, as_of, min(firsts, default=as_of)))
    high = position(as_of)
    return (low, high) if high > low else (high - 3.0, high + 1.0)


def range_with_data(lines: Sequence[Seen], as_of: date) -> Range | None:
    """The shortest range in which some line has two observations; None when there are no data."""
    if not any(len(line.trace) for line in lines):
        return None
    for range_ in RANGES:
        low, high = range_places(range_, lines, as_of)
        if any(np.count_nonzero((line.trace.x >= low) & (line.trace.x <= high)) > 1 for line in lines):
            return range_
    return "Max"
