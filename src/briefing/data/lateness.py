"""Whether a series is late: judged by its own calendar at the as-of date, never by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from briefing.data.calendars import sessions
from briefing.data.entry import Entry
from briefing.series import Late, as_date

_LONGEST = timedelta(days=100)
"""No calendar has a longer step from one session to the next."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The day of the next observation, and the day on which it is published."""

    day: date
    due: date


def lateness(entry: Entry, last: date | None, as_of: date) -> Late | None:
    """How late a series is whose last value stands on a day; None when it is not, or has no value.

    A session is due once `release_lag_days` have passed. The series is late when more than
    `tolerated_age` due sessions of its calendar have no value after the last one.
    """
    if last is None or _ended(entry, last):
        return None
    due = sessions(entry.calendar, last + timedelta(days=1), as_of - timedelta(days=entry.release_lag_days))
    missed = len(due) - entry.tolerated_age
    return Late(last, missed, entry.freq) if missed > 0 else None


def expected(entry: Entry, last: date | None) -> Ahead | None:
    """What is expected after the last value; None for a series that has no value, or has ended."""
    if last is None or _ended(entry, last):
        return None
    ahead = sessions(entry.calendar, last + timedelta(days=1), last + _LONGEST)
    if not len(ahead):
        return None
    day = as_date(ahead[0])
    return Ahead(day, day + timedelta(days=entry.release_lag_days))


def _ended(entry: Entry, last: date) -> bool:
    return bool(entry.discontinued_on) and last >= date.fromisoformat(entry.discontinued_on)
