"""How many cells the rows of a table have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from briefing.data.reading.grid import Row

_LOOKED_AT = 60


def data_width(rows: Sequence[Row], first: int, end: int, used: Iterable[int] = ()) -> int:
    """The width that most of the first rows of data have; of two that are as common the greater one.

    It is at least so great that the columns in `used` are in it: a row without them is too short.
    """
    counts = Counter(len(row.cells) for row in rows[first : min(end, first + _LOOKED_AT)])
    usual = max(counts, key=lambda width: (counts[width], width))
    return max(usual, *(at + 1 for at in used), 0)
