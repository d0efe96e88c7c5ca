"""The traps of table files, each by its id: what a careless reader makes of it, and what must happen instead."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace
from briefing.problems import Problem

Load = Callable[..., ImportReport]
Write = Callable[[str, str | bytes], Path]
ENTRY = """
[[series]]
series_id = "{name}"
name_en = "{name}"
name_zh = "{name}"
kind = "index"
calendar = "WEEKDAYS"
source_en = "Made up"
source_zh = "虛構"
"""
LONG = "date,ticker,value\n"
WIDE = "Date,UST10Y,VIX\n"


def said(report: ImportReport) -> list[Problem]:
    """The problems but for the remark that a few rows are too few for some rules."""
    return [problem for problem in report.problems if problem.check != "import.skipped"]


def checks(report: ImportReport) -> set[str]:
    return {problem.check for problem in said(report)}


def refusal(report: ImportReport) -> Problem:
    """The one reason why nothing of a file was loaded."""
    assert (report.outcome, report.rows_kept) == (Outcome.REFUSED, 0)
    (problem,) = said(report)
    return problem


def values(workspace: Workspace, series: str) -> list[tuple[str, float]]:
    found = Market(workspace).series(series)
    return [(str(day), value) for day, value in zip(found.dates, found.values.tolist(), strict=True)]


@pytest.fixture
def ids(workspace: Workspace) -> tuple[str, ...]:
    """Series of our own, for tickers that are easily taken for something else."""
    names = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")
    workspace.catalogue.write_text("".join(ENTRY.format(name=name) for name in names), encoding="utf-8")
    return names


@pytest.mark.parametrize(
    "tickers",
    [("NA", "NAN", "NULL", "None", "TRUE", "N/A"), ("0005", "0700", "1E5", "2E10", "5", "700")],
    ids=["B01 words", "B02 numbers"],
)
def test_b01_b02_tickers_are_text(
    load: Load, workspace: Workspace, ids: tuple[str, ...], tickers: tuple[str, ...]
) -> None:
    table = LONG + "".join(f"2025-01-13,{ticker},{at}\n" for at, ticker in enumerate(tickers, 1))
    asked = load("x.csv", table, source="plain_long")
    assert [problem.place.column for problem in asked.problems] == list(tickers)
    report = load("x.csv", table, source="plain_long", columns=dict(zip(tickers, ids, strict=True)))
    assert report.outcome is Outcome.LOADED
    assert [values(workspace, name) for name in ids] == [[("2025-01-13", float(at))] for at in range(1, 7)]


def test_b03_a_number_that_may_be_german_is_asked_with_both_readings(load: Load, workspace: Workspace) -> None:
    table = "Date;UST10Y;VIX\n2025-01-13;1.234;5.678\n2025-01-14;1.235;5.679\n"
    problem = refusal(load("x.csv", table))
    assert "“1.234”" in problem.message.en
    assert "decimal point: 1.234; decimal comma: 1,234" in problem.message.en
    assert "小數點為「.」：1.234；小數點為「,」：1,234" in problem.message.zh
    assert load("x.csv", table, numbers="point").outcome is Outcome.LOADED
    assert values(workspace, "UST10Y")[0] == ("2025-01-13", 1.234)


def test_b03_a_comma_in_quotes_is_asked_too(load: Load) -> None:
    problem = refusal(load("x.csv", WIDE + '2025-01-13,"4,125","13,500"\n'))
    assert problem.check == "import.ambiguous_numbers"


def test_b03_thousands_signs_stand_before_three_digits_or_the_row_is_refused(load: Load) -> None:
    problem = refusal(
        load("x.csv", "Date;SPX\n2025-01-13;1.234\n2025-01-14;12.5\n", source="plain_wide", numbers="comma")
    )
    assert problem.message.en == "x.csv, line 3, column SPX: “12.5” is not a number."


def test_b04_dates_that_read_both_ways_are_asked_with_three_dates_of_each(load: Load, workspace: Workspace) -> None:
    table = WIDE + "03/04/2024,4.2,13\n04/04/2024,4.3,14\n09/04/2024,4.4,15\n"
    problem = refusal(load("x.csv", table))
    assert "month/day/year: 2024-03-04, 2024-04-04, 2024-09-04, 0 on a weekend" in problem.message.en
    assert "day/month/year: 2024-04-03, 2024-04-04, 2024-04-09, 0 on a weekend" in problem.message.en
    assert "--dates mdy | --dates dmy" in problem.hint.en
    assert load("x.csv", table, dates="dmy").outcome is Outcome.LOADED
    assert [day for day, _ in values(workspace, "VIX")] == ["2024-04-03", "2024-04-04", "2024-04-09"]


def test_b04_the_answer_holds_for_the_next_file_of_the_folder(load: Load, workspace: Workspace) -> None:
    load("x.csv", WIDE + "03/04/2024,4.2,13\n04/04/2024,4.3,14\n", dates="dmy")
    assert load("y.csv", WIDE + "08/04/2024,4.4,15\n09/04/2024,4.5,16\n").outcome is Outcome.LOADED
    assert values(workspace, "VIX")[-1] == ("2024-04-09", 16.0)


def test_b05_one_order_of_day_and_month_holds_for_the_column(load: Load, workspace: Workspace) -> None:
    assert load("x.csv", WIDE + "03/04/2024,4.2,13\n15/04/2024,4.3,14\n").outcome is Outcome.LOADED
    assert [day for day, _ in values(workspace, "VIX")] == ["2024-04-03", "2024-04-15"]


def test_b05_dates_of_two_orders_are_refused_with_the_row(load: Load) -> None:
    problem = refusal(load("x.csv", WIDE + "03/14/2024,4.2,13\n03/15/2024,4.2,13\n15/04/2024,4.3,14\n"))
    assert problem.message.en == "x.csv, line 4, column 1: “15/04/2024” is not a date like month/day/year."


def test_b05_a_declared_order_is_never_left(load: Load) -> None:
    problem = refusal(load("x.csv", WIDE + "03/13/2024,4.2,13\n", dates="dmy"))
    assert problem.message.en == "x.csv, line 2, column 1: “03/13/2024” is not a date like day/month/year."


def test_b06_words_for_missing_values_are_counted_and_are_no_zeros(load: Load, workspace: Workspace) -> None:
    words = [".", "ND", "#N/A N/A", "#N/A Field Not Applicable", "null", "", "-"]
    days = [date(2025, 1, 13) + timedelta(days=at) for at in (0, 1, 2, 3, 4, 8, 9)]
    rows = "".join(f"{day},{word}\n" for day, word in zip(days, words, strict=True))
    report = load("x.csv", f"observation_date,DGS10\n2025-01-10,4.77\n{rows}")
    assert report.markers == dict.fromkeys(words, 1)
    assert sum(report.missing.values()) == 7
    assert values(workspace, "DGS10") == [("2025-01-10", 4.77)]


def test_b06_an_unknown_word_is_refused_by_name(load: Load) -> None:
    problem = refusal(load("x.csv", "observation_date,DGS10\n2025-01-10,4.77\n2025-01-13,n.v.\n"))
    assert problem.message.en == "x.csv, line 3, column DGS10: “n.v.” is not a number."


def test_b06_a_column_of_nothing_but_a_field_that_does_not_apply_is_refused(load: Load) -> None:
    report = load("x.csv", WIDE + "2025-01-13,4.7,#N/A Field Not Applicable\n2025-01-14,4.8,#N/A N/A\n")
    assert report.outcome is Outcome.REFUSED
    assert [(problem.place.row, problem.place.column) for problem in said(report)] == [(2, "VIX"), (3, "VIX")]
    assert "does not exist for this security" in said(report)[0].message.en


def test_b07_an_export_that_was_not_complete_is_refused(load: Load) -> None:
    problem = refusal(load("x.csv", WIDE + "2025-01-13,4.7,19\n2025-01-14,#N/A Requesting Data...,18\n"))
    assert problem.message.en == (
        "x.csv, line 3, column UST10Y: “#N/A Requesting Data...”: the file was saved before the data arrived."
    )


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (("Date,UST10Y\n2025-01-13,4.7\n").encode("utf-8-sig"), "utf-8-sig"),
        (("日期,UST10Y\n2025-01-13,4.7\n").encode("utf-16"), "utf-16"),
        (("日期,UST10Y\n2025-01-13,4.7\n").encode(), "utf-8"),
    ],
    ids=["mark", "utf-16", "utf-8"],
)
def test_b08_marked_encodings_are_read(load: Load, workspace: Workspace, content: bytes, encoding: str) -> None:
    report = load("x.csv", content, source="plain_wide")
    assert report.encoding.startswith(encoding)
    assert values(workspace, "UST10Y") == [("2025-01-13", 4.7)]


@pytest.mark.parametrize("encoding", ["big5", "gb18030"])
def test_b08_an_encoding_is_told_or_chosen_and_never_taken_in_silence(
    load: Load, workspace: Workspace, encoding: str
) -> None:
    content = "日期,十年期公債殖利率\n2025-01-13,4.7\n2025-01-14,4.8\n".encode(encoding)
    choice = {"十年期公債殖利率": "UST10Y"}
    told = load("x.csv", content, source="plain_wide", columns=choice)
    assert told.outcome is Outcome.REFUSED or "import.encoding" in checks(told)
    report = load("x.csv", content, source="plain_wide", columns=choice, encoding=encoding)
    assert report.outcome is Outcome.LOADED
    assert report.headings == {"DGS10": "十年期公債殖利率"}


def test_b08_simplified_chinese_read_as_traditional_is_no_heading_of_ours(load: Load) -> None:
    content = "日期,十年期国债收益率\n2025-01-13,4.7\n".encode("gb18030")
    report = load("x.csv", content, source="plain_wide", columns={"十年期国债收益率": "UST10Y"}, encoding="big5")
    assert report.outcome is Outcome.REFUSED


def test_b09_rows_that_are_all_one_cell_longer_than_the_header_are_refused(load: Load) -> None:
    report = load("x.csv", "observation_date,DGS10\n2025-01-13,4.79,4.8\n2025-01-14,4.78,4.8\n")
    assert report.outcome is Outcome.REFUSED
    assert "line 2, column 3: 3 cells where there should be 2" in said(report)[0].message.en


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("2025-01-13,4.79,1", "x.csv, line 5001, column 3: 3 cells where there should be 2."),
        ("2025-01-13", "x.csv, line 5001, column 2: 1 cells where there should be 2."),
    ],
    ids=["long", "short"],
)
def test_b10_one_row_of_ten_thousand_is_named(load: Load, bad: str, message: str) -> None:
    first = date(1985, 1, 1)
    rows = [f"{first + timedelta(days=at)},4.5" for at in range(10_000)]
    rows[4999] = bad
    report = load("x.csv", "observation_date,DGS10\n" + "\n".join(rows) + "\n")
    assert refusal(report).message.en == message
    assert (report.rows_read, report.rows_refused) == (10_000, 1)


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf", b"observation_date,DGS10\n"], ids=["nothing", "mark only", "header only"]
)
def test_b11_a_file_without_data_is_refused(load: Load, content: bytes) -> None:
    report = load("x.csv", content)
    assert report.outcome is Outcome.REFUSED
    assert refusal(report).place.row == 1


@pytest.mark.skipif(os.name != "posix", reason="named pipes are made on POSIX only")
def test_b11_a_named_pipe_is_refused_at_once(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (report,) = import_files(workspace, [tmp_path / "pipe.csv"])
    assert refusal(report).message.en == "pipe.csv: is not a regular file."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<!DOCTYPE html><html><title>404 Not Found</title></html>", "web page"),
        ('{"error": "Too many requests"}', "JSON"),
    ],
)
def test_b12_a_page_or_an_error_message_is_no_table(load: Load, content: str, words: str) -> None:
    assert words in refusal(load("x.csv", content)).message.en


def test_b13_a_file_cut_in_a_number_is_flagged_with_its_last_value(load: Load) -> None:
    report = load("x.csv", "observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.1")
    assert report.outcome is Outcome.LOADED
    (problem,) = [problem for problem in said(report) if problem.check == "import.cut"]
    assert (problem.place.row, "“4.1”" in problem.message.en) == (3, True)


def test_b14_equal_days_are_merged_and_said_different_ones_are_refused(load: Load, workspace: Workspace) -> None:
    report = load("x.csv", "observation_date,DGS10\n2025-01-13,4.79\n2025-01-13,4.79\n2025-01-14,4.7\n")
    assert (report.outcome, report.merged, checks(report)) == (Outcome.LOADED, 1, {"import.merged"})
    problem = refusal(load("y.csv", "observation_date,DGS2\n2025-01-13,4.39\n2025-01-14,4.3\n2025-01-13,4.38\n"))
    assert problem.message.en == (
        "y.csv, line 4, column DGS2: 2025-01-13 stands on lines 2 and 4 with different values."
    )
    assert [series for series in Market(workspace).ids() if series == "DGS2"] == []


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 2, 0)], ids=["descending", "shuffled"])
def test_b15_rows_out_of_order_are_sorted_and_said(load: Load, workspace: Workspace, order: tuple[int, ...]) -> None:
    rows = ["2025-01-13,4.79\n", "2025-01-14,4.78\n", "2025-01-15,4.66\n"]
    report = load("x.csv", "observation_date,DGS10\n" + "".join(rows[at] for at in order))
    assert (report.outcome, checks(report)) == (Outcome.LOADED, {"import.order"})
    assert values(workspace, "DGS10") == [("2025-01-13", 4.79), ("2025-01-14", 4.78), ("2025-01-15", 4.66)]


def weekdays(count: int, first: date = date(2024, 1, 1)) -> list[date]:
    days = (first + timedelta(days=at) for at in range(2 * count))
    return [day for day in days if day.weekday() < 5][:count]


def walk(count: int) -> list[float]:
    """Yields that move up and down by a few hundredths."""
    return [round(4 + 0.03 * ((at * 7) % 11 - 5) + 0.01 * ((at * 3) % 5), 2) for at in range(count)]


def table(series: str, numbers: list[float]) -> str:
    days = weekdays(len(numbers))
    return f"observation_date,{series}\n" + "".join(f"{d},{v}\n" for d, v in zip(days, numbers, strict=True))


def test_b16_a_value_that_stands_still_is_marked(load: Load) -> None:
    numbers = walk(120)
    numbers[60:75] = [numbers[60]] * 15
    report = load("x.csv", table("DGS10", numbers))
    assert report.outcome is Outcome.LOADED
    assert "import.frozen" in checks(report)


@pytest.mark.parametrize("factor", [100, 1000], ids=["100", "1,000"])
def test_b17_a_unit_that_changes_inside_a_file_is_refused(load: Load, factor: int) -> None:
    numbers = walk(120)
    numbers[100:] = [round(value * factor, 2) for value in numbers[100:]]
    report = load("x.csv", table("DGS10", numbers))
    assert report.outcome is Outcome.REFUSED


def test_b17_a_unit_that_is_not_that_of_the_load_before_is_refused(load: Load, workspace: Workspace) -> None:
    numbers = walk(120)
    load("x.csv", table("DGS10", numbers))
    before = values(workspace, "DGS10")
    report = load("y.csv", table("DGS10", [round(value / 100, 4) for value in numbers]))
    assert report.outcome is Outcome.REFUSED
    assert "import.unit_slip" in checks(report)
    assert values(workspace, "DGS10") == before


def test_b20_restated_values_are_listed_and_the_old_vintage_stays(load: Load, workspace: Workspace) -> None:
    numbers = walk(120)
    first = load("x.csv", table("DGS10", numbers), vintage="20260305T211500Z")
    restated = numbers.copy()
    for at in (3, 40, 80):
        restated[at] = round(restated[at] + 0.02, 2)
    report = load("x.csv", table("DGS10", restated), vintage="20260306T211500Z")
    days = weekdays(120)
    assert [(one.series, one.date, one.old, one.new) for one in report.revised] == [
        ("DGS10", str(days[at]), numbers[at], restated[at]) for at in (3, 40, 80)
    ]
    assert Market(workspace, vintage=first.vintage).series("DGS10").values.tolist() == numbers
    assert Market(workspace).series("DGS10").values.tolist() == restated


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1e400", "“1e400” is not a number"),
        ("inf", "“inf” is not a number"),
        ("1_000", "“1_000” is not a number"),
        ("0x10", "“0x10” is not a number"),
        ("٣", "“٣” is not a number"),
        ("1 000", "“1 000” is not a number"),
        ("12,34", "“12,34” is not a number"),
    ],
)
def test_what_only_a_lenient_reader_takes_for_a_number_is_refused(load: Load, cell: str, reason: str) -> None:
    report = load("x.csv", f'observation_date,DGS10\n2025-01-10,4.5\n2025-01-13,"{cell}"\n')
    assert refusal(report).message.en == f"x.csv, line 3, column DGS10: {reason}."


def test_a_day_that_the_calendar_does_not_have_is_refused_with_the_row(load: Load) -> None:
    problem = refusal(load("x.csv", "observation_date,DGS10\n2024-02-28,4.2\n2024-02-30,4.3\n"))
    assert problem.message.en == "x.csv, line 3, column 1: “2024-02-30” is not a date like 2024-09-18."


def test_two_digit_years_lie_in_the_hundred_years_from_1950(load: Load, workspace: Workspace) -> None:
    head = 'Date,"1 Mo","3 Mo","1 Yr","10 Yr"\n'
    load("x.csv", head + "01/02/69,5.1,5.2,5.3,6.1\n01/03/69,5.1,5.2,5.3,6.2\n", source="ust_par_curve")
    assert values(workspace, "UST10Y")[0] == ("1969-01-02", 6.1)


def test_a_million_columns_are_refused(load: Load) -> None:
    problem = refusal(load("x.csv", "Date" + ",A" * 1_000_000 + "\n"))
    assert problem.message.en == "x.csv, line 1: 1,000,001 columns; at most 5,000 are read."
