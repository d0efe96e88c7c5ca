"""Numbers read a column at a time are the numbers that are read one by one."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.reading.missing import missing_kind
from briefing.data.reading.number_columns import number_styles, plain_numbers
from briefing.data.reading.number_text import COMMA, POINT, NumberStyle, read_number

NONE: frozenset[str] = frozenset()
NEAR_NUMBERS = st.text("0123456789.,+-−eExX_()% \u0663\uff11infNa", max_size=12)
ODD = (
    "1e400",
    "-1e400",
    "1e-400",
    "0x10",
    "1_000",
    "٣",
    "１２",
    "1 000",
    "inf",
    "-inf",
    "nan",
    "Infinity",
    "+.5",
    "5.",
)
ODD += (
    "1,234",
    "1.234,5",
    "(1.2)",
    "4.5%",
    "−3",
    "--1",
    "1e5",
    "1E+05",
    "1e",
    ".",
    "-",
    "",
    "NA",
    "1" * 400,
    "\x00",
    "1\n",
)
STYLES = pytest.mark.parametrize("style", [POINT, COMMA], ids=["point", "comma"])


def read_both(texts: list[str], style: NumberStyle) -> tuple[list[float | None], list[float | None]]:
    """Each text as read by columns, completed one by one, and as read one by one alone."""
    values, odd = plain_numbers(pa.array(texts, pa.string()), style)
    fast = [None if math.isnan(value) else value for value in values.tolist()]
    assert all(fast[at] is None for at in odd)
    assert all(at in odd for at, value in enumerate(fast) if value is None)
    slow = [read_number(text, style) for text in texts]
    return [slow[at] if at in set(odd.tolist()) else value for at, value in enumerate(fast)], slow


@STYLES
@settings(deadline=None)
@given(texts=st.lists(st.one_of(NEAR_NUMBERS, st.sampled_from(ODD), st.text(max_size=4)), max_size=8))
def test_columns_are_read_as_cells_are(style: NumberStyle, texts: list[str]) -> None:
    together, alone = read_both(texts, style)
    assert together == alone


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_every_float_comes_back_to_the_last_bit(values: list[float]) -> None:
    read, odd = plain_numbers(pa.array([repr(value) for value in values], pa.string()), POINT)
    assert [value.hex() for value in read.tolist()] == [value.hex() for value in values]
    assert not len(odd)


@STYLES
@pytest.mark.parametrize("text", ODD)
def test_what_is_no_plain_number_is_left_to_be_looked_at(style: NumberStyle, text: str) -> None:
    together, alone = read_both([text], style)
    assert together == alone


def test_a_column_is_read_although_one_of_its_cells_is_no_number() -> None:
    values, odd = plain_numbers(pa.array(["1.5", "x", "-2", "n/a", ""]), POINT)
    assert (values[0], values[2], odd.tolist()) == (1.5, -2.0, [1, 3, 4])


def test_words_for_missing_values_are_never_numbers() -> None:
    assert missing_kind("nan") is not None
    assert plain_numbers(pa.array(["nan", "NaN"]), POINT)[1].tolist() == [0, 1]


@pytest.mark.parametrize(
    ("cells", "styles"),
    [
        (["1.234,5", "7,25"], (COMMA,)),
        (["1,234.5", "7.25"], (POINT,)),
        (["12", "7"], (POINT,)),
        (["1.234", "5.678"], (POINT, COMMA)),
        (["1,234", ".", "n/a"], (POINT, COMMA)),
        (["1.5", "1,5"], ()),
        (["1.5", "", "NA", "-"], (POINT,)),
    ],
)
def test_the_decimal_sign_is_read_off_all_cells(cells: list[str], styles: tuple[NumberStyle, ...]) -> None:
    assert number_styles([pa.array(cells)], NONE) == styles
