"""The days of series beside the sessions of their calendars, shared where they are the same."""

from __future__ import annotations

import numpy as np

from briefing.data.validation.session_days import SessionDays, session_days
from briefing.data.validation.stretches import stretches
from briefing.series import Dates


def days(*texts: str) -> Dates:
    return np.array(texts, dtype="datetime64[D]")


WEEK = days("2025-01-06", "2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10")


def test_series_with_the_same_days_and_calendar_share_them() -> None:
    made: dict[str, SessionDays] = {}
    first = session_days("XNYS", WEEK, WEEK, made)
    assert session_days("XNYS", WEEK.copy(), WEEK.copy(), made) is first


def test_another_calendar_another_day_and_another_blank_row_are_not_shared() -> None:
    made: dict[str, SessionDays] = {}
    first = session_days("XNYS", WEEK, WEEK, made)
    assert session_days("SIFMA_US", WEEK, WEEK, made).shut.tolist() == [False] * 5
    assert first.shut.tolist() == [False, False, False, True, False]
    fewer = session_days("XNYS", WEEK[[0, 1, 2, 4]], WEEK, made)
    assert fewer.shut.tolist() == [False] * 4
    later = session_days("XNYS", WEEK[[0, 1, 2, 4]], WEEK[[0, 1, 2, 4]], made)
    assert later is not fewer
    assert later.left_out.tolist() == [0, 0, 0]


def test_a_step_over_sessions_counts_those_that_are_left_out() -> None:
    listed = days("2025-01-06", "2025-01-10")
    assert session_days("XNYS", listed, listed, {}).left_out.tolist() == [2]
    assert session_days("SIFMA_US", listed, listed, {}).left_out.tolist() == [3]


def test_stretches_that_are_too_short_are_left_out() -> None:
    mask = np.array([True, False, True, True, False, True, True, True])
    assert list(stretches(mask)) == [(0, 1), (2, 4), (5, 8)]
    assert list(stretches(mask, 2)) == [(2, 4), (5, 8)]
    assert list(stretches(mask, 3)) == [(5, 8)]
