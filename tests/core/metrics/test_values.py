"""Values of references on made series: words, provenance, and reasons where there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from briefing.metrics.curve import legs, tenor
from briefing.metrics.registry import METRICS, Value, describe, evaluate
from briefing.problems import NOWHERE, Refused, error
from briefing.reference import Reference
from briefing.series import Kind, Late, Series, SeriesSource
from briefing.text import Label


def test_a_value_carries_its_dates_its_vintage_and_its_lateness(
    made: Callable[..., Series], value_of: Callable[..., Value]
) -> None:
    late = Late(date(2020, 1, 3), 4)
    series = replace(made([4.0, 4.1, 4.05]), vintage="2020-02-01", late=late)
    value = value_of("X.change.1d", series)
    assert (value.value, value.date, value.base_date, value.n) == (-5.0, date(2020, 1, 3), date(2020, 1, 2), 1)
    assert (value.vintage, value.late, value.series, value.unit) == ("2020-02-01", late, ("X",), "bp")


@pytest.mark.parametrize(
    ("form", "en", "zh"),
    [
        ("", "−10bp", "−10個基點"),
        ("|abs", "10bp", "10個基點"),
        ("|verb", "fell", "下跌"),
        ("|move", "down 10bp", "下跌10個基點"),
    ],
)
def test_a_change_in_its_forms(
    made: Callable[..., Series], value_of: Callable[..., Value], form: str, en: str, zh: str
) -> None:
    text = value_of(f"X.change.1d{form}", made([2.34, 2.24])).text
    assert (text.en, text.zh) == (en, zh)


@pytest.mark.parametrize(("form", "zh"), [("|verb", "持平"), ("|move", "持平"), ("", "0個基點")])
def test_no_change_is_said_as_such(
    made: Callable[..., Series], value_of: Callable[..., Value], form: str, zh: str
) -> None:
    assert value_of(f"X.change.1d{form}", made([2.24, 2.24])).text.zh == zh


def test_a_pinned_value_is_as_it_was_then(made: Callable[..., Series], value_of: Callable[..., Value]) -> None:
    series = replace(made([1.0, 2.0, 4.0]), late=Late(date(2020, 1, 3), 2))
    value = value_of("X.last@2020-01-02", series)
    assert (value.value, value.date, value.late) == (2.0, date(2020, 1, 2), None)
    assert value_of("X.change.1d@2020-01-02", series).value == 100.0


def test_a_value_between_observations_is_the_last_one_with_its_true_date(
    made: Callable[..., Series], value_of: Callable[..., Value], source_of: Callable[..., SeriesSource]
) -> None:
    old, new = made([1.0, 2.0]), made([1.0], series_id="Y", start="2020-03-01")
    value = evaluate(Reference(("X",), "last", pin=date(2020, 2, 1)), source_of(old, new))
    assert (value.value, value.date) == (2.0, date(2020, 1, 2))


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("X.pctile.1y", "This needs 252 observations, the data have 180."),
        ("X.zscore.5y", "This needs 630 observations, the data have 180."),
        ("X.change.1y", "This needs 253 observations, the data have 180."),
        ("X.chnge.1d", "There is no metric “chnge”."),
        ("X.last.1d", "last takes no window, here 1d."),
        ("X.last|verb", "last cannot be written as “verb”."),
        ("X.largest_since.1d|abs", "largest_since cannot be written as “abs”."),
        ("X,X.last", "last takes 1 series, not 2."),
        ("X.curve_slope", "curve_slope takes 2 series, not 1."),
        ("X.realised_vol.1m", "realised_vol has no meaning for X, which is of kind yield."),
        ("X.last@2030-01-01", "1 Jan 2030 lies after the as-of date, 28 Jun 2020."),
        ("X.change.ytd", "ytd has no value to count from; the data run from 1 Jan 2020 to 28 Jun 2020."),
        (
            "X.largest_since.since-2020-02-01",
            "Moves over since-2020-02-01 have different lengths and cannot be ranked.",
        ),
        ("X.zscore.1y", "z-score: all values in the window are equal."),
        ("X.largest_since.1d", "There was no change, so there is no largest one."),
    ],
)
def test_what_cannot_be_computed_is_a_dash_with_a_reason(
    made: Callable[..., Series], value_of: Callable[..., Value], reference: str, message: str
) -> None:
    value = value_of(reference, made([2.0] * 180))
    assert (value.value, value.text.en, value.text.zh) == (None, "—", "—")
    assert [problem.message.en for problem in value.problems] == [message]
    assert all(problem.message.zh and problem.hint.en and problem.hint.zh for problem in value.problems)


def test_an_unknown_series_keeps_the_reason_of_its_source(
    made: Callable[..., Series], source_of: Callable[..., SeriesSource]
) -> None:
    words = Label("No series is called Y.", "沒有Y。")

    class Empty:
        as_of = date(2020, 1, 1)

        def series(self, series_id: str) -> Series:
            raise Refused(error("market.unknown", NOWHERE, words, words))

        def events(self, name: str) -> tuple[date, ...]:
            return ()

    assert evaluate(Reference(("Y",), "last"), Empty()).problems[0].message == words


def test_an_empty_series_has_no_value(made: Callable[..., Series], value_of: Callable[..., Value]) -> None:
    assert value_of("X.last", made([])).problems[0].message.en == "This needs 1 observation, the data have 0."


def test_a_wrong_name_is_answered_with_near_ones(made: Callable[..., Series], value_of: Callable[..., Value]) -> None:
    assert "change" in value_of("X.chnge.1d", made([1.0])).problems[0].hint.en


def test_series_that_share_no_date_have_no_value_together(
    made: Callable[..., Series], value_of: Callable[..., Value]
) -> None:
    value = value_of("X,Y.curve_slope", made([1.0]), made([2.0], series_id="Y", start="2021-01-01"))
    assert value.problems[0].message.en == "This needs 1 observation, the data have 0."


def test_dates_are_joined_before_differences_are_taken(
    made: Callable[..., Series], value_of: Callable[..., Value]
) -> None:
    gap = made([1.0, 1.5, 2.0], series_id="Y")
    gap = replace(gap, dates=gap.dates[[0, 2]], values=gap.values[[0, 2]])
    value = value_of("X,Y.slope_change.1d", made([1.0, 9.0, 1.5]), gap)
    assert (value.value, value.base_date) == (50.0, date(2020, 1, 1))


def test_now_against_then(made: Callable[..., Series], value_of: Callable[..., Value]) -> None:
    series = made([float(67 - at) for at in range(26)], kind=Kind.SPREAD, unit="bp", decimals=0)
    value = value_of("X.vs.1m", series)
    assert (value.text.en, value.text.zh) == ("42bp (1m ago 63bp)", "42個基點（一個月前63個基點）")


def test_the_date_of_a_value_is_a_reference_too(made: Callable[..., Series], value_of: Callable[..., Value]) -> None:
    text = value_of("X.date", made([1.0, 2.0])).text
    assert (text.en, text.zh) == ("2 Jan 2020", "2020年1月2日")


def test_a_tie_counts_as_at_least_as_large(made: Callable[..., Series], value_of: Callable[..., Value]) -> None:
    value = value_of("X.largest_since.1d", made([2.44, 2.34, 2.30, 2.34, 2.24]))
    assert (value.facts["since"], value.facts["tie"], value.facts["record"]) == ("2020-01-02", True, False)


def test_a_move_over_a_gap_tells_how_long_both_were(
    price: Callable[..., Series], value_of: Callable[..., Value]
) -> None:
    series = price([100.0, 90.0, 95.0, 86.0])
    series = replace(series, dates=series.dates + np.array([0, 4, 5, 6]))
    facts = value_of("P.largest_since.1d", series).facts
    assert (facts["days"], facts["since_days"], facts["since"]) == (2, 5, "2020-01-06")


def test_a_rise_of_a_price_is_a_rise_of_its_own_word(
    price: Callable[..., Series], value_of: Callable[..., Value]
) -> None:
    text = value_of("P.largest_since.1w", price([*[100] * 5, 120, *[100] * 5, 110])).text
    assert (text.en, text.zh) == ("largest 1w rise since 6 Jan 2020", "自2020年1月6日以來最大單週漲幅")


@pytest.mark.parametrize(
    ("reference", "en", "zh"),
    [
        ("X.highest_since", "highest since 1 Jan 2020", "自2020年1月1日以來最高"),
        ("X.lowest_since", "lowest since 3 Jan 2020", "自2020年1月3日以來最低"),
    ],
)
def test_a_level_is_ranked_strictly(
    made: Callable[..., Series], value_of: Callable[..., Value], reference: str, en: str, zh: str
) -> None:
    text = value_of(reference, made([5.0, 4.0, 3.0, 4.0])).text
    assert (text.en, text.zh) == (en, zh)


def test_the_lowest_of_all_is_on_record_since_the_first_day(
    made: Callable[..., Series], value_of: Callable[..., Value]
) -> None:
    text = value_of("X.lowest_since", made([5.0, 4.0, 3.0])).text
    assert (text.en, text.zh) == ("lowest on record since 1 Jan 2020", "自2020年1月1日有紀錄以來最低")


def test_a_regime_of_nothing_is_unchanged(made: Callable[..., Series], value_of: Callable[..., Value]) -> None:
    two, ten = made([4.0, 4.0], series_id="UST2Y"), made([4.5, 4.5], series_id="UST10Y")
    assert value_of("UST2Y,UST10Y.curve_regime.1d", two, ten).text.en == "2s10s, 1 day: unchanged"


@pytest.mark.parametrize(
    ("tags", "short", "series_id", "expected"),
    [
        (("tenor:10Y",), "The long one", "L", (10, "Y")),
        (("rates", "tenor:6W"), "UST 6W", "W", (6, "W")),
        ((), "UST 3M", "Z", (3, "M")),
        ((), "Bund 30-year", "UST5Y", (5, "Y")),
        ((), "real", "DFII10", (10, "Y")),
        ((), "bill", "DGS3MO", (3, "M")),
        ((), "policy", "EFFR", None),
    ],
)
def test_the_tenor_of_a_leg(
    made: Callable[..., Series], tags: tuple[str, ...], short: str, series_id: str, expected: tuple[int, str] | None
) -> None:
    assert tenor(replace(made([1.0], series_id=series_id), tags=tags, short=Label(short, short))) == expected


def test_legs_without_a_tenor_are_called_by_name(made: Callable[..., Series]) -> None:
    named = [
        replace(made([1.0], series_id=one), short=Label(one, zh))
        for one, zh in (("EFFR", "有效利率"), ("SOFR", "擔保利率"))
    ]
    assert legs(*named) == Label("EFFR/SOFR", "有效利率/擔保利率利差")


def test_a_value_as_json_has_the_shape_of_the_command(
    made: Callable[..., Series], value_of: Callable[..., Value]
) -> None:
    shown = value_of("X.change.1d", made([2.34, 2.24])).as_json()
    assert {key: shown[key] for key in ("ref", "value", "unit", "text", "date", "base_date", "window_start", "n")} == {
        "ref": "X.change.1d",
        "value": -10.0,
        "unit": "bp",
        "text": {"en": "−10bp", "zh": "−10個基點"},
        "date": "2020-01-02",
        "base_date": "2020-01-01",
        "window_start": None,
        "n": 1,
    }
    assert shown["problems"] == []


@pytest.mark.parametrize("name", sorted(METRICS))
def test_every_metric_is_documented_in_both_languages(name: str) -> None:
    shown = describe(METRICS[name])
    assert {"name", "family", "label", "unit", "delta_unit", "needs", "source", "doc"} <= shown.keys()
    for words in (METRICS[name].label, METRICS[name].doc):
        assert words.en
        assert any("\u4e00" <= letter <= "\u9fff" or letter.isupper() for letter in words.zh)
    assert METRICS[name].doc.zh.endswith("。")


@pytest.mark.parametrize("name", sorted(METRICS))
def test_the_example_of_every_metric_is_a_reference_to_it(name: str) -> None:
    from briefing.reference import parse_reference

    example = parse_reference(METRICS[name].example, NOWHERE)
    assert (example.metric, len(example.ids)) == (name, METRICS[name].needs)
