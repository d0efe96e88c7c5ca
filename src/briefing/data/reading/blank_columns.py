"""Columns without a name at the right of a table, as trailing delimiters make them."""

from __future__ import annotations

from briefing.data.reading.grid import Grid


def named_cells(grid: Grid, at: int) -> tuple[str, ...]:
    """The cells of a header row without the unnamed ones at its end, as long as nothing stands below these.

    With anything below them all cells are given, so that no value is left out unsaid.
    """
    cells = grid.rows[at].cells
    named = len(cells)
    while named and not cells[named - 1]:
        named -= 1
    if named == len(cells) or any(any(row.cells[named:]) for row in grid.rows[at + 1 :]):
        return cells
    return cells[:named]
