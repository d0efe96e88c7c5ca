"""Which series of the catalogue each column, or each key of a long table, stands for. What is unknown is asked."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np

from briefing.data.choices import LEFT_OUT, Choices
from briefing.data.entry import Entry
from briefing.data.file_names import ids_in_name
from briefing.data.missing import REASONS, missing_kind
from briefing.data.recognising import Candidate
from briefing.data.row_keys import row_keys, series_of
from briefing.data.sampling import fitting_places
from briefing.data.shape import Column, Sheet
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Named:
    """The entries by column or by the name of `series_of`, and what a person decided on headings of this table."""

    columns: Mapping[int, Entry]
    series: Mapping[str, Entry]
    decided: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A heading, or a key in a row, that stands for no series: where it is, and which id was looked for."""

    line: int
    heading: str
    series: str


def named(sheet: Sheet, chosen: Candidate, choices: Choices, *, certain: bool) -> Named:
    """The entries of everything that is to be read. Raises `Refused` with one question a heading.

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
    if base is None and any(column.series is None for column in open_ones):
        raise Refused(_nameless(sheet, chosen))
    if choices.as_id and len([column for column in open_ones if not column.role]) > 1:
        raise Refused(_several(grid.title, choices.as_id))
    line = grid.rows[max(shape.first - 1, 0)].line
    found, unknown = {}, []
    for column in wanted:
        own = base if choices.as_id or column.series is None else column.series
        series = choices.columns.get(column.heading, own or "")
        entry = _entry(sheet, series, column)
        if entry is None:
            unknown.append(Unknown(line, column.heading, series))
        else:
            found[column.index] = entry
    _refuse(grid.title, sheet, unknown, nothing=not wanted)
    headings = {column.heading for column in shape.columns}
    return Named(found, {}, {heading: word for heading, word in choices.columns.items() if heading in headings})


def _long(sheet: Sheet, chosen: Candidate, choices: Choices) -> Named:
    shape, grid = chosen.shape, sheet.grid
    places = fitting_places(grid, shape)
    keyed = row_keys(grid, shape, places)
    found, unknown, decided = {}, [], {}
    for at, key in enumerate(keyed.keys):
        for column in shape.columns:
            name = f"{key}_{column.series}" if column.series else key
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
    _refuse(grid.title, sheet, unknown, nothing=bool(decided) and not found and not unknown)
    return Named({}, found, decided)


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


def _refuse(title: str, sheet: Sheet, unknown: Iterable[Unknown], *, nothing: bool) -> None:
    if nothing:
        raise Refused(_nothing(title))
    asked = tuple(dict.fromkeys(unknown))
    if asked:
        more = len(asked) - _SHOWN
        raise Refused(
            *(_unknown(title, sheet, one) for one in asked[:_SHOWN]), *([_many(title, more)] if more > 0 else [])
        )


def _unknown(title: str, sheet: Sheet, one: Unknown) -> Problem:
    file = sheet.grid.name
    kind = missing_kind(one.heading)
    if kind is not None and kind in REASONS:
        return _refused_by_vendor(title, file, one, REASONS[kind])
    near = [entry.series_id for entry in sheet.catalogue.search(one.series, "en")[:3]] if one.series else []
    example = near[0] if near else "ID"
    alike_en = f" Known ids like it: {', '.join(near)}." if near else ""
    alike_zh = f"相近的代碼：{'、'.join(near)}。" if near else ""
    map_it, drop_it = (shlex.quote(f"{one.heading}={word}") for word in (example, ""))
    return error(
        "import.unknown_series",
        Place(file=title, row=one.line, column=one.heading),
        Label(
            f"{title}, line {one.line}, column {one.heading}: the catalogue has no series {one.series}.{alike_en}",
            f"{title}第{one.line}行，{one.heading}欄：目錄中沒有序列{one.series}。{alike_zh}",
        ),
        Label(
            f"Name its series: briefing import {shlex.quote(file)} --column {map_it}; or leave it out: --column {drop_it}; "
            "or add the series to the workspace's catalogue.toml.",
            f"請指定序列：briefing import {shlex.quote(file)} --column {map_it}；或略過此欄：--column {drop_it}；"
            "或在工作區的catalogue.toml登錄此序列。",
        ),
    )


def _refused_by_vendor(title: str, file: str, one: Unknown, reason: Label) -> Problem:
    """An error word where the heading should be."""
    drop_it = shlex.quote(f"{one.heading}=")
    return error(
        "import.error_word",
        Place(file=title, row=one.line, column=one.heading),
        Label(
            f"{title}, line {one.line}, column {one.heading}: {reason.en}.",
            f"{title}第{one.line}行，{one.heading}欄：{reason.zh}。",
        ),
        Label(
            f"Mend the request and export the file again, or leave the column out: briefing import {shlex.quote(file)} --column {drop_it}",
            f"請修正查詢後重新匯出，或略過此欄：briefing import {shlex.quote(file)} --column {drop_it}",
        ),
    )


def _many(title: str, more: int) -> Problem:
    return error(
        "import.unknown_series",
        Place(file=title),
        Label(
            f"{title}: {more:,} more columns stand for series that the catalogue does not have.",
            f"{title}：另有{more:,}欄的序列不在目錄中。",
        ),
        Label(
            "Add them to the workspace's catalogue.toml, or see whether this is the right format.",
            "請登錄於工作區的catalogue.toml，或確認格式是否正確。",
        ),
    )


def _nothing(title: str) -> Problem:
    return error(
        "import.nothing_left",
        Place(file=title),
        Label(f"{title}: every column has been left out.", f"{title}：所有欄位都已略過。"),
        Label(
            "Name a series for at least one of them: --column “HEADING=ID”.",
            "請至少為一欄指定序列：--column「標題=代碼」。",
        ),
    )


def _nameless(sheet: Sheet, chosen: Candidate) -> Problem:
    grid, source = sheet.grid, chosen.recogniser.name
    known = ids_in_name(grid.name, sheet.catalogue)
    example = known[0] if known else "ID"
    listed_en = f" The file's name suggests {', '.join(known)}." if known else ""
    listed_zh = f"檔名可能指{'、'.join(known)}。" if known else ""
    command = f"briefing import {shlex.quote(grid.name)} --source {source} --as {example}"
    return error(
        "import.nameless",
        Place(file=grid.title, row=grid.rows[0].line),
        Label(
            f"{grid.title}, line {grid.rows[0].line}: the file does not say which series it holds.{listed_en}",
            f"{grid.title}第{grid.rows[0].line}行：檔案未註明是哪個序列。{listed_zh}",
        ),
        Label(f"Name it: {command}", f"請指定：{command}"),
    )


def _several(title: str, as_id: str) -> Problem:
    return error(
        "import.several",
        Place(file=title),
        Label(
            f"{title} holds several series; {as_id} can name only one.", f"{title}含有多個序列，{as_id}只能指定一個。"
        ),
        Label("Import it without --as.", "請不要使用--as。"),
    )
