"""Cboe DataShop end-of-day quotes, with calculations (34 columns) or without: two moments in each row.

Bid, ask, volatility and greeks are of 15:45; close, volume and the second bid and ask are of the end of the
day. They become two chains. On early closes 15:45 is blank; index products have no bid and ask of the index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.data.chains.building import Head, build_chain
from briefing.data.chains.chain import CLOCKS
from briefing.data.chains.cleaning import cleaned
from briefing.data.chains.columns import Columns, columns_in
from briefing.data.chains.grouping import by_chain
from briefing.data.chains.option_roots import option_root
from briefing.data.chains.reading import ChainReading, ChainShape, Dropped, ReadChain
from briefing.data.chains.sides import SIDES
from briefing.data.chains.spot import one_spot
from briefing.data.intake.choices import Choices
from briefing.data.reading.grid import Grid
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.problems import Place, Problem, info
from briefing.text import Label

_STYLES = ("iso", "mdy")
_OF_CONTRACT = frozenset({"expiry", "strike", "cp", "adjusted", "lines"})
_NEEDED = ("underlying_symbol", "quote_date", "root", "expiration", "strike", "option_type")
_EOD: Mapping[str, str] = MappingProxyType(
    {
        "bid": "bid_eod",
        "ask": "ask_eod",
        "last": "close",
        "volume": "trade_volume",
        "open_interest": "open_interest",
    }
)
_AT_1545: Mapping[str, str] = MappingProxyType(
    {
        "bid": "bid_1545",
        "ask": "ask_1545",
        "open_interest": "open_interest",
        "forward": "implied_underlying_price_1545",
        "iv": "implied_volatility_1545",
        "delta": "delta_1545",
        "gamma": "gamma_1545",
        "theta": "theta_1545",
        "vega": "vega_1545",
    }
)
_MOMENTS: Mapping[str, Mapping[str, str]] = MappingProxyType({"1545": _AT_1545, "eod": _EOD})


@dataclass(frozen=True, slots=True)
class _File:
    """The file by columns; `columns` has those of every contract, `prices` all numbers by their heading."""

    grid: Grid
    columns: Mapping[str, NDArray[Any]]
    prices: Mapping[str, NDArray[np.float64]]


@recogniser(
    "datashop_chain",
    Label("Cboe DataShop end-of-day options", "Cboe DataShop選擇權日資料"),
    file_name=r"UnderlyingOptionsEOD(?:Calcs|Quotes)_\d{4}-\d{2}(?:-\d{2})?\.csv(?:\.gz)?",
)
def look(sheet: Sheet) -> Shape | None:
    """Its column names, and at least one of the two pairs of bid and ask."""
    cells = sheet.grid.rows[0].cells
    header = tuple(cell.lower() for cell in cells)
    pairs = ({"bid_1545", "ask_1545"}, {"bid_eod", "ask_eod"})
    if not set(_NEEDED) <= set(header) or not any(pair <= set(header) for pair in pairs):
        return None
    return ChainShape(
        first=1,
        width=len(header),
        dates=header.index("quote_date"),
        columns=(Column(header.index("strike"), "strike", "strike"),),
        styles=_STYLES,
        evidence=0.6,
        saw=header_of(cells),
        read=read,
    )


def read(sheet: Sheet, shape: ChainShape, _choices: Choices) -> ChainReading:
    """Two chains for each underlying and day; one where a moment has no quotes."""
    grid = sheet.grid
    header = tuple(cell.lower() for cell in grid.rows[0].cells)
    cells = columns_in(grid.rows[1:], shape.width)
    names = {*_EOD.values(), *_AT_1545.values()}
    names |= {f"underlying_{side}_{clock}" for side in ("bid", "ask") for clock in _MOMENTS}
    prices = {name: cells.numbers(header.index(name) if name in header else None, name) for name in sorted(names)}
    columns = _contracts(cells, header)
    count = len(grid.rows) - 1
    if cells.faults:
        return ChainReading((), tuple(cells.faults), count, 0)
    chains: list[ReadChain] = []
    notes: list[Problem] = []
    file = _File(grid, columns, prices)
    for root, day, places in by_chain(columns["underlying"], columns["quote_date"]):
        for clock in _MOMENTS:
            chain, said = _chain(file, root, day, clock, places)
            chains += [chain] if chain else []
            notes += [said] if said else []
    return ChainReading(tuple(chains), (), count, count, tuple(notes))


def _contracts(cells: Columns, header: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    place = header.index
    roots = cells.roots(place("root"), "root")
    out: dict[str, NDArray[Any]] = {
        "underlying": cells.roots(place("underlying_symbol"), "underlying_symbol"),
        "option_root": roots,
        "quote_date": cells.days(place("quote_date"), "quote_date", _STYLES),
        "expiry": cells.days(place("expiration"), "expiration", _STYLES),
        "strike": cells.numbers(place("strike"), "strike"),
        "cp": cells.words(place("option_type"), "option_type", SIDES),
        "lines": cells.lines,
    }
    if "delivery_code" in header:
        special = [bool(text) for text in cells.texts(place("delivery_code"))]
        adjusted = [option_root(name).adjusted for name in roots.tolist()]
        out["adjusted"] = np.logical_or(special, adjusted)
    return out


def _chain(
    file: _File, root: str, day: date, clock: str, places: NDArray[np.intp]
) -> tuple[ReadChain | None, Problem | None]:
    named = _MOMENTS[clock]
    bid, ask = (file.prices[named[side]][places] for side in ("bid", "ask"))
    quoted = ~(np.isnan(bid) & np.isnan(ask))
    if not np.any(np.nan_to_num(bid) + np.nan_to_num(ask)):
        return None, _no_quotes(file.grid, root, day, clock)
    kept = places[quoted]
    own = {name: column[kept] for name, column in file.columns.items()}
    columns = {name: column for name, column in own.items() if name in _OF_CONTRACT}
    columns |= {name: file.prices[heading][kept] for name, heading in named.items()}
    pair = [file.prices[f"underlying_{side}_{clock}"][kept] for side in ("bid", "ask")]
    mid = np.where((pair[0] > 0) & (pair[1] > 0), (pair[0] + pair[1]) / 2, np.nan)
    spot, notes = one_spot(file.grid, root, day, mid)
    head = Head(root=root, quote_date=day, clock=clock, vendor="datashop", spot=spot)
    chain = build_chain(head, own["option_root"].tolist(), columns)
    return replace(cleaned(chain, {Dropped.NO_QUOTE: int((~quoted).sum())}), notes=notes), None


def _no_quotes(grid: Grid, root: str, day: date, clock: str) -> Problem:
    words = CLOCKS[clock]
    return info(
        "chain.no_quotes",
        Place(file=grid.title, column=f"bid_{clock}"),
        Label(
            f"{grid.title}: {root} has no quotes on {day} at this moment: {words.en}.",
            f"{grid.title}：{root}於{day}沒有此時點的報價：{words.zh}。",
        ),
        Label("On early closes that is so; the other moment was read.", "提早收盤日屬正常；另一時點已讀取。"),
    )
