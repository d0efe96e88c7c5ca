"""How many cells the rows of a table have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.data.grid import Row

_LOOKED_AT = 60


def data_width(rows: Sequence[Row], first: int, end: int) -> int:
    """The width that most of the first rows of data have; of two that are as common the greater one."""
    counts = Counter(len(row.cells) for row in rows[first : min(end, first + _LOOKED_AT)])
    return max(counts, key=lambda width: (counts[width], width))
