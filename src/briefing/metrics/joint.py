"""Several series on the dates that they share; nothing is filled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from briefing.series import Dates, Series, Values


def joint(series: Sequence[Series]) -> tuple[Dates, tuple[Values, ...]]:
    """The dates common to all, shape (n,), and the values of each on them."""
    if len(series) == 1:
        return series[0].dates, (series[0].values,)
    dates = reduce(_common, (one.dates for one in series))
    return dates, tuple(one.values[np.searchsorted(one.dates, dates)] for one in series)


def _common(first: Dates, second: Dates) -> Dates:
    """Both are sorted and unique, so a search is enough and much faster than a merge."""
    if not len(second):
        return second
    at = np.minimum(np.searchsorted(second, first), len(second) - 1)
    shared: Dates = first[second[at] == first]
    return shared
