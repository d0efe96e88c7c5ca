"""What the number format of a workbook's cell makes of its number: a date, a time, per cent or nothing special."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache


class Shown(Enum):
    """How a number is shown."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    PERCENT = "percent"


_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|E[+-]')
"""Quoted text, escaped signs, padding, colours and locales, powers of ten: no part of a date."""
_DATES = frozenset({*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)})
_TIMES = frozenset({18, 19, 20, 21, 32, 33, 45, 46, 47})
_PERCENTS = frozenset({9, 10})


def shown_by_id(number: int) -> Shown:
    """What a built-in format shows; 27-36 and 50-58 are the dates of East Asian editions."""
    if number in _DATES:
        return Shown.DATE
    if number in _TIMES:
        return Shown.TIME
    return Shown.PERCENT if number in _PERCENTS else Shown.NUMBER


@lru_cache(maxsize=1024)
def shown_by_code(code: str) -> Shown:
    """What a format code such as `yyyy/m/d`, `[$-404]e/m/d` or `0.00%` shows; only its part for positive numbers counts."""
    bare = _LITERAL.sub("", code.split(";", maxsplit=1)[0])
    letters = bare.lower()
    if letters.strip() in {"general", "@", ""}:
        return Shown.NUMBER
    if any(sign in letters for sign in "yd") or "mmm" in letters or ("e" in letters and "m" in letters):
        return Shown.DATE
    if any(sign in letters for sign in "hs"):
        return Shown.TIME
    return Shown.PERCENT if "%" in bare else Shown.NUMBER
