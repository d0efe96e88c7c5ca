"""What a rule looks at: one series of a file, its entry, and what was known of it before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from briefing.data.entry import Entry
from briefing.data.stored import Stored
from briefing.data.tidy import Flag, Flags, Lines
from briefing.data.validation.session_days import SessionDays
from briefing.series import Dates, Kind, Values

LOGARITHMIC = frozenset({Kind.PRICE, Kind.INDEX, Kind.VOLATILITY, Kind.RATIO})
"""Kinds whose moves are counted as returns; those of the others are differences."""

FAR = 10.0
"""A move of more than so many sigmas is one to look at."""

_MOMENTS = ("_OPEN", "_HIGH", "_LOW")
_SOON = np.timedelta64(14, "D")
_TO_SIGMA = 1.4826
"""The standard deviation of a normal distribution, in its median absolute deviations."""


@dataclass(frozen=True, eq=False)
class Subject:
    """The values of one series in one file: sorted dates, finite values in the stored unit, shape (n,).

    The first `led` of them come from the store and lead up to those of the file, so that a file of a
    single day is judged by its history. `place` are the rows in the file's `Tidy` (-1 for those of the
    store). `days` are the dates beside the sessions of the calendar. `before` is what the store knows
    in the same dataset, `elsewhere` what it knows in others, by their names. `loaded_on` is the day of the
    load. `file` are all series of the file by their ids.
    """

    entry: Entry
    led: int
    place: NDArray[np.int64]
    dates: Dates
    values: Values
    flags: Flags
    lines: Lines
    days: SessionDays
    before: Stored | None
    elsewhere: Mapping[str, Stored]
    loaded_on: date
    file: Mapping[str, Subject]

    def __len__(self) -> int:
        return len(self.dates)

    @property
    def series(self) -> str:
        """The id of the series."""
        return self.entry.series_id

    @property
    def momentary(self) -> bool:
        """Whether this is the open, high or low of a bar, which says what the close does with more noise."""
        return self.series.endswith(_MOMENTS)

    @cached_property
    def observed(self) -> NDArray[np.bool_]:
        """The rows that the source does not call a forecast."""
        seen: NDArray[np.bool_] = self.flags != Flag.FORECAST
        return seen

    @cached_property
    def tick(self) -> float:
        """One unit of the last printed decimal, in the stored unit."""
        return 10.0**-self.entry.decimals / self.entry.factor

    @cached_property
    def moves(self) -> Values:
        """The change to each value from the one before it, shape (n - 1,): see `moves`."""
        return moves(self.values, self.entry.kind)

    @cached_property
    def floor(self) -> float:
        """The least move that can be told from rounding: one tick, as a return where moves are returns."""
        if self.entry.kind not in LOGARITHMIC:
            return self.tick
        level = float(np.median(np.abs(self.values))) if len(self) else 0.0
        return max(self.tick / level, 1e-4) if level > self.tick else 1.0

    @cached_property
    def middle(self) -> float:
        """The median of the moves."""
        return float(np.median(self.moves))

    @cached_property
    def sigma(self) -> float:
        """The robust standard deviation of the moves, at least `floor`.

        In a series that mostly stands still the median move is none; so one in a hundred of its moves may lie
        beyond five of them.
        """
        half, most = len(self._sizes) // 2, int(0.99 * (len(self._sizes) - 1))
        ranked = np.partition(self._sizes, (half, most))
        return max(_TO_SIGMA * float(ranked[half]), float(ranked[most]) / 5, self.floor)

    @cached_property
    def far_moves(self) -> NDArray[np.intp]:
        """The moves that are more than ten sigmas off the median, by place."""
        return np.flatnonzero(self._sizes > FAR * self.sigma)

    @cached_property
    def _sizes(self) -> Values:
        return np.abs(self.moves - self.middle)

    @cached_property
    def known(self) -> tuple[Dates, Values]:
        """The dates and finite values that the store has, shape (m,) each."""
        return known_values(self.before)

    @cached_property
    def common(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The rows of the file, and those of `known`, that have the same dates."""
        if not len(self.known[0]):
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        own = self.dates[self.led :]
        _, here, there = np.intersect1d(own, self.known[0], assume_unique=True, return_indices=True)
        return here + self.led, there


def moves(values: Values, kind: Kind) -> Values:
    """Changes between neighbours: log returns, differences for rates and spreads.

    A return from, to or between values of zero or less is the difference over the larger of the two.
    """
    before, after = values[:-1], values[1:]
    if kind not in LOGARITHMIC:
        return after - before
    if (values > 0).all():
        return np.diff(np.log(values))
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = (after - before) / np.maximum(np.abs(before), np.abs(after))
        returns = np.log(after / before)
    out: Values = np.where((before > 0) & (after > 0), returns, np.nan_to_num(plain))
    return out


def spread(sample: Values) -> float:
    """The robust standard deviation of a sample from its median absolute deviation; 0 for an empty one."""
    if not len(sample):
        return 0.0
    return _TO_SIGMA * float(np.median(np.abs(sample - np.median(sample))))


def known_values(before: Stored | None) -> tuple[Dates, Values]:
    """The dates and finite values that the store has of a series, shape (m,) each."""
    if before is None:
        return np.empty(0, dtype="datetime64[D]"), np.empty(0, dtype=np.float64)
    kept = np.isfinite(before.values)
    return before.dates[kept], before.values[kept]


def led_by(before: Stored | None, first: np.datetime64, most: int) -> tuple[Dates, Values]:
    """At most so many stored values that lead up to the first day of a file, the last of them not long before it."""
    days, values = known_values(before)
    stop = int(np.searchsorted(days, first))
    if not stop or first - days[stop - 1] > _SOON:
        return days[:0], values[:0]
    return days[max(stop - most, 0) : stop], values[max(stop - most, 0) : stop]
