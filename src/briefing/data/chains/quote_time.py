"""The date line of a quote file, in every spelling that a browser gives it, and the session it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import numpy as np

from briefing.data.calendars import sessions
from briefing.data.dates.date_parts import month_number

EXCHANGE = "XNYS"
NEW_YORK = ZoneInfo("America/New_York")
OPENING = time(9, 30)
_LONGEST_BREAK = timedelta(days=10)
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?"
_AFTER = rf"(?:,| at| @)? {_CLOCK} ?(?P<half>[AaPp]\.?[Mm]\.?)?(?: (?P<zone>[A-Z]{{1,4}}(?:[+-]\d{{1,2}})?))?"
_SPELLINGS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?P<month>[A-Za-z]{{3,9}}) (?P<day>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?{_AFTER}",
        rf"(?P<day>\d{{1,2}}) (?P<month>[A-Za-z]{{3,9}})(?:,? (?P<year>\d{{1,4}}))?{_AFTER}",
        rf"(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日 ?(?:(?P<zone>GMT[+-]\d{{1,2}}) )?(?P<half>上午|下午)? ?{_CLOCK}",
    )
)
_ZONES: dict[str, str] = (
    dict.fromkeys(("ET", "EST", "EDT"), "America/New_York")
    | dict.fromkeys(("CT", "CST", "CDT"), "America/Chicago")
    | dict.fromkeys(("PT", "PST", "PDT"), "America/Los_Angeles")
)
_NO_ZONE = 99
_OFFSET = re.compile(r"(?:GMT|UTC)([+-]\d{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A moment as a file states it. `year` is None when it is missing or is no year."""

    text: str
    year: int | None
    month: int
    day: int
    clock: time
    zone: tzinfo

    def on(self, year: int) -> datetime | None:
        """The instant in a given year, in UTC; None when there is no such day."""
        try:
            local = datetime.combine(date(year, self.month, self.day), self.clock, self.zone)
        except ValueError:
            return None
        return local.astimezone(UTC)

    @property
    def instant(self) -> datetime | None:
        """The instant in UTC; None without a year."""
        return None if self.year is None else self.on(self.year)


def read_stated_time(text: str) -> StatedTime | None:
    """Read the date line without its “Date:”; None when it is in no known spelling.

    A line without a zone is in New York's time, as the exchange writes it.
    """
    for spelling in _SPELLINGS:
        match = spelling.fullmatch(text.strip())
        if match is not None:
            return _stated(text.strip(), match)
    return None


def _stated(text: str, match: re.Match[str]) -> StatedTime | None:
    found = match.groupdict()
    month = int(found["month"]) if found["month"].isdigit() else month_number(found["month"])
    zone = _zone(found["zone"] or "ET")
    clock = _clock(int(found["hour"]), int(found["minute"]), found["half"])
    if month is None or zone is None or clock is None:
        return None
    year = found["year"] or ""
    return StatedTime(text, int(year) if len(year) == 4 else None, month, int(found["day"]), clock, zone)


def _clock(hour: int, minute: int, half: str | None) -> time | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        late = half[0] in "Pp下"
        hour = hour % 12 + 12 * late
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _zone(word: str) -> tzinfo | None:
    if word in _ZONES:
        return ZoneInfo(_ZONES[word])
    match = _OFFSET.fullmatch(word)
    hours = int(match[1] or 0) if match else _NO_ZONE
    return timezone(timedelta(hours=hours)) if abs(hours) <= 14 else None


def session_of(instant: datetime) -> date:
    """The session whose quotes are seen at an instant: the day itself from its opening on, else the one before."""
    local = instant.astimezone(NEW_YORK)
    day = local.date() if local.time() >= OPENING else local.date() - timedelta(days=1)
    return last_session(day)


def last_session(day: date) -> date:
    """The day itself when the exchange is open on it, else the last session before."""
    found = sessions(EXCHANGE, day - _LONGEST_BREAK, day)
    last: date = (found[-1] if len(found) else np.datetime64(day)).item()
    return last


def is_session(day: date) -> bool:
    """Whether the exchange is open on a day."""
    return last_session(day) == day
