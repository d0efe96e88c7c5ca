"""Fractions for percentages, and sources of one series that do not say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from briefing.data.tidy import Flag, SeriesRows
from briefing.data.validation.validating import Validation

Judge = Callable[..., Validation]
Rows = Callable[..., SeriesRows]

DAYS = np.array(["2024-06-03", "2024-06-04", "2024-06-05", "2024-06-06"], dtype="datetime64[D]")


def checks(result: Validation) -> set[str]:
    return {problem.check for problem in result.problems if problem.check != "import.skipped"}


def part(rows: SeriesRows, first: int, last: int | None) -> SeriesRows:
    at = slice(first, last)
    return SeriesRows(rows.name, rows.dates[at], rows.values[at], rows.flags[at], rows.lines[at])


def test_yields_as_a_workbook_holds_percentages_are_doubted_one_by_one(judge: Judge, yields: Rows) -> None:
    plain = yields(1)
    result = judge(replace(plain, values=plain.values / 100))

    assert "import.fractions" in checks(result)
    assert (result.rows.flags == Flag.SUSPECT).all()


def test_a_single_yield_as_a_fraction_is_doubted(judge: Judge, rows: Rows) -> None:
    assert "import.fractions" in checks(judge(rows("DGS10", DAYS[:1], np.array([0.0421]))))


@pytest.mark.parametrize(
    ("series", "values"),
    [
        ("DGS1MO", [0.04, 0.05, 0.03, 0.04]),
        ("DGS2", [0.123, 0.118, 0.131, 0.12]),
        ("DFF", [0.08, 0.08, 0.07, 0.08]),
        ("T10Y2Y", [0.03, 0.05, -0.01, 0.02]),
        ("ACMTP10", [0.1234, 0.1451, 0.1187, 0.1302]),
        ("VIXCLS", [12.4, 13.1, 12.95, 12.2]),
    ],
)
def test_low_rates_and_quiet_markets_are_no_fractions(
    judge: Judge, rows: Rows, series: str, values: list[float]
) -> None:
    assert "import.fractions" not in checks(judge(rows(series, DAYS, np.array(values))))


def test_a_credit_spread_as_a_fraction_is_doubted(judge: Judge, rows: Rows) -> None:
    assert "import.fractions" in checks(judge(rows("BAMLH0A0HYM2", DAYS, np.array([0.0301, 0.0304, 0.0299, 0.0303]))))


def test_volatility_as_a_fraction_is_doubted(judge: Judge, rows: Rows) -> None:
    assert "import.fractions" in checks(judge(rows("VIXCLS", DAYS, np.array([0.1244, 0.1312, 0.1295, 0.1225]))))


@pytest.mark.parametrize("factor", [0.01, 100.0])
def test_the_days_of_another_source_in_another_unit_are_refused(judge: Judge, yields: Rows, factor: float) -> None:
    known = yields(1)
    result = judge(part(replace(known, values=known.values * factor), -5, None), elsewhere=(known,))

    [problem] = [one for one in result.problems if one.check == "import.other_unit"]
    assert result.refused
    assert f"is {factor:g} times what the source fred_graph has" in problem.message.en
    assert "import.other_source" not in checks(result)


def test_days_that_follow_another_source_in_another_unit_are_refused(judge: Judge, yields: Rows) -> None:
    known = yields(1)
    new = part(known, -3, None)

    assert "import.other_unit" in checks(judge(replace(new, values=new.values / 100), elsewhere=(part(known, 0, -3),)))
    assert checks(judge(new, elsewhere=(part(known, 0, -3),))) == set()


def test_figures_that_another_source_does_not_have_are_told_with_both(judge: Judge, yields: Rows) -> None:
    known = yields(1)
    new = part(known, -3, None)
    other = new.values.copy()
    other[1] += 0.25
    result = judge(replace(new, values=other), elsewhere=(known,))

    [problem] = [one for one in result.problems if one.check == "import.other_source"]
    assert f"is {other[1]:g}, but {new.values[1]:g} in the source fred_graph; 1 of 3 common days differ" in (
        problem.message.en
    )
    assert problem.place.row == new.lines[1]
    assert not result.refused


def test_sources_that_agree_to_the_decimal_say_nothing(judge: Judge, yields: Rows) -> None:
    known = yields(1)

    assert checks(judge(replace(known, values=known.values + 0.004), elsewhere=(known,))) == set()


def test_prices_of_two_sources_may_be_adjusted_differently(judge: Judge, price: Rows) -> None:
    known = price(1)

    assert "import.other_source" not in checks(
        judge(replace(known, values=np.round(known.values * 0.93, 2)), elsewhere=(known,))
    )
