"""Months and quarters as files write them (`2024-01`, `Jan-24`, `2024Q3`). Each reads as its last day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from briefing.data.dates.date_parts import full_year, month_end, month_number
from briefing.text import Label

ReadDay = Callable[[str], date | None]

_MONTH_NAME = r"(?P<name>[A-Za-z]{3,9})"


def _month(pattern: str) -> ReadDay:
    """A reader of months: the pattern's groups are `year` and either `month` or `name`."""
    shape = re.compile(pattern, re.ASCII)

    def read(text: str) -> date | None:
        match = shape.fullmatch(text)
        if match is None:
            return None
        found = match.groupdict()
        month = int(found["month"]) if "month" in found else month_number(found["name"]) or 0
        return month_end(full_year(found["year"]), month)

    return read


def _quarter(pattern: str) -> ReadDay:
    shape = re.compile(pattern, re.ASCII)

    def read(text: str) -> date | None:
        match = shape.fullmatch(text)
        return month_end(full_year(match["year"]), int(match["quarter"]) * 3) if match else None

    return read


PERIOD_STYLES: tuple[tuple[str, Label, ReadDay], ...] = (
    ("month", Label("2024-01", "2024-01"), _month(r"(?P<year>\d{4})-(?P<month>\d{1,2})")),
    ("month_slash", Label("2024/01", "2024/01"), _month(r"(?P<year>\d{4})/(?P<month>\d{1,2})")),
    ("month_m", Label("2024M01", "2024M01"), _month(r"(?P<year>\d{4})[Mm](?P<month>\d{1,2})")),
    ("month_compact", Label("202401", "202401"), _month(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})")),
    ("month_year", Label("01/2024", "01/2024"), _month(r"(?P<month>\d{1,2})/(?P<year>\d{4})")),
    ("mon_yy", Label("Jan-24", "Jan-24"), _month(_MONTH_NAME + r"[- '](?P<year>\d{2})")),
    ("mon_yyyy", Label("Jan 2024", "Jan 2024"), _month(_MONTH_NAME + r"[- ](?P<year>\d{4})")),
    ("yyyy_mon", Label("2024-Jan", "2024-Jan"), _month(r"(?P<year>\d{4})[- ]?" + _MONTH_NAME)),
    ("quarter", Label("2024Q3", "2024Q3"), _quarter(r"(?P<year>\d{4})[- ]?[Qq](?P<quarter>[1-4])")),
    ("quarter_first", Label("Q3 2024", "Q3 2024"), _quarter(r"[Qq](?P<quarter>[1-4])[- ](?P<year>\d{4})")),
)
"""The name of each style in `folders.toml`, its words, and its reader."""
