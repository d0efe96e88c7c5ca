"""Whole columns of a table, for the few that have to be looked at from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from briefing.data.reading.grid import Grid

if TYPE_CHECKING:
    import pyarrow as pa


def cells_of(grid: Grid, at: int, first: int, end: int) -> pa.StringArray:
    """A column's cells from row `first` to before row `end`; rows that are too short are left out."""
    places = np.arange(first, end)
    return grid.cells.column(at, places[grid.cells.widths(places) > at])


def is_blank(grid: Grid, at: int, first: int, end: int) -> bool:
    """Whether a column has nothing in it."""
    import pyarrow.compute as pc

    lengths = pc.binary_length(cells_of(grid, at, first, end))
    return not (pc.max(lengths).as_py() or 0)


def are_equal(grid: Grid, one: int, other: int, first: int, end: int) -> bool:
    """Whether two columns say the same in every row, letter by letter."""
    return bool(cells_of(grid, one, first, end).equals(cells_of(grid, other, first, end)))


def counts_rows(grid: Grid, at: int, first: int, end: int) -> bool:
    """Whether a column numbers the rows, from 0 or from 1."""
    cells = cells_of(grid, at, first, end).to_pylist()
    return len(cells) > 1 and any(cells == [str(place + start) for place in range(len(cells))] for start in (0, 1))
