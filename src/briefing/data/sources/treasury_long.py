"""Treasury par yields with a row a tenor: `Date,maturity,value`, in any order of the three columns.

Tenors are written as in the Treasury's wide file or shorter (`10 Yr`, `10-Year`, `10Y`) and stored under
the same ids, as the same dataset.
"""

from __future__ import annotations

from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.tenors import par_yield

_DATES = ("date", "observation_date", "record_date", "日期")
_TENORS = ("maturity", "tenor", "term", "期限", "天期")
_VALUES = ("value", "yield", "rate", "par_yield", "殖利率", "數值")


def look_at_long(sheet: Sheet) -> Shape | None:
    """Exactly a date, a tenor and a value, and a tenor in the first row."""
    cells = sheet.grid.rows[0].cells
    header = tuple(cell.lower() for cell in cells)
    places = [
        next((at for at, cell in enumerate(header) if cell in words), None) for words in (_DATES, _TENORS, _VALUES)
    ]
    dates, tenor, values = places
    if len(header) != 3 or dates is None or tenor is None or values is None or len(sheet.grid.rows) < 2:
        return None
    first = sheet.grid.rows[1].cells
    if len(first) != 3 or par_yield(first[tenor]) is None:
        return None
    return Shape(
        first=1,
        width=3,
        dates=dates,
        columns=(Column(values, cells[values]),),
        styles=("iso", "mdy", "instant", "mdyy"),
        local_numbers=True,
        evidence=0.9,
        saw=header_of(cells),
        names=lambda row: par_yield(row[tenor]) or row[tenor],
    )
