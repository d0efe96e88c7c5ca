"""Whether a series is late: judged by its own calendar at the as-of date, never by the clock."""

from __future__ import annotations

from datetime import date, timedelta

from briefing.data.calendars import sessions
from briefing.data.entry import Entry
from briefing.series import Late


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


def _ended(entry: Entry, last: date) -> bool:
    return bool(entry.discontinued_on) and last >= date.fromisoformat(entry.discontinued_on)
