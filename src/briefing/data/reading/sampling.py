"""Some cells of a table, enough to know its format by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.data.reading.cells import Places
from briefing.data.reading.grid import Grid
from briefing.data.reading.missing import NOT_AVAILABLE, missing_kind
from briefing.data.reading.shape import Shape

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 20


def fitting_places(grid: Grid, shape: Shape) -> Places:
    """The rows of data that have the right width."""
    places = shape.places(grid)
    fitting: Places = places[grid.cells.widths(places) == shape.width]
    return fitting


def date_texts(grid: Grid, shape: Shape) -> list[str]:
    """The different cells of dates, in the order of the file. In a ragged pair of columns a blank is none."""
    places = fitting_places(grid, shape)
    ragged = {column.dates for column in shape.columns if column.dates is not None}
    texts = {} if ragged else dict.fromkeys(_different(grid, shape.dates, places))
    for at in sorted(ragged):
        texts |= dict.fromkeys(text for text in _different(grid, at, places) if text)
    return list(dict.fromkeys(text.strip(shape.strip) if shape.strip else text for text in texts))


def value_columns(grid: Grid, shape: Shape) -> list[pa.StringArray]:
    """The columns of values, of rows that have the right width."""
    places = fitting_places(grid, shape)
    return [grid.cells.column(column.index, places) for column in shape.columns]


def value_texts(grid: Grid, shape: Shape, most: int) -> list[str]:
    """About `most` cells of values that are not missing, in rows from all over the table."""
    places = fitting_places(grid, shape)
    some = places[:: max(1, len(places) // max(_ROWS, most // max(1, len(shape.columns))))]
    cells = (cell for column in shape.columns for cell in grid.cells.column(column.index, some).to_pylist())
    return [cell for cell in cells if missing_kind(cell) is None and cell not in shape.sentinels]


def blank_count(grid: Grid, shape: Shape) -> int:
    """How many cells of values say that there is none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pa.array(sorted(NOT_AVAILABLE | shape.sentinels), pa.string())
    longest = pc.max(pc.binary_length(words))
    short = (column.filter(pc.less_equal(pc.binary_length(column), longest)) for column in value_columns(grid, shape))
    return sum(pc.sum(pc.is_in(cells, value_set=words), min_count=0).as_py() for cells in short)


def _different(grid: Grid, at: int, places: Places) -> list[str]:
    column: pa.StringArray = grid.cells.column(at, places)
    texts: list[str] = column.unique().to_pylist()
    return texts
