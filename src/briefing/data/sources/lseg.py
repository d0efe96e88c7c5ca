"""LSEG (Refinitiv) price history: lines about the instrument, then `Exchange Date,Close,Net,%Chg,Open,Low,High,…`.

The instrument is a RIC in one of the lines above the header. Net, %Chg, Turnover and Flow follow from the
prices or count trades in money, and are not read; any other column is asked about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from briefing.data.reading.grid import Row
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.data.tabular.column_cells import is_blank
from briefing.data.tabular.data_width import data_width
from briefing.data.tabular.footer import footer_below
from briefing.text import Label

_SIGNATURE = "exchange date"
_ROLES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("close", "last", "trade price"), ""),
        "open": "OPEN",
        "high": "HIGH",
        "low": "LOW",
        "volume": "VOLUME",
    }
)
_FOLLOWING = ("net", "%chg", "% chg", "chg", "flow", "vwap", "turnover")
_STYLES = ("named", "named_yy", "iso", "serial", "instant")
_HEAD = 60
_NO_RIC = Label("The file names no instrument that the catalogue knows.", "檔案未註明目錄收錄的標的代碼。")


@recogniser("lseg", Label("LSEG price history", "LSEG歷史行情"))
def look(sheet: Sheet) -> Shape | None:
    """A header with `Exchange Date`, and prices right of it."""
    rows = sheet.grid.rows
    head = rows[:_HEAD]
    at = next((place for place, row in enumerate(head) if _SIGNATURE in map(str.lower, row.cells)), None)
    if at is None or at + 1 >= len(rows):
        return None
    dates = [cell.lower() for cell in rows[at].cells].index(_SIGNATURE)
    first = at + 1
    end = footer_below(rows, first, dates).end
    if end <= first:
        return None
    series = _instrument(sheet, head[:at])
    read, following = _columns(sheet, rows[at].cells, dates, series, range(first, end))
    if not read:
        return None
    return Shape(
        first=first,
        end=end,
        width=data_width(rows, first, end, [dates, read[-1].index]),
        dates=dates,
        columns=tuple(read),
        styles=_STYLES,
        local_numbers=True,
        evidence=0.9,
        saw=header_of(rows[at].cells),
        doubts=(*([_not_read(following)] if following else []), *(() if series else (_NO_RIC,))),
    )


def _instrument(sheet: Sheet, above: Sequence[Row]) -> str | None:
    """The series of the one RIC above the header; None when there is none, or several."""
    cells = (cell for row in above for cell in row.cells if cell)
    found = {entry.series_id for cell in cells if (entry := sheet.catalogue.coded("lseg", cell))}
    return found.pop() if len(found) == 1 else None


def _columns(
    sheet: Sheet, header: Sequence[str], dates: int, series: str | None, data: range
) -> tuple[list[Column], list[str]]:
    """The columns to read, and the headings of those that follow from them."""
    read, following = [], []
    for at, heading in enumerate(header[dates + 1 :], start=dates + 1):
        word = heading.lower()
        if word in _ROLES:
            read.append(Column(at, heading, series, _ROLES[word]))
        elif word.split(" - ")[0] in _FOLLOWING:
            following.append(heading)
        elif heading or not is_blank(sheet.grid, at, data.start, data.stop):
            read.append(Column(at, heading or str(at + 1), heading or str(at + 1)))
    return read, following


def _not_read(headings: Sequence[str]) -> Label:
    return Label(
        f"{', '.join(headings)} follow from prices and trades and are not read.",
        f"{'、'.join(headings)}由價格與成交推得，未讀取。",
    )
