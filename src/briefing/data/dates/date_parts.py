"""What all readers of dates share: months by name, two-digit years, the last day of a month."""

from __future__ import annotations

from datetime import date, timedelta

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_PIVOT = 1950


def month_number(word: str) -> int | None:
    """The number of an English month, spelt out or as its first three letters; None for any other word."""
    lower = word.lower()
    fitting = (n for n, name in enumerate(_MONTHS, start=1) if lower in {name, name[:3]})
    return next(fitting, None)


def made(year: int, month: int, day: int) -> date | None:
    """A day, or None for one that the calendar does not have."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(text: str) -> int:
    """Four digits as they are; two digits within the hundred years from 1950."""
    year = int(text)
    return year if len(text) == 4 else _PIVOT + (year - _PIVOT) % 100


def month_end(year: int, month: int) -> date | None:
    """The last day of a month, or None for a month that there is not."""
    first = made(year + month // 12, month % 12 + 1, 1) if 1 <= month <= 12 else None
    return first - timedelta(days=1) if first else None
