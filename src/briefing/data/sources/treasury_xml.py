"""The US Treasury's XML feeds of par yields, real yields and bill rates, unsorted, old ones with `d:Id`.

A row is one `m:properties`. `BC_10YEAR` is the par yield that FRED calls `DGS10`, `TC_10YEAR` the real
yield `DFII10`. `BC_30YEARDISPLAY` repeats other columns and fills their gaps with zeros: it is no yield.
Bill rates are the quoted ones on the bank-discount basis (`ROUND_B1_CLOSE_…`), as FRED has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_PAR = re.compile(r"BC_(?P<count>1_5|\d{1,2})(?P<unit>MONTH|YEAR)")
_REAL = re.compile(r"TC_(?P<count>\d{1,2})YEAR")
_FILLER = "BC_30YEARDISPLAY"
_BILLS: Mapping[str, str] = MappingProxyType(
    {
        "ROUND_B1_CLOSE_4WK_2": "DTB4WK",
        "ROUND_B1_CLOSE_13WK_2": "DTB3",
        "ROUND_B1_CLOSE_26WK_2": "DTB6",
        "ROUND_B1_CLOSE_52WK_2": "DTB1YR",
    }
)
_STYLES = ("instant", "iso")
_LEFT_OUT = Label(
    "Only the discount rates of 4, 13, 26 and 52 weeks are read; coupon equivalents and other terms are left out.",
    "僅讀取4、13、26、52週的貼現率；債券等值殖利率及其他期別未讀取。",
)


def look_at_feed(sheet: Sheet) -> Shape | None:
    """Par yields by the date `NEW_DATE`; None for any other table."""
    return _shape(sheet, "NEW_DATE", "BC_", _par)


@recogniser("ust_real_yields", Label("US Treasury real yields (XML)", "美國財政部實質殖利率（XML）"))
def look_at_real(sheet: Sheet) -> Shape | None:
    """Real yields by the date `NEW_DATE`."""
    return _shape(sheet, "NEW_DATE", "TC_", _real)


@recogniser("ust_bills", Label("US Treasury bill rates (XML)", "美國財政部國庫券利率（XML）"))
def look_at_bills(sheet: Sheet) -> Shape | None:
    """Bill rates by the date `INDEX_DATE`."""
    return _shape(sheet, "INDEX_DATE", "ROUND_B1_CLOSE_", _BILLS.get, (_LEFT_OUT,))


def _shape(
    sheet: Sheet, date: str, beginning: str, series: Callable[[str], str | None], doubts: tuple[Label, ...] = ()
) -> Shape | None:
    header = sheet.grid.rows[0].cells
    if sheet.grid.delimiter or date not in header or not any(name.startswith(beginning) for name in header):
        return None
    ids = [(at, name, series(name)) for at, name in enumerate(header) if name.startswith(beginning)]
    columns = tuple(Column(at, name, found) for at, name, found in ids if found)
    if not columns:
        return None
    return Shape(
        first=1,
        width=len(header),
        dates=header.index(date),
        columns=columns,
        styles=_STYLES,
        evidence=0.9,
        saw=header_of((date, *(column.heading for column in columns))),
        doubts=doubts,
    )


def _par(heading: str) -> str | None:
    """The id of a par yield; a term that is new stands for itself, so that it is asked about."""
    if heading == _FILLER:
        return None
    match = _PAR.fullmatch(heading)
    if match is None:
        return heading
    if match["count"] == "1_5":
        return "DGS6WK"
    return f"DGS{match['count']}{'MO' if match['unit'] == 'MONTH' else ''}"


def _real(heading: str) -> str:
    match = _REAL.fullmatch(heading)
    return f"DFII{match['count']}" if match else heading
