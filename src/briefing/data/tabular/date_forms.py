"""Which date styles some cells can be in. Plain numbers are dates only where nothing else is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.data.dates.date_text import DATE_STYLES

_NUMBER = re.compile(r"[+-]?[0-9.,]+%?")
_LONGEST = 40
_ROC = "roc"
_ROC_SURE = re.compile(r"1[0-9]{2}/")
_MONTH_AND_TWO_DIGITS = "mon_yy"
_NUMBERS = ("compact", "month_compact")
_SERIAL = "serial"
_WORDED = tuple(name for name in DATE_STYLES if name not in {*_NUMBERS, _SERIAL})


def looks_dated(cell: str) -> bool:
    """Whether a cell is a date in any style but those of plain numbers."""
    if not 4 < len(cell) <= _LONGEST or (_NUMBER.fullmatch(cell) and cell.count(".") < 2):
        return False
    return any(DATE_STYLES[name].read(cell, None) for name in _WORDED)


def looks_numbered(cell: str) -> bool:
    """Whether a cell is a plain number that a date can be: 20240918 or 202409."""
    return len(cell) in {6, 8} and any(DATE_STYLES[name].read(cell, None) for name in _NUMBERS)


def looks_serial(cell: str) -> bool:
    """Whether a cell is a number that can be a spreadsheet's day; so can many an index level."""
    return DATE_STYLES[_SERIAL].read(cell, None) is not None


def styles_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The styles that at least half of some cells are written in; the commonest one when there is none.

    Years counted from 1912 are a reading only when some year has three digits, and `Jan-24` is a month
    only when the months change: else it could be a day of January.
    """
    counts = {name: sum(DATE_STYLES[name].read(cell, None) is not None for cell in cells) for name in DATE_STYLES}
    if not any(_ROC_SURE.match(cell) for cell in cells):
        counts.pop(_ROC)
    if len(set(cells)) > 2 and len({cell[:3] for cell in cells}) == 1:
        counts.pop(_MONTH_AND_TWO_DIGITS)
    found = tuple(name for name, count in counts.items() if count and count * 2 >= len(cells))
    best = max(counts, key=lambda name: counts[name])
    return found or ((best,) if counts[best] else ())
