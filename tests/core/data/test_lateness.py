"""Whether a series is late is told by its own calendar at the as-of date, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefing import marks
from briefing.data.catalogue import load_catalogue
from briefing.data.lateness import lateness

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2025, 1, 10 + day) for day in range(4))


@pytest.mark.parametrize(
    ("series", "last", "as_of", "missed"),
    [
        # A Friday's close is the newest there is on Saturday, on Sunday and before Monday's close.
        ("SPY", FRIDAY, SATURDAY, 0),
        ("SPY", FRIDAY, SUNDAY, 0),
        ("SPY", FRIDAY, MONDAY, 0),
        ("SPY", FRIDAY, date(2025, 1, 14), 1),
        ("SPY", FRIDAY, date(2025, 1, 15), 2),
        # 9 January 2025: stocks did not trade, the Treasury published; the 10th is one due session more.
        ("SPY", date(2025, 1, 8), date(2025, 1, 10), 0),
        ("DGS10", date(2025, 1, 8), date(2025, 1, 10), 1),
        # 13 October 2025: stocks traded, the Treasury left the day blank.
        ("SPY", date(2025, 10, 10), date(2025, 10, 14), 1),
        ("DGS10", date(2025, 10, 10), date(2025, 10, 14), 0),
        ("DGS10", date(2025, 10, 10), date(2025, 10, 15), 1),
        # Thanksgiving and the day after it, on which the exchange closes early but trades.
        ("SPY", date(2024, 11, 27), date(2024, 11, 29), 0),
        ("SPY", date(2024, 11, 27), date(2024, 12, 2), 1),
        # FRED has a close of the VIX a day later than Cboe: the lag is waited for.
        ("VIXCLS", date(2025, 1, 13), date(2025, 1, 15), 0),
        ("VIXCLS", date(2025, 1, 13), date(2025, 1, 16), 1),
        # The balance sheet of a Wednesday is published on Thursday; two Wednesdays without one are a week late.
        ("WALCL", date(2025, 1, 8), date(2025, 1, 16), 0),
        ("WALCL", date(2025, 1, 8), date(2025, 1, 22), 0),
        ("WALCL", date(2025, 1, 8), date(2025, 1, 23), 1),
        # A month's average comes in the first days of the next month.
        ("FEDFUNDS", date(2024, 11, 30), date(2025, 1, 15), 0),
        ("FEDFUNDS", date(2024, 11, 30), date(2025, 2, 5), 1),
        # Tokyo was shut from 31 December to 3 January.
        ("JGB10Y", date(2024, 12, 30), date(2025, 1, 6), 0),
        ("JGB10Y", date(2024, 12, 30), date(2025, 1, 7), 1),
    ],
)
def test_a_series_misses_the_sessions_of_its_own_calendar(series: str, last: date, as_of: date, missed: int) -> None:
    entry = load_catalogue().entry(series)
    assert entry is not None

    late = lateness(entry, last, as_of)

    assert (late.sessions if late else 0) == missed
    assert late is None or (late.last, late.freq) == (last, entry.freq)


def test_a_week_late_is_said_in_weeks() -> None:
    entry = load_catalogue().entry("WALCL")
    assert entry is not None

    late = lateness(entry, date(2025, 1, 8), date(2025, 1, 30))

    assert late is not None
    words = marks.late(late.sessions, late.last, late.freq)
    assert (words.en, words.zh) == ("2 weeks late, last 8 Jan 2025", "遲2週，最新為2025年1月8日")


def test_a_tolerated_age_and_a_lag_of_the_catalogue_are_waited_for() -> None:
    entry = load_catalogue().entry("DGS10")
    assert entry is not None
    last, as_of = date(2025, 1, 8), date(2025, 1, 15)

    missed = [
        lateness(replace(entry, **change), last, as_of)
        for change in ({}, {"tolerated_age": 4}, {"release_lag_days": 5})
    ]

    assert [late.sessions if late else 0 for late in missed] == [4, 1, 1]


def test_a_series_that_has_ended_is_not_late() -> None:
    entry = load_catalogue().entry("DGS10")
    assert entry is not None
    ended = replace(entry, discontinued_on="2020-01-02")

    assert lateness(ended, date(2020, 1, 2), date(2025, 1, 15)) is None
    assert lateness(ended, date(2019, 12, 20), date(2025, 1, 15)) is not None


def test_a_series_without_a_value_has_no_age() -> None:
    entry = load_catalogue().entry("DGS10")
    assert entry is not None

    assert lateness(entry, None, date(2025, 1, 15)) is None
