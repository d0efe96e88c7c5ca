"""Values that a file marks as forecasts, such as `2.1 (F)`: the mark is taken off and kept as a flag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from briefing.data.reading.grid import Grid, Row
from briefing.data.tidy import Flag

_MARK = "(F)"


def without_forecast_marks(grid: Grid, first: int) -> tuple[Grid, Mapping[tuple[int, int], Flag]] | None:
    """The table without marks, and which cells had one, by line and column; None when none has.

    A mark on a date holds for every value of its row.
    """
    marked = _marked_rows(grid, first)
    if not marked:
        return None
    flags: dict[tuple[int, int], Flag] = {}
    rows = list(grid.rows)
    for place in marked:
        row = rows[place]
        whole = next(cell for cell in row.cells if cell).endswith(_MARK)
        flags |= {
            (row.line, at): Flag.FORECAST
            for at, cell in enumerate(row.cells)
            if cell and (whole or cell.endswith(_MARK))
        }
        rows[place] = Row(row.line, tuple(cell.removesuffix(_MARK).rstrip() for cell in row.cells))
    return replace(grid, rows=tuple(rows)), flags


def _marked_rows(grid: Grid, first: int) -> list[int]:
    """The rows of data in which any cell ends in a mark."""
    import pyarrow.compute as pc

    places = np.arange(first, len(grid.rows))
    widths = grid.cells.widths(places)
    found: set[int] = set()
    for at in range(int(widths.max(initial=0))):
        wide = places[widths > at]
        ends = pc.ends_with(grid.cells.column(at, wide), _MARK)
        found.update(wide[ends.to_numpy(zero_copy_only=False)].tolist())
    return sorted(found)
