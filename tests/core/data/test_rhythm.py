"""Whether a table has one row a month."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.reading.rhythm import is_monthly

STYLES = ("iso", "named")
MONTHS = st.lists(st.integers(0, 700), min_size=3, max_size=40, unique=True)


def month_end(number: int) -> date:
    following = number + 1
    return date(1960 + following // 12, following % 12 + 1, 1) - timedelta(days=1)


@settings(deadline=None)
@given(MONTHS)
def test_dates_in_as_many_months_are_monthly_in_any_order(months: list[int]) -> None:
    assert is_monthly([str(month_end(number)) for number in months], STYLES)


@settings(deadline=None)
@given(MONTHS, st.data())
def test_two_dates_of_one_month_are_not_monthly(months: list[int], data: st.DataObject) -> None:
    texts = [str(month_end(number)) for number in months]
    twin = month_end(data.draw(st.sampled_from(months))).replace(day=1)
    texts.insert(data.draw(st.integers(0, len(texts))), str(twin))
    assert not is_monthly(texts, STYLES)


def test_styles_may_be_mixed_and_two_dates_are_too_few() -> None:
    assert is_monthly(["2025-01-31", "28-Feb-2025", "2025-03-31"], STYLES)
    assert not is_monthly(["2025-01-31", "2025-02-28"], STYLES)


def test_a_text_that_is_no_date_ends_the_question() -> None:
    assert not is_monthly(["2025-01-31", "2025-02-28", "2025-03-31", "Source: Fed"], STYLES)
