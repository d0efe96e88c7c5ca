"""Runs of neighbouring rows in a mask."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def stretches(mask: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where the mask is true without a break, from `start` up to but without `stop`."""
    if not mask.any():
        return
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    yield from map(tuple, edges.reshape(-1, 2).tolist())
