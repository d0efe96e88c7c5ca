"""The strict grammar of numbers: what is written is what is read, and nothing else is a number."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.data.reading.number_text import COMMA, POINT, read_number, read_thirty_seconds


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_float_is_read_back_exactly(value: float) -> None:
    assert read_number(repr(value)) == value


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_grouped_thousands_are_read_in_either_style(cents: int, decimals: int) -> None:
    text = f"{cents / 10**decimals:,.{decimals}f}"
    european = text.translate(str.maketrans(",.", ".,"))
    assert read_number(text, POINT) == read_number(european, COMMA) == float(text.replace(",", ""))


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    value = read_number(text)
    assert value is None or math.isfinite(value)


@given(st.from_regex(r"[0-9]{1,3}(,[0-9]{3})*(,[0-9]{1,2}|,[0-9]{4})", fullmatch=True))
def test_a_group_that_has_not_three_digits_makes_no_number(text: str) -> None:
    assert read_number(text, POINT) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4.59", 4.59),
        ("-36.98", -36.98),
        ("−0.5", -0.5),
        ("+1", 1.0),
        ("(1.2)", -1.2),
        ("4.5%", 4.5),
        ("(0.3%)", -0.3),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e5", 1e5),
        ("1,234,567.8", 1234567.8),
    ],
)
def test_spellings_of_numbers(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1e400", "inf", "nan", "0x10", "1_000", "1 000", "12,5", "1,23", "--1", "(-1)", "1.2.3", "٣", "4,1234"],
)
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("107-11", 107 + 11 / 32), ("107-11+", 107 + 11.5 / 32), ("107-112", 107 + 11.25 / 32), ("-1-16", -1.5)],
)
def test_thirty_seconds(text: str, value: float) -> None:
    assert read_thirty_seconds(text) == value


@pytest.mark.parametrize("text", ["107-32", "107-1", "107", "107-118"])
def test_what_are_no_thirty_seconds(text: str) -> None:
    assert read_thirty_seconds(text) is None
