"""A series as lines in axis coordinates: cut at gaps, stepped where the value holds until the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np

from briefing.charts.gaps import breaks
from briefing.charts.weekdays import positions
from briefing.series import Dates, Kind, Series, Values


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Observations until the as-of date, and what is drawn of them.

    `days`, `x`, `y`: shape (n,), all finite. `pieces` are the polylines between gaps, each a pair
    of arrays of one shape. `gaps` are pairs of indices: last observation before, first one after.
    """

    days: Dates
    x: Values
    y: Values
    pieces: tuple[tuple[Values, Values], ...]
    gaps: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.x)


@lru_cache(maxsize=256)
def trace(series: Series, as_of: date) -> Trace:
    """The trace of a series. Kept for the last 256 series, which compare by identity."""
    end = int(np.searchsorted(series.dates, np.datetime64(as_of, "D"), side="right"))
    days, y = series.dates[:end], series.values[:end]
    x = positions(days)
    after = breaks(days, np.array(series.pauses, dtype="datetime64[D]"))
    edges = [0, *(int(index) + 1 for index in after), len(x)]
    spans = [(start, stop) for start, stop in pairwise(edges) if stop > start]
    piece = _steps if series.kind is Kind.RATE else _straight
    pieces = tuple(piece(x[start:stop], y[start:stop]) for start, stop in spans)
    return Trace(days, x, y, pieces, tuple((int(index), int(index) + 1) for index in after))


def _straight(x: Values, y: Values) -> tuple[Values, Values]:
    return x, y


def _steps(x: Values, y: Values) -> tuple[Values, Values]:
    """A policy rate holds until the next fixing."""
    return np.repeat(x, 2)[1:], np.repeat(y, 2)[:-1]


def within(piece: tuple[Values, Values], low: float, high: float) -> tuple[Values, Values]:
    """The part of a polyline between two places, with the points where it crosses them."""
    x, y = piece
    if not len(x) or x[-1] < low or x[0] > high:
        return x[:0], y[:0]
    start = int(np.searchsorted(x, low, side="left"))
    stop = int(np.searchsorted(x, high, side="right"))
    before = [low] if start > 0 and (start == len(x) or x[start] > low) else []
    after = [high] if stop < len(x) and (stop == 0 or x[stop - 1] < high) else []
    ends = np.interp([*before, *after], x, y)
    cut = len(before)
    return (
        np.concatenate([before, x[start:stop], after]),
        np.concatenate([ends[:cut], y[start:stop], ends[cut:]]),
    )
