"""Shiller's monthly data of the S&P 500 as the `datasets` collection has them, from 1871.

Months that are not known yet have zeros instead of blanks (dividends, earnings, prices, rate, PE10); here a
zero is read as missing. Months are dated the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from briefing.data.reading.blank_columns import named_cells
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_IDS: Mapping[str, str] = MappingProxyType(
    {
        "sp500": "SHILLER_SP500",
        "dividend": "SHILLER_DIVIDEND",
        "earnings": "SHILLER_EARNINGS",
        "consumer price index": "SHILLER_CPI",
        "long interest rate": "SHILLER_RATE",
        "real price": "SHILLER_REAL_PRICE",
        "real dividend": "SHILLER_REAL_DIVIDEND",
        "real earnings": "SHILLER_REAL_EARNINGS",
        "pe10": "CAPE",
    }
)
_SIGNATURE = frozenset({"sp500", "dividend", "earnings", "pe10"})
_ZEROS = Label(
    "Zeros stand for months that are not known yet and are read as missing.", "零代表尚未公布的月份，視為無資料。"
)


@recogniser("shiller", Label("Shiller's monthly data of the S&P 500", "席勒標普500月資料"))
def look(sheet: Sheet) -> Shape | None:
    """A date, then only columns of the collection, with price, dividend, earnings and PE10 among them."""
    cells = named_cells(sheet.grid, 0)
    headings = [cell.lower() for cell in cells]
    ids = [_IDS.get(heading) for heading in headings[1:]]
    if headings[0] != "date" or None in ids or not frozenset(headings) >= _SIGNATURE:
        return None
    return Shape(
        first=1,
        width=len(sheet.grid.rows[0].cells),
        dates=0,
        columns=tuple(Column(at, cells[at], name) for at, name in enumerate(ids, 1)),
        styles=("iso", "month"),
        local_numbers=True,
        evidence=0.9,
        saw=header_of(cells),
        sentinels=frozenset({"0", "0.0", "0.00"}),
        doubts=(_ZEROS,),
    )
