"""Paths over the days of the sample: straight lines between knots, noise that returns, pinned ends."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sessions import Days
from story import FINAL, KNOTS, LAST_WEEK, LEVELS, SEED

Path = NDArray[np.float64]

WEEK = 5
"""How many sessions at the end are told day by day."""


def stream(name: str) -> np.random.Generator:
    """The random numbers of one series. A new series never moves those of another."""
    return np.random.default_rng([SEED, crc32(name.encode())])


def noise(name: str, count: int) -> Path:
    """Independent shocks with unit variance and the fat tails of daily data."""
    freedom = 5.0
    drawn = stream(name).standard_t(freedom, count)
    return np.asarray(drawn / np.sqrt(freedom / (freedom - 2.0)), dtype=np.float64)


def level(name: str, days: Days) -> Path:
    """A factor's level along the straight lines between its knots."""
    knots = np.array(KNOTS, dtype="datetime64[D]").astype(np.float64)
    return np.interp(days.astype(np.float64), knots, LEVELS[name])


def through(path: Path, name: str, days: Days) -> Path:
    """The path bent to pass through a factor's level at each knot, in logarithms."""
    knots = np.searchsorted(days, np.array(KNOTS, dtype="datetime64[D]"))
    miss = np.log(LEVELS[name]) - path[knots]
    return path + np.interp(np.arange(len(days)), knots, miss)


def returning(shocks: Path, keep: float) -> Path:
    """Shocks added up, of which a share `keep` stays from one day to the next."""
    out = np.empty_like(shocks)
    held = 0.0
    for index, shock in enumerate(shocks):
        held = keep * held + shock
        out[index] = held
    return out


def ended(path: Path, name: str, *, logs: bool = False, over: int = 500) -> Path:
    """The path up to a week before the end, led to where the last week begins, then that week itself.

    With `logs` the path is in logarithms and the week in percent. The lead is spread evenly over
    the `over` observations before the week.
    """
    moves = np.array(LAST_WEEK[name])
    steps = np.log1p(moves / 100.0) if logs else moves
    target = (np.log(FINAL[name]) if logs else FINAL[name]) - steps.sum()
    before = path[: len(path) - WEEK]
    lead = np.clip(np.arange(1 - len(before), 1) / over + 1.0, 0.0, 1.0)
    begun = before + (target - before[-1]) * lead
    return np.concatenate([begun, target + np.cumsum(steps)])
