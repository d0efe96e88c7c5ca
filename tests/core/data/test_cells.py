"""The two ways to cut text into cells give the same cells, by row and by column."""

from __future__ import annotations

import sys

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.reading.cells import SPACES, CutLines, ReadyRows
from briefing.data.reading.grid import _cut, _parsed, read_grid

SIGNS = st.sampled_from("ab1,;.\t \n\n\x0b\x1c\x85\xa0\u2028\u3000é中😀")


def test_the_signs_that_are_trimmed_are_those_that_python_trims() -> None:
    assert set(SPACES) == {sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isspace()}


@settings(deadline=None)
@given(st.text(SIGNS, max_size=60), st.sampled_from(",;\t|"))
def test_text_without_quotes_is_cut_as_the_reader_of_quoted_text_cuts_it(text: str, delimiter: str) -> None:
    assert tuple(_cut(text, "x", delimiter)) == _parsed(text, "x", delimiter)


@settings(deadline=None)
@given(st.text(SIGNS, max_size=60), st.sampled_from(",;\t|"))
def test_columns_hold_what_rows_hold(text: str, delimiter: str) -> None:
    rows = _cut(text, "x", delimiter)
    places = np.arange(len(rows))[::2]
    expected = ReadyRows(tuple(rows))
    assert rows.lines(places).tolist() == expected.lines(places).tolist()
    assert rows.widths(places).tolist() == expected.widths(places).tolist()
    for at in range(min(rows.widths(places).tolist(), default=0)):
        assert rows.column(at, places).to_pylist() == expected.column(at, places).to_pylist()


def test_windows_line_ends_end_lines_and_blank_lines_are_counted() -> None:
    grid = read_grid("Date,VIX\r\n\r\n,\r\n2024-01-02, 13.2 \r\n", "x.csv")
    assert isinstance(grid.rows, CutLines)
    assert [(row.line, row.cells) for row in grid.rows] == [(1, ("Date", "VIX")), (4, ("2024-01-02", "13.2"))]


def test_old_line_ends_of_macintosh_are_understood() -> None:
    assert [row.cells for row in read_grid("a,b\r1,2\r", "x.csv").rows] == [("a", "b"), ("1", "2")]
