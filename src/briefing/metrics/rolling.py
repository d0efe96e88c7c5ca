"""Reductions over the window of each date."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from briefing.metrics.windows import Starts
from briefing.series import Values

_ROWS = 2048


def over_windows(reduce: Callable[..., Values], starts: Starts, *arrays: Values) -> Values:
    """Reduce `array[start : i + 1]` for each date i with a window; shape (n,), NaN elsewhere.

    `reduce` receives one array of shape (rows, length) per input and returns shape (rows,).
    Windows of one length are reduced together, at most 2,048 at a time.
    """
    out = np.full(len(starts), np.nan)
    ends = np.flatnonzero(starts >= 0)
    lengths = ends - starts[ends] + 1
    order = np.argsort(lengths, kind="stable")
    for group in np.split(ends[order], np.flatnonzero(np.diff(lengths[order])) + 1):
        for at in range(0, len(group), _ROWS):
            rows = group[at : at + _ROWS]
            out[rows] = reduce(*(_windows(array, starts[rows], rows) for array in arrays))
    return out


def ratio(above: Values, below: Values) -> Values:
    """Quotients of two arrays of one shape, NaN where the divisor is not above zero."""
    out: Values = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    return out


def _windows(array: Values, starts: Starts, ends: Starts) -> Values:
    if len(ends) == 1:
        return array[np.newaxis, starts[0] : ends[0] + 1]
    view: Values = np.lib.stride_tricks.sliding_window_view(array, int(ends[0] - starts[0]) + 1)
    return view[starts]
