"""A table of metrics: a row for each series, a column for each metric with its window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from briefing import numbers
from briefing.blocks.caveats import NOTHING, caveats, joined
from briefing.blocks.context import Context, Plain, Resolved
from briefing.blocks.prose import resolve_text, resolve_words
from briefing.blocks.registry import authored, block_type, resolve, setting
from briefing.charts.spec import Range
from briefing.charts.svg import spark
from briefing.charts.words import source_line
from briefing.metrics.registry import METRICS, Value, evaluate
from briefing.metrics.windows import over, spelled, window
from briefing.note import Block
from briefing.numbers import MINUS
from briefing.problems import Place, Problem, Refused, error
from briefing.reference import Reference, parse_reference
from briefing.series import Series
from briefing.text import Label, Text, side_of

SPARK_SIZE = (18.0, 4.0)
"""Width and height of a sparkline, in millimetres."""


@block_type(
    "metric_table",
    Label("Metric table", "指標表"),
    Label("Series by metrics, recomputed from the data.", "以序列與指標構成、隨資料重新計算的表格。"),
)
@dataclass(frozen=True, kw_only=True)
class MetricTable(Block):
    """Rows of series ids (`UST10Y`, or `UST2Y,UST10Y` for a metric of two) and columns `metric[.window][|form]`.

    `spark` is the range of the sparkline column, or empty for none.
    """

    title: Text = authored(Label("Title", "標題"))
    rows: tuple[str, ...] = setting(Label("Series", "序列"), default=())
    columns: tuple[str, ...] = setting(Label("Metrics", "指標"), default=("last", "change.1d"))
    spark: Range | Literal[""] = setting(Label("Sparkline", "走勢小圖"), default="")
    note: Text = authored(Label("Note under the table", "表下附註"))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A computed cell; `value` is None where the reference itself is at fault."""

    ref: str
    value: Value | None


@resolve.register
def _(block: MetricTable, context: Context) -> Resolved:
    problems: list[Problem] = []
    if not block.rows:
        problems.append(_no_rows(block.id))
    cells = [[_cell(row, column, block.id, context, problems) for column in block.columns] for row in block.rows]
    inputs = [_inputs(row, context) for row in block.rows]
    columns = [_column(column, [row[at].value for row in cells], context) for at, column in enumerate(block.columns)]
    if block.spark:
        columns.append({"head": _sides(_range_head(block.spark), context), "kind": "spark"})
    title, in_title = resolve_text(block.title, context, block.id, "title")
    own = source_line([one for row in inputs for one in row], context.source.as_of)
    words = Text(block.note.en.strip() or own.en, block.note.zh.strip() or own.zh)
    note, in_note = resolve_words(words, context, block.id, "note")
    rows: list[Plain] = [
        {
            "head": _sides(_row_head(name, row), context),
            "remarks": _remarks(told, context),
            "cells": [*(_plain(cell, context) for cell in told), *_spark_cells(row, block.spark, context)],
        }
        for name, row, told in zip(block.rows, inputs, cells, strict=True)
    ]
    view: dict[str, Plain] = {"type": "metric_table", "id": block.id, "title": title, "note": note}
    return Resolved(view | {"columns": [*columns], "rows": rows}, (*_unique(problems), *in_title, *in_note))


def _cell(row: str, column: str, block_id: str, context: Context, problems: list[Problem]) -> _Cell:
    place = Place(block=block_id, field="rows", column=row)
    text = f"{row}.{column}"
    try:
        reference = parse_reference(text, replace(place, field="columns", column=column))
    except Refused as refused:
        problems += refused.problems
        return _Cell(text, None)
    value = evaluate(reference, context.source)
    context.tell(value.doubts)
    problems += (replace(problem, place=place) for problem in value.problems)
    return _Cell(reference.text, value)


def _plain(cell: _Cell, context: Context) -> Plain:
    value = cell.value
    missing = value is None or value.value is None
    words = numbers.MISSING if value is None else Label(value.short.en, value.short.zh)
    return {
        "text": _sides(words, context),
        "tone": 0 if value is None or missing else _tone(value),
        "caveat": _sides(joined(caveats(value)), context),
        "missing": missing,
        "ref": cell.ref,
        "svg": "",
    }


def _remarks(cells: Iterable[_Cell], context: Context) -> list[Plain]:
    """Why cells of a row are marked, each reason once."""
    return [_sides(words, context) for words in dict.fromkeys(why for cell in cells for why in caveats(cell.value))]


def _tone(value: Value) -> int:
    """The sign as printed, of metrics that have one."""
    if not METRICS[value.ref.metric].signed:
        return 0
    return -1 if value.short.en.startswith(MINUS) else int(value.short.en.startswith("+"))


def _spark_cells(series: tuple[Series, ...], spark_range: Range | Literal[""], context: Context) -> list[Plain]:
    if not spark_range:
        return []
    drawing = spark(series[0], *SPARK_SIZE, spark_range) if series else ""
    words = series[0].short if drawing else numbers.MISSING
    return [
        {
            "text": _sides(words, context),
            "tone": 0,
            "caveat": _sides(NOTHING, context),
            "missing": not drawing,
            "ref": "",
            "svg": drawing,
        }
    ]


def _column(column: str, values: Iterable[Value | None], context: Context) -> dict[str, Plain]:
    known = [value for value in values if value is not None]
    if not known or known[0].ref.metric not in METRICS:
        return {"head": _sides(Label(column, column), context), "kind": "text"}
    entry = METRICS[known[0].ref.metric]
    kind = "text" if entry.told else "number"
    return {"head": _sides(_column_head(known, context), context), "kind": kind}


def _column_head(values: list[Value], context: Context) -> Label:
    """The metric and its window: `Change, 1 day` / 「變動，1日」."""
    reference = values[0].ref
    label = METRICS[reference.metric].label
    if not reference.window:
        return label
    starts = (value.base_date or value.window_start for value in values)
    words = _window_words(reference, next((day for day in starts if day), None), context)
    return Label(f"{label.en}, {words.en}", f"{label.zh}，{words.zh}")


def _window_words(reference: Reference, start: date | None, context: Context) -> Label:
    try:
        found = window(reference.window, context.source)
    except Refused:
        return Label(reference.window, reference.window)
    if found.count:
        return spelled(found, context.source.as_of)
    return over(found, start) if start else Label(reference.window, reference.window)


def _range_head(spark_range: Range) -> Label:
    words = {"YTD": Label("Year to date", "今年以來"), "Max": Label("All history", "全部歷史")}
    if spark_range in words:
        return words[spark_range]
    return numbers.span(int(spark_range[:-1]), spark_range[-1].lower())


def _row_head(name: str, series: tuple[Series, ...]) -> Label:
    if not series:
        return Label(name, name)
    return Label("/".join(one.short.en for one in series), "／".join(one.short.zh for one in series))


def _inputs(row: str, context: Context) -> tuple[Series, ...]:
    """The series of a row; none when one is unknown, which its cells already say."""
    try:
        return tuple(context.source.series(name) for name in row.split(","))
    except Refused:
        return ()


def _sides(label: Label, context: Context) -> dict[str, Plain]:
    return {side_of(lang): label.of(lang) for lang in context.langs}


def _unique(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


def _no_rows(block_id: str) -> Problem:
    return error(
        "metric_table.empty",
        Place(block=block_id, field="rows"),
        Label("The table has no series.", "表格沒有任何序列。"),
        Label("Add series to the table, or remove it.", "請加入序列，或刪除此表格。"),
    )
