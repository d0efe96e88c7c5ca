"""Daily prices with the symbol in every row: one contract a file, or many instruments in one.

`Date,Open,High,Low,Close,Volume,OpenInterest,Symbol`, or settlements of many contracts of one day. The
symbol is the id. Columns that repeat the month and year of a contract are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from briefing.data.reading.blank_columns import named_cells
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.ohlcv import ADJUSTMENT
from briefing.data.sources.registry import recogniser
from briefing.series import Kind
from briefing.text import Label

_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "open": "OPEN",
        "high": "HIGH",
        "low": "LOW",
        "close": "",
        "settle": "",
        "close_price": "",
        "settlement": "",
        "settlement_price": "",
        "adj close": "ADJ",
        "adj_close": "ADJ",
        "volume": "VOLUME",
        "openinterest": "OI",
        "open interest": "OI",
        "open_interest": "OI",
    }
)
_DATES = ("date", "as_of_date", "trade_date", "trading_date")
_SYMBOLS = ("symbol", "contract", "contract_symbol", "instrument")
_UNREAD = ("contract_month", "contract_year")
_UNPUBLISHED = Label(
    "An open interest of zero on the last day may mean that it was not yet published.",
    "最後一日未平倉量為零可能表示尚未公布。",
)


@recogniser("ohlcv_long", Label("Daily prices with a symbol in each row", "每列附代碼的每日行情"))
def look(sheet: Sheet) -> Shape | None:
    """One date, one symbol, one close, and nothing but prices, volume and open interest."""
    cells = named_cells(sheet.grid, 0)
    headings = [cell.lower() for cell in cells]
    dates = [at for at, heading in enumerate(headings) if heading in _DATES]
    symbols = [at for at, heading in enumerate(headings) if heading in _SYMBOLS]
    if len(dates) != 1 or len(symbols) != 1 or len(sheet.grid.rows) < 2:
        return None
    passed = {*dates, *symbols, *(at for at, heading in enumerate(headings) if heading in _UNREAD)}
    wanted = [(at, _ROLES.get(heading)) for at, heading in enumerate(headings) if at not in passed]
    roles = [role for _, role in wanted]
    if "" not in roles or None in roles or len(set(roles)) < len(roles):
        return None
    sure = not _can_be_adjusted(sheet, symbols[0])
    doubts = (*(() if sure else (ADJUSTMENT,)), *((_UNPUBLISHED,) if "OI" in roles else ()))
    return Shape(
        first=1,
        width=len(sheet.grid.rows[0].cells),
        dates=dates[0],
        columns=tuple(Column(at, cells[at], role=role or "") for at, role in wanted),
        styles=("iso", "instant", "mdy", "compact"),
        local_numbers=True,
        evidence=0.9 if sure else 0.5,
        saw=header_of(cells),
        cap=1.0 if sure else 0.7,
        names=lambda row: row[symbols[0]].upper(),
        doubts=doubts,
    )


def _can_be_adjusted(sheet: Sheet, symbol: int) -> bool:
    """Whether dividends can matter: not for a contract that the catalogue has as anything but a price."""
    row = sheet.grid.rows[1].cells
    entry = sheet.catalogue.entry(row[symbol].upper()) if symbol < len(row) else None
    return entry is None or entry.kind is Kind.PRICE
