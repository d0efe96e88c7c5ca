"""Daily prices as price vendors write them: a date, then open, high, low, close, volume in any order.

yfinance puts three header rows above (`Price,…`, `Ticker,…`, `Date,,…`) or the order close, high, low,
open, volume; some write the time and offset of midnight in New York. The ticker stands in the file only
in yfinance's three rows. Whether prices are adjusted for dividends is not in the file either.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "open": "OPEN",
        "high": "HIGH",
        "low": "LOW",
        "close": "",
        "last": "",
        "adj close": "ADJ",
        "adjusted close": "ADJ",
        "adj_close": "ADJ",
        "volume": "VOLUME",
    }
)
_DATES = ("date", "timestamp", "datetime")
_STYLES = ("iso", "instant", "compact")
NO_INSTRUMENT = Label("The file does not name its instrument.", "檔案未註明標的。")
ADJUSTMENT = Label("The file does not say whether prices are adjusted for dividends.", "檔案未註明價格是否已還原股息。")


@recogniser("ohlcv", Label("Daily prices (OHLCV)", "每日行情（開高低收量）"))
def look(sheet: Sheet) -> Shape | None:
    """A date column, a close, and only columns of prices and volume."""
    rows = sheet.grid.rows
    header = rows[0].cells
    if header[0] == "Price" and len(rows) > 2 and rows[1].cells[0] == "Ticker" and rows[2].cells[0] == "Date":
        return _three_rows(header, rows[1].cells)
    columns = _columns(header[1:])
    if header[0].lower() not in _DATES or columns is None:
        return None
    return Shape(
        first=1,
        width=len(header),
        dates=0,
        columns=columns,
        styles=_STYLES,
        evidence=0.4,
        saw=header_of(header),
        cap=0.7,
        doubts=(NO_INSTRUMENT, ADJUSTMENT),
    )


def _three_rows(header: tuple[str, ...], tickers: tuple[str, ...]) -> Shape | None:
    columns = _columns(header[1:])
    if columns is None or len(set(tickers[1:])) != 1:
        return None
    ticker = tickers[1].lstrip("^").upper()
    return Shape(
        first=3,
        width=len(header),
        dates=0,
        columns=tuple(Column(column.index, column.heading, ticker, column.role) for column in columns),
        styles=_STYLES,
        evidence=0.9,
        saw=Label(f"yfinance's three header rows for {tickers[1]}", f"yfinance三列標題，標的為{tickers[1]}"),
        doubts=(ADJUSTMENT,),
    )


def _columns(headings: tuple[str, ...]) -> tuple[Column, ...] | None:
    """The columns of prices; None unless there is one close and every heading is known."""
    roles = [ROLES.get(heading.lower()) for heading in headings]
    if None in roles or roles.count("") != 1 or len(set(roles)) != len(roles):
        return None
    return tuple(Column(at, headings[at - 1], None, role or "") for at, role in enumerate(roles, 1))
