"""Cboe delayed quotes of an option chain: name and last price, date line, then calls, strike and puts in one row.

Calls and puts have the same headings, so cells are read by their place. The preamble is free text: names and
volumes hold commas, with or without quotes around them. The date line is spelt as the browser likes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from briefing.data.chains.building import Head, build_chain, joined
from briefing.data.chains.cboe_classic import laid_out_anew
from briefing.data.chains.cleaning import cleaned
from briefing.data.chains.columns import Columns, columns_in
from briefing.data.chains.occ_symbol import read_symbol
from briefing.data.chains.quoted_at import quoted_at
from briefing.data.chains.reading import ChainReading, ChainShape, Dropped
from briefing.data.chains.underlying import underlying_of
from briefing.data.intake.choices import Choices
from briefing.data.reading.grid import Grid, Row
from briefing.data.reading.number_text import read_number
from briefing.data.reading.shape import Column, Shape, Sheet
from briefing.data.sources.registry import recogniser
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

NAME = "cboe_chain"
STYLES = ("weekday", "iso", "mdy")
_FIELDS = {
    "last sale": "last",
    "bid": "bid",
    "ask": "ask",
    "volume": "volume",
    "vol": "volume",
    "iv": "iv",
    "delta": "delta",
    "gamma": "gamma",
    "open interest": "open_interest",
    "open int": "open_interest",
}
_DATE = re.compile(r"date:\s*(.*)", re.IGNORECASE)
_LAST = re.compile(r"last:\s*(.*)", re.IGNORECASE)
_END_OF_DATE = re.compile(r"(?:bid|ask|size|volume|vol|last|change)(?::.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Half:
    """The columns of the calls or the puts: where the symbol stands, and each known field."""

    symbol: int
    fields: dict[str, int]


@recogniser(
    NAME,
    Label("Cboe delayed option chain", "Cboe延遲報價選擇權鏈"),
    file_name=r"(?:.*_)?(?:\w+_)?quotedata.*\.(?:csv|dat)",
)
def look(sheet: Sheet) -> Shape | None:
    """Expiration date, calls, strike, puts in this order, the same headings on both sides; or the older layout."""
    found = _header(sheet.grid)
    if found is not None:
        return _shape(sheet.grid, found, 0)
    older = laid_out_anew(sheet.grid)
    found = _header(older[0]) if older else None
    if older is None or found is None:
        return None
    return replace(_shape(older[0], found, older[1]), grid=older[0])


def _header(grid: Grid) -> int | None:
    for at, row in enumerate(grid.head()):
        header = {cell.lower() for cell in row.cells}
        if row.cells[0].lower() == "expiration date" and {"calls", "strike", "puts"} <= header:
            return at
    return None


def _shape(grid: Grid, at: int, of_one_exchange: int) -> ChainShape:
    cells = grid.rows[at].cells
    header = tuple(cell.lower() for cell in cells)
    width = max(n for n, cell in enumerate(cells, start=1) if cell)
    values = [n for n in range(width) if header[n] in _FIELDS or header[n] == "strike"]
    return ChainShape(
        first=at + 1,
        width=width,
        dates=0,
        columns=tuple(Column(n, cells[n], cells[n]) for n in values),
        styles=STYLES,
        evidence=0.6,
        saw=Label(f"Calls, strike and puts side by side, {width} columns", f"買權、履約價、賣權並列，共{width}欄"),
        read=partial(_read, of_one_exchange=of_one_exchange),
    )


def _read(sheet: Sheet, shape: ChainShape, choices: Choices, *, of_one_exchange: int) -> ChainReading:
    """The one chain of the file. Raises `Refused` when it does not say its session or its price."""
    grid, header = sheet.grid, sheet.grid.rows[shape.first - 1]
    preamble = grid.rows[: shape.first - 1]
    cells = columns_in(grid.rows[shape.first :], shape.width)
    names = tuple(cell.lower() for cell in header.cells)
    calls, puts = _half(names, "calls", "strike"), _half(names, "puts", None)
    expiries = cells.days(0, header.cells[0], STYLES)
    strikes = cells.numbers(names.index("strike"), "Strike")
    roots: list[str] = []
    parts = []
    for half, cp in ((calls, "C"), (puts, "P")):
        roots += _roots(cells, half, cp, expiries, strikes)
        parts.append(_columns(cells, half, cp) | {"expiry": expiries, "strike": strikes})
    if cells.faults or not cells.rows:
        return ChainReading((), tuple(cells.faults), len(grid.rows) - shape.first, 0)
    root = underlying_of(grid, roots, cells.rows[0].line)
    when = quoted_at(grid, _date_line(preamble), expiries, choices, root)
    head = Head(
        root=root,
        quote_date=when.session,
        clock="delayed",
        vendor="cboe",
        quote_time=when.instant,
        spot=_spot(grid.title, preamble),
    )
    chain = build_chain(head, roots, joined(*parts))
    count = len(cells.rows)
    left_out = {Dropped.ONE_EXCHANGE: 2 * of_one_exchange}
    read = replace(cleaned(chain, left_out), notes=when.notes)
    return ChainReading((read,), (), count + of_one_exchange, count)


def _half(names: tuple[str, ...], first: str, last: str | None) -> _Half:
    start = names.index(first)
    end = names.index(last, start) if last else len(names)
    return _Half(start, {_FIELDS[names[n]]: n for n in range(start + 1, end) if names[n] in _FIELDS})


def _columns(cells: Columns, half: _Half, cp: str) -> dict[str, NDArray[np.generic]]:
    side = {"C": "call", "P": "put"}[cp]
    out: dict[str, NDArray[np.generic]] = {
        name: cells.numbers(half.fields.get(name), f"{side} {name}") for name in dict.fromkeys(_FIELDS.values())
    }
    out["cp"] = np.full(len(cells.rows), cp)
    out["lines"] = cells.lines
    out["occ_symbol"] = np.asarray(cells.texts(half.symbol), dtype=np.str_)
    return out


def _roots(
    cells: Columns, half: _Half, cp: str, expiries: NDArray[np.datetime64], strikes: NDArray[np.float64]
) -> list[str]:
    """The root in each symbol; a symbol that contradicts its row is a fault."""
    heading = {"C": "Calls", "P": "Puts"}[cp]
    out = []
    for row, expiry, strike in zip(cells.rows, expiries.tolist(), strikes.tolist(), strict=True):
        text = row.cells[half.symbol]
        symbol = read_symbol(text)
        if symbol is None:
            cells.add(
                row.line, heading, Label(f"“{text[:40]}” is not an option symbol", f"「{text[:40]}」不是選擇權代碼")
            )
        elif (symbol.expiry, symbol.cp, symbol.strike) != (expiry, cp, strike):
            cells.add(
                row.line,
                heading,
                Label(f"{text} is not the contract of this row", f"{text}與該列的到期日、履約價或買賣權不符"),
            )
        out.append(symbol.root if symbol else "")
    return out


def _date_line(preamble: Sequence[Row]) -> tuple[str, Row] | None:
    """The text behind “Date:”, put together again where its own commas have cut it, and its row."""
    for row in preamble:
        match = _DATE.fullmatch(row.cells[0])
        if match is None:
            continue
        parts = [match[1]]
        for cell in row.cells[1:]:
            if _END_OF_DATE.fullmatch(cell):
                break
            parts.append(cell)
        return ", ".join(part for part in parts if part), row
    return None


def _spot(title: str, preamble: Sequence[Row]) -> float:
    """The number behind “Last:”; the name before it may hold commas."""
    for row in preamble:
        for cell in row.cells:
            match = _LAST.fullmatch(cell)
            value = read_number(match[1].strip()) if match else None
            if value is not None and value > 0:
                return value
    raise Refused(_no_spot(title, preamble))


def _no_spot(title: str, preamble: Sequence[Row]) -> Problem:
    line = preamble[0].line if preamble else 1
    return error(
        "chain.no_spot",
        Place(file=title, row=line),
        Label(
            f"{title}, line {line}: no price of the underlying (“Last: …”) stands above the table.",
            f"{title}第{line}行：表格上方沒有標的價格（「Last: …」）。",
        ),
        Label("Download the quotes again and keep their first lines.", "請重新下載報價，並保留開頭幾行。"),
    )
