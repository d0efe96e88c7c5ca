"""Which row above the data names the columns, and what the rows around it say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.data.reading.grid import Row
from briefing.data.tabular.unit_words import name_and_unit, unit_in
from briefing.data.tabular.words import DATE_WORDS, LEVEL_WORDS

_BYTE_ORDER_MARKS = ("\ufeff", "ï»¿", "ï..")
_FURTHEST = 8


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table's columns, "" for one without; their units, "" where none is said.

    `at` is the row they stand in, None for a table without. `strange` are the rows between them and the
    data that are neither units nor words such as “close”.
    """

    at: int | None
    headings: tuple[str, ...]
    units: tuple[str, ...]
    strange: tuple[int, ...] = ()


def header_above(rows: Sequence[Row], first: int, width: int, dates: int, known: Callable[[str], bool]) -> Header:
    """The header of the data that begin at `first`: the row with most known headings, else the nearest with words.

    `width` is the number of cells of a row of data, `dates` the column of dates; `known` says whether a
    heading is that of a series.
    """
    places = range(first - 1, max(-1, first - 1 - _FURTHEST), -1)
    named = [place for place in places if _names_columns(rows[place], dates, 2 if place == first - 1 else width)]
    if not named:
        return Header(None, ("",) * width, ("",) * width)
    at = max(named, key=lambda place: (_known(rows[place], dates, known), -abs(first - place)))
    headings, units = _parted(rows[at], width)
    strange = []
    for place in range(at + 1, first):
        said = [unit_in(cell) for cell in rows[place].cells]
        if _says_units(rows[place], dates):
            units = tuple(_at(said, column) or unit for column, unit in enumerate(units))
        elif not _says_little(rows[place]):
            strange.append(place)
    return Header(at, headings, units, tuple(strange))


def _names_columns(row: Row, dates: int, width: int) -> bool:
    """Whether a row has words over columns of values; in a wide table one word is none."""
    if _says_units(row, dates):
        return False
    beside = [cell for at, cell in enumerate(row.cells) if at != dates and cell]
    return bool(beside) and (width == 2 or len(beside) > 1 or _is_date_word(row, dates))


def _is_date_word(row: Row, dates: int) -> bool:
    return len(row.cells) > dates and row.cells[dates].lower() in DATE_WORDS


def _known(row: Row, dates: int, known: Callable[[str], bool]) -> int:
    return sum(known(name_and_unit(cell)[0]) for at, cell in enumerate(row.cells) if at != dates and cell)


def _parted(row: Row, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    cells = (*row.cells, *("",) * (width - len(row.cells)))[:width]
    parted = [name_and_unit(without_mark(cell)) for cell in cells]
    return tuple(name for name, _ in parted), tuple(unit for _, unit in parted)


def without_mark(cell: str) -> str:
    """A cell without a byte-order mark that was read as text."""
    for mark in _BYTE_ORDER_MARKS:
        cell = cell.removeprefix(mark)
    return cell.strip()


def _says_units(row: Row, dates: int) -> bool:
    """Whether a row has nothing but units, at least one, over the columns of values."""
    beside = [unit_in(cell) for at, cell in enumerate(row.cells) if at != dates and cell]
    return any(beside) and None not in beside


def _says_little(row: Row) -> bool:
    """Whether a row has only words such as “date” and “close”, and rules such as `---`."""
    return all(not cell.strip("-=:") or cell.lower() in DATE_WORDS | LEVEL_WORDS for cell in row.cells)


def _at(units: list[str | None], column: int) -> str | None:
    return units[column] if column < len(units) else None
