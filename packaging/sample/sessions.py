"""Trading days of the sample: holidays computed by rule, none looked up."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

FIRST = date(2014, 3, 7)
LAST = date(2026, 3, 6)

Days = NDArray[np.datetime64]
Mask = NDArray[np.bool_]

_MOURNING = (date(2018, 12, 5), date(2025, 1, 9))
"""Days on which the stock exchange stayed closed for a state funeral."""


def sessions() -> Days:
    """The days of the sample on which the stock exchange is open, shape (n,)."""
    closed = {day for year in range(FIRST.year, LAST.year + 1) for day in _closed(year)} | set(_MOURNING)
    span = (FIRST + timedelta(days=step) for step in range((LAST - FIRST).days + 1))
    return np.array([day for day in span if day.weekday() < 5 and day not in closed], dtype="datetime64[D]")


def bond_sessions(days: Days) -> Mask:
    """Which of the days the bond market keeps too: it rests on Columbus Day and Veterans Day."""
    years = range(FIRST.year, LAST.year + 1)
    closed = {day for year in years for day in (_nth(year, 10, 0, 2), _observed(date(year, 11, 11)))}
    return np.array([day not in closed for day in days.astype(object)], dtype=bool)


def _closed(year: int) -> tuple[date, ...]:
    new_year = date(year, 1, 1)
    fixed = [date(year, 7, 4), date(year, 12, 25)]
    if new_year.weekday() != 5:
        fixed.append(new_year)
    if year >= 2022:
        fixed.append(date(year, 6, 19))
    moving = (
        _nth(year, 1, 0, 3),
        _nth(year, 2, 0, 3),
        _easter(year) - timedelta(days=2),
        _last_monday_of_may(year),
        _nth(year, 9, 0, 1),
        _nth(year, 11, 3, 4),
    )
    return (*(_observed(day) for day in fixed), *moving)


def _observed(day: date) -> date:
    """Saturday's holiday is kept on Friday, Sunday's on Monday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _easter(year: int) -> date:
    """The Gregorian computus in its anonymous form (Meeus, Astronomical Algorithms, chapter 8)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, skip = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    quarter, left = divmod(rest, 4)
    offset = (32 + 2 * skip + 2 * quarter - epact - left) % 7
    late = (golden + 11 * epact + 22 * offset) // 451
    month, day = divmod(epact + offset - 7 * late + 114, 31)
    return date(year, month, day + 1)
