"""From a recognised grid to tidy rows: dates, then missing words and numbers, then series. Nothing is skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from briefing.data.entry import Entry
from briefing.data.reading.cells import Places
from briefing.data.reading.column_values import Way, column_values
from briefing.data.reading.faults import Fault, no_date, wrong_width
from briefing.data.reading.grid import Grid
from briefing.data.reading.missing import Missing
from briefing.data.reading.plans import Plan
from briefing.data.reading.row_keys import row_keys, series_of
from briefing.data.reading.series_rows import Part, series_rows
from briefing.data.reading.shape import Column, Shape
from briefing.data.tidy import Flag, Lines, Tidy, tidy_of
from briefing.series import Dates

if TYPE_CHECKING:
    import pyarrow as pa

_LISTED = 1000


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Reading:
    """What was read of a table.

    `faults` are the cells and rows that do not fit, by line, the first thousand; with any the rows are
    incomplete. `rows_kept` are the rows with at least one value, `rows_refused` those with a fault,
    `rows_passed` those of series that are not wanted. `missing` counts values by kind, `markers` by the
    word that the file has for them; `merged` counts equal values of one day. `headings` are the headings
    of the series in the file.
    """

    rows: Tidy
    faults: tuple[Fault, ...]
    rows_read: int
    rows_kept: int
    rows_refused: int
    rows_passed: int
    missing: Mapping[Missing, int]
    markers: Mapping[str, int]
    merged: int
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """A column of values of one series, and which of the table's rows belong to it."""

    entry: Entry
    column: Column
    rows: Places


@dataclass(slots=True, eq=False)
class _Table:
    """The rows of data that have the right width, and what is found while they are read."""

    grid: Grid
    plan: Plan
    places: Places
    lines: Lines
    kept: NDArray[np.bool_]
    wanted: NDArray[np.bool_]
    days: dict[tuple[int, str], Dates] = field(default_factory=dict)
    blamed: dict[int, NDArray[np.bool_]] = field(default_factory=dict)
    parts: dict[str, tuple[Entry, list[Part]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    markers: Counter[str] = field(default_factory=Counter)

    def blame(self, faults: Sequence[Fault]) -> None:
        """Keep some faults, the first ones of them, and every line that has any."""
        self.refused.update(fault.line for fault in faults)
        self.faults += faults[:_LISTED]


def read_rows(grid: Grid, plan: Plan) -> Reading:
    """Read every row below the header. Faults are collected; the rows are then incomplete."""
    places = plan.shape.places(grid)
    table = _table(grid, plan, places)
    for batch in _long(table) if plan.shape.names is not None else _wide(table):
        _read(table, batch)
    merged = [series_rows(entry, parts) for entry, parts in table.parts.values()]
    for series in merged:
        table.blame(series.faults)
    rows = tidy_of(series.rows for series in merged)
    return Reading(
        rows=rows,
        faults=tuple(sorted(table.faults, key=lambda fault: fault.line)[:_LISTED]),
        rows_read=len(places),
        rows_kept=int(table.kept.sum()),
        rows_refused=len(table.refused),
        rows_passed=int((~table.wanted).sum()),
        missing=_missing(rows),
        markers=dict(table.markers),
        merged=sum(series.merged for series in merged),
        headings={name: parts[0].heading for name, (_, parts) in table.parts.items()},
    )


def _table(grid: Grid, plan: Plan, places: Places) -> _Table:
    width = plan.shape.width
    widths, lines = grid.cells.widths(places), grid.cells.lines(places)
    fitting = widths == width
    none = np.zeros(int(fitting.sum()), dtype=bool)
    table = _Table(grid, plan, places[fitting], lines[fitting], none, none.copy())
    wrong = zip(lines[~fitting].tolist(), widths[~fitting].tolist(), strict=True)
    table.blame([Fault(line, str(min(found, width) + 1), wrong_width(found, width)) for line, found in wrong])
    return table


def _wide(table: _Table) -> Iterator[_Batch]:
    table.wanted[:] = True
    rows = np.arange(len(table.places))
    for column in table.plan.shape.columns:
        entry = table.plan.columns.get(column.index)
        if entry is not None:
            yield _Batch(entry, column, rows)


def _long(table: _Table) -> Iterator[_Batch]:
    keyed = row_keys(table.grid, table.plan.shape, table.places)
    order = np.argsort(keyed.codes, kind="stable")
    starts = np.searchsorted(keyed.codes[order], np.arange(len(keyed.keys) + 1))
    for at, key in enumerate(keyed.keys):
        rows = order[starts[at] : starts[at + 1]]
        for column in table.plan.shape.columns:
            entry = table.plan.series.get(series_of(key, column))
            if entry is not None:
                table.wanted[rows] = True
                yield _Batch(entry, column, rows)


def _read(table: _Table, batch: _Batch) -> None:
    """Add a column's values to what the table holds of their series."""
    plan, entry, column = table.plan, batch.entry, batch.column
    texts = table.grid.cells.column(column.index, table.places[batch.rows])
    rows, texts = _dated(table, batch, texts)
    read = column_values(texts, Way(entry, plan.numbers, plan.shape.sentinels))
    lines, days = table.lines[rows], _days(table, _date_column(table, column), entry.tz)[rows]
    table.kept[rows] |= np.isfinite(read.values)
    table.markers.update(read.markers)
    part = Part(column.heading, days, read.values, lines)
    if read.bad:
        bad = [(int(lines[place]), reason) for place, reason in read.bad]
        table.blame([Fault(line, table.grid.place(line, column.index, column.heading), why) for line, why in bad])
        part = _without(part, [place for place, _ in read.bad])
    _, parts = table.parts.setdefault(entry.series_id, (entry, []))
    parts.append(part)


def _without(part: Part, bad: Sequence[int]) -> Part:
    good = np.ones(len(part.values), dtype=bool)
    good[list(bad)] = False
    return Part(part.heading, part.dates[good], part.values[good], part.lines[good])


def _date_column(table: _Table, column: Column) -> int:
    return table.plan.shape.dates if column.dates is None else column.dates


def _dated(table: _Table, batch: _Batch, texts: pa.StringArray) -> tuple[Places, pa.StringArray]:
    """The rows of a batch that have a date, and their cells. Another row is a fault, told once a row."""
    import pyarrow.compute as pc

    at = _date_column(table, batch.column)
    undated = np.isnat(_days(table, at, batch.entry.tz)[batch.rows])
    if not undated.any():
        return batch.rows, texts
    blank = np.zeros(len(batch.rows), dtype=bool)
    if batch.column.dates is not None:
        dates = table.grid.cells.column(at, table.places[batch.rows])
        blank = pc.and_(pc.equal(dates, ""), pc.equal(texts, "")).to_numpy(zero_copy_only=False)
    blamed = table.blamed.setdefault(at, np.zeros(len(table.places), dtype=bool))
    fresh = batch.rows[undated & ~blank & ~blamed[batch.rows]]
    blamed[fresh] = True
    cells = table.grid.cells.column(at, table.places[fresh]).to_pylist()
    table.blame(
        [
            Fault(
                line,
                table.grid.place(line, at, str(at + 1)),
                no_date(_stripped(cell, table.plan.shape), table.plan.dates),
            )
            for line, cell in zip(table.lines[fresh].tolist(), cells, strict=True)
        ]
    )
    return batch.rows[~undated], texts.filter(~undated)


def _days(table: _Table, at: int, tz: str) -> Dates:
    """The days in a column of dates, for all rows of the table; NaT where a cell is no date."""
    if (at, tz) not in table.days:
        zone = ZoneInfo(tz) if tz else None
        coded = table.grid.cells.column(at, table.places).dictionary_encode()
        read = [table.plan.dates.read(_stripped(text, table.plan.shape), zone) for text in coded.dictionary.to_pylist()]
        known = np.array(read, dtype="datetime64[D]")
        table.days[at, tz] = known[coded.indices.to_numpy()]
    return table.days[at, tz]


def _stripped(text: str, shape: Shape) -> str:
    return text.strip(shape.strip) if shape.strip else text


def _missing(rows: Tidy) -> Mapping[Missing, int]:
    counts = {
        Missing.NOT_AVAILABLE: int((rows.flags == Flag.MISSING).sum()),
        Missing.HOLIDAY: int((rows.flags == Flag.HOLIDAY).sum()),
    }
    return {kind: count for kind, count in counts.items() if count}
