"""The range buttons in calendar terms: 1M is the same day of last month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from briefing.charts.spec import Range
from briefing.text import Label

_MONTHS: dict[Range, int] = {"1M": 1, "3M": 3, "6M": 6, "1Y": 12, "5Y": 60}

LABELS: dict[Range, Label] = {
    "1M": Label("1M", "1個月"),
    "3M": Label("3M", "3個月"),
    "6M": Label("6M", "6個月"),
    "YTD": Label("YTD", "今年"),
    "1Y": Label("1Y", "1年"),
    "5Y": Label("5Y", "5年"),
    "Max": Label("Max", "全部"),
}
"""What stands on the range buttons."""

_FIRST_MONTH = 12
"""January of the year 1, in months from the year 0: no date lies before it."""


def start_of(range_: Range, as_of: date, first: date) -> date:
    """The first day that a range admits. `first` is the oldest observation, where Max begins.

    The first point shown is that of this day or of the next one that has an observation. YTD
    begins on the last day of the previous year, whose value is the base of the year's change.
    """
    if range_ == "Max":
        return min(first, as_of)
    if range_ == "YTD":
        return date(max(as_of.year - 1, 1), 12, 31)
    return months_before(as_of, _MONTHS[range_])


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last day of that month when it is shorter; never before the year 1."""
    year, month = divmod(max(day.year * 12 + day.month - 1 - months, _FIRST_MONTH), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
