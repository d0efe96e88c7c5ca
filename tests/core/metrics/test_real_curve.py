"""Slopes and regimes against the counts and the claims of January 2025."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from briefing.metrics.curve import regime
from briefing.metrics.registry import Value
from briefing.series import Series

COUNTS = {
    1: (3935, 1186, 1137, 556, 456, 499, 62, 39),
    5: (3931, 1335, 1202, 651, 427, 236, 45, 35),
    21: (3915, 1321, 1194, 760, 484, 108, 26, 22),
    63: (3873, 1274, 1046, 927, 537, 63, 14, 12),
}
NAMES = (
    "bull flattener",
    "bear steepener",
    "bear flattener",
    "bull steepener",
    "parallel",
    "twist flattener",
    "twist steepener",
)


@pytest.mark.parametrize("lag", COUNTS)
def test_fifteen_years_of_2s10s_fall_into_the_known_regimes(whole: Callable[[str], Series], lag: int) -> None:
    two, ten = whole("UST2Y"), whole("UST10Y")
    dates = np.intersect1d(two.dates, ten.dates)
    dates = dates[(dates >= np.datetime64("2010-01-04")) & (dates <= np.datetime64("2025-09-25"))]
    legs = [np.rint(1000 * one.values[np.searchsorted(one.dates, dates)]).astype(int) for one in (two, ten)]
    moves = zip(*(leg[lag:] - leg[:-lag] for leg in legs), strict=True)
    found = Counter(regime(int(short), int(long)) for short, long in moves)
    assert (found.total(), *(found[name] for name in NAMES)) == COUNTS[lag]


@pytest.mark.parametrize(
    ("legs", "level", "changes"),
    [
        ("UST2Y,UST10Y", 39, (-2, 0, 24)),
        ("UST5Y,UST30Y", 43, (4, -3, 7)),
        ("UST3M,UST10Y", 31, (-11, -1, 25)),
    ],
)
def test_slopes_and_their_changes(
    real: Callable[..., Value], legs: str, level: float, changes: tuple[int, ...]
) -> None:
    assert real(f"{legs}.curve_slope").value == level
    assert tuple(real(f"{legs}.slope_change.{window}").value for window in ("1d", "1w", "1m")) == changes


@pytest.mark.parametrize(
    ("day", "legs", "window", "name", "changes"),
    [
        ("2025-01-14", "UST2Y,UST10Y", "1d", "bull steepener", (-3, -1)),
        ("2025-01-14", "UST2Y,UST10Y", "1w", "bear steepener", (7, 11)),
        ("2025-01-14", "UST2Y,UST10Y", "1m", "bear steepener", (19, 46)),
        ("2025-01-14", "UST2Y,UST10Y", "3m", "bear steepener", (39, 69)),
        ("2025-01-14", "UST5Y,UST30Y", "1w", "bear flattener", (13, 7)),
        ("2025-01-14", "UST5Y,UST30Y", "1m", "bear steepener", (41, 43)),
        ("2025-01-14", "UST5Y,UST30Y", "3m", "bear flattener", (68, 60)),
        ("2025-01-15", "UST2Y,UST10Y", "1d", "bull flattener", (-10, -12)),
        ("2025-01-15", "UST3M,UST10Y", "1d", "bull flattener", (-1, -12)),
        ("2025-01-15", "UST2Y,UST30Y", "1d", "parallel", (-10, -10)),
        ("2025-01-15", "UST5Y,UST30Y", "1d", "bull steepener", (-14, -10)),
        ("2025-01-15", "UST2Y,UST10Y", "1w", "parallel", (-1, -1)),
        ("2025-01-15", "UST5Y,UST30Y", "1w", "bull flattener", (0, -3)),
    ],
)
def test_the_regime_depends_on_legs_and_window(
    real: Callable[..., Value], day: str, legs: str, window: str, name: str, changes: tuple[int, ...]
) -> None:
    facts = real(f"{legs}.curve_regime.{window}", day).facts
    assert (facts["regime"], facts["short_change"], facts["long_change"]) == (name, *changes)


def test_the_regime_names_its_legs_and_its_window(real: Callable[..., Value]) -> None:
    two_ten, five_thirty = real("UST2Y,UST10Y.curve_regime.1d"), real("UST5Y,UST30Y.curve_regime.1w")
    assert two_ten.text.en == "2s10s, 1 day: bull flattener"
    assert two_ten.text.zh == "2年/10年利差，1日：牛市平坦化"
    assert five_thirty.text.en == "5s30s, 1 week: bull flattener"
    assert two_ten.short.zh == "牛市平坦化"
    assert real("UST3M,UST10Y.curve_regime.3m").text.zh == "3個月/10年利差，3個月：熊市陡峭化"
