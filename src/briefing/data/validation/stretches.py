"""Runs of neighbouring rows in a mask."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def stretches(mask: NDArray[np.bool_], least: int = 1) -> Iterator[tuple[int, int]]:
    """Where the mask is true for at least so many rows without a break, from `start` up to but without `stop`."""
    if not mask.any():
        return
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    runs = edges.reshape(-1, 2)
    yield from map(tuple, runs[runs[:, 1] - runs[:, 0] >= least].tolist())
