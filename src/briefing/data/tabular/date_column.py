"""Which column of a table holds its dates, and where they begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.data.reading.grid import Row
from briefing.data.tabular.date_forms import looks_dated, looks_numbered, looks_serial
from briefing.data.tabular.words import DATE_WORDS, is_numeric, is_value

_SHARE = 0.6
_FORMS = (looks_dated, looks_numbered, looks_serial)
"""From what can only be a date to what is one only below a heading that says so."""


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of dates: its place, the first row that has one beside values, and the last one looked at."""

    index: int
    first: int
    last: int


def date_columns(rows: Sequence[Row]) -> tuple[DateColumn, ...]:
    """The columns of dates among the first rows of a table, from the left; those of plain numbers only if no other."""
    for looks in _FORMS:
        width = max(len(row.cells) for row in rows)
        found = tuple(column for at in range(width) if (column := _column(rows, at, looks)))
        if found:
            return found if looks is looks_dated else found[:1]
    return ()


def first_dated(rows: Sequence[Row], at: int) -> int | None:
    """The first row that is one of data, with its date in a column that the format fixes; None when there is none."""
    for looks in _FORMS:
        column = _column(rows, at, looks)
        if column is not None:
            first = column.first
            while first and _is_broken_date(rows[first - 1], at) and _is_data_without_date(rows[first - 1], at):
                first -= 1
            return first
    return None


def _is_broken_date(row: Row, at: int) -> bool:
    """Whether a cell in the column of dates is no label: blank, or with a digit in it."""
    return not row.cells[at] or any(sign.isdigit() for sign in row.cells[at])


def _column(rows: Sequence[Row], at: int, looks: Callable[[str], bool]) -> DateColumn | None:
    dated = [place for place, row in enumerate(rows) if len(row.cells) > at and looks(row.cells[at])]
    if not dated:
        return None
    headed = max((place for place, row in enumerate(rows) if _is_heading(row, at)), default=-1)
    above = any(place < headed and _has_numbers(rows[place], at) for place in dated)
    beside = [place for place in dated if _has_values(rows[place], at) and (above or place > headed)]
    if not beside or (looks is looks_serial and headed < 0):
        return None
    first, last = beside[0], beside[-1]
    inside = sum(first <= place <= last for place in dated)
    enough = _SHARE if looks is looks_dated else 1.0
    return DateColumn(at, first, last) if inside >= enough * (last - first + 1) else None


def _is_heading(row: Row, at: int) -> bool:
    return len(row.cells) > at and row.cells[at].lower() in DATE_WORDS


def _has_numbers(row: Row, dates: int) -> bool:
    return any(is_numeric(cell) for at, cell in enumerate(row.cells) if at != dates)


def _has_values(row: Row, dates: int) -> bool:
    """Whether a row can be one of data: what stands beside its date has a number or a missing value in it."""
    beside = [cell for at, cell in enumerate(row.cells) if at != dates]
    return any(is_value(cell) for cell in beside)


def first_of_data(rows: Sequence[Row], column: DateColumn) -> int:
    """The first row of data: rows of numbers above the first date belong to it, to be refused one by one."""
    first = column.first
    while first and _is_data_without_date(rows[first - 1], column.index):
        first -= 1
    return first


def _is_data_without_date(row: Row, dates: int) -> bool:
    if len(row.cells) <= dates or _is_heading(row, dates) or not _has_numbers(row, dates):
        return False
    return all(is_value(cell) for at, cell in enumerate(row.cells) if at != dates)
