"""Rows as they enter the store, series by series: a day's value, why it may be missing, where it stood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from briefing.series import Dates, Values

Flags = NDArray[np.uint8]
"""Codes of `Flag`."""
Lines = NDArray[np.int32]
"""Lines of a file, counted from 1; 0 for a row that comes from no line."""


class Flag(IntEnum):
    """What a stored value is. A missing or holiday one is NaN; all other have a number."""

    OK = 0
    MISSING = 1
    HOLIDAY = 2
    ESTIMATE = 3
    FORECAST = 4
    SUSPECT = 5
    PADDED = 6

    @property
    def word(self) -> str:
        """The flag as the store writes it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, eq=False)
class Tidy:
    """Columns of equal length n, grouped by series and sorted by date within each; a date at most once a series.

    `names` are the k series ids, sorted; the rows of `names[i]` are `starts[i]:starts[i + 1]`, so `starts`
    has shape (k + 1,). `values` is float64 in the series' stored unit, NaN for a value that is known to be
    missing. `lines` says where in the file each value stood.
    """

    names: tuple[str, ...]
    starts: NDArray[np.int64]
    dates: Dates
    values: Values
    flags: Flags
    lines: Lines

    def __len__(self) -> int:
        return len(self.dates)

    @property
    def codes(self) -> NDArray[np.int32]:
        """For each row the place of its series in `names`, shape (n,)."""
        return np.repeat(np.arange(len(self.names), dtype=np.int32), np.diff(self.starts))

    def by_series(self) -> Iterator[tuple[str, slice]]:
        """Each series and where its rows lie."""
        for name, start, end in zip(self.names, self.starts[:-1], self.starts[1:], strict=True):
            yield name, slice(int(start), int(end))

    def where(self, keep: NDArray[np.bool_]) -> Tidy:
        """The rows for which the mask is true; a series that keeps none is gone."""
        if keep.all():
            return self
        counts = np.bincount(self.codes[keep], minlength=len(self.names))
        names = tuple(name for name, count in zip(self.names, counts, strict=True) if count)
        starts = _starts(counts[counts > 0])
        return Tidy(names, starts, self.dates[keep], self.values[keep], self.flags[keep], self.lines[keep])


@dataclass(frozen=True, slots=True, eq=False)
class SeriesRows:
    """The rows of one series, sorted by date, each date once; columns of equal length as in `Tidy`."""

    name: str
    dates: Dates
    values: Values
    flags: Flags
    lines: Lines


def tidy_of(series: Iterable[SeriesRows]) -> Tidy:
    """Join the rows of several series, each named once; one without rows is left out."""
    parts = sorted((rows for rows in series if len(rows.dates)), key=lambda rows: rows.name)
    if not parts:
        return EMPTY
    return Tidy(
        tuple(rows.name for rows in parts),
        _starts(np.array([len(rows.dates) for rows in parts])),
        np.concatenate([rows.dates for rows in parts]),
        np.concatenate([rows.values for rows in parts]),
        np.concatenate([rows.flags for rows in parts]),
        np.concatenate([rows.lines for rows in parts]),
    )


def _starts(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])


EMPTY = Tidy(
    (),
    np.zeros(1, dtype=np.int64),
    np.empty(0, dtype="datetime64[D]"),
    np.empty(0, dtype=np.float64),
    np.empty(0, dtype=np.uint8),
    np.empty(0, dtype=np.int32),
)
