"""The small parts of a layout: the date scale, ranges, thinning, gaps, ticks, stacks, widths."""

import unicodedata
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from briefing.charts.date_ticks import day_marks
from briefing.charts.gaps import breaks
from briefing.charts.ranges import start_of
from briefing.charts.stack import stacked
from briefing.charts.thin import thin
from briefing.charts.trace import within
from briefing.charts.typeface import fitted, width
from briefing.charts.value_ticks import step_decimals, value_range, value_step, value_ticks
from briefing.charts.weekdays import day_at, position, positions
from briefing.resources import asset
from briefing.text import Label

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DAYS)
def test_a_day_is_found_again_at_its_place(day: date) -> None:
    assert day_at(position(day)) == day
    assert positions(np.array([day], dtype="datetime64[D]"))[0] == position(day)


@given(DAYS)
def test_friday_and_monday_are_neighbours_and_places_always_increase(day: date) -> None:
    assert position(day) < position(day + timedelta(days=1))
    monday = day - timedelta(days=day.weekday())
    assert position(monday) - position(monday - timedelta(days=3)) == 1


def test_one_month_is_the_same_day_of_last_month_or_its_last_day() -> None:
    assert start_of("1M", date(2026, 3, 6), date(2000, 1, 1)) == date(2026, 2, 6)
    assert start_of("1M", date(2026, 3, 31), date(2000, 1, 1)) == date(2026, 2, 28)
    assert start_of("6M", date(2026, 3, 6), date(2000, 1, 1)) == date(2025, 9, 6)
    assert start_of("5Y", date(2024, 2, 29), date(2000, 1, 1)) == date(2019, 2, 28)


def test_the_year_to_date_begins_with_the_last_day_of_the_year_before() -> None:
    assert start_of("YTD", date(2026, 3, 6), date(2000, 1, 1)) == date(2025, 12, 31)


def test_max_begins_with_the_first_observation() -> None:
    assert start_of("Max", date(2026, 3, 6), date(2003, 1, 2)) == date(2003, 1, 2)


LINES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=300).map(np.array)


@given(LINES, st.floats(0.5, 60))
def test_thinning_keeps_both_ends_and_the_extremes_of_every_column(y: np.ndarray, column: float) -> None:
    x = np.arange(len(y), dtype=float)
    kept = thin(x, y, column)
    assert kept[0] == 0
    assert kept[-1] == len(y) - 1
    assert (np.diff(kept) > 0).all()
    for cell in np.unique(x // column):
        own = x // column == cell
        left = y[kept[np.isin(kept, np.flatnonzero(own))]]
        assert (left.min(), left.max()) == (y[own].min(), y[own].max())


@given(st.integers(1000, 5000))
def test_thinning_leaves_at_most_two_points_a_column(count: int) -> None:
    x = np.arange(count, dtype=float)
    assert len(thin(x, np.sin(x), count / 100)) <= 2 * 101 + 2


def weekdays(start: str, count: int) -> np.ndarray:
    return np.busday_offset(np.datetime64(start), np.arange(count), roll="forward")


def test_five_missing_sessions_are_no_gap_and_six_are_one() -> None:
    days = weekdays("2026-01-05", 40)
    assert list(breaks(np.delete(days, range(10, 15)))) == []
    assert list(breaks(np.delete(days, range(10, 16)))) == [9]


def test_a_holiday_is_not_a_missing_session() -> None:
    days = weekdays("2026-01-05", 40)
    left = np.delete(days, range(10, 16))
    assert list(breaks(left, holidays=days[10:11])) == []


def test_a_monthly_series_holds_together_and_breaks_where_a_month_is_missing() -> None:
    months = np.arange("2020-01", "2024-01", dtype="datetime64[M]").astype("datetime64[D]")
    assert list(breaks(months)) == []
    assert list(breaks(np.delete(months, 20))) == [19]


def test_the_part_of_a_line_in_sight_ends_where_it_crosses_the_edge() -> None:
    x, y = within((np.array([0.0, 2.0, 4.0]), np.array([0.0, 2.0, 0.0])), 1.0, 3.0)
    assert (x.tolist(), y.tolist()) == ([1.0, 2.0, 3.0], [1.0, 2.0, 1.0])


def test_a_line_between_whose_points_the_range_lies_is_still_drawn() -> None:
    x, y = within((np.array([0.0, 10.0]), np.array([0.0, 10.0])), 4.0, 6.0)
    assert (x.tolist(), y.tolist()) == ([4.0, 6.0], [4.0, 6.0])


@given(st.floats(-1e5, 1e5), st.floats(1e-3, 1e5), st.integers(2, 6))
def test_value_ticks_are_few_round_and_inside(least: float, spread: float, most: int) -> None:
    low, high = value_range(least, least + spread, 2)
    step = value_step(low, high, most)
    ticks = value_ticks(low, high, step)
    assert len(ticks) <= most
    assert all(low - step * 1e-6 <= tick <= high + step * 1e-6 for tick in ticks)
    mantissa = step / 10.0 ** np.floor(np.log10(step) + 1e-9)
    assert min(abs(mantissa - nice) for nice in (1, 2, 2.5, 5)) < 1e-6
    assert 0 not in ticks or str(ticks[ticks.index(0)]) == "0.0"


def test_a_flat_series_still_has_a_range() -> None:
    low, high = value_range(4.25, 4.25, 2)
    assert low < 4.25 < high


def test_a_step_of_a_quarter_needs_two_decimals() -> None:
    assert [step_decimals(step) for step in (0.25, 0.5, 2.0, 2.5, 100.0)] == [2, 1, 0, 1, 0]


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 9)), max_size=10))
def test_stacked_boxes_neither_overlap_nor_leave_the_column(boxes: list[tuple[float, float]]) -> None:
    wanted, heights = [at for at, _ in boxes], [size for _, size in boxes]
    centres = stacked(wanted, heights, 0, 100)
    spans = sorted((c - h / 2, c + h / 2) for c, h in zip(centres, heights, strict=True))
    assert all(left[1] <= right[0] + 1e-6 for left, right in pairwise(spans))
    assert all(top >= -1e-6 and bottom <= 100 + 1e-6 for top, bottom in spans)


def test_a_box_with_room_stays_where_it_is_wanted() -> None:
    assert stacked([20, 50, 52], [4, 4, 4], 0, 100) == (20, 49, 53)


def words(days: tuple[float, float], room: float) -> list[tuple[str, str]]:
    marks = day_marks(days, (0, room), (0, room), lambda label: 2.0 * len(label.en), 2.0)
    return [(mark.words.en, mark.opens.en if mark.opens else "") for mark in marks]


def test_a_year_is_marked_in_months_that_open_years() -> None:
    marks = words((position(date(2025, 3, 6)), position(date(2026, 3, 6))), 60)
    assert marks == [("May", "2025"), ("Jul", ""), ("Sep", ""), ("Nov", ""), ("Jan", "2026")]


def test_a_month_is_marked_in_mondays_that_open_months() -> None:
    marks = words((position(date(2026, 2, 6)), position(date(2026, 3, 6))), 60)
    assert marks == [("9", "Feb 2026"), ("16", ""), ("23", ""), ("2", "Mar 2026")]


def test_five_years_are_marked_in_years_only() -> None:
    marks = words((position(date(2021, 1, 1)), position(date(2026, 6, 30))), 100)
    assert marks == [(str(year), "") for year in range(2022, 2027)]


def test_words_in_chinese_have_no_space_and_name_the_month() -> None:
    places = (position(date(2025, 3, 6)), position(date(2026, 3, 6)))
    marks = day_marks(places, (0, 90), (0, 90), lambda label: 3.0 * len(label.zh), 2.0)
    assert marks[0].words == Label("May", "5月")


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(1, 12000), st.floats(30, 170))
def test_the_words_of_marked_days_never_collide(start: date, length: int, room: float) -> None:
    low, high = position(start), position(start + timedelta(days=length))
    marks = day_marks((low, high), (0, room), (0, room + 5), lambda label: 1.4 * len(label.en), 2.0)
    middles = [(position(mark.day) - low) / (high - low) * room for mark in marks]
    halves = [0.7 * len(mark.words.en) for mark in marks]
    spans = [(m - h, m + h) for m, h in zip(middles, halves, strict=True)]
    assert all(one[1] + 2 <= two[0] + 1e-6 for one, two in pairwise(spans))
    assert all(left >= -1e-6 and right <= room + 5 + 1e-6 for left, right in spans)


def test_words_are_as_wide_as_in_the_font() -> None:
    with TTFont(asset("fonts", "NotoSans-Regular.ttf"), lazy=True) as font:
        cmap, advances = font.getBestCmap(), font["hmtx"].metrics
        expected = sum(advances[cmap[ord(char)]][0] for char in "UST 10Y −4.25%")
    assert width("UST 10Y −4.25%", 10) == pytest.approx(expected / 100)


def test_every_han_character_and_full_width_mark_is_one_em_wide() -> None:
    """The layout relies on it rather than read the tables of the font, which takes 0.2 s."""
    with TTFont(asset("fonts", "NotoSansTC-Regular.ttf"), lazy=True) as font:
        advances, cmap = font["hmtx"].metrics, font.getBestCmap()
    wide = {code: advances[name][0] for code, name in cmap.items() if unicodedata.east_asian_width(chr(code)) in "WF"}
    usual = {
        size for code, size in wide.items() if 0x3001 <= code <= 0x3029 or 0x4E00 <= code < 0xA000 or code > 0xFF00
    }
    assert usual == {1000}
    assert max(wide.values()) == 1000


def test_words_without_room_end_in_an_ellipsis() -> None:
    assert fitted("UST 10Y", 10, 100) == "UST 10Y"
    short = fitted("United States 10-year Treasury", 10, 60)
    assert short.endswith("…")
    assert width(short, 10) <= 60
