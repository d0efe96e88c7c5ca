"""The last day of the period that a date stands for."""

from __future__ import annotations

from datetime import date

import numpy as np

from briefing.series import Dates, as_date

_MONTHS = {"M": 1, "Q": 3}


def period_end(day: date, freq: str) -> date:
    """The end of the month or quarter for monthly and quarterly data, the day itself for all other."""
    return as_date(period_ends(np.array([day], dtype="datetime64[D]"), freq)[0])


def period_ends(days: Dates, freq: str) -> Dates:
    """The same for many days, shape (n,)."""
    months = _MONTHS.get(freq)
    if months is None:
        return days
    started = days.astype("datetime64[M]").astype(np.int64) // months * months
    following: Dates = (started + months).astype("datetime64[M]").astype("datetime64[D]")
    return following - np.timedelta64(1, "D")
