"""Which series each row of a long table belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.data.reading.cells import Places
from briefing.data.reading.grid import Grid
from briefing.data.reading.shape import Column, Shape


@dataclass(frozen=True, slots=True, eq=False)
class RowKeys:
    """The keys that occur, in the order of the file, and for each row which one it has: -1 for none."""

    keys: tuple[str, ...]
    codes: NDArray[np.int64]


def row_keys(grid: Grid, shape: Shape, places: Places) -> RowKeys:
    """The keys of some rows of a long table, all of the right width."""
    if isinstance(shape.names, int):
        coded = grid.cells.column(shape.names, places).dictionary_encode()
        return RowKeys(tuple(coded.dictionary.to_pylist()), coded.indices.to_numpy().astype(np.int64))
    known: dict[str, int] = {}
    codes = np.full(len(places), -1, dtype=np.int64)
    for row, place in enumerate(places.tolist()):
        key = shape.names(grid.rows[place].cells) if shape.names is not None else None
        if key is not None:
            codes[row] = known.setdefault(key, len(known))
    return RowKeys(tuple(known), codes)


def choice_key(key: str, column: Column) -> str:
    """What `Choices.columns` calls a column of a long table for a key."""
    return f"{key}_{column.series}" if column.series else key


def series_of(key: str, column: Column) -> str:
    """The name of the series that a column of a long table holds for a key."""
    return "_".join(word for word in (key, column.series, column.role) if word)
