"""What must hold for any data: orders, invariances, symmetries, second opinions, no look-ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import import_module
from types import ModuleType

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.metrics.curve import regime
from briefing.metrics.deltas import RATES, integers
from briefing.metrics.joint import joint
from briefing.metrics.metric import ANY, VOLATILITIES, Metric
from briefing.metrics.ranks import excel_rank, mean, rank, robust_score, standard_score, strict, weak
from briefing.metrics.realised import sample_volatility, zero_mean_volatility
from briefing.metrics.registry import METRICS, Value, evaluate, history
from briefing.metrics.windows import Role
from briefing.reference import Reference
from briefing.series import Kind, Series, SeriesSource

LEVELS = st.lists(st.integers(-50, 50).map(lambda quanta: quanta / 100), min_size=1, max_size=40)
PRICES = st.lists(st.integers(5000, 15000).map(lambda cents: cents / 100), min_size=4, max_size=40)
TENTHS = st.integers(-300, 300)


DAYS = st.lists(st.integers(0, 30), max_size=20, unique=True).map(sorted)


@given(days=st.lists(DAYS, min_size=1, max_size=3))
def test_joint_dates_are_those_of_all_with_the_values_of_each(
    made: Callable[..., Series], days: list[list[int]]
) -> None:
    series = []
    for own in days:
        dates = np.datetime64("2020-01-01") + np.array(own, dtype=np.int64)
        series.append(replace(made([]), dates=dates, values=np.array(own, dtype=float)))
    dates, arrays = joint(series)
    shared = sorted(set.intersection(*map(set, days)))
    assert (dates - np.datetime64("2020-01-01")).astype(int).tolist() == shared
    assert all(array.tolist() == shared for array in arrays)


@given(LEVELS)
def test_weak_is_never_below_mean_and_mean_never_below_strict(values: list[float]) -> None:
    sample = np.array([values])
    assert 100.0 >= weak(sample)[0] >= mean(sample)[0] >= strict(sample)[0] >= 0.0


@pytest.fixture(scope="module")
def stats() -> ModuleType:
    return import_module("scipy.stats")


@given(values=LEVELS)
def test_percentiles_agree_with_scipy_in_every_kind(stats: ModuleType, values: list[float]) -> None:
    sample = np.array([values])
    for kind, ours in (("weak", weak), ("strict", strict), ("mean", mean), ("rank", rank)):
        assert ours(sample)[0] == pytest.approx(stats.percentileofscore(values, values[-1], kind=kind))


@given(LEVELS)
def test_a_monotone_map_changes_no_percentile(values: list[float]) -> None:
    sample = np.array([values])
    assert weak(sample) == weak(np.exp(3.0 * sample))


@pytest.mark.parametrize(
    ("sample", "expected"),
    [([1, 2, 4, 3], (75.0, 75.0, 50.0, 62.5)), ([1, 2, 3, 4, 3], (70.0, 80.0, 40.0, 60.0))],
)
def test_the_worked_examples_of_percentileofscore(sample: list[float], expected: tuple[float, ...]) -> None:
    row = np.array([sample], dtype=float)
    assert tuple(float(kind(row)[0]) for kind in (rank, weak, strict, mean)) == expected


@pytest.mark.parametrize(
    ("value", "exclusive", "sample", "expected"),
    [
        (2, False, [13, 12, 11, 8, 4, 3, 2, 1, 1, 1], 33.33),
        (4, False, [13, 12, 11, 8, 4, 3, 2, 1, 1, 1], 55.56),
        (8, False, [13, 12, 11, 8, 4, 3, 2, 1, 1, 1], 66.67),
        (5, False, [13, 12, 11, 8, 4, 3, 2, 1, 1, 1], 58.33),
        (7, True, [1, 2, 3, 6, 6, 6, 7, 8, 9], 70.0),
        (5.43, True, [1, 2, 3, 6, 6, 6, 7, 8, 9], 38.1),
    ],
)
def test_the_worked_examples_of_percentrank(
    value: float, sample: list[float], expected: float, *, exclusive: bool
) -> None:
    assert excel_rank(np.array(sample, dtype=float), value, exclusive=exclusive) == pytest.approx(expected, abs=0.005)


@given(
    values=st.lists(st.integers(-500, 500).map(float), min_size=2, max_size=40).filter(lambda row: len(set(row)) > 1)
)
def test_z_scores_agree_with_scipy(stats: ModuleType, values: list[float]) -> None:
    sample = np.array([values])
    assert standard_score(sample)[0] == pytest.approx(stats.zscore(values, ddof=1)[-1])
    spread = stats.median_abs_deviation(values)
    if spread > 0:
        assert robust_score(sample)[0] == pytest.approx((values[-1] - np.median(values)) / (1.4826 * spread))
    else:
        assert np.isnan(robust_score(sample)[0])


@given(hundredths=st.integers(-100_000, 100_000))
def test_two_decimals_become_the_integer_that_was_meant(made: Callable[..., Series], hundredths: int) -> None:
    assert integers(np.array([hundredths / 100]), made([])).tolist() == [hundredths * 10]


@given(PRICES, st.floats(0.1, 5.0))
def test_volatility_scales_with_returns(values: list[float], factor: float) -> None:
    levels = np.array([values])
    stretched = levels[:, :1] * (levels / levels[:, :1]) ** factor
    for measure in (sample_volatility, zero_mean_volatility):
        assert measure(stretched)[0] == pytest.approx(factor * measure(levels)[0], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("short", "long", "name"),
    [
        (0, 4, "parallel"),
        (0, 5, "bear steepener"),
        (0, -5, "bull flattener"),
        (-5, 5, "twist steepener"),
        (5, 0, "bear flattener"),
    ],
)
def test_half_a_basis_point_of_slope_is_the_least_that_counts(short: int, long: int, name: str) -> None:
    assert regime(short, long) == name


@given(TENTHS, TENTHS)
def test_regimes_are_antisymmetric(short: int, long: int) -> None:
    mirror = {"bear": "bull", "bull": "bear", "steepener": "flattener", "flattener": "steepener"}
    name = " ".join(mirror.get(word, word) for word in regime(short, long).split())
    assert regime(-short, -long) == name


@given(first=PRICES, second=PRICES)
def test_correlation_agrees_with_numpy_and_is_symmetric(
    price: Callable[..., Series], value_of: Callable[..., Value], first: list[float], second: list[float]
) -> None:
    n = min(len(first), len(second))
    one, two = np.diff(np.log(first[:n])), np.diff(np.log(second[:n]))
    assume(np.ptp(one) > 1e-9 and np.ptp(two) > 1e-9)
    pair = price(first[:n], "P"), price(second[:n], "Q")
    found = value_of(f"P,Q.correlation.{n - 1}d", *pair).value
    turned = value_of(f"Q,P.correlation.{n - 1}d", *pair).value
    wanted = np.corrcoef(one, two)[0, 1]
    assert found == pytest.approx(wanted, abs=1e-9)
    assert turned == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize(
    ("returns", "depth"),
    [([1, 10, -4, 2, 3, 2, 1, -10], -10.0), ([0, -6, -7, -1, -9, -2, -6, -8, -5], -36.59073035)],
)
def test_the_worked_examples_of_drawdown(
    price: Callable[..., Series], value_of: Callable[..., Value], returns: list[float], depth: float
) -> None:
    prices = price(np.cumprod([100.0, *(1 + np.array(returns) / 100)]))
    assert value_of("P.drawdown", prices).value == pytest.approx(depth, abs=1e-8)
    assert value_of("P.max_drawdown.all", prices).value == pytest.approx(depth, abs=1e-8)


WALK = np.round(100.0 + np.cumsum(np.random.default_rng(7).normal(0.0, 1.0, 420)), 2)
OTHER = np.round(100.0 + np.cumsum(np.random.default_rng(8).normal(0.0, 1.0, 420)), 2)
WITH_HISTORY = [name for name, metric in sorted(METRICS.items()) if metric.history]


def _inputs(metric: Metric, made: Callable[..., Series]) -> list[Series]:
    kinds = [Kind.PRICE if kinds == ANY else Kind.YIELD if kinds == RATES else _one(kinds) for kinds in metric.kinds]
    return [
        _series(made, list(values), name, kind) for values, name, kind in zip((WALK, OTHER), "PQ", kinds, strict=False)
    ]


def _one(kinds: frozenset[Kind]) -> Kind:
    return Kind.VOLATILITY if kinds == VOLATILITIES else Kind.PRICE


@pytest.mark.parametrize("name", WITH_HISTORY)
def test_a_future_observation_changes_no_past_value(made: Callable[..., Series], name: str) -> None:
    inputs = _inputs(METRICS[name], made)
    whole = history(name, inputs)
    past = history(name, [one.until(date(2021, 2, 3)) for one in inputs])
    assert len(past) < len(whole)
    assert np.array_equal(past.dates, whole.dates[: len(past)])
    assert np.array_equal(past.values, whole.values[: len(past)])


WINDOWS = [
    (name, word)
    for name in WITH_HISTORY
    for word in (["10d", "ytd", "since-2020-02-01", "all"] if METRICS[name].role is not Role.NONE else [""])
    if name != "largest_since" or word == "10d"
]


@pytest.mark.parametrize(("name", "word"), WINDOWS)
def test_the_history_of_a_metric_holds_its_value_at_each_date(
    made: Callable[..., Series], source_of: Callable[..., SeriesSource], name: str, word: str
) -> None:
    metric, inputs = METRICS[name], _inputs(METRICS[name], made)
    series = history(name, inputs, word)
    for at in (len(series) // 3, len(series) // 2, len(series) - 1):
        day = date.fromisoformat(str(series.dates[at]))
        value = evaluate(Reference(tuple("PQ"[: metric.needs]), name, word, day), source_of(*inputs)).value
        assert value == pytest.approx(float(series.values[at]), rel=1e-12, abs=1e-12)


def test_a_history_is_a_series_with_kind_unit_and_words(price: Callable[..., Series]) -> None:
    volatility = history("realised_vol", [price(WALK)], "1m")
    assert (volatility.id, volatility.kind, volatility.unit, volatility.delta_unit) == (
        "realised_vol(P, 1m)",
        Kind.VOLATILITY,
        "%",
        "points",
    )
    assert (volatility.name.en, volatility.name.zh) == ("P, Realised volatility", "P已實現波動率")
    assert len(volatility) == len(WALK) - 21


def _series(made: Callable[..., Series], values: list[float], series_id: str, kind: Kind = Kind.PRICE) -> Series:
    unit, delta_unit = {Kind.PRICE: ("", "%"), Kind.YIELD: ("%", "bp")}.get(kind, ("points", "points"))
    return made(values, series_id=series_id, kind=kind, unit=unit, delta_unit=delta_unit)
