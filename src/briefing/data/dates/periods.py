"""The last day of the period that a date stands for."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from briefing.series import Dates, Values, as_date

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


def blanks_between(days: Dates, values: Values, freq: str) -> NDArray[np.bool_]:
    """Which blanks say nothing, shape (n,): those on the other days of a month or quarter in a table of days.

    A blank on the very day of a value stays, because they contradict each other; of a period without any
    value the first blank stays.
    """
    blank = np.isnan(values)
    if freq not in _MONTHS or not blank.any():
        return np.zeros(len(days), dtype=bool)
    periods = period_ends(days, freq)
    told = np.isin(periods, periods[~blank])
    at = np.flatnonzero(blank & ~told)
    first = at[np.unique(periods[at], return_index=True)[1]]
    idle: NDArray[np.bool_] = blank & ~np.isin(days, days[~blank])
    idle[first] = False
    return idle
