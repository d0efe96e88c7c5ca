"""Points thinned to what a print can show: least and greatest of each column, and both ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from briefing.series import Values


def thin(x: Values, y: Values, column: float) -> NDArray[np.intp]:
    """The indices that are kept, increasing. `x` must increase; `column` is in units of `x`.

    Of every column of that width the points with the least and the greatest value stay, and the
    first and the last point of all. Values must be finite. Nothing is thinned when it would not
    make the line shorter.
    """
    if len(x) < 3:
        return np.arange(len(x))
    cell = np.floor((x - x[0]) / column).astype(np.int64)
    starts = np.flatnonzero(np.diff(cell, prepend=cell[0] - 1))
    if 2 * len(starts) >= len(x):
        return np.arange(len(x))
    group = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(x)))
    order = np.lexsort((y, group))
    ends = np.append(starts[1:], len(x)) - 1
    return np.unique(np.concatenate([[0, len(x) - 1], order[starts], order[ends]]))
