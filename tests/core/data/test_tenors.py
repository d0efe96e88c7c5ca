"""Tenors of Treasury yields, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.tenors import par_yield

YEARS = st.sampled_from((" Yr", " Year", "-Year", "Y", " yr", "yrs", " YEARS", " yr."))
MONTHS = st.sampled_from((" Mo", " Month", "-Month", "M", "mo", " Mos", " months", "mth"))


@settings(deadline=None)
@given(st.integers(1, 30), YEARS)
def test_years_are_read_in_every_spelling(count: int, unit: str) -> None:
    assert par_yield(f"{count}{unit}") == f"DGS{count}"


@settings(deadline=None)
@given(st.integers(1, 12), MONTHS)
def test_months_are_read_in_every_spelling(count: int, unit: str) -> None:
    assert par_yield(f"{count}{unit}") == f"DGS{count}MO"


def test_six_weeks_are_written_as_a_month_and_a_half() -> None:
    assert par_yield("1.5 Month") == "DGS6WK"


@pytest.mark.parametrize("text", ["", "Date", "10", "Yr 10", "10 Yr 5", "1.5 Yr", "100 Yr", "2.5 Mo", "10Q", "1O Yr"])
def test_anything_else_is_no_tenor(text: str) -> None:
    assert par_yield(text) is None
