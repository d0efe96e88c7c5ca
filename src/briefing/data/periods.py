"""The last day of the period that a date stands for."""

from __future__ import annotations

from datetime import date, timedelta


def period_end(day: date, freq: str) -> date:
    """The end of the month or quarter for monthly and quarterly data, the day itself for all other."""
    if freq not in {"M", "Q"}:
        return day
    month = day.month if freq == "M" else (day.month - 1) // 3 * 3 + 3
    following = date(day.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
