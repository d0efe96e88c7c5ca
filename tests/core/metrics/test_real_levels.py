"""Levels and changes against the published numbers of 15 January 2025."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from briefing.metrics.deltas import integers
from briefing.metrics.registry import Value
from briefing.series import Series

LEVELS = {
    "DFII10": (2.24, -10, -3, 17, 49),
    "UST10Y": (4.66, -12, -1, 26, 58),
    "UST2Y": (4.27, -10, -1, 2, 32),
    "UST5Y": (4.45, -14, 0, 20, 57),
    "UST30Y": (4.88, -10, -3, 27, 49),
    "UST3M": (4.35, -1, 0, 1, -38),
}
BASES = {"1d": date(2025, 1, 14), "1w": date(2025, 1, 8), "1m": date(2024, 12, 13), "3m": date(2024, 10, 11)}


@pytest.mark.parametrize(("series", "level"), [(name, row[0]) for name, row in LEVELS.items()])
def test_yields_stand_where_they_stood(real: Callable[..., Value], series: str, level: float) -> None:
    assert real(f"{series}.last").value == level


@pytest.mark.parametrize("series", LEVELS)
def test_changes_are_exact_in_basis_points(real: Callable[..., Value], series: str) -> None:
    assert [real(f"{series}.change.{window}").value for window in BASES] == list(LEVELS[series][1:])


@pytest.mark.parametrize(("window", "base"), BASES.items())
def test_a_change_names_the_day_that_it_counts_from(real: Callable[..., Value], window: str, base: date) -> None:
    assert real(f"DFII10.change.{window}").base_date == base


def test_a_change_since_an_event_counts_from_the_last_observation_on_or_before_it(real: Callable[..., Value]) -> None:
    value = real("UST10Y.change.since-fomc")
    assert (value.value, value.base_date) == (16.0, date(2024, 12, 18))


def test_ytd_counts_from_the_last_observation_of_the_previous_year(real: Callable[..., Value]) -> None:
    value = real("UST10Y.change.ytd")
    assert (value.value, value.base_date) == (8.0, date(2024, 12, 31))


def test_yields_are_there_on_the_day_when_stocks_were_closed(real: Callable[..., Value]) -> None:
    bond, stock = real("UST10Y.last", "2025-01-09"), real("SPY.last", "2025-01-09")
    assert (bond.value, bond.date, stock.date) == (4.68, date(2025, 1, 9), date(2025, 1, 8))


def test_a_price_changes_in_percent(real: Callable[..., Value]) -> None:
    value = real("SPY.change.1d")
    assert value.value == pytest.approx(1.8190, abs=1e-4)
    assert (value.unit, value.text.en, real("SPY.last").text.en) == ("%", "+1.8%", "592.78")


@pytest.mark.parametrize(("window", "change"), [("1d", -0.1329), ("1w", 0.1013), ("1m", 1.4921)])
def test_the_dollar_index_changes_in_percent(real: Callable[..., Value], window: str, change: float) -> None:
    assert real(f"DTWEXBGS.change.{window}").value == pytest.approx(change, abs=1e-4)


def test_credit_spreads_are_in_basis_points_and_reach_back_over_their_own_days(real: Callable[..., Value]) -> None:
    assert [real(f"IG.{what}").value for what in ("last", "change.1d", "change.1w", "change.1m")] == [83, -1, 0, 4]
    assert [real(f"HY.{what}").value for what in ("last", "change.1d", "change.1w", "change.1m")] == [272, -8, -12, 4]
    assert real("IG.change.1m").base_date == date(2024, 12, 12)
    assert real("HY.change.1m").base_date == date(2024, 12, 13)


def test_a_percent_change_to_a_negative_price_is_refused_with_its_reason(real: Callable[..., Value]) -> None:
    value = real("WTI.change.1d", "2020-04-20")
    assert value.value is None
    assert value.text.en == "—"
    assert "above zero" in value.problems[0].message.en


def test_volatility_fell_as_the_note_said(real: Callable[..., Value]) -> None:
    assert real("VIX.last").text.en == "16.12"
    assert real("VIX.base.1d").text.en == "18.71"
    assert real("VIX.change.1d").value == -2.59
    assert (real("VVIX.base.1d").value, real("VVIX.last").value) == (107.93, 97.79)
    assert real("VVIX.change.1d").value == -10.14
    assert (real("MOVE.base.1d").value, real("MOVE.last").value, real("MOVE.change.1d").value) == (101.99, 93.10, -8.89)


@pytest.mark.parametrize(
    ("long", "short", "difference", "days"),
    [("UST10Y", "UST2Y", "T10Y2Y", 6688), ("UST10Y", "UST3M", "T10Y3M", 5287)],
)
def test_slopes_equal_the_published_differences_on_every_day(
    whole: Callable[[str], Series], long: str, short: str, difference: str, days: int
) -> None:
    from briefing.metrics.registry import history

    slope, published = history("curve_slope", [whole(short), whole(long)]), whole(difference)
    joint, ours, theirs = np.intersect1d(slope.dates, published.dates, return_indices=True)
    assert len(joint) == days
    assert (np.rint(slope.values[ours] * 10) == np.rint(published.values[theirs] * 10)).all()


@pytest.mark.parametrize(("published", "days"), [("T10YIE_C", 5387), ("T10YIE", 5688)])
def test_breakevens_equal_the_published_ones_on_every_day(
    whole: Callable[[str], Series], published: str, days: int
) -> None:
    from briefing.metrics.registry import history

    made = history("breakeven", [whole("UST10Y"), whole("DFII10")])
    theirs = whole(published)
    joint, left, right = np.intersect1d(made.dates, theirs.dates, return_indices=True)
    assert len(joint) == days
    assert (np.rint(made.values[left] * 1000) == np.rint(theirs.values[right] * 1000)).all()


def test_the_breakeven_is_nominal_less_real(real: Callable[..., Value]) -> None:
    value = real("UST10Y,DFII10.breakeven")
    assert (value.value, value.text.en) == (2.42, "2.42%")


@pytest.mark.parametrize(
    ("series", "published", "days"), [("TREASURY_10Y", "UST10Y", 8069), ("TREASURY_2Y", "UST2Y", 5817)]
)
def test_two_publishers_of_one_yield_agree_on_every_day(
    whole: Callable[[str], Series], series: str, published: str, days: int
) -> None:
    one, other = whole(series), whole(published)
    joint, ours, theirs = np.intersect1d(one.dates, other.dates, return_indices=True)
    assert len(joint) == days
    assert np.array_equal(integers(one.values[ours], one), integers(other.values[theirs], other))
