"""The marked days of a chart, set under its plot in one or two lines."""

from __future__ import annotations

from briefing.charts.date_ticks import day_marks
from briefing.charts.lettering import Lettering
from briefing.charts.picture import Box, DateTick
from briefing.charts.weekdays import position

GAP = 0.3
"""The space between the plot and the words under it, in ems."""

_BETWEEN = 0.9
"""The space between the words of two days, in ems."""


def date_axis(
    places: tuple[float, float], plot: Box, right: float, letters: Lettering, colour: str
) -> tuple[DateTick, ...]:
    """The ticks from left to right; their words stay between 0 and `right`."""
    space = _BETWEEN * letters.size
    marks = day_marks(places, (plot.left, plot.right), (0.0, right), letters.width, space)
    middle = plot.bottom + GAP * letters.size + letters.line / 2
    scale = plot.width / (places[1] - places[0])
    out: list[DateTick] = []
    free = right
    for mark in reversed(marks):
        x = plot.left + (position(mark.day) - places[0]) * scale
        words = letters.marks(letters.runs(mark.words), x - letters.width(mark.words) / 2, middle, colour)
        if mark.opens is not None:
            wide = letters.width(mark.opens)
            left = max(0.0, min(x - wide / 2, right - wide))
            if left + wide <= free:
                words += letters.marks(letters.runs(mark.opens), left, middle + letters.line, colour)
                free = left - space
        out.append(DateTick(mark.day, x, words))
    return tuple(reversed(out))
