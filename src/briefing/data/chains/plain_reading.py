"""Chains out of a plain table whose columns are known by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.data.chains.building import Head, build_chain, joined
from briefing.data.chains.chain import QUOTED
from briefing.data.chains.cleaning import cleaned
from briefing.data.chains.columns import Columns, columns_in
from briefing.data.chains.grouping import by_chain
from briefing.data.chains.option_roots import option_root
from briefing.data.chains.reading import ChainReading, ChainShape, ReadChain
from briefing.data.chains.sides import SIDES
from briefing.data.chains.spot import one_spot
from briefing.data.chains.underlying import named_root
from briefing.data.intake.choices import Choices
from briefing.data.reading.grid import Grid
from briefing.problems import Place, Problem, Refused, error, info
from briefing.series import Dates
from briefing.text import Label

_ANYONE = "table"
Fields = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a table, its file, and what a person decided."""

    grid: Grid
    cells: Columns
    styles: tuple[str, ...]
    single: Fields
    choices: Choices


def read_plain(
    grid: Grid,
    shape: ChainShape,
    single: Fields,
    halves: Mapping[str, Fields],
    choices: Choices,
    vendor: str = _ANYONE,
) -> ChainReading:
    """One chain for each root and day.

    `single` has the columns of whole rows, `halves` those of calls (C) and puts (P), or one empty half
    "" when each row is one contract. Raises `Refused` with a question when root or day is not said.
    """
    cells = columns_in(grid.rows[shape.first :], shape.width)
    table = _Table(grid, cells, shape.styles, single, choices)
    shared = _shared(table)
    parts = [shared | _side(table, cp, {**single, **half}) for cp, half in halves.items()]
    count = len(grid.rows) - shape.first
    if not cells.rows:
        return ChainReading((), tuple(cells.faults), count, 0)
    roots, days = _roots(table), _days(table, shared["expiry"])
    if cells.faults:
        return ChainReading((), tuple(cells.faults), count, 0)
    whole = joined(*(part | {"option_root": roots, "quote_date": days} for part in parts))
    return ChainReading(_chains(grid, vendor, whole), (), count, count)


def _chains(grid: Grid, vendor: str, whole: dict[str, NDArray[Any]]) -> tuple[ReadChain, ...]:
    roots, days, spots = (whole.pop(name) for name in ("option_root", "quote_date", "spot"))
    underlying = np.asarray([option_root(name).underlying for name in roots.tolist()], dtype=np.str_)
    chains: list[ReadChain] = []
    timeless = (_timeless(grid),) if vendor == _ANYONE else ()
    for root, day, places in by_chain(underlying, days):
        own = {name: column[places] for name, column in whole.items()}
        spot, said = one_spot(grid, root, day, spots[places])
        head = Head(root=root, quote_date=day, clock="eod", vendor=vendor, spot=spot)
        chains.append(replace(cleaned(build_chain(head, roots[places].tolist(), own)), notes=(*said, *timeless)))
    return tuple(chains)


def _shared(table: _Table) -> dict[str, NDArray[Any]]:
    cells, single = table.cells, table.single
    return {
        "expiry": cells.days(single["expiry"], "expiry", table.styles),
        "strike": cells.numbers(single["strike"], "strike"),
        "lines": cells.lines,
        "spot": cells.numbers(single.get("spot"), "spot"),
    }


def _side(table: _Table, cp: str, fields: Fields) -> dict[str, NDArray[Any]]:
    cells = table.cells
    words = {"C": "call ", "P": "put ", "": ""}[cp]
    out: dict[str, NDArray[Any]] = {name: cells.numbers(fields.get(name), f"{words}{name}") for name in QUOTED}
    out["cp"] = np.full(len(cells.rows), cp) if cp else cells.words(fields["cp"], "type", SIDES)
    out["occ_symbol"] = np.asarray([""] * len(cells.rows) if cp else _symbols(table), dtype=np.str_)
    return out


def _symbols(table: _Table) -> list[str]:
    at = table.single.get("symbol")
    return [""] * len(table.cells.rows) if at is None else table.cells.texts(at)


def _roots(table: _Table) -> NDArray[np.str_]:
    cells, at = table.cells, table.single.get("root")
    if at is not None:
        return cells.roots(at, "root")
    if table.choices.as_id:
        return np.full(len(cells.rows), named_root(table.grid, table.choices.as_id))
    raise Refused(_nameless(table))


def _days(table: _Table, expiries: Dates) -> Dates:
    """The day of each row: its column, what the user says, or the expiry less whole days to it, if all rows agree."""
    cells, single = table.cells, table.single
    if "quote_date" in single:
        return cells.days(single["quote_date"], "date", table.styles)
    if table.choices.quote_date is not None:
        return np.full(len(cells.rows), np.datetime64(table.choices.quote_date))
    if "days" in single:
        counts = cells.numbers(single["days"], "days")
        if np.isfinite(counts).all() and not (counts % 1).any():
            days = expiries - counts.astype("timedelta64[D]")
            if len(np.unique(days)) == 1:
                found: Dates = days
                return found
    raise Refused(_dateless(table))


def _nameless(table: _Table) -> Problem:
    title, line = table.grid.title, table.grid.rows[0].line
    return error(
        "chain.nameless",
        Place(file=title, row=line),
        Label(
            f"{title}, line {line}: the file does not say what the options are on.",
            f"{title}第{line}行：檔案未註明選擇權的標的。",
        ),
        Label("Name the underlying, for example --as SPX.", "請指定標的，例如--as SPX。"),
    )


def _dateless(table: _Table) -> Problem:
    title, line = table.grid.title, table.grid.rows[0].line
    return error(
        "chain.quote_date",
        Place(file=title, row=line),
        Label(
            f"{title}, line {line}: the file does not say which day the quotes are of.",
            f"{title}第{line}行：檔案未註明報價日期。",
        ),
        Label("Name the session: --quote-date YYYY-MM-DD.", "請指定交易日：--quote-date YYYY-MM-DD。"),
    )


def _timeless(grid: Grid) -> Problem:
    return info(
        "chain.clock",
        Place(file=grid.title),
        Label(
            f"{grid.title} states no time of day; its quotes count as those of the end of the day.",
            f"{grid.title}未註明時間，報價視為收盤報價。",
        ),
        Label("Nothing needs to be done if they were saved after the close.", "若於收盤後儲存則無須處理。"),
    )
