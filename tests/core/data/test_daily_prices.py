"""Several prices a day become one: the last, and none for a day whose close is not there yet."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.catalogue import load_catalogue
from briefing.data.reading.grid import read_grid
from briefing.data.reading.shape import Shape, Sheet
from briefing.data.sources.pysystemtrade import look

CATALOGUE = load_catalogue()
TIMES = ("00:00:00", "09:30:00", "14:07:49", "18:00:00", "23:00:00")
ROWS = st.lists(
    st.tuples(st.dates(date(2017, 1, 1), date(2017, 1, 5)), st.sampled_from(TIMES), st.booleans()),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[:2],
)
Rows = list[tuple[date, str, bool]]


def shape_of(rows: Rows) -> Shape:
    lines = [f"{day} {time},{'100.5' if priced else ''}" for day, time, priced in rows]
    shape = look(Sheet(read_grid("DATETIME,PRICE\n" + "\n".join(lines) + "\n", "US10.csv"), CATALOGUE))
    assert shape is not None
    return shape


def kept(rows: Rows) -> set[tuple[date, str, bool]]:
    shape = shape_of(rows)
    return {row for at, row in enumerate(rows, 1) if at not in shape.skip}


@settings(deadline=None)
@given(ROWS)
def test_a_day_keeps_its_last_price_whatever_the_order_of_the_rows(rows: Rows) -> None:
    last = max(day for day, _, _ in rows)
    for day in {day for day, _, _ in rows}:
        of_day = sorted((row for row in rows if row[0] == day), key=lambda row: row[1])
        best = next((row for row in reversed(of_day) if row[2]), of_day[-1])
        closed = best[2] and best[1] in {"00:00:00", "23:00:00"}
        assert {row for row in kept(rows) if row[0] == day} == ({best} if closed or day < last else set())


@settings(deadline=None)
@given(ROWS)
def test_the_reader_is_told_which_day_is_left_out(rows: Rows) -> None:
    last = max(day for day, _, _ in rows)
    left_out = not any(row[0] == last for row in kept(rows))
    assert any(f"{last} has no close yet" in doubt.en for doubt in shape_of(rows).doubts) == left_out


def test_days_without_a_close_are_counted() -> None:
    rows = [(date(2017, 1, 2), "14:07:49", True), (date(2017, 1, 3), "23:00:00", True)]
    assert any(doubt.en.startswith("Days without a close at 23:00: 1;") for doubt in shape_of(rows).doubts)
    assert any(doubt.zh.startswith("無23:00收盤價的日數：1，") for doubt in shape_of(rows).doubts)
