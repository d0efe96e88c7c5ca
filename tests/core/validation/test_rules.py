"""Each rule fires for what it is there for, tells where that stands, and leaves clean data alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from briefing.data.tidy import Flag, SeriesRows
from briefing.data.validation.finding import Finding
from briefing.data.validation.validating import Validation, all_rules
from briefing.problems import Severity
from briefing.series import Kind

Judge = Callable[..., Validation]
Rows = Callable[..., SeriesRows]


def with_values(rows: SeriesRows, changes: dict[int, float]) -> SeriesRows:
    values = rows.values.copy()
    for row, value in changes.items():
        values[row] = value
    return replace(rows, values=values)


def without(rows: SeriesRows, first: int, last: int) -> SeriesRows:
    keep = np.ones(len(rows.dates), dtype=bool)
    keep[first:last] = False
    return SeriesRows(rows.name, rows.dates[keep], rows.values[keep], rows.flags[keep], rows.lines[keep])


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def found(result: Validation, rule: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.rule == rule]


def suspects(result: Validation) -> list[str]:
    return [str(day) for day in result.rows.dates[result.rows.flags == Flag.SUSPECT]]


def test_a_wandering_price_and_yield_have_no_findings(judge: Judge, price: Rows, yields: Rows) -> None:
    result = judge(price(1), yields(1))

    assert result.findings == result.problems == ()
    assert not suspects(result)


def test_a_finding_names_file_line_column_day_and_value(judge: Judge, price: Rows) -> None:
    result = judge(with_values(price(1), {100: 800.0}))

    [finding] = found(result, "spike")
    assert (finding.series, finding.value, finding.line, finding.column) == ("SPY", 800.0, 102, "SPY")
    [problem] = [one for one in result.problems if one.check == "import.spike"]
    assert (problem.place.file, problem.place.row, problem.place.column) == ("desk.csv", 102, "SPY")
    assert problem.message.en.startswith(f"desk.csv, line 102: SPY on {finding.first.day} ")
    assert problem.message.zh.startswith("desk.csv第102行：SPY於")


def test_a_value_that_comes_back_the_next_day_is_suspect_alone(judge: Judge, price: Rows) -> None:
    rows = with_values(price(1), {100: 800.0})

    assert suspects(judge(rows)) == [str(rows.dates[100])]


def test_a_price_that_doubles_and_stays_is_suspect_on_that_day(judge: Judge, price: Rows) -> None:
    rows = price(1)
    split = replace(rows, values=np.concatenate([rows.values[:300], rows.values[300:] * 2]))

    result = judge(split)

    assert [finding.line for finding in found(result, "jump")] == [302]
    assert suspects(result) == [str(rows.dates[300])]
    assert not result.refused


def test_a_crash_of_twelve_per_cent_that_stands_is_told_and_not_doubted(judge: Judge, price: Rows) -> None:
    rows = price(1)
    crash = replace(rows, values=np.concatenate([rows.values[:300], np.round(rows.values[300:] * 0.88, 2)]))

    result = judge(crash)

    assert [finding.severity for finding in result.findings] == [Severity.INFO]
    assert not suspects(result)


@pytest.mark.parametrize("factor", [100, 1000, 10_000, 0.01, 0.001, 0.0001])
def test_a_stretch_in_another_unit_is_doubted_row_by_row(judge: Judge, price: Rows, factor: float) -> None:
    rows = price(1, start=40_000.0)
    slipped = with_values(rows, {row: float(rows.values[row] * factor) for row in range(400, 420)})

    result = judge(slipped)

    [finding] = found(result, "unit_stretch")
    assert (finding.line, finding.count) == (402, 20)
    assert suspects(result) == [str(day) for day in rows.dates[400:420]]


def test_a_change_of_unit_to_the_end_doubts_the_shorter_part(judge: Judge, price: Rows) -> None:
    rows = price(1)
    slipped = with_values(rows, {row: float(rows.values[row] * 100) for row in range(800, len(rows.dates))})

    [finding] = found(judge(slipped), "unit_stretch")

    assert (finding.line, finding.count) == (802, len(rows.dates) - 800)


def test_the_same_days_a_hundred_times_as_large_as_in_the_store_are_refused(judge: Judge, yields: Rows) -> None:
    before = yields(1)
    slipped = replace(before, values=before.values / 100)

    result = judge(slipped, before=(before,))

    assert result.refused
    assert [finding.rule for finding in result.findings if finding.severity is Severity.ERROR] == ["unit_slip"]


def test_new_days_alone_in_another_unit_are_refused(judge: Judge, price: Rows) -> None:
    rows = price(1)
    before, after = without(rows, 800, len(rows.dates)), without(rows, 0, 800)

    assert not judge(after, before=(before,)).refused
    assert judge(replace(after, values=after.values * 1000), before=(before,)).refused


def test_ten_equal_values_in_a_series_that_never_repeats_one_are_doubted(judge: Judge, price: Rows) -> None:
    rows = price(1)
    frozen = with_values(rows, {row: float(rows.values[200]) for row in range(200, 210)})

    result = judge(frozen)

    [finding] = found(result, "frozen")
    assert (finding.line, finding.count) == (203, 9)
    assert suspects(result) == [str(day) for day in rows.dates[201:210]]


def test_nine_equal_values_are_no_finding(judge: Judge, price: Rows) -> None:
    rows = price(1)
    frozen = with_values(rows, {row: float(rows.values[200]) for row in range(200, 209)})

    assert not found(judge(frozen), "frozen")


def test_a_yield_that_often_repeats_its_value_may_stand_still(judge: Judge, yields: Rows) -> None:
    rows = yields(1)
    steps = np.repeat(np.arange(len(rows.dates) // 4 + 1), 4)[: len(rows.dates)]
    slow = replace(rows, values=np.round(0.05 + 0.01 * (steps % 7), 2))
    frozen = with_values(slow, {row: float(slow.values[100]) for row in range(100, 112)})

    assert not found(judge(frozen), "frozen")


def test_a_policy_rate_may_stand_still(judge: Judge, rows: Rows, yields: Rows) -> None:
    target = rows("DFEDTARU", yields(1).dates, np.full(len(yields(1).dates), 5.5))

    assert judge(target).findings == ()


def test_zeros_in_a_price_are_missing_values_and_doubted(judge: Judge, price: Rows) -> None:
    rows = with_values(price(1), dict.fromkeys(range(860, 870), 0.0))

    result = judge(rows)

    [finding] = found(result, "zeros")
    assert (finding.line, finding.count, finding.severity) == (862, 10, Severity.WARNING)
    assert suspects(result) == [str(day) for day in rows.dates[860:870]]


def test_a_bill_yield_of_zero_beside_yields_of_a_hundredth_is_a_value(judge: Judge, rows: Rows, yields: Rows) -> None:
    dates = yields(1).dates
    values = np.round(0.03 + 0.02 * np.sin(np.arange(len(dates)) / 3), 2)
    bills = rows("DGS1MO", dates, np.where(np.arange(len(dates)) % 50 == 0, 0.0, values))

    assert not found(judge(bills), "zeros")


def test_a_day_after_the_load_is_refused_whatever_the_clock_says(judge: Judge, rows: Rows) -> None:
    soon = rows("DGS10", days("2024-07-01", "2024-07-02"), np.array([4.4, 4.5]))
    later = rows("DGS10", days("2024-07-01", "2024-07-03"), np.array([4.4, 4.5]))

    assert not judge(soon).refused
    assert [one.rule for one in judge(later).findings if one.severity is Severity.ERROR] == ["future"]


def test_the_running_month_may_be_dated_by_its_end(judge: Judge, rows: Rows) -> None:
    assert not judge(rows("FEDFUNDS", days("2024-06-30", "2024-07-31"), np.array([5.33, 5.33]))).refused
    assert judge(rows("FEDFUNDS", days("2024-06-30", "2024-08-31"), np.array([5.33, 5.33]))).refused


def test_a_forecast_may_lie_ahead(judge: Judge, rows: Rows) -> None:
    ahead = rows("FEDFUNDS", days("2024-06-30", "2025-06-30"), np.array([5.33, 4.5]))
    told = replace(ahead, flags=np.array([Flag.OK, Flag.FORECAST], dtype=np.uint8))

    assert judge(ahead).refused
    assert not judge(told).refused
    assert judge(told).rows.flags.tolist() == [Flag.OK, Flag.FORECAST]


def test_a_day_before_1800_is_refused(judge: Judge, rows: Rows) -> None:
    assert judge(rows("FEDFUNDS", days("1724-06-30", "2024-06-30"), np.array([5.33, 5.33]))).refused


@pytest.mark.parametrize(
    ("series", "value", "refused"),
    [
        ("DGS10", 31.0, True),
        ("DGS10", -5.5, True),
        ("DGS10", 15.84, False),
        ("BAMLH0A0HYM2", 31.0, True),
        ("BAMLH0A0HYM2", 21.82, False),
        ("VIXCLS", 260.0, True),
        ("VIXCLS", 82.69, False),
        ("OVXCLS", 325.15, False),
        ("SPY", -1.0, True),
        ("DCOILWTICO", -36.98, False),
        ("NFCI", -1.1, False),
    ],
)
def test_a_value_that_its_kind_cannot_have_is_refused(
    judge: Judge, rows: Rows, series: str, value: float, refused: bool
) -> None:
    result = judge(rows(series, days("2024-06-26", "2024-06-27"), np.array([value, value])))

    assert bool(found(result, "range")) is result.refused is refused


def test_a_saturday_is_doubted_and_a_month_that_ends_on_one_is_not(judge: Judge, rows: Rows) -> None:
    weekend = rows("BAMLH0A0HYM2", days("2024-05-31", "2024-06-01", "2024-06-03"), np.array([3.1, 3.1, 3.2]))
    month_end = rows("BAMLH0A0HYM2", days("2024-03-28", "2024-03-31", "2024-04-01"), np.array([3.1, 3.1, 3.2]))

    assert suspects(judge(weekend)) == ["2024-06-01"]
    assert suspects(judge(month_end)) == []


def test_9_january_2025_has_a_treasury_yield_and_no_price_of_a_stock(judge: Judge, rows: Rows) -> None:
    around = days("2024-06-18", "2024-06-19", "2024-06-20")

    assert [one.rule for one in judge(rows("SPY", around, np.array([548.5, 549.0, 547.0]))).findings] == ["closed"]
    assert [one.rule for one in judge(rows("VIXCLS", around, np.array([12.3, 12.5, 13.3]))).findings] == ["holiday"]


def test_six_sessions_left_out_are_a_gap_and_five_are_none(judge: Judge, price: Rows) -> None:
    [finding] = found(judge(without(price(1), 100, 106)), "gap")

    assert finding.line == 108
    assert "6 sessions are left out" in finding.what.en
    assert not found(judge(without(price(1), 100, 105)), "gap")


def test_rows_that_say_that_the_value_is_missing_are_no_gap(judge: Judge, price: Rows) -> None:
    rows = with_values(price(1), dict.fromkeys(range(100, 130), float("nan")))

    assert not found(judge(rows), "gap")


def test_newest_first_and_shuffled_rows_are_noted(judge: Judge, price: Rows) -> None:
    rows = price(1)
    newest_first = replace(rows, lines=rows.lines[::-1].copy())
    shuffled = replace(rows, lines=np.concatenate([rows.lines[500:], rows.lines[:500]]))

    assert [(one.rule, one.severity) for one in judge(newest_first).findings] == [("order", Severity.INFO)]
    assert [(one.rule, one.line) for one in judge(shuffled).findings] == [("order", 2)]


def test_a_low_above_the_close_is_doubted_and_the_close_is_not(
    judge: Judge, bars: Callable[[int], tuple[SeriesRows, ...]]
) -> None:
    close, high, low, opening = bars(1)
    wrong = with_values(low, {50: float(close.values[50] + 3)})

    result = judge(close, with_values(high, {50: float(close.values[50] + 5)}), wrong, opening)

    assert [(one.rule, one.series, one.line) for one in result.findings] == [("bars", "SPY_LOW", 52)]
    assert int((result.rows.flags == Flag.SUSPECT).sum()) == 1
    assert judge(*bars(1)).findings == ()


def test_more_than_one_revised_value_in_a_hundred_is_a_warning_with_its_count(judge: Judge, yields: Rows) -> None:
    before = yields(1)
    few = with_values(before, {row: float(before.values[row] + 0.01) for row in range(8)})
    many = with_values(before, {row: float(before.values[row] + 0.01) for row in range(9)})

    assert len(before.dates) == 874
    assert not found(judge(few, before=(before,)), "revised")
    [finding] = found(judge(many, before=(before,)), "revised")
    assert "9 of 874 known values have changed" in finding.what.en


def test_days_that_were_known_and_are_gone_are_a_warning(judge: Judge, yields: Rows) -> None:
    before = yields(1)

    [finding] = found(judge(without(before, 10, 13), before=(before,)), "vanished")

    assert "3 in all" in finding.what.en


def test_a_file_of_one_day_is_judged_by_the_history_in_the_store(judge: Judge, price: Rows) -> None:
    rows = price(1)
    before, last = without(rows, len(rows.dates) - 1, len(rows.dates)), without(rows, 0, len(rows.dates) - 1)
    doubled = replace(last, values=last.values * 2)

    assert judge(last, before=(before,)).findings == ()
    assert [finding.rule for finding in judge(doubled, before=(before,)).findings] == ["jump"]
    assert suspects(judge(doubled, before=(before,))) == [str(rows.dates[-1])]


def test_a_series_that_stands_still_from_load_to_load_is_found(judge: Judge, price: Rows) -> None:
    rows = price(1)
    still = with_values(rows, dict.fromkeys(range(len(rows.dates) - 12, len(rows.dates)), 400.0))
    before, last = without(still, len(rows.dates) - 1, len(rows.dates)), without(still, 0, len(rows.dates) - 1)

    [finding] = judge(last, before=(before,)).findings

    assert (finding.rule, finding.count) == ("frozen", 1)


def test_a_last_line_that_may_be_cut_off_is_doubted(judge: Judge, yields: Rows) -> None:
    rows = yields(1)

    assert suspects(judge(rows, cut_line=int(rows.lines[-1]))) == [str(rows.dates[-1])]


def test_what_was_suspect_stays_so_where_a_file_is_too_short_to_judge(judge: Judge, rows: Rows) -> None:
    short = rows("DGS10", days("2024-06-27", "2024-06-28"), np.array([4.4, 5.5]))
    before = replace(short, flags=np.array([Flag.OK, Flag.SUSPECT], dtype=np.uint8))

    assert suspects(judge(short)) == []
    assert suspects(judge(short, before=(before,))) == ["2024-06-28"]
    assert suspects(judge(with_values(short, {1: 4.5}), before=(before,))) == []


def test_a_rule_that_needs_more_history_says_that_it_was_skipped(judge: Judge, rows: Rows) -> None:
    result = judge(rows("DGS10", days("2024-06-27", "2024-06-28"), np.array([4.4, 4.5])))

    assert {one.rule for one in result.skipped} == {
        "spike",
        "jump",
        "last_move",
        "large_move",
        "frozen",
        "zeros",
        "unit_stretch",
    }
    [problem] = result.problems
    assert (problem.check, problem.severity) == ("import.skipped", Severity.INFO)
    assert "DGS10" in problem.message.en
    assert "DGS10" in problem.message.zh


def test_all_rules_run_although_the_first_one_refuses(judge: Judge, price: Rows) -> None:
    rows = with_values(price(1), {50: -4.0, 100: 800.0, 860: 0.0})

    assert {one.rule for one in judge(rows).findings} >= {"range", "spike", "zeros"}


def test_many_series_of_one_fault_are_told_once_and_found_each(judge: Judge, rows: Rows) -> None:
    many = [
        rows(name, days("2024-06-01"), np.array([4.0]))
        for name in ("DGS1", "DGS2", "DGS3", "DGS5", "DGS7", "DGS10", "DGS30")
    ]

    result = judge(*many)

    assert len(found(result, "closed")) == 7
    [problem] = [one for one in result.problems if one.check == "import.closed"]
    assert problem.message.en.endswith("6 more series likewise.")


def test_an_unknown_kind_of_freq_has_no_rule_that_cannot_judge_it() -> None:
    assert all(entry.kinds <= set(Kind) and entry.freqs <= set("DWMQ") for entry in all_rules().values())


def test_every_rule_speaks_both_languages_without_spaces_between_han_and_latin() -> None:
    for entry in all_rules().values():
        for label in (entry.label, entry.hint):
            assert label.en
            assert label.zh
            assert not any(a == " " and b > "\u2e80" for a, b in zip(label.zh, label.zh[1:], strict=False))
