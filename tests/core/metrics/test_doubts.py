"""A caveat on a day travels into every value that rests on that day, in words of both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from briefing import marks
from briefing.metrics.arithmetic import combined
from briefing.metrics.movers import mover
from briefing.metrics.registry import Value, history
from briefing.problems import Severity
from briefing.series import Caveat, Doubt, Late, Series, joined_caveats, most_late

THIRD = date(2020, 1, 3)


def doubted(series: Series, day: str, caveat: Caveat = Caveat.SUSPECT) -> Series:
    return replace(series, caveats={caveat: np.array([day], dtype="datetime64[D]")})


def test_a_value_on_a_suspect_day_warns_in_both_languages(
    made: Callable[..., Series], value_of: Callable[..., Value]
) -> None:
    value = value_of("X.last", doubted(made([4.0, 4.1, 4.05]), "2020-01-03"))

    assert value.doubts == (Doubt("X", Caveat.SUSPECT, THIRD),)
    [problem] = value.problems
    assert (problem.check, problem.severity) == ("value.suspect", Severity.WARNING)
    assert problem.message.en == "X: the value of 3 Jan 2020 is flagged as suspect."
    assert problem.message.zh == "X：2020年1月3日的數值標記為存疑。"


@pytest.mark.parametrize(("day", "warned"), [("2020-01-03", True), ("2020-01-02", True), ("2020-01-01", False)])
def test_a_change_warns_of_its_day_and_of_its_base_day(
    made: Callable[..., Series], value_of: Callable[..., Value], day: str, warned: bool
) -> None:
    value = value_of("X.change.1d", doubted(made([4.0, 4.1, 4.05]), day))

    assert value.value == -5.0
    assert bool(value.problems) is warned


@pytest.mark.parametrize(("caveat", "what"), [(Caveat.ESTIMATE, "為估計值"), (Caveat.FORECAST, "為預測值")])
def test_an_estimate_or_forecast_is_remarked_on(
    made: Callable[..., Series], value_of: Callable[..., Value], caveat: Caveat, what: str
) -> None:
    [problem] = value_of("X.last", doubted(made([4.0, 4.1, 4.05]), "2020-01-03", caveat)).problems

    assert problem.severity is Severity.INFO
    assert what in problem.message.zh


def test_a_pinned_value_keeps_the_caveat_of_its_day(
    made: Callable[..., Series], value_of: Callable[..., Value]
) -> None:
    series = doubted(made([1.0, 2.0, 4.0]), "2020-01-02")

    assert value_of("X.last@2020-01-02", series).doubts
    assert not value_of("X.last@2020-01-01", series).doubts


def test_the_printed_form_of_a_value_names_series_caveat_and_day(
    made: Callable[..., Series], value_of: Callable[..., Value]
) -> None:
    printed = value_of("X.last", doubted(made([4.0, 4.1, 4.05]), "2020-01-03")).as_json()

    assert printed["doubts"] == [{"series": "X", "caveat": "suspect", "date": "2020-01-03"}]


def test_a_mover_is_doubted_on_its_last_day_and_its_base_days(made: Callable[..., Series]) -> None:
    levels = [4.0, 4.1, 4.05, 4.2, 4.1, 4.3, 4.2]

    found = {at: bool(mover(doubted(made(levels), f"2020-01-0{at}")).doubts) for at in range(1, 8)}

    assert found == {1: False, 2: True, 3: False, 4: False, 5: False, 6: True, 7: True}


def test_what_is_computed_from_a_suspect_series_is_suspect_on_that_day(made: Callable[..., Series]) -> None:
    left, right = doubted(made([4.0, 4.1, 4.05]), "2020-01-02"), doubted(made([3.0, 3.1, 3.05]), "2020-01-03")

    spread = combined("-", left, right)
    changes = history("change", [left], "1d")

    assert isinstance(spread, Series)
    assert spread.caveats[Caveat.SUSPECT].astype(str).tolist() == ["2020-01-02", "2020-01-03"]
    assert changes.caveats[Caveat.SUSPECT].astype(str).tolist() == ["2020-01-02"]


def test_caveats_of_several_series_are_kept_apart_by_kind() -> None:
    days = np.array(["2020-01-02"], dtype="datetime64[D]")

    found = joined_caveats(({Caveat.SUSPECT: days}, {Caveat.ESTIMATE: days}, {}))

    assert set(found) == {Caveat.SUSPECT, Caveat.ESTIMATE}


def test_a_value_of_several_series_is_as_late_as_the_one_that_ends_first() -> None:
    early, later = Late(date(2025, 1, 10), 3), Late(date(2025, 1, 13), 2)

    assert most_late((None, later, early)) == early
    assert most_late((None, None)) is None


@pytest.mark.parametrize(
    ("missed", "freq", "en", "zh"),
    [
        (2, "D", "2 sessions late, last 13 Jan 2025", "遲2個交易日，最新為2025年1月13日"),
        (1, "D", "1 session late, last 13 Jan 2025", "遲1個交易日，最新為2025年1月13日"),
        (3, "W", "3 weeks late, last 13 Jan 2025", "遲3週，最新為2025年1月13日"),
        (1, "M", "1 month late, last 13 Jan 2025", "遲1個月，最新為2025年1月13日"),
        (2, "Q", "2 quarters late, last 13 Jan 2025", "遲2季，最新為2025年1月13日"),
    ],
)
def test_how_late_is_said_in_the_periods_of_the_series(missed: int, freq: str, en: str, zh: str) -> None:
    words = marks.late(missed, date(2025, 1, 13), freq)

    assert (words.en, words.zh) == (en, zh)


def test_every_caveat_has_words() -> None:
    assert set(marks.CAVEATS) == set(Caveat)
