"""Dates as Chinese files write them: `2024年1月2日`, and years counted from 1912 (`113/01/02`, `民國113年1月2日`)."""

from __future__ import annotations

import re
from datetime import date

from briefing.data.dates.date_parts import made, month_end
from briefing.data.dates.period_text import ReadDay
from briefing.text import Label

_BEFORE_FIRST = 1911


def _day(pattern: str, *, add: int = 0) -> ReadDay:
    """A reader whose pattern has the groups year, month and perhaps day; a month reads as its last day."""
    shape = re.compile(pattern, re.ASCII)

    def read(text: str) -> date | None:
        match = shape.fullmatch(text)
        if match is None:
            return None
        year, month, *day = (int(part) for part in match.groups())
        return made(year + add, month, day[0]) if day else month_end(year + add, month)

    return read


CHINESE_STYLES: tuple[tuple[str, Label, ReadDay], ...] = (
    ("zh", Label("2024年1月2日", "2024年1月2日"), _day(r"(\d{4})年 ?(\d{1,2})月 ?(\d{1,2})日")),
    ("zh_month", Label("2024年1月", "2024年1月"), _day(r"(\d{4})年 ?(\d{1,2})月")),
    ("roc", Label("113/01/02", "113/01/02"), _day(r"(\d{2,3})/(\d{1,2})/(\d{1,2})", add=_BEFORE_FIRST)),
    (
        "roc_zh",
        Label("民國113年1月2日", "民國113年1月2日"),
        _day(r"(?:民國)? ?(\d{1,3})年 ?(\d{1,2})月 ?(\d{1,2})日", add=_BEFORE_FIRST),
    ),
    (
        "roc_zh_month",
        Label("民國113年1月", "民國113年1月"),
        _day(r"(?:民國)? ?(\d{1,3})年 ?(\d{1,2})月", add=_BEFORE_FIRST),
    ),
)
"""The name of each style in `folders.toml`, its words, and its reader."""
