"""The cells of a table, row by row and column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, overload

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

Places = NDArray[np.int64]
"""Places of rows in a table, counted from 0."""
SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + ("\u2028\u2029\u202f\u205f\u3000")
)
"""What is trimmed off cells: the same signs that `str.strip` takes off."""
_KEPT = 256
"""So many rows at the top are kept once made, because every format looks at them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file it ends on, counted from 1, and its trimmed cells."""

    line: int
    cells: tuple[str, ...]


class Cells(Protocol):
    """A table by columns. All three are asked for some rows; a column only for rows that are wide enough."""

    def lines(self, places: Places) -> NDArray[np.int32]:
        """The lines of the file that the rows stand on."""

    def widths(self, places: Places) -> NDArray[np.int64]:
        """The numbers of cells of the rows."""

    def column(self, at: int, places: Places) -> pa.StringArray:
        """One cell of each row."""


class ReadyRows:
    """The cells of rows that are there already."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def lines(self, places: Places) -> NDArray[np.int32]:
        """The lines of the file that the rows stand on."""
        return np.array([self._rows[place].line for place in places.tolist()], dtype=np.int32)

    def widths(self, places: Places) -> NDArray[np.int64]:
        """The numbers of cells of the rows."""
        return np.array([len(self._rows[place].cells) for place in places.tolist()], dtype=np.int64)

    def column(self, at: int, places: Places) -> pa.StringArray:
        """One cell of each row."""
        import pyarrow as pa

        return pa.array([self._rows[place].cells[at] for place in places.tolist()], pa.string())


class CutLines(Sequence[Row]):
    """The lines of a text that has no quotes; their cells are what stands between delimiters.

    A row is made when it is asked for. Columns are cut for the whole text at once, so that a table of
    millions of cells makes no object a cell. Places of a column rise. `spaced` says that cells may need to be trimmed.
    """

    def __init__(self, texts: list[str], numbers: list[int], delimiter: str, *, spaced: bool) -> None:
        self._texts = texts
        self._numbers = np.array(numbers, dtype=np.int32)
        self._delimiter = delimiter
        self._spaced = spaced
        self._made: dict[int, Row] = {}
        self._columns: dict[int, pa.StringArray] = {}

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return tuple(self[place] for place in range(*at.indices(len(self))))
        if at in self._made:
            return self._made[at]
        cells = self._texts[at].split(self._delimiter)
        row = Row(int(self._numbers[at]), tuple(map(str.strip, cells)))
        if 0 <= at < _KEPT:
            self._made[at] = row
        return row

    def lines(self, places: Places) -> NDArray[np.int32]:
        """The lines of the file that the rows stand on."""
        return self._numbers[places]

    def widths(self, places: Places) -> NDArray[np.int64]:
        """The numbers of cells of the rows."""
        starts, _ = self._cut
        return np.diff(starts)[places]

    def column(self, at: int, places: Places) -> pa.StringArray:
        """One cell of each row."""
        if at not in self._columns:
            self._columns[at] = self._whole_column(at)
        column = self._columns[at]
        if len(places) and places[-1] - places[0] + 1 == len(places):
            return column.slice(int(places[0]), len(places))
        return column.take(places)

    def _whole_column(self, at: int) -> pa.StringArray:
        """The cell of every row; null where a row is too short."""
        import pyarrow as pa

        starts, cells = self._cut
        places = starts[:-1] + at
        return cells.take(pa.array(places, mask=places >= starts[1:]))

    @cached_property
    def _cut(self) -> tuple[NDArray[np.int64], pa.StringArray]:
        """Where the cells of each row begin, with the end of the last row, and all cells."""
        import pyarrow as pa
        import pyarrow.compute as pc

        rows = pc.split_pattern(pa.array(self._texts, pa.string()), self._delimiter)
        cells = pc.utf8_trim(rows.values, SPACES) if self._spaced else rows.values
        return rows.offsets.to_numpy().astype(np.int64), cells
