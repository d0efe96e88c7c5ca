"""Windows on dates: where each one starts, and what it is called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.metrics.windows import Role, ago, needed, over, spelled, starts, window
from briefing.problems import Refused
from briefing.series import Dates, Series, SeriesSource


def days(*texts: str) -> Dates:
    return np.array(texts, dtype="datetime64[D]")


FIVE = days("2020-12-30", "2020-12-31", "2021-01-04", "2021-01-05", "2022-01-03")


@pytest.mark.parametrize(
    ("word", "n"), [("1d", 1), ("1w", 5), ("1m", 21), ("3m", 63), ("6m", 126), ("1y", 252), ("5y", 1260)]
)
def test_a_window_counts_observations(word: str, n: int | None) -> None:
    assert window(word).observations == n


@pytest.mark.parametrize(
    ("word", "role", "expected"),
    [
        ("2d", Role.LAG, [-1, -1, 0, 1, 2]),
        ("2d", Role.SAMPLE, [-1, 0, 1, 2, 3]),
        ("2d", Role.RETURNS, [-1, -1, 0, 1, 2]),
        ("ytd", Role.LAG, [-1, -1, 1, 1, 3]),
        ("ytd", Role.SAMPLE, [-1, -1, 1, 1, 3]),
        ("all", Role.SAMPLE, [0, 0, 0, 0, 0]),
        ("all", Role.LAG, [-1, 0, 0, 0, 0]),
        ("since2021", Role.LAG, [-1, -1, 1, 1, 1]),
        ("since2021", Role.SAMPLE, [-1, -1, 2, 2, 2]),
        ("since-2021-01-04", Role.LAG, [-1, -1, -1, 2, 2]),
        ("since-2021-01-04", Role.SAMPLE, [-1, -1, 2, 2, 2]),
    ],
)
def test_where_windows_start(word: str, role: Role, expected: list[int]) -> None:
    assert starts(window(word), role, FIVE).tolist() == expected


def test_a_window_of_events_starts_at_the_last_event_of_each_day(
    source_of: Callable[..., SeriesSource], made: Callable[..., Series]
) -> None:
    source = source_of(made([1.0]), calendars={"fomc": (date(2021, 1, 1), date(2021, 1, 5))})
    fomc = window("since-fomc", source)
    assert starts(fomc, Role.LAG, FIVE).tolist() == [-1, -1, 1, -1, 3]
    assert starts(fomc, Role.SAMPLE, FIVE).tolist() == [-1, -1, 2, 3, 3]


def test_an_unknown_calendar_is_refused_by_its_name(
    source_of: Callable[..., SeriesSource], made: Callable[..., Series]
) -> None:
    with pytest.raises(Refused, match="no calendar of events named “ecb”"):
        window("since-ecb", source_of(made([1.0])))


def test_a_part_of_a_sample_may_do(source_of: Callable[..., SeriesSource]) -> None:
    assert starts(window("4d"), Role.SAMPLE, FIVE, 0.5).tolist() == [-1, 0, 0, 0, 1]
    assert needed(window("4d"), Role.SAMPLE, 0.5) == 2


@pytest.mark.parametrize("word", ["1x", "since-2024-13-01", "", "0d"])
def test_a_word_that_is_no_window_is_refused(word: str) -> None:
    with pytest.raises(Refused, match="is not a window"):
        window(word)


@given(st.integers(1, 40), st.sampled_from([Role.LAG, Role.SAMPLE, Role.RETURNS]), st.integers(1, 60))
def test_a_counted_window_has_its_length_wherever_it_fits(count: int, role: Role, n: int) -> None:
    dates = np.datetime64("2020-01-01") + np.arange(n)
    found = starts(window(f"{count}d"), role, dates)
    length = np.arange(n) - found + (role is Role.SAMPLE)
    assert set(length[found >= 0]) <= {count}
    assert (found >= 0).sum() == max(0, n - needed(window(f"{count}d"), role) + 1)


def test_windows_in_words() -> None:
    start = date(2021, 1, 4)
    assert (over(window("1y"), start).en, over(window("1y"), start).zh) == ("over 1y", "近一年")
    assert (over(window("since2021"), start).en, over(window("since2021"), start).zh) == ("since 2021", "2021年以來")
    assert over(window("since2021"), date(2023, 8, 1)).en == "since 1 Aug 2023"
    assert over(window("since-2021-01-02"), start).zh == "2021年1月2日以來"
    assert over(window("all"), start).en == "since 4 Jan 2021"
    assert (over(window("ytd"), start).en, over(window("ytd"), start).zh) == ("year to date", "今年以來")
    assert (ago(window("1m"), start).en, ago(window("1m"), start).zh) == ("1m ago", "一個月前")
    assert ago(window("ytd"), start).en == "4 Jan 2021"
    assert (spelled(window("1d"), start).en, spelled(window("3m"), start).zh) == ("1 day", "3個月")
