"""The questions that are asked when columns, or keys of a long table, do not say which series they stand for."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.data.reading.file_names import ids_in_name
from briefing.data.reading.missing import REASONS, missing_kind
from briefing.data.reading.recognising import Candidate
from briefing.data.reading.shape import Sheet
from briefing.problems import Place, Problem, error
from briefing.text import Label

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Unknown:
    """A heading, or a key in a row, that stands for no series: where it is, and which id was looked for."""

    line: int
    heading: str
    series: str


def unknown_ones(sheet: Sheet, unknown: Iterable[Unknown]) -> Iterator[Problem]:
    """One question a heading, the first twenty, and how many more there are."""
    asked = tuple(dict.fromkeys(unknown))
    yield from (_unknown(sheet.grid.title, sheet, one) for one in asked[:_SHOWN])
    if len(asked) > _SHOWN:
        yield _many(sheet.grid.title, len(asked) - _SHOWN)


def _unknown(title: str, sheet: Sheet, one: Unknown) -> Problem:
    file = sheet.grid.name
    kind = missing_kind(one.heading)
    if kind is not None and kind in REASONS:
        return _refused_by_vendor(title, file, one, REASONS[kind])
    near = [entry.series_id for entry in sheet.catalogue.search(one.series, "en")[:3]] if one.series else []
    held = sheet.catalogue.holding(one.series, "en") if one.series else []
    example = held[0].series_id if held else "ID"
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


def nothing_left(title: str) -> Problem:
    """Every column was left out."""
    return error(
        "import.nothing_left",
        Place(file=title),
        Label(f"{title}: every column has been left out.", f"{title}：所有欄位都已略過。"),
        Label(
            "Name a series for at least one of them: --column “HEADING=ID”.",
            "請至少為一欄指定序列：--column「標題=代碼」。",
        ),
    )


def nameless(sheet: Sheet, chosen: Candidate) -> Problem:
    """The file does not say which series it holds."""
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


def several(title: str, as_id: str) -> Problem:
    """One id was given for several columns."""
    return error(
        "import.several",
        Place(file=title),
        Label(
            f"{title} holds several series; {as_id} can name only one.", f"{title}含有多個序列，{as_id}只能指定一個。"
        ),
        Label("Import it without --as.", "請不要使用--as。"),
    )
