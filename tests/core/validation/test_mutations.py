"""Data that is damaged on purpose is found whatever the seed: refused, or flagged row by row; clean data is left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from briefing.data.tidy import Flag, SeriesRows
from briefing.data.validation.validating import Validation, all_rules

Judge = Callable[..., Validation]
Rows = Callable[..., SeriesRows]
Damage = Callable[[SeriesRows, np.random.Generator], "tuple[SeriesRows, list[int]]"]
SEEDS = 12


@dataclass(frozen=True)
class Operator:
    """One way to damage a series, and the rule that has to find it. `rows` damaged rows are doubted."""

    rule: str
    damage: Damage


OPERATORS: dict[str, Operator] = {}


def operator(rule: str) -> Callable[[Damage], Damage]:
    def enter(damage: Damage) -> Damage:
        OPERATORS[damage.__name__] = Operator(rule, damage)
        return damage

    return enter


def somewhere(rows: SeriesRows, random: np.random.Generator, length: int = 1) -> list[int]:
    """Rows in the middle of a series, `length` of them in a row."""
    first = int(random.integers(150, len(rows.dates) - 150 - length))
    return list(range(first, first + length))


def times(rows: SeriesRows, places: list[int], factor: float) -> SeriesRows:
    values = rows.values.copy()
    values[places] *= factor
    return replace(rows, values=values)


def put(rows: SeriesRows, places: list[int], value: float) -> SeriesRows:
    values = rows.values.copy()
    values[places] = value
    return replace(rows, values=values)


@operator("spike")
def one_value_a_third_too_high(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random)
    return times(rows, at, 1.35), at


@operator("spike")
def one_value_a_third_too_low(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random)
    return times(rows, at, 0.65), at


@operator("spike")
def the_point_of_one_value_one_place_to_the_right(
    rows: SeriesRows, random: np.random.Generator
) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random)
    return times(rows, at, 10), at


@operator("spike")
def the_point_of_three_values_one_place_to_the_left(
    rows: SeriesRows, random: np.random.Generator
) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random, 3)
    return times(rows, at, 0.1), at


@operator("unit_stretch")
def one_value_in_hundredths(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random)
    return times(rows, at, 100), at


@operator("unit_stretch")
def one_value_in_hundreds(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random)
    return times(rows, at, 0.01), at


@operator("unit_stretch")
def a_month_in_hundredths(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random, 21)
    return times(rows, at, 100), at


@operator("unit_stretch")
def a_month_in_thousandths(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random, 21)
    return times(rows, at, 1000), at


@operator("unit_stretch")
def a_month_in_ten_thousandths(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random, 21)
    return times(rows, at, 10_000), at


@operator("unit_stretch")
def a_month_in_thousands(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random, 21)
    return times(rows, at, 0.001), at


@operator("unit_stretch")
def the_last_days_in_hundredths(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = list(range(len(rows.dates) - int(random.integers(1, 60)), len(rows.dates)))
    return times(rows, at, 100), at


@operator("unit_stretch")
def the_first_days_in_hundreds(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = list(range(int(random.integers(1, 60))))
    return times(rows, at, 0.01), at


@operator("jump")
def a_split_of_three_for_one(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    [at] = somewhere(rows, random)
    return times(rows, list(range(at, len(rows.dates))), 1 / 3), [at]


@operator("jump")
def another_series_from_a_day_on(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    [at] = somewhere(rows, random)
    return times(rows, list(range(at, len(rows.dates))), 2.4), [at]


@operator("zeros")
def one_zero(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random)
    return put(rows, at, 0.0), at


@operator("zeros")
def a_week_of_zeros(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random, 5)
    return put(rows, at, 0.0), at


@operator("zeros")
def zeros_at_the_end(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = list(range(len(rows.dates) - int(random.integers(1, 10)), len(rows.dates)))
    return put(rows, at, 0.0), at


@operator("frozen")
def a_fortnight_of_one_value(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random, 14)
    return put(rows, at, float(rows.values[at[0]])), at[1:]


@operator("frozen")
def one_value_to_the_end(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    first = len(rows.dates) - int(random.integers(12, 40))
    return put(rows, list(range(first, len(rows.dates))), float(rows.values[first])), list(
        range(first + 1, len(rows.dates))
    )


@operator("closed")
def a_friday_dated_saturday(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    fridays = np.flatnonzero(weekdays(rows) == 4)
    within = fridays[
        (rows.dates[fridays] + 1).astype("datetime64[M]") == (rows.dates[fridays] + 2).astype("datetime64[M]")
    ]
    at = int(random.choice(within))
    dates = rows.dates.copy()
    dates[at] += 1
    return replace(rows, dates=dates), [at]


@operator("closed")
def all_days_one_too_late(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    moved = replace(rows, dates=rows.dates + 1)
    ends = (moved.dates + 1).astype("datetime64[M]") != moved.dates.astype("datetime64[M]")
    return moved, np.flatnonzero((weekdays(moved) == 5) & ~ends).tolist()


@operator("gap")
def a_month_left_out(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    at = somewhere(rows, random, 21)
    keep = ~np.isin(np.arange(len(rows.dates)), at)
    return SeriesRows(rows.name, rows.dates[keep], rows.values[keep], rows.flags[keep], rows.lines[keep]), []


@operator("gap")
def a_first_day_of_another_century(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    dates = rows.dates.copy()
    dates[0] -= 36_525
    return replace(rows, dates=dates), []


@operator("future")
def a_last_day_of_the_next_year(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    dates = rows.dates.copy()
    dates[-1] += int(random.integers(5, 365))
    return replace(rows, dates=dates), []


@operator("ancient")
def a_first_day_of_the_year_19(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    dates = rows.dates.copy()
    dates[0] = np.datetime64("1019-01-04")
    return replace(rows, dates=dates), []


@operator("range")
def one_value_below_what_there_is(rows: SeriesRows, random: np.random.Generator) -> tuple[SeriesRows, list[int]]:
    return put(rows, somewhere(rows, random), -float(random.uniform(6, 500))), []


def weekdays(rows: SeriesRows) -> np.ndarray:
    return (rows.dates.astype(np.int64) + 3) % 7


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("series", ["price", "yield"])
def test_the_damage_is_found_and_each_damaged_row_is_doubted_or_the_file_refused(
    name: str, series: str, judge: Judge, price: Rows, yields: Rows
) -> None:
    applied = OPERATORS[name]
    for seed in range(SEEDS):
        clean = price(seed) if series == "price" else yields(seed)
        damaged, places = applied.damage(clean, np.random.default_rng(seed))
        result = judge(damaged)
        rules = {finding.rule for finding in result.findings}
        flags = result.rows.flags[places]
        assert applied.rule in rules or result.refused, (seed, rules)
        assert result.refused or (flags == Flag.SUSPECT).all(), (seed, places, flags)


@pytest.mark.parametrize(("factor", "refused"), [(100, True), (1000, True), (0.01, True), (0.001, True), (1.0, False)])
def test_a_load_in_another_unit_than_the_store_is_refused(
    factor: float, refused: bool, judge: Judge, price: Rows
) -> None:
    for seed in range(SEEDS):
        clean = price(seed)
        assert judge(times(clean, list(range(len(clean.dates))), factor), before=(clean,)).refused is refused


def test_clean_series_are_never_doubted_nor_refused(judge: Judge, price: Rows, yields: Rows) -> None:
    results = [judge(make(seed)) for seed in range(40) for make in (price, yields)]

    assert [result.problems for result in results if any(p.severity != "info" for p in result.problems)] == []
    assert not any((result.rows.flags == Flag.SUSPECT).any() for result in results)


def test_every_rule_that_doubts_or_refuses_one_series_has_an_operator() -> None:
    aimed = {entry.rule for entry in OPERATORS.values()}
    told_elsewhere = {
        "last_move",
        "unit_slip",
        "bars",
        "revised",
        "vanished",
        "other_unit",
        "other_source",
        "fractions",
    }

    assert {name for name, entry in all_rules().items() if entry.severity != "info"} == aimed | told_elsewhere
