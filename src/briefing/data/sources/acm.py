"""Term premia of Adrian, Crump and Moench: `DATE`, then ACMY01…10, ACMTP01…10, ACMRNY01…10; per cent.

The New York Fed publishes them daily and at month ends, under the same names; the monthly ones are stored
as `ACMTP10_MONTHLY`. A replication has 1 to 120 months: `ACMY010M` is ten months, and `ACMY01` stands
among them for twelve. It is a format of its own, so that it never replaces what is official.
"""

from __future__ import annotations

import re

from briefing.data.reading.blank_columns import named_cells
from briefing.data.reading.grid import Grid
from briefing.data.reading.rhythm import is_monthly
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_YEARS = re.compile(r"ACM(?:Y|TP|RNY)(?:0[1-9]|10)")
_MONTHS = re.compile(r"ACM(?:Y|TP|RNY)(?:0\d[1-9]|0[1-9]0|1[01]\d|120)M")
_STYLES = ("named", "iso", "instant", "mdy")
_FEWEST = 3
_MONTHLY_ONLY = Label(
    "The table has one row a month: the series are those at month ends.", "表格每月一列，序列為月底值。"
)
_NOT_OFFICIAL = Label(
    "A replication, not the New York Fed's own figures.", "此為複製版，並非紐約聯邦準備銀行公布的數值。"
)


@recogniser("acm", Label("ACM term premia (New York Fed)", "ACM期限溢酬（紐約聯邦準備銀行）"), file_name=r"(?i).*acm.*")
def look_official(sheet: Sheet) -> Shape | None:
    """A date and maturities of whole years."""
    found = _header(sheet.grid)
    if found is None:
        return None
    at, headings = found
    return _shape(sheet.grid, at) if all(_YEARS.fullmatch(heading) for heading in headings) else None


@recogniser("acm_replicated", Label("ACM term premia, replicated", "ACM期限溢酬（複製版）"), file_name=r"(?i).*acm.*")
def look_replicated(sheet: Sheet) -> Shape | None:
    """A date and maturities of single months, twelve of which make a year's name."""
    found = _header(sheet.grid)
    if found is None:
        return None
    at, headings = found
    return _shape(sheet.grid, at, _NOT_OFFICIAL) if any(_MONTHS.fullmatch(heading) for heading in headings) else None


def _header(grid: Grid) -> tuple[int, tuple[str, ...]] | None:
    """The first row that begins with `DATE` and holds nothing but mnemonics, and these in upper case."""
    for at, row in enumerate(grid.head()):
        if row.cells[0].upper() != "DATE" or at + 1 >= len(grid.rows):
            continue
        names = tuple(cell.upper() for cell in named_cells(grid, at)[1:])
        if len(names) >= _FEWEST and all(_YEARS.fullmatch(name) or _MONTHS.fullmatch(name) for name in names):
            return at, names
    return None


def _shape(grid: Grid, at: int, *doubts: Label) -> Shape:
    cells = named_cells(grid, at)
    monthly = is_monthly((row.cells[0] for row in grid.rows[at + 1 :]), _STYLES)
    ending = "_MONTHLY" if monthly else ""
    return Shape(
        first=at + 1,
        width=len(grid.rows[at].cells),
        dates=0,
        columns=tuple(Column(place, cell, cell.upper() + ending) for place, cell in enumerate(cells[1:], 1)),
        styles=_STYLES,
        local_numbers=True,
        evidence=0.9,
        saw=header_of(cells),
        doubts=(*doubts, *((_MONTHLY_ONLY,) if monthly else ())),
    )
