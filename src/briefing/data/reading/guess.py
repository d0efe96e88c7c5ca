"""How a table would be read as one format: its styles, what each column stands for, the first values as read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from briefing.data.chains.answers import read_chains
from briefing.data.chains.facts import ChainFacts, facts_of
from briefing.data.chains.reading import ChainShape
from briefing.data.entry import Entry
from briefing.data.intake.choices import LEFT_OUT, Choices
from briefing.data.reading.planning import Settled, settle
from briefing.data.reading.plans import Plan
from briefing.data.reading.recognising import Candidate
from briefing.data.reading.row_keys import choice_key, row_keys, series_of
from briefing.data.reading.rows import read_rows
from briefing.data.reading.sampling import fitting_places
from briefing.data.reading.style_readings import DateReading, NumberReading, date_readings, number_readings
from briefing.data.tidy import EMPTY, Tidy
from briefing.problems import Problem, Refused
from briefing.series import as_date
from briefing.text import Label

_FIRST = 3
_ROWS = 12
_ROWS_OF_KEYS = 2000
_MOST = 500


Dated = tuple[tuple[str, float | None], ...]
"""ISO dates with numbers, None for one that is missing."""


@dataclass(frozen=True, slots=True)
class GuessedColumn:
    """A column of values, or a key of a long table. `entry` is None while its series is open.

    `index` is the column's place in the table, from 0; `key` is what `Choices.columns` calls it. `left_out` says
    that a person left it out. `texts` are its first cells, `values` the first and `last` the last of its values
    as read.
    """

    index: int
    key: str
    heading: str
    entry: Entry | None
    left_out: bool
    texts: tuple[str, ...]
    values: Dated
    last: Dated

    def as_json(self) -> dict[str, object]:
        """The printed form for the window."""
        return {
            "index": self.index,
            "key": self.key,
            "heading": self.heading,
            "series": self.entry.series_id if self.entry else None,
            "name": self.entry.name.as_json() if self.entry else None,
            "unit": self.entry.stored_unit if self.entry else None,
            "left_out": self.left_out,
            "texts": list(self.texts),
            "values": [{"date": day, "value": value} for day, value in self.values],
            "last": [{"date": day, "value": value} for day, value in self.last],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A reading. `dates` and `numbers` name the styles, "" while one is open.

    `date_choices` are the readings of the dates that fit and differ, `number_choices` those of the numbers
    when the decimal sign cannot be told. `first_line` is the first line of data, `date_columns` are the
    places of the columns of dates. A table of option chains has `chains` instead of columns.
    """

    source: str
    first_line: int
    date_columns: tuple[int, ...]
    dates: str
    date_choices: tuple[DateReading, ...]
    numbers: str
    number_choices: tuple[NumberReading, ...]
    columns: tuple[GuessedColumn, ...]
    chains: tuple[ChainFacts, ...]
    questions: tuple[Problem, ...]
    source_note: Label | None

    def as_json(self) -> dict[str, object]:
        """The printed form for the window."""
        return {
            "source": self.source,
            "first_line": self.first_line,
            "dates": self.dates,
            "date_columns": list(self.date_columns),
            "date_choices": [one.as_json() for one in self.date_choices],
            "numbers": self.numbers,
            "number_choices": [one.as_json() for one in self.number_choices],
            "columns": [column.as_json() for column in self.columns],
            "chains": [{**chain.as_json(), "sentence": chain.sentence.as_json()} for chain in self.chains],
            "source_note": self.source_note.as_json() if self.source_note else None,
        }


def guess(chosen: Candidate, choices: Choices, *, certain: bool) -> Guess:
    """The reading of a table as one format, as far as the file and the choices say it."""
    if isinstance(chosen.shape, ChainShape):
        return _chains(chosen, chosen.shape, choices)
    settled = settle(chosen, choices, certain=certain)
    shape, grid = chosen.shape, chosen.sheet.grid
    return Guess(
        source=chosen.recogniser.name,
        first_line=grid.rows[shape.first].line if shape.first < len(grid.rows) else 0,
        date_columns=tuple(sorted({shape.dates, *(one.dates for one in shape.columns if one.dates is not None)})),
        dates=settled.dates.name if settled.dates else "",
        date_choices=date_readings(grid, shape),
        numbers=settled.numbers.name if settled.numbers else "",
        number_choices=number_readings(grid, shape),
        columns=tuple(_columns(chosen, settled, choices)),
        chains=(),
        questions=(*shape.problems, *settled.questions),
        source_note=shape.source_note,
    )


def _chains(chosen: Candidate, shape: ChainShape, choices: Choices) -> Guess:
    grid = chosen.sheet.grid
    empty = Guess(
        source=chosen.recogniser.name,
        first_line=grid.rows[shape.first].line if shape.first < len(grid.rows) else 0,
        date_columns=(),
        dates="",
        date_choices=(),
        numbers="",
        number_choices=(),
        columns=(),
        chains=(),
        questions=(),
        source_note=shape.source_note,
    )
    try:
        reading = read_chains(chosen.sheet, shape, choices)
    except Refused as refusal:
        return replace(empty, questions=refusal.problems)
    return replace(empty, chains=tuple(facts_of(one) for one in reading.chains), questions=reading.notes)


def _columns(chosen: Candidate, settled: Settled, choices: Choices) -> Iterator[GuessedColumn]:
    first_values, last_values = _first_values(chosen, settled), _last_values(chosen, settled)
    if chosen.shape.names is not None:
        yield from _keys(chosen, settled, choices, first_values, last_values)
        return
    grid = chosen.sheet.grid
    first = fitting_places(grid, chosen.shape)[:_FIRST]
    for column in chosen.shape.columns[:_MOST]:
        entry = settled.names.columns.get(column.index)
        yield GuessedColumn(
            column.index,
            column.heading,
            column.heading,
            entry,
            choices.columns.get(column.heading) == LEFT_OUT,
            tuple(grid.cells.column(column.index, first).to_pylist()),
            first_values.get(entry.series_id, ()) if entry else (),
            last_values.get(entry.series_id, ()) if entry else (),
        )


def _keys(
    chosen: Candidate,
    settled: Settled,
    choices: Choices,
    first_values: Mapping[str, Dated],
    last_values: Mapping[str, Dated],
) -> Iterator[GuessedColumn]:
    """The series of a long table, in the order in which its rows name them."""
    shape, grid = chosen.shape, chosen.sheet.grid
    places = fitting_places(grid, shape)
    keyed = row_keys(grid, shape, places)
    for at, key in enumerate(keyed.keys[:_MOST]):
        first = places[np.flatnonzero(keyed.codes == at)[:_FIRST]]
        for column in shape.columns:
            entry = settled.names.series.get(series_of(key, column))
            name = choice_key(key, column)
            yield GuessedColumn(
                column.index,
                name,
                name if not column.role else f"{name}, {column.heading}",
                entry,
                choices.columns.get(name) == LEFT_OUT,
                tuple(grid.cells.column(column.index, first).to_pylist()),
                first_values.get(entry.series_id, ()) if entry else (),
                last_values.get(entry.series_id, ()) if entry else (),
            )


def _first_values(chosen: Candidate, settled: Settled) -> Mapping[str, Dated]:
    """The first values of each series, in the order of the file; none while a style is open."""
    first, end = _bounds(chosen)
    tidy = _read(chosen, settled, first, min(first + _reach(chosen), end))
    return {name: tuple(_dated(tidy, _in_order(tidy, place)[:_FIRST])) for name, place in tidy.by_series()}


def _last_values(chosen: Candidate, settled: Settled) -> Mapping[str, Dated]:
    """The last values of each series, in the order of the file; none while a style is open."""
    first, end = _bounds(chosen)
    tidy = _read(chosen, settled, max(first, end - _reach(chosen)), end)
    return {name: tuple(_dated(tidy, _in_order(tidy, place)[-_FIRST:])) for name, place in tidy.by_series()}


def _bounds(chosen: Candidate) -> tuple[int, int]:
    shape, grid = chosen.shape, chosen.sheet.grid
    return shape.first, len(grid.rows) if shape.end is None else shape.end


def _reach(chosen: Candidate) -> int:
    return _ROWS if chosen.shape.names is None else _ROWS_OF_KEYS


def _read(chosen: Candidate, settled: Settled, first: int, end: int) -> Tidy:
    if settled.dates is None or settled.numbers is None:
        return EMPTY
    plan = Plan(
        shape=replace(chosen.shape, first=first, end=end),
        dates=settled.dates,
        numbers=settled.numbers,
        columns=settled.names.columns,
        series=settled.names.series,
    )
    return read_rows(chosen.sheet.grid, plan).rows


def _in_order(rows: Tidy, place: slice) -> list[int]:
    """The rows of a series as they stand in the file."""
    order: list[int] = (np.argsort(rows.lines[place], kind="stable") + place.start).tolist()
    return order


def _dated(rows: Tidy, places: list[int]) -> Iterator[tuple[str, float | None]]:
    for at in places:
        value = float(rows.values[at])
        yield as_date(rows.dates[at]).isoformat(), None if math.isnan(value) else value
