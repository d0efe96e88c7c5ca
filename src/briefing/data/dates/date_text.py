"""Dates as files write them: a few declared styles, each strict, never a library's guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from briefing.data.dates.chinese_dates import CHINESE_STYLES
from briefing.data.dates.date_parts import full_year, made, month_number
from briefing.data.dates.long_dates import LONG_STYLES, weekday_of
from briefing.data.dates.period_text import PERIOD_STYLES, ReadDay
from briefing.data.dates.serial_dates import SERIAL_1904, SERIAL_STYLES, read_serial_1904
from briefing.text import Label


@dataclass(frozen=True, slots=True)
class DateStyle:
    """One way to write dates: its name in `folders.toml`, its words, and its reader."""

    name: str
    label: Label
    read: Callable[[str, ZoneInfo | None], date | None]


def _parts(pattern: str, order: str) -> Callable[[str, ZoneInfo | None], date | None]:
    shape = re.compile(pattern, re.ASCII)
    year, month, day = (order.index(part) for part in "ymd")

    @lru_cache(maxsize=32768)  # a file's dates are read to score it, to plan and to read
    def read(text: str, _zone: ZoneInfo | None) -> date | None:
        match = shape.fullmatch(text)
        if match is None:
            return None
        found = match.groups()
        return made(full_year(found[year]), int(found[month]), int(found[day]))

    return read


_WITH_WEEKDAY = re.compile(r"([A-Za-z]{3}) ([A-Za-z]{3}) (\d{1,2}) (\d{4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[- ](\d{4})", re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.0+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)


def _named(text: str, _zone: ZoneInfo | None) -> date | None:
    match = _NAMED.fullmatch(text)
    month = month_number(match[2]) if match else None
    return made(int(match[3]), month, int(match[1])) if match and month else None


def _with_weekday(text: str, _zone: ZoneInfo | None) -> date | None:
    """None also when the weekday is not that of the date."""
    match = _WITH_WEEKDAY.fullmatch(text)
    month = month_number(match[2]) if match else None
    day = made(int(match[4]), month, int(match[3])) if match and month else None
    return day if match and day and weekday_of(match[1]) == day.weekday() else None


def _instant(text: str, zone: ZoneInfo | None) -> date | None:
    """The exchange's local date; without an offset only midnight is a date."""
    match = _INSTANT.fullmatch(text)
    if match is None or _ISO.read(match[1], None) is None:
        return None
    if match[3] is None:
        return date.fromisoformat(match[1]) if match[2] == "00:00:00" else None
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3]}")
    except ValueError:
        return None
    return moment.astimezone(zone).date() if zone else moment.date()


_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2})?", re.ASCII)


def _moment(text: str, _zone: ZoneInfo | None) -> date | None:
    """The day of a time that has no offset; only for formats that have one row a day left."""
    match = _MOMENT.fullmatch(text)
    return _ISO.read(match[1], None) if match else None


def _anywhere(read: ReadDay) -> Callable[[str, ZoneInfo | None], date | None]:
    """A reader of dates that are the same in every time zone."""

    @lru_cache(maxsize=32768)
    def read_there(text: str, _zone: ZoneInfo | None) -> date | None:
        return read(text)

    return read_there


_ISO = DateStyle("iso", Label("2024-09-18", "2024-09-18"), _parts(r"(\d{4})-(\d{1,2})-(\d{1,2})", "ymd"))
_STYLES = (
    _ISO,
    DateStyle("mdy", Label("month/day/year", "月/日/年"), _parts(r"(\d{1,2})/(\d{1,2})/(\d{4})", "mdy")),
    DateStyle("dmy", Label("day/month/year", "日/月/年"), _parts(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", "dmy")),
    DateStyle("ymd", Label("year/month/day", "年/月/日"), _parts(r"(\d{4})/(\d{1,2})/(\d{1,2})", "ymd")),
    DateStyle(
        "mdyy", Label("month/day/two-digit year", "月/日/兩位數年"), _parts(r"(\d{1,2})/(\d{1,2})/(\d{2})", "mdy")
    ),
    DateStyle("compact", Label("20240918", "20240918"), _parts(r"(\d{4})(\d{2})(\d{2})", "ymd")),
    DateStyle("named", Label("18-Sep-2024", "18-Sep-2024"), _named),
    DateStyle("weekday", Label("Wed Sep 18 2024", "Wed Sep 18 2024"), _with_weekday),
    *(
        DateStyle(name, label, _anywhere(read))
        for name, label, read in (*LONG_STYLES, *CHINESE_STYLES, *PERIOD_STYLES, *SERIAL_STYLES)
    ),
    DateStyle("instant", Label("date with time and offset", "含時間與時差的日期"), _instant),
    DateStyle("moment", Label("date with any time of day", "含任意時刻的日期"), _moment),
)
DATE_STYLES: Mapping[str, DateStyle] = MappingProxyType({style.name: style for style in _STYLES})
_SERIAL_1904 = DateStyle("serial", SERIAL_1904, _anywhere(read_serial_1904))


def counted_from_1904(style: DateStyle) -> DateStyle:
    """A style as it is read in a workbook that counts its days from 1904: only day numbers are others."""
    return _SERIAL_1904 if style.name == "serial" else style


def date_styles(texts: Iterable[str], names: Iterable[str], zone: ZoneInfo | None = None) -> tuple[DateStyle, ...]:
    """Those of some styles in which every text is a date."""
    cells = list(texts)
    styles = (DATE_STYLES[name] for name in names)
    return tuple(style for style in styles if all(style.read(cell, zone) for cell in cells))


def without_weekends(texts: Iterable[str], styles: Iterable[DateStyle]) -> tuple[DateStyle, ...]:
    """Those styles in which no date falls on a weekend: markets are closed then."""
    cells = list(texts)

    def on_weekdays(style: DateStyle) -> bool:
        days = (style.read(cell, None) for cell in cells)
        return all(day is not None and day.weekday() < 5 for day in days)

    return tuple(style for style in styles if on_weekdays(style))


_PROBES = ("01/02/2003", "01/02/2003 0:00", "01/02/03")


def rivals(style: DateStyle) -> tuple[DateStyle, ...]:
    """The styles that can read the same text as another day, such as day/month for month/day."""
    probes = [(probe, day) for probe in _PROBES if (day := style.read(probe, None))]
    return tuple(
        other
        for other in DATE_STYLES.values()
        if any(other.read(probe, None) not in {None, day} for probe, day in probes)
    )
