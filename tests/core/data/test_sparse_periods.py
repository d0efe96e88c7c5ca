"""A monthly series in a table of days: blanks on the other days say nothing, contradictions stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from briefing.data.dates.periods import blanks_between
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace

Load = Callable[..., ImportReport]


def test_blanks_beside_a_monthly_value_are_no_second_value(load: Load, workspace: Workspace) -> None:
    report = load(
        "x.csv", "Date,VIX,UNRATE\n2025-01-02,17.93,\n2025-01-10,19.54,4.0\n2025-01-13,19.19,\n2025-02-03,18.62,\n"
    )
    assert (report.outcome, report.merged) == (Outcome.LOADED, 0)
    series = Market(workspace).series("UNRATE")
    assert series.dates.tolist() == [date(2025, 1, 31)]
    assert series.values.tolist() == [4.0]


def test_two_values_of_one_month_are_a_contradiction(load: Load) -> None:
    report = load("x.csv", "Date,UNRATE\n2025-01-02,4.1\n2025-01-10,4.0\n")
    assert report.outcome is Outcome.REFUSED


def test_a_blank_on_the_day_of_a_value_and_the_first_of_an_empty_month_stay() -> None:
    days = np.array(["2025-01-10", "2025-01-10", "2025-01-13", "2025-02-03", "2025-02-04"], dtype="datetime64[D]")
    values = np.array([4.0, np.nan, np.nan, np.nan, np.nan])
    assert blanks_between(days, values, "M").tolist() == [False, False, True, False, True]
    assert not blanks_between(days, values, "D").any()
