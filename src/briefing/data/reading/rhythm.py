"""How often a table has a row, read off its dates."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.data.dates.date_text import DATE_STYLES

_FEWEST = 3


def is_monthly(texts: Iterable[str], styles: tuple[str, ...]) -> bool:
    """Whether dates in any of the styles lie in as many months as there are dates, at least three.

    A text that is no date ends the question: such a table is not called monthly.
    """
    months: set[tuple[int, int]] = set()
    for text in texts:
        day = next((found for name in styles if (found := DATE_STYLES[name].read(text, None))), None)
        if day is None or (day.year, day.month) in months:
            return False
        months.add((day.year, day.month))
    return len(months) >= _FEWEST
