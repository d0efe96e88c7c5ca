"""The older layout of Cboe's delayed quotes, laid out like the newer one.

`Calls,Last Sale,Net,Bid,Ask,Vol,Open Int,Puts,…` without expiry and strike of their own: both stand in cells such
as `18 Jan 24.00 (XYZ1819A24)`. A letter behind the symbol (`-E`) marks the quote of one exchange alone; the row
without one is the best of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.data.chains.occ_symbol import OptionSymbol, read_old_symbol
from briefing.data.reading.grid import Grid, Row
from briefing.data.reading.number_text import read_number

_HALF = ("last sale", "net", "bid", "ask", "vol", "open int")
_HEADER = ("calls", *_HALF, "puts", *_HALF)
_PUTS = 7
_IN_BRACKETS = re.compile(r".*\(([^()]+)\)")


def laid_out_anew(grid: Grid) -> tuple[Grid, int] | None:
    """The table in the newer layout and how many rows of single exchanges it lacks; None for another layout."""
    at = next((at for at, row in enumerate(grid.head()) if _heads(row)), None)
    if at is None:
        return None
    row = grid.rows[at]
    rows = grid.rows[at + 1 :]
    kept = [row for row in rows if not _of_one_exchange(row)]
    header = ("Expiration Date", "Calls", *row.cells[1:_PUTS], "Strike", "Puts", *row.cells[_PUTS + 1 : 2 * _PUTS])
    laid = (*_preamble(grid.rows[:at]), Row(row.line, header), *(_row(one) for one in kept))
    return replace(grid, rows=laid, sheet=False), len(rows) - len(kept)


def _heads(row: Row) -> bool:
    return tuple(cell.lower() for cell in row.cells[: len(_HEADER)]) == _HEADER


def _preamble(rows: Sequence[Row]) -> Iterator[Row]:
    """Name and price, date and quotes, with the words that the newer layout has before them."""
    for row in rows:
        if "@" in row.cells[0]:
            yield Row(row.line, (f"Date: {row.cells[0]}", *row.cells[1:]))
        else:
            price = next((at for at, cell in enumerate(row.cells) if read_number(cell) is not None), None)
            cells = (f"Last: {cell}" if at == price else cell for at, cell in enumerate(row.cells))
            yield Row(row.line, tuple(cells))


def _row(row: Row) -> Row:
    """A row with expiry and strike of its own; one that is too short or has no symbols stays as it is."""
    cells = row.cells
    call, put = (_symbol(cells[at]) if len(cells) > at else None for at in (0, _PUTS))
    if call is None or put is None:
        return row
    first, second = cells[1:_PUTS], cells[_PUTS + 1 : 2 * _PUTS]
    return Row(row.line, (call.expiry.isoformat(), call.text, *first, f"{call.strike:g}", put.text, *second))


def _of_one_exchange(row: Row) -> bool:
    symbol = _symbol(row.cells[0])
    return symbol is not None and bool(symbol.exchange)


def _symbol(cell: str) -> OptionSymbol | None:
    match = _IN_BRACKETS.fullmatch(cell)
    return read_old_symbol(match[1]) if match else None
