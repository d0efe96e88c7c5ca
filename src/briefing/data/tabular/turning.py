"""Tables that lie on their side: dates across, one row a series. They are laid out anew, one row a value."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.data.grid import Grid, Row
from briefing.data.tabular.date_forms import looks_dated
from briefing.data.tabular.unit_words import unit_in
from briefing.data.tabular.words import is_value, source_in

_FEWEST = 3
_HEADER = ("date", "series", "value", "unit")


def turned(grid: Grid) -> Grid | None:
    """The table with a row of date, series, value and unit for each value; None for one that does not lie on its side.

    The dates are all cells of the header from the first date on; left of them stand the series and
    perhaps its unit. Every row keeps the line it came from.
    """
    head = next((at for at, row in enumerate(grid.head()) if _first_date(row) is not None), None)
    if head is None:
        return None
    header = grid.rows[head]
    first = _first_date(header)
    rows = [row for row in grid.rows[head + 1 :] if not _is_note(row)]
    if first is None or not rows or not all(_belongs(row, header, first) for row in rows):
        return None
    name = _name_column(rows, first)
    if name is None:
        return None
    out = [Row(header.line, _HEADER)]
    for row in rows:
        unit = next((cell for cell in row.cells[:first] if unit_in(cell)), "")
        out += [
            Row(row.line, (header.cells[at], row.cells[name], row.cells[at], unit))
            for at in range(first, len(header.cells))
        ]
    return Grid(grid.name, grid.delimiter, tuple(out), cut=grid.cut, part=grid.part, from_1904=grid.from_1904)


def _first_date(row: Row) -> int | None:
    """Where the dates of a header begin: from there on every cell is one, and no two are the same."""
    first = next((at for at, cell in enumerate(row.cells) if looks_dated(cell)), None)
    if not first:
        return None
    dates = row.cells[first:]
    return first if len(dates) >= _FEWEST and len(set(dates)) == len(dates) and all(map(looks_dated, dates)) else None


def _belongs(row: Row, header: Row, first: int) -> bool:
    """Whether a row has a name on the left and values under the dates, as many as there are."""
    if len(row.cells) != len(header.cells) or looks_dated(row.cells[0]):
        return False
    return any(row.cells[:first]) and sum(map(is_value, row.cells[first:])) * 2 > len(row.cells) - first


def _is_note(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell]
    return source_in(filled[0]) is not None or (len(filled) == 1 and filled[0] == row.cells[0] and len(row.cells) == 1)


def _name_column(rows: Sequence[Row], first: int) -> int | None:
    """The column that names the series: the first one that differs from row to row and is no unit."""
    for at in range(first):
        cells = [row.cells[at] for row in rows]
        if all(cells) and len(set(cells)) == len(cells) and not all(unit_in(cell) is not None for cell in cells):
            return at
    return None
