"""Stooq daily bars: `Date,Open,High,Low,Close[,Volume]`, or `<TICKER>,<PER>,<DATE>,…` in bulk files.

The header of single files is also that of other vendors; Stooq's prices are adjusted for dividends, so
they are a dataset of their own. Bulk files name the ticker (`SPY.US`) in every row.
"""

from __future__ import annotations

import re

from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.ohlcv import NO_INSTRUMENT
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_SINGLE = ("Date", "Open", "High", "Low", "Close")
_BULK = (
    *("<TICKER>", "<PER>", "<DATE>", "<TIME>", "<OPEN>", "<HIGH>", "<LOW>", "<CLOSE>", "<VOL>"),
    "<OPENINT>",
)
_ROLES = ("OPEN", "HIGH", "LOW", "", "VOLUME")
_ADJUSTED = Label("Stooq adjusts prices for dividends.", "Stooq的價格已還原股息。")
_MARKET = re.compile(r"\.[A-Z]{2}$")


@recogniser("stooq", Label("Stooq daily prices", "Stooq每日行情"), file_name=r"[a-z0-9]+(?:_[a-z]{2})?_d\.csv")
def look(sheet: Sheet) -> Shape | None:
    """One of the two exact headers."""
    header = sheet.grid.rows[0].cells
    if header == _BULK:
        return _bulk(sheet)
    if header[:5] != _SINGLE or header[5:] not in {(), ("Volume",)}:
        return None
    return Shape(
        first=1,
        width=len(header),
        dates=0,
        columns=tuple(Column(at, header[at], None, _ROLES[at - 1]) for at in range(1, len(header))),
        styles=("iso",),
        evidence=0.4,
        saw=header_of(header),
        cap=0.75,
        doubts=(NO_INSTRUMENT, _ADJUSTED),
    )


def _bulk(sheet: Sheet) -> Shape | None:
    rows = sheet.grid.rows[1:]
    tickers = {_MARKET.sub("", row.cells[0].upper()) for row in rows}
    if len(tickers) != 1 or {row.cells[1] for row in rows if len(row.cells) > 1} != {"D"}:
        return None
    ticker = tickers.pop()
    return Shape(
        first=1,
        width=len(_BULK),
        dates=2,
        columns=tuple(Column(at, _BULK[at], ticker, role) for at, role in enumerate(_ROLES, 4)),
        styles=("compact",),
        evidence=0.9,
        saw=header_of(_BULK),
        doubts=(_ADJUSTED,),
    )
