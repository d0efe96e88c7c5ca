"""Days on the date axis: as many as have room, at even steps of days, months or years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from briefing.charts.weekdays import day_at, position
from briefing.numbers import month
from briefing.text import Label

Level = Literal["day", "week", "month", "year"]
_YEARS_FROM = 3 * 261.0
"""From three years on, only years are marked."""

_MOST: dict[Level, int] = {"day": 8, "week": 9, "month": 13, "year": 16}
"""So many marks of a level at most, then a coarser one is easier to read."""

_DAYS_UNTIL = 90
"""Single days are not tried over longer spans than this."""

_SHORT: tuple[tuple[Level, int], ...] = (
    ("day", 1),
    ("week", 1),
    ("week", 2),
    ("month", 1),
    ("month", 2),
    ("month", 3),
    ("month", 6),
    ("month", 12),
)
_LONG: tuple[tuple[Level, int], ...] = (
    ("year", 1),
    ("year", 2),
    ("year", 5),
    ("year", 10),
    ("year", 20),
    ("year", 50),
)


@dataclass(frozen=True, slots=True)
class DayMark:
    """A marked day with its words, and the words of the month or year that it opens."""

    day: date
    words: Label
    opens: Label | None


def rows(x_range: tuple[float, float]) -> int:
    """How many lines of words the axis has: years need no second one."""
    return 1 if x_range[1] - x_range[0] >= _YEARS_FROM else 2


def day_marks(
    x_range: tuple[float, float],
    axis: tuple[float, float],
    page: tuple[float, float],
    width: Callable[[Label], float],
    space: float,
) -> tuple[DayMark, ...]:
    """The finest marks whose words have room.

    `axis` is where the axis begins and ends and `page` where words may; `width` measures words and
    `space` is kept between them, all in one unit. Empty when no mark's words have room.
    """
    scale = (axis[1] - axis[0]) / (x_range[1] - x_range[0])

    def span(day: date, words: Label) -> tuple[float, float]:
        middle, half = axis[0] + (position(day) - x_range[0]) * scale, width(words) / 2
        return middle - half, middle + half

    best: tuple[DayMark, ...] = ()
    for level, step in _LONG if rows(x_range) == 1 else _SHORT:
        spans = {day: span(day, _words(level, day)) for day in _days(level, step, x_range)}
        inside = [day for day, (left, right) in spans.items() if left >= page[0] and right <= page[1]]
        marks = _worded(level, inside)
        best = marks[:1] or best
        pairs = pairwise(inside)
        if (
            marks
            and len(marks) <= _MOST[level]
            and all(spans[one][1] + space <= spans[other][0] for one, other in pairs)
        ):
            return marks
    return best


def _days(level: Level, step: int, x_range: tuple[float, float]) -> Iterator[date]:
    low, high = x_range
    first, last = day_at(low), day_at(high)
    months = step if level == "month" else 12 * step
    days = _weekdays(first, last, level, step) if level in {"day", "week"} else _months(first, last, months)
    return (day for day in days if low - 1e-6 <= position(day) <= high)


def _weekdays(first: date, last: date, level: Level, step: int) -> Iterator[date]:
    """Every weekday, or the Monday of every n-th week."""
    if level == "day" and (last - first).days > _DAYS_UNTIL:
        return
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        week, weekday = divmod(ordinal - 1, 7)
        if weekday < 5 and (level == "day" or (weekday == 0 and week % step == 0)):
            yield date.fromordinal(ordinal)


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """The first day of every n-th month."""
    start = first.year * 12 + first.month - 1
    for count in range(start + -start % step, last.year * 12 + last.month, step):
        yield date(count // 12, count % 12 + 1, 1)


def _worded(level: Level, days: Sequence[date]) -> tuple[DayMark, ...]:
    out: list[DayMark] = []
    before: date | None = None
    for day in days:
        out.append(DayMark(day, _words(level, day), _opens(level, day, before)))
        before = day
    return tuple(out)


def _words(level: Level, day: date) -> Label:
    if level == "year":
        return Label(str(day.year), str(day.year))
    if level == "month":
        full = month(day)
        return Label(full.en.split()[0], f"{day.month}月")
    return Label(str(day.day), str(day.day))


def _opens(level: Level, day: date, before: date | None) -> Label | None:
    if level == "year":
        return None
    if level == "month":
        new = before is None or before.year != day.year
        return Label(str(day.year), str(day.year)) if new else None
    if before is not None and (before.year, before.month) == (day.year, day.month):
        return None
    return month(day)
