"""How a series changes: the difference of two levels in its delta unit, and levels as exact integers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from briefing.series import Kind, Series, Values

Integers = NDArray[np.int64]

RATES = frozenset({Kind.YIELD, Kind.RATE})


def is_relative(series: Series) -> bool:
    """Whether changes are percent of the base: the delta unit is %, the level is not."""
    return series.delta_unit == "%" and series.unit != "%"


def delta(values: Values, bases: Values, series: Series) -> Values:
    """Changes from `bases` to `values` (same shape) in the series' delta unit.

    Basis points are 100 times a difference in percent. NaN where a relative change has no meaning
    (a level of zero or less) and where an input is NaN. Binary noise below 1e-9 is rounded off.
    """
    if is_relative(series):
        with np.errstate(divide="ignore", invalid="ignore"):
            out: Values = 100.0 * (values / bases - 1.0)
        return np.where((values > 0) & (bases > 0), out, np.nan)
    factor = 100.0 if series.unit == "%" and series.delta_unit == "bp" else 1.0
    return np.round((values - bases) * factor, 9) + 0.0


def integers(values: Values, series: Series) -> Integers:
    """Levels as integers for comparing: tenths of a basis point, else a hundredth of the last decimal.

    Levels closer than that are equal; this takes binary noise out of rankings. Values must be finite.
    """
    if series.unit == "bp":
        steps = 10.0
    elif series.unit == "%" and (series.kind in RATES or series.delta_unit == "bp"):
        steps = 1000.0
    else:
        steps = 10.0 ** (series.decimals + 2)
    return np.rint(values * steps).astype(np.int64)


def integer_deltas(values: Values, lag: int, series: Series) -> Integers:
    """Changes over `lag` observations as integers for comparing, shape (n - lag,).

    Differences of `integers`; relative changes in millionths of a percent, undefined ones (a level
    of zero or less) as 0, which no comparison counts as a move.
    """
    if not is_relative(series):
        levels = integers(values, series)
        return levels[lag:] - levels[:-lag]
    moves = delta(values[lag:], values[:-lag], series)
    return np.rint(np.nan_to_num(moves) * 1e6).astype(np.int64)
