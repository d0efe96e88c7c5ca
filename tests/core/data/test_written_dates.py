"""Dates with words, of Chinese files, and periods: each style reads its own form and no other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.data.dates.date_text import DATE_STYLES

DAYS = st.dates(date(1912, 1, 1), date(2049, 12, 31))


def read(style: str, text: str) -> date | None:
    return DATE_STYLES[style].read(text, None)


def last_of_month(day: date) -> date:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)


@pytest.mark.parametrize(
    ("style", "text", "day"),
    [
        ("month", "2024-01", date(2024, 1, 31)),
        ("month_slash", "2024/2", date(2024, 2, 29)),
        ("month_m", "2024M01", date(2024, 1, 31)),
        ("month_compact", "202412", date(2024, 12, 31)),
        ("month_year", "01/2024", date(2024, 1, 31)),
        ("mon_yy", "Jan-24", date(2024, 1, 31)),
        ("mon_yy", "Dec-50", date(1950, 12, 31)),
        ("mon_yyyy", "January 2024", date(2024, 1, 31)),
        ("yyyy_mon", "2024Jan", date(2024, 1, 31)),
        ("quarter", "2024Q3", date(2024, 9, 30)),
        ("quarter", "2024-Q4", date(2024, 12, 31)),
        ("quarter_first", "Q1 2024", date(2024, 3, 31)),
        ("zh", "2024年1月2日", date(2024, 1, 2)),
        ("zh_month", "2024年2月", date(2024, 2, 29)),
        ("roc", "113/01/02", date(2024, 1, 2)),
        ("roc", "99/12/31", date(2010, 12, 31)),
        ("roc_zh", "民國113年1月2日", date(2024, 1, 2)),
        ("roc_zh", "113年1月2日", date(2024, 1, 2)),
        ("roc_zh_month", "民國113年1月", date(2024, 1, 31)),
        ("long", "September 18, 2024", date(2024, 9, 18)),
        ("long", "Wednesday, Sep 18, 2024", date(2024, 9, 18)),
        ("named_yy", "18-Sep-24", date(2024, 9, 18)),
        ("named_full", "18 September 2024", date(2024, 9, 18)),
        ("mdy_midnight", "9/18/2024 0:00", date(2024, 9, 18)),
        ("mdy_midnight", "9/18/2024 12:00:00 AM", date(2024, 9, 18)),
        ("dmy_midnight", "18/09/2024 00:00:00", date(2024, 9, 18)),
        ("ymd_midnight", "2024/9/18 00:00", date(2024, 9, 18)),
        ("dots", "2024.09.18", date(2024, 9, 18)),
        ("serial", "45553", date(2024, 9, 18)),
    ],
)
def test_a_style_reads_its_own_form(style: str, text: str, day: date) -> None:
    assert read(style, text) == day


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("month", "2024-13"),
        ("month", "2024-00"),
        ("month_compact", "123456"),
        ("mon_yy", "Foo-24"),
        ("quarter", "2024Q5"),
        ("zh", "2024年2月30日"),
        ("zh", "113年1月2日"),
        ("roc", "113/13/02"),
        ("roc", "2024/01/02"),
        ("roc_zh", "2024年1月2日"),
        ("long", "Monday, Sep 18, 2024"),
        ("named_full", "18 Sept 2024"),
        ("mdy_midnight", "9/18/2024 09:30"),
        ("mdy_midnight", "9/18/2024"),
        ("dots", "2024.02.30"),
        ("serial", "19999"),
        ("serial", "80001"),
        ("serial", "45553.5"),
        ("dots", "٢٠٢٤.٠٩.١٨"),
    ],
)
def test_what_is_no_such_date_is_none(style: str, text: str) -> None:
    assert read(style, text) is None


@given(DAYS)
def test_a_day_written_in_a_style_is_read_back(day: date) -> None:
    assert read("zh", f"{day.year}年{day.month}月{day.day}日") == day
    assert read("roc_zh", f"民國{day.year - 1911}年{day.month}月{day.day}日") == day
    assert read("long", f"{day:%A, %B} {day.day}, {day.year}") == day
    assert read("dots", f"{day:%Y.%m.%d}") == day
    assert read("ymd_midnight", f"{day:%Y/%m/%d} 0:00") == day


@given(DAYS)
def test_a_period_reads_as_its_last_day(day: date) -> None:
    end = last_of_month(day)
    assert read("month", f"{day:%Y-%m}") == end
    assert read("mon_yyyy", f"{day:%B %Y}") == end
    assert read("month_m", f"{day.year}M{day.month}") == end
    quarter = (day.month + 2) // 3
    assert read("quarter", f"{day.year}Q{quarter}") == last_of_month(date(day.year, quarter * 3, 1))
