"""Dates as bare day numbers, which workbooks leave behind when a column of dates loses its format."""

from __future__ import annotations

import re
from datetime import date, timedelta

from briefing.text import Label

_NUMBER = re.compile(r"(\d{5})(?:\.0+)?", re.ASCII)
_FIRST, _LAST = 20_000, 80_000
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)


def read_serial(text: str) -> date | None:
    """The day with a number from 20,000 (3 October 1954) to 80,000 (9 January 2119); None for anything else."""
    number = _number(text)
    return _EPOCH + timedelta(days=number) if number else None


def read_serial_1904(text: str) -> date | None:
    """The same where a workbook counts its days from 1904."""
    number = _number(text)
    return _EPOCH_1904 + timedelta(days=number) if number else None


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    number = int(match[1]) if match else 0
    return number if _FIRST <= number <= _LAST else None


SERIAL_STYLES = (("serial", Label("Excel's day number, 45553", "Excel日期序號，如45553"), read_serial),)
"""Name, words and reader of the style."""
SERIAL_1904 = Label("Excel's day number counted from 1904, 44091", "1904年起算的Excel日期序號，如44091")
"""The words of the style in a workbook that counts from 1904."""
