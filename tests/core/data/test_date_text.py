"""Dates: each style reads what it declares and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.data.dates.date_text import DATE_STYLES, date_styles, without_weekends
from briefing.data.dates.periods import period_end

NEW_YORK = ZoneInfo("America/New_York")
FORMS = {
    "iso": "%Y-%m-%d",
    "mdy": "%m/%d/%Y",
    "dmy": "%d/%m/%Y",
    "ymd": "%Y/%m/%d",
    "compact": "%Y%m%d",
    "named": "%d-%b-%Y",
}


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(sorted(FORMS)))
def test_a_written_date_is_read_back(day: date, style: str) -> None:
    assert DATE_STYLES[style].read(day.strftime(FORMS[style]), None) == day


@given(st.text(max_size=14), st.sampled_from(sorted(DATE_STYLES)))
def test_any_text_is_a_date_or_none(text: str, style: str) -> None:
    assert isinstance(DATE_STYLES[style].read(text, None), date | None)


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_midnight_in_new_york_is_that_day_whatever_the_offset(day: date) -> None:
    midnight = datetime.combine(day, time(), NEW_YORK)
    for text in (str(midnight), str(midnight.astimezone(UTC)), midnight.astimezone(UTC).isoformat()):
        assert DATE_STYLES["instant"].read(text, NEW_YORK) == day


@pytest.mark.parametrize(
    ("style", "text", "day"),
    [
        ("mdyy", "1/2/90", date(1990, 1, 2)),
        ("mdyy", "12/29/23", date(2023, 12, 29)),
        ("mdyy", "6/1/49", date(2049, 6, 1)),
        ("mdy", "1/7/2008", date(2008, 1, 7)),
        ("dmy", "15.01.2025", date(2025, 1, 15)),
        ("instant", "2025-01-14 00:00:00", date(2025, 1, 14)),
    ],
)
def test_spellings_of_dates(style: str, text: str, day: date) -> None:
    assert DATE_STYLES[style].read(text, None) == day


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("iso", "2024-02-30"),
        ("iso", "20240230"),
        ("iso", "2024-W01-1"),
        ("mdy", "13/04/2024"),
        ("dmy", "03/13/2024"),
        ("named", "30-Foo-2024"),
        ("instant", "2025-01-14 09:30:00"),
        ("instant", "2025-01-14 00:00:00+25:00"),
        ("compact", "2024010"),
        ("iso", "٢٠٢٤-01-01"),
    ],
)
def test_what_is_no_date_of_a_style(style: str, text: str) -> None:
    assert DATE_STYLES[style].read(text, None) is None


def test_one_style_has_to_fit_the_whole_column() -> None:
    names = ("mdy", "dmy")
    assert [style.name for style in date_styles(["03/04/2024", "04/04/2024"], names)] == ["mdy", "dmy"]
    assert [style.name for style in date_styles(["03/04/2024", "13/04/2024"], names)] == ["dmy"]
    assert date_styles(["03/13/2024", "13/04/2024"], names) == ()


def test_a_saturday_disproves_a_style() -> None:
    texts = ["01/06/2025"]
    assert [style.name for style in without_weekends(texts, date_styles(texts, ("mdy", "dmy")))] == ["mdy"]


@pytest.mark.parametrize(
    ("freq", "day", "end"),
    [
        ("M", date(2024, 2, 1), date(2024, 2, 29)),
        ("M", date(2024, 12, 1), date(2024, 12, 31)),
        ("Q", date(2024, 10, 1), date(2024, 12, 31)),
        ("Q", date(2024, 1, 1), date(2024, 3, 31)),
        ("W", date(2024, 2, 7), date(2024, 2, 7)),
        ("D", date(2024, 2, 7), date(2024, 2, 7)),
    ],
)
def test_monthly_and_quarterly_values_stand_at_the_end_of_their_period(freq: str, day: date, end: date) -> None:
    assert period_end(day, freq) == end
