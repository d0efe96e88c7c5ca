"""Which series of the catalogue each column, or each key of a long table, stands for. What is unknown is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np

from briefing.data.entry import Entry
from briefing.data.intake.choices import LEFT_OUT, Choices
from briefing.data.reading.naming_questions import Unknown, nameless, nothing_left, several, unknown_ones
from briefing.data.reading.recognising import Candidate
from briefing.data.reading.row_keys import choice_key, row_keys, series_of
from briefing.data.reading.sampling import fitting_places
from briefing.data.reading.shape import Column, Sheet
from briefing.problems import Problem


@dataclass(frozen=True, slots=True)
class Named:
    """The entries by column or by the name of `series_of`, and what a person decided on headings of this table.

    What is not clear has no entry and is asked in `questions`.
    """

    columns: Mapping[int, Entry]
    series: Mapping[str, Entry]
    decided: Mapping[str, str]
    questions: tuple[Problem, ...]


def named(sheet: Sheet, chosen: Candidate, choices: Choices, *, certain: bool) -> Named:
    """The entries of everything that is to be read, with one question for each heading that is not known.

    `certain` says that a person named the format, so that a file called exactly like a series may
    stand for it.
    """
    if chosen.shape.names is not None:
        return _long(sheet, chosen, choices)
    return _wide(sheet, chosen, choices, certain=certain)


def _wide(sheet: Sheet, chosen: Candidate, choices: Choices, *, certain: bool) -> Named:
    shape, grid = chosen.shape, sheet.grid
    wanted = [column for column in shape.columns if choices.columns.get(column.heading) != LEFT_OUT]
    open_ones = [column for column in wanted if column.heading not in choices.columns]
    base = choices.as_id or _from_file_name(sheet, chosen, certain=certain)
    line = grid.rows[max(shape.first - 1, 0)].line
    found: dict[int, Entry] = {}
    unknown = []
    for column in wanted:
        own = base if choices.as_id or column.series is None else column.series
        series = choices.columns.get(column.heading, own)
        entry = _entry(sheet, series, column) if series else None
        if entry is not None:
            found[column.index] = entry
        elif series is not None:
            unknown.append(Unknown(line, column.heading, series))
    questions = [*unknown_ones(sheet, unknown)]
    if not wanted:
        questions.append(nothing_left(grid.title))
    if base is None and any(column.series is None for column in open_ones):
        questions.append(nameless(sheet, chosen))
    if choices.as_id and len([column for column in open_ones if not column.role]) > 1:
        questions.append(several(grid.title, choices.as_id))
    headings = {column.heading for column in shape.columns}
    decided = {heading: word for heading, word in choices.columns.items() if heading in headings}
    return Named(found, {}, decided, tuple(questions))


def _long(sheet: Sheet, chosen: Candidate, choices: Choices) -> Named:
    shape, grid = chosen.shape, sheet.grid
    places = fitting_places(grid, shape)
    keyed = row_keys(grid, shape, places)
    found: dict[str, Entry] = {}
    unknown, decided = [], {}
    for at, key in enumerate(keyed.keys):
        for column in shape.columns:
            name = choice_key(key, column)
            series = choices.columns.get(name, name)
            if name in choices.columns:
                decided[name] = series
                if series == LEFT_OUT:
                    continue
            entry = _entry(sheet, series, column)
            if entry is None:
                first = places[np.flatnonzero(keyed.codes == at)[:1]]
                unknown.append(Unknown(int(grid.cells.lines(first)[0]), name, series))
            else:
                found[series_of(key, column)] = entry
    questions = [*unknown_ones(sheet, unknown)]
    if decided and not found and not unknown:
        questions.append(nothing_left(grid.title))
    return Named({}, found, decided, tuple(questions))


def _entry(sheet: Sheet, series: str, column: Column) -> Entry | None:
    """The entry of an id as it is written, or in capitals; of its companion for a column with a role."""
    entry = sheet.catalogue.entry(series) or sheet.catalogue.entry(series.upper())
    if entry is None or not column.role:
        return entry
    return sheet.catalogue.entry(f"{entry.series_id}_{column.role}")


def _from_file_name(sheet: Sheet, chosen: Candidate, *, certain: bool) -> str | None:
    pattern = chosen.recogniser.file_name
    match = pattern.fullmatch(sheet.grid.name) if pattern else None
    if match is not None and "id" in match.groupdict():
        return str(match["id"])
    stem = PurePath(sheet.grid.name).stem.upper()
    return stem if certain and sheet.catalogue.entry(stem) else None
