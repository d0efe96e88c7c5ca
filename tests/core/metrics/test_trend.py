"""The trend position of one bond fund against known figures, and what it does at its limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from briefing.metrics.registry import Value, history
from briefing.metrics.trend import trend_position
from briefing.series import Kind, Series


@pytest.mark.parametrize(
    ("day", "position"), [("2025-01-10", -0.541559), ("2025-01-14", -0.532291), ("2025-01-15", -0.458734)]
)
def test_the_position_in_a_bond_fund(real: Callable[..., Value], day: str, position: float) -> None:
    assert real("TLT.trend_position", day).value == pytest.approx(position, abs=1e-6)


@pytest.mark.parametrize(
    ("day", "rank", "n"), [("2025-01-10", 4.3521, 1011), ("2025-01-14", 4.8371, 1013), ("2025-01-15", 9.9606, 1014)]
)
def test_its_percentile_since_2021_is_that_of_a_series_like_any_other(
    whole: Callable[[str], Series], day: str, rank: float, n: int
) -> None:
    positions = history("trend_position", [whole("TLT").until(date.fromisoformat(day))])
    sample = positions.values[positions.dates >= np.datetime64("2021-01-01")]
    ranks = history("pctile", [positions], "since2021")
    assert (len(sample), ranks.values[-1]) == (n, pytest.approx(rank, abs=1e-3))


def test_a_position_is_a_signed_multiple_of_capital(real: Callable[..., Value]) -> None:
    value = real("TLT.trend_position", "2025-01-15")
    assert (value.unit, value.text.en, value.text.zh) == ("x", "−0.46x", "−0.46倍")


def test_a_price_that_never_moves_has_no_position() -> None:
    assert np.isnan(trend_position(np.full(300, 100.0))).all()


def test_a_price_below_zero_leaves_the_days_undefined_that_look_at_it() -> None:
    closes = 100.0 + np.sin(np.arange(600.0))
    closes[300] = -1.0
    undefined = np.flatnonzero(np.isnan(trend_position(closes))[252:]) + 252
    in_its_volatility, as_a_base = range(300, 364), (300 + 126, 300 + 252)
    assert undefined.tolist() == [*in_its_volatility, *as_a_base]


def test_a_position_has_the_kind_of_one(whole: Callable[[str], Series]) -> None:
    assert history("trend_position", [whole("TLT")]).kind is Kind.POSITION
