"""The ranked list of what moved."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from briefing.metrics.movers import mover, movers
from briefing.metrics.registry import Value
from briefing.series import Late, Series, SeriesSource


def test_movers_stand_in_order_of_their_move_against_their_own_history(
    made: Callable[..., Series], source_of: Callable[..., SeriesSource]
) -> None:
    steps = np.tile([0.01, -0.01], 150)
    calm = made([4.0 + steps[:at].sum() for at in range(300)], series_id="CALM")
    jump = replace(calm, id="JUMP", values=np.append(calm.values[:-1], calm.values[-2] - 0.30))
    young = made([1.0, 3.0], series_id="YOUNG", start="2020-10-24")
    empty = made([], series_id="EMPTY")
    found = movers(source_of(calm, jump, young, empty), ["CALM", "EMPTY", "YOUNG", "JUMP"])
    assert [one.series for one in found] == ["JUMP", "CALM", "YOUNG"]
    assert found[0].zscore is not None
    assert found[0].zscore < -10
    assert found[2].zscore is None


def test_a_short_history_gives_what_it_can(made: Callable[..., Series]) -> None:
    one = mover(replace(made([4.0, 4.1]), late=Late(date(2020, 1, 2), 3)))
    assert (one.last_text.en, one.day_text.zh, one.week, one.week_text.en) == ("4.10%", "+10個基點", None, "—")
    assert (one.percentile_text.en, one.n, one.since) == ("100th percentile", 2, date(2020, 1, 1))
    assert one.phrase is not None
    assert one.phrase.en == "largest 1d rise on record since 1 Jan 2020"
    assert one.late == Late(date(2020, 1, 2), 3)


def test_one_observation_has_a_level_and_no_change(made: Callable[..., Series]) -> None:
    one = mover(made([4.0]))
    assert (one.last, one.day, one.base_date, one.phrase, one.zscore) == (4.0, None, None, None, None)


def test_nothing_is_said_of_a_day_without_a_change(made: Callable[..., Series]) -> None:
    one = mover(made([4.0, 4.1, 4.1]))
    assert (one.day, one.day_text.en, one.phrase) == (0.0, "0bp", None)


def test_a_price_of_zero_or_less_has_no_percent_change(price: Callable[..., Series]) -> None:
    one = mover(price([10.0, -3.0]))
    assert (one.last, one.day, one.day_text.en, one.phrase) == (-3.0, None, "—", None)


@pytest.mark.parametrize("series_id", ["DFII10", "UST10Y", "VIX", "SPY", "HY", "MOVE"])
def test_the_list_says_what_the_references_say(
    real: Callable[..., Value], real_market: Callable[[str], SeriesSource], series_id: str
) -> None:
    one = mover(real_market("2025-01-15").series(series_id))
    change, week, month = (real(f"{series_id}.change.{window}") for window in ("1d", "1w", "1m"))
    assert (one.day, one.week, one.month, one.base_date) == (change.value, week.value, month.value, change.base_date)
    assert one.percentile == real(f"{series_id}.pctile.1y").value
    assert one.since == real(f"{series_id}.pctile.1y").window_start
    assert one.phrase is not None
    assert one.phrase.zh == real(f"{series_id}.largest_since.1d").text.zh


def test_the_score_is_that_of_the_history_of_changes(
    whole: Callable[[str], Series], real_market: Callable[[str], SeriesSource]
) -> None:
    from briefing.metrics.registry import history

    series = real_market("2025-01-15").series("DFII10")
    moves = history("change", [series], "1d").values[-252:]
    assert mover(series).zscore == pytest.approx((moves[-1] - moves.mean()) / moves.std(ddof=1))


def test_movers_as_json_are_plain(real_market: Callable[[str], SeriesSource]) -> None:
    shown = movers(real_market("2025-01-15"), ["DFII10"])[0].as_json()
    assert json.loads(json.dumps(shown)) == shown
    assert (shown["change_1d"], shown["largest_since"], shown["window_start"], shown["n"]) == (
        -10.0,
        {"en": "largest 1d drop since 14 Dec 2023", "zh": "自2023年12月14日以來最大單日跌幅"},
        "2024-01-12",
        252,
    )


@pytest.mark.bench
def test_a_hundred_series_of_three_thousand_days_in_150_ms(
    benchmark: Callable[..., object], made: Callable[..., Series], source_of: Callable[..., SeriesSource]
) -> None:
    walk = np.cumsum(np.random.default_rng(1).normal(0.0, 0.05, (100, 3000)), axis=1).round(2) + 50.0
    source = source_of(*(made(list(row), series_id=f"S{at}") for at, row in enumerate(walk)))
    ids = [f"S{at}" for at in range(100)]
    assert len(benchmark(movers, source, ids)) == 100
