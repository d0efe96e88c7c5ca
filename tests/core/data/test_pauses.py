"""Closed days inside long steps between observations: a line is not broken over them."""

from __future__ import annotations

from datetime import date

import numpy as np

from briefing.charts.layout import layout
from briefing.charts.spec import ChartSpec, Line
from briefing.data.calendars import pauses, sessions
from briefing.series import Kind, Series
from briefing.text import Label

YEAR = (date(2024, 1, 2), date(2024, 4, 30))


def series(days: np.ndarray, paused: tuple[date, ...]) -> Series:
    name = Label("TAIEX", "加權指數")
    return Series(
        id="TAIEX", name=name, short=name, kind=Kind.PRICE, unit="", delta_unit="%", decimals=2, calendar="XTAI", pauses=paused,
        source=name, dates=days, values=np.arange(1.0, len(days) + 1), as_of=YEAR[1],
    )  # fmt: skip


def test_the_lunar_new_year_is_a_pause_of_taipei() -> None:
    found = pauses("XTAI", sessions("XTAI", *YEAR))

    assert found == tuple(date(2024, 2, day) for day in (6, 7, 8, 9, 12, 13, 14))


def test_days_that_were_traded_and_are_not_there_are_no_pause() -> None:
    days = sessions("XNYS", *YEAR)
    left_out = days[(days < np.datetime64("2024-03-04")) | (days > np.datetime64("2024-03-15"))]

    assert pauses("XNYS", left_out) == ()


def test_a_series_without_long_steps_or_without_a_known_calendar_has_none() -> None:
    taipei = sessions("XTAI", *YEAR)

    assert pauses("SIFMA_US", sessions("SIFMA_US", *YEAR)) == ()
    assert pauses("", taipei) == ()
    assert pauses("XTAI", taipei[:0]) == ()


def test_a_chart_breaks_its_line_over_missing_sessions_and_not_over_holidays() -> None:
    days = sessions("XTAI", *YEAR)
    left_out = days[(days < np.datetime64("2024-03-04")) | (days > np.datetime64("2024-03-15"))]
    spec = ChartSpec(lines=(Line(series="TAIEX"),), range="Max")

    def gaps(days: np.ndarray, *, told: bool) -> list[date]:
        one = series(days, pauses("XTAI", days) if told else ())
        drawn = layout(spec, {"TAIEX": one}, size=(80, 50), as_of=one.as_of)
        return [gap.after for gap in drawn.gaps]

    assert gaps(days, told=False) == [date(2024, 2, 5)]
    assert gaps(days, told=True) == []
    assert gaps(left_out, told=True) == [date(2024, 3, 1)]
