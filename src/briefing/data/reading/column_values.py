"""One column of text as values of one series: numbers, words for missing ones, and what is neither."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from briefing.data.entry import Entry
from briefing.data.reading.cells import Places
from briefing.data.reading.faults import error_word, no_number, wrong_unit
from briefing.data.reading.missing import REASONS, Missing, missing_kind
from briefing.data.reading.number_columns import plain_numbers
from briefing.data.reading.number_text import NumberStyle, is_percent, read_number, read_thirty_seconds
from briefing.series import Values
from briefing.text import Label

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Way:
    """How the cells of a series are read: its entry, the number style, and words that only this format uses."""

    entry: Entry
    numbers: NumberStyle
    sentinels: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class ColumnValues:
    """The values of a column, shape (n,): NaN where one is missing or unreadable.

    `bad` are the places of unreadable cells with the reason of each. `markers` counts the words that
    stand for missing values.
    """

    values: Values
    bad: tuple[tuple[int, Label], ...]
    markers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a cell that is no plain number says: a number, a kind of missing value, or a reason to refuse it."""

    text: str
    value: float = float("nan")
    kind: Missing | None = None
    reason: Label | None = None


def column_values(texts: pa.StringArray, way: Way) -> ColumnValues:
    """Read trimmed cells. Every cell is a number, a word of the table of missing values, or bad."""
    values, odd = plain_numbers(texts, way.numbers)
    values, odd = _without_sentinels(texts, way, values, odd)
    if not len(odd):
        return ColumnValues(values, (), {})
    cells, which = _odd_cells(texts, odd, way)
    values[odd] = np.array([cell.value for cell in cells])[which]
    if np.isfinite(values).any():
        cells = [_as_missing(cell) for cell in cells]
    counted = zip(cells, np.bincount(which, minlength=len(cells)).tolist(), strict=True)
    markers = {cell.text: count for cell, count in counted if cell.kind is not None and cell.reason is None}
    return ColumnValues(values, tuple(_bad(cells, which, odd)), markers)


def _without_sentinels(texts: pa.StringArray, way: Way, values: Values, odd: Places) -> tuple[Values, Places]:
    """Plain numbers that this format means as missing are odd too."""
    if not way.sentinels:
        return values, odd
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pc.is_in(texts, value_set=pa.array(sorted(way.sentinels), pa.string()))
    values[words.to_numpy(zero_copy_only=False)] = np.nan
    return values, np.flatnonzero(np.isnan(values))


def _odd_cells(texts: pa.StringArray, odd: Places, way: Way) -> tuple[list[_Cell], NDArray[np.int64]]:
    """The different texts among the odd cells, read, and for each odd cell which of them it is."""
    coded = texts.take(odd).dictionary_encode()
    cells = [_cell(text, way) for text in coded.dictionary.to_pylist()]
    return cells, coded.indices.to_numpy().astype(np.int64)


def _cell(text: str, way: Way) -> _Cell:
    kind = Missing.NOT_AVAILABLE if text in way.sentinels else missing_kind(text)
    if kind is not None:
        return _Cell(text, kind=kind, reason=error_word(text, kind) if kind in REASONS else None)
    value = read_number(text, way.numbers)
    if value is None and way.entry.quote == "32nds":
        value = read_thirty_seconds(text)
    if value is None:
        return _Cell(text, reason=no_number(text))
    if is_percent(text) and way.entry.stored_unit != "%":
        return _Cell(text, reason=wrong_unit(text, way.entry))
    return _Cell(text, value)


def _as_missing(cell: _Cell) -> _Cell:
    """In a column with numbers, a field that does not apply on some days is a gap on these days."""
    return _Cell(cell.text, kind=cell.kind) if cell.kind is Missing.NOT_APPLICABLE else cell


def _bad(cells: list[_Cell], which: NDArray[np.int64], odd: Places) -> Iterator[tuple[int, Label]]:
    reasons = [cell.reason for cell in cells]
    refused = np.array([reason is not None for reason in reasons], dtype=bool)[which]
    for place, cell in zip(odd[refused].tolist(), which[refused].tolist(), strict=True):
        reason = reasons[cell]
        if reason is not None:
            yield place, reason
