"""Rows as they enter the store: one value of one series on one day, with why it may be missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.series import Dates, Values

Words = NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Tidy:
    """Columns of equal length n, sorted by series and date, each pair once.

    `values` is float64 in the series' stored unit, NaN for a value that is known to be missing.
    `flags` is ok, missing or holiday.
    """

    series: Words
    dates: Dates
    values: Values
    flags: Words

    def __len__(self) -> int:
        return len(self.series)

    def where(self, keep: NDArray[np.bool_]) -> Tidy:
        """The rows for which the mask is true."""
        return Tidy(self.series[keep], self.dates[keep], self.values[keep], self.flags[keep])

    def by_series(self) -> Iterator[tuple[str, slice]]:
        """Each series and where its rows lie."""
        names, starts = np.unique(self.series, return_index=True)
        ends = np.append(starts, len(self))[1:]
        for name, start, end in zip(names, starts, ends, strict=True):
            yield str(name), slice(int(start), int(end))


EMPTY = Tidy(
    np.empty(0, dtype=np.str_),
    np.empty(0, dtype="datetime64[D]"),
    np.empty(0, dtype=np.float64),
    np.empty(0, dtype=np.str_),
)
