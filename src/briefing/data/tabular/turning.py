"""Tables that lie on their side: dates across, one row a series. They are laid out anew, one row a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.data.reading.grid import Grid, Row
from briefing.data.tabular.date_forms import looks_dated, looks_numbered
from briefing.data.tabular.unit_words import unit_in
from briefing.data.tabular.words import is_numeric, is_value, source_in

_FEWEST = 3
_MOST_ROWS = 5000
_HEADER = ("date", "series", "value", "unit")


@dataclass(frozen=True, slots=True)
class _Side:
    """A header with its dates: their columns, and the columns left of them that have words."""

    header: Row
    dates: tuple[int, ...]
    words: tuple[int, ...]


def turned(grid: Grid) -> Grid | None:
    """The table with a row of date, series, value and unit for each value; None for one that does not lie on its side.

    All cells of the header from the first date on are dates, but for those of empty columns; left of them
    stand the series and perhaps its unit. Every row keeps the line it came from.
    """
    head = next((at for at, row in enumerate(grid.head()) if _dates_across(row)), None)
    if head is None or len(grid.rows) > _MOST_ROWS:
        return None
    rows = [row for row in grid.rows[head + 1 :] if not _is_note(row)]
    side = _side(grid.rows[head], rows)
    if side is None or not all(_belongs(row, side) for row in rows):
        return None
    name = _name_column(rows, side)
    if name is None:
        return None
    out = [Row(side.header.line, _HEADER)]
    for row in rows:
        unit = next((row.cells[at] for at in side.words if unit_in(row.cells[at])), "")
        out += [Row(row.line, (side.header.cells[at], row.cells[name], row.cells[at], unit)) for at in side.dates]
    return replace(grid, rows=tuple(out), sheet=False)


def _dates_across(row: Row) -> bool:
    """Whether a row has several dates and no other numbers, the first cell not being one of the dates."""
    if _looks(next(cell for cell in row.cells if cell)):
        return False
    others = [cell for cell in row.cells if cell and not _looks(cell)]
    dates = sum(map(bool, row.cells)) - len(others)
    return dates >= _FEWEST and not any(map(is_numeric, others))


def _looks(cell: str) -> bool:
    return looks_dated(cell) or looks_numbered(cell)


def _side(header: Row, rows: Sequence[Row]) -> _Side | None:
    """The columns of a table on its side; None when some column is neither dates, nor words left of them, nor empty."""
    filled = [at for at in range(len(header.cells)) if any(len(row.cells) > at and row.cells[at] for row in rows)]
    named = [at for at, cell in enumerate(header.cells) if cell]
    used = sorted({*filled, *named})
    first = next((at for at in used if _looks(header.cells[at])), None)
    if first is None or not rows:
        return None
    dates = tuple(at for at in used if at >= first)
    cells = [header.cells[at] for at in dates]
    if not all(map(_looks, cells)) or len(set(cells)) < len(cells):
        return None
    return _Side(header, dates, tuple(at for at in used if at < first))


def _belongs(row: Row, side: _Side) -> bool:
    """Whether a row has words on the left and values under the dates, as many cells as the header."""
    if len(row.cells) != len(side.header.cells) or not any(row.cells[at] for at in side.words):
        return False
    values = [row.cells[at] for at in side.dates]
    return not any(looks_dated(row.cells[at]) for at in side.words) and sum(map(is_value, values)) * 2 > len(values)


def _is_note(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell]
    return source_in(filled[0]) is not None or (len(filled) == 1 and len(row.cells) == 1)


def _name_column(rows: Sequence[Row], side: _Side) -> int | None:
    """The column that names the series: the first one with other words in every row that is no unit."""
    for at in side.words:
        cells = [row.cells[at] for row in rows]
        units = all(unit_in(cell) is not None for cell in cells)
        if all(cells) and len(set(cells)) == len(cells) and not units and not all(map(is_numeric, cells)):
            return at
    return None
