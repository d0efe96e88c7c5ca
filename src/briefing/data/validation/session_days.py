"""The days of a series beside the sessions of its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from briefing.data.calendars import sessions
from briefing.series import Dates

_WEEK, _EARLY, _LATE = timedelta(days=7), date(1600, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, eq=False)
class SessionDays:
    """The days of a series with a value, sorted, shape (n,), and all of its days in the file, `listed`, shape (m,)."""

    calendar: str
    dates: Dates
    listed: Dates

    @cached_property
    def sessions(self) -> Dates:
        """The sessions of the calendar from a week before the first day to a week after the last."""
        first, last = min(self.dates[0], self.listed[0]).item(), self.listed[-1].item()
        return sessions(self.calendar, max(first, _EARLY) - _WEEK, min(last, _LATE) + _WEEK)

    @cached_property
    def shut(self) -> NDArray[np.bool_]:
        """The days with a value on which there is no session, shape (n,); before its beginning a calendar has none."""
        if not len(self.sessions):
            return np.zeros(len(self.dates), dtype=bool)
        numbered = np.minimum(np.searchsorted(self.sessions, self.dates), len(self.sessions) - 1)
        closed: NDArray[np.bool_] = (self.sessions[numbered] != self.dates) & (self.dates >= self.sessions[0])
        return closed

    @cached_property
    def left_out(self) -> NDArray[np.intp]:
        """How many sessions lie between each listed day and the one after it, shape (m - 1,)."""
        return np.diff(np.searchsorted(self.sessions, self.listed)) - 1


def session_days(calendar: str, dates: Dates, listed: Dates, made: dict[str, SessionDays]) -> SessionDays:
    """The days of a series. Those last `made` for the calendar serve again while they are the same, as in a wide table."""
    last = made.get(calendar)
    if last is None or not (np.array_equal(last.dates, dates) and np.array_equal(last.listed, listed)):
        last = made[calendar] = SessionDays(calendar, dates, listed)
    return last
