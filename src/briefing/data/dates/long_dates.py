"""Dates with a month's name or the time of midnight: `September 18, 2024`, `18-Sep-24`, `9/18/2024 0:00`."""

from __future__ import annotations

import re
from datetime import date

from briefing.data.dates.date_parts import full_year, made, month_number
from briefing.data.dates.period_text import ReadDay
from briefing.text import Label

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:(?P<weekday>[A-Za-z]{3,9}),? )?"
_MIDNIGHT = r" (?:0?0:00(?::00)?|12:00(?::00)? AM)"


def _named(pattern: str) -> ReadDay:
    """A reader with the groups name, day and year; a weekday before them has to be the right one."""
    shape = re.compile(pattern, re.ASCII)

    def read(text: str) -> date | None:
        match = shape.fullmatch(text)
        if match is None:
            return None
        day = made(full_year(match["year"]), month_number(match["name"]) or 0, int(match["day"]))
        weekday = match.groupdict().get("weekday")
        return day if day and (weekday is None or weekday_of(weekday) == day.weekday()) else None

    return read


def _at_midnight(pattern: str) -> ReadDay:
    shape = re.compile(pattern + _MIDNIGHT, re.ASCII)

    def read(text: str) -> date | None:
        match = shape.fullmatch(text)
        return made(int(match["year"]), int(match["month"]), int(match["day"])) if match else None

    return read


def weekday_of(word: str) -> int | None:
    """The number of a weekday, Monday 0, by its English name in full or cut to three letters; else None."""
    short = word.lower()
    return next((at for at, name in enumerate(_WEEKDAYS) if short in {name, name[:3]}), None)


LONG_STYLES: tuple[tuple[str, Label, ReadDay], ...] = (
    (
        "long",
        Label("September 18, 2024", "September 18, 2024"),
        _named(_WEEKDAY + r"(?P<name>[A-Za-z]{3,9}) (?P<day>\d{1,2}),? (?P<year>\d{4})"),
    ),
    (
        "named_yy",
        Label("18-Sep-24", "18-Sep-24"),
        _named(r"(?P<day>\d{1,2})[- ](?P<name>[A-Za-z]{3})[- ](?P<year>\d{2})"),
    ),
    (
        "named_full",
        Label("18 September 2024", "18 September 2024"),
        _named(_WEEKDAY + r"(?P<day>\d{1,2}) (?P<name>[A-Za-z]{4,9}) (?P<year>\d{4})"),
    ),
    (
        "mdy_midnight",
        Label("month/day/year 0:00", "月/日/年 0:00"),
        _at_midnight(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"),
    ),
    (
        "dmy_midnight",
        Label("day/month/year 0:00", "日/月/年 0:00"),
        _at_midnight(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"),
    ),
    (
        "ymd_midnight",
        Label("year/month/day 0:00", "年/月/日 0:00"),
        _at_midnight(r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})"),
    ),
    (
        "dots",
        Label("2024.09.18", "2024.09.18"),
        lambda text: (
            made(*map(int, text.split("."))) if re.fullmatch(r"[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}", text) else None
        ),
    ),
)
"""The name of each style in `folders.toml`, its words, and its reader."""
