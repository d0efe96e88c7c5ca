"""A damaged or unknown file is refused with one clear sentence, and what was loaded before stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.workspace import Workspace
from briefing.problems import Problem
from briefing.text import Label

Write = Callable[[str, str | bytes], Path]
Load = Callable[..., ImportReport]
GOOD = "observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n"


def only_problem(report: ImportReport) -> Problem:
    assert report.outcome is Outcome.REFUSED
    assert report.rows_kept == 0
    (problem,) = said(report)
    assert problem.hint.en
    assert problem.hint.zh
    return problem


def said(report: ImportReport) -> list[Problem]:
    """The problems but for the remark that a few rows are too few for some rules."""
    return [problem for problem in report.problems if problem.check != "import.skipped"]


@pytest.mark.parametrize(
    ("content", "en", "zh"),
    [
        (b"", "x.csv, line 1: the file is empty.", "x.csv第1行：檔案是空的。"),
        (b"\xef\xbb\xbf", "x.csv, line 1: the file is empty.", "x.csv第1行：檔案是空的。"),
        (b" \n\n", "x.csv, line 1: the file is empty.", "x.csv第1行：檔案是空的。"),
        (
            b"<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>",
            "x.csv, line 1: this is a web page, not a table; its first words: “404 Not Found”.",
            "x.csv第1行：這是網頁，不是表格；開頭為「404 Not Found」。",
        ),
        (
            b'{"error": "Too many requests"}',
            "x.csv, line 1: this is JSON or an error message, not a table.",
            "x.csv第1行：這是JSON或錯誤訊息，不是表格。",
        ),
        (
            b"PK\x03\x04rest",
            "x.csv: a ZIP archive that is cut off or damaged (File is not a zip file).",
            "x.csv：ZIP壓縮檔不完整或毀損（File is not a zip file）。",
        ),
        (
            b"DATE,DGS10\n2025-01-13,4.7\x009\n",
            "x.csv, line 2: a binary file, not text.",
            "x.csv第2行：二進位檔，不是文字檔。",
        ),
        (
            b"\xff\xfeD\x00A\x00T\x00E\x00\x00\xd8,\x00",
            "x.csv, line 1: byte 11 is not text in utf-16-le.",
            "x.csv第1行：第11個位元組無法以utf-16-le解讀。",
        ),
        (
            b'DATE,DGS10\n2025-01-13,"4.79\n2025-01-14,4.78\n',
            "x.csv, line 3: the quotes do not close (unexpected end of data).",
            "x.csv第3行：引號不成對（unexpected end of data）。",
        ),
        (
            b"observation_date,DGS10\n",
            "x.csv, line 1: the file ends without a single value.",
            "x.csv第1行：全檔沒有任何數值。",
        ),
        (
            b"observation_date,DGS10\n2025-01-13,.\n",
            "x.csv, line 2: the file ends without a single value.",
            "x.csv第2行：全檔沒有任何數值。",
        ),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(load: Load, content: bytes, en: str, zh: str) -> None:
    problem = only_problem(load("x.csv", content))
    assert problem.message.en == en
    assert problem.message.zh == zh


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("2025-01-13,4.79\n2025-01-14,abc\n", "line 3, column DGS10: “abc” is not a number"),
        ("2025-01-13,4.79\n2025-01-14,1e400\n", "line 3, column DGS10: “1e400” is not a number"),
        ("2025-01-13,4.79\n2025-01-14,1 ,\n", "line 3, column 3: 3 cells where there should be 2"),
        ("2025-01-13,4.79\n2025-01-14\n", "line 3, column 2: 1 cells where there should be 2"),
        ("2025-01-13,4.79\n2025-02-30,4.78\n", "line 3, column 1: “2025-02-30” is not a date like 2024-09-18"),
        ("2025-01-13,4.79\n01/14/2025,4.78\n", "line 3, column 1: “01/14/2025” is not a date like 2024-09-18"),
        (
            "2025-01-13,4.79\n2025-01-14,4.78\n2025-01-13,4.80\n",
            "line 4, column DGS10: 2025-01-13 stands on lines 2 and 4 with different values",
        ),
        (
            "2025-01-13,4.79\n2025-01-14,#N/A Requesting Data...\n",
            "line 3, column DGS10: “#N/A Requesting Data...”: the file was saved before the data arrived",
        ),
        (
            "2025-01-13,4.79\n2025-01-14,#NAME?\n",
            "line 3, column DGS10: “#NAME?”: a formula failed; open the file where the add-in is installed",
        ),
    ],
)
def test_a_row_that_does_not_fit_is_named_and_nothing_is_kept(load: Load, rows: str, message: str) -> None:
    report = load("x.csv", "observation_date,DGS10\n" + rows)
    assert only_problem(report).message.en == f"x.csv, {message}."
    assert report.rows_refused == 1


def test_every_bad_row_is_listed_and_the_place_can_be_clicked(load: Load) -> None:
    report = load("x.csv", "observation_date,DGS10\n2025-01-13,a\n2025-01-14,b\n")
    places = [(problem.place.file, problem.place.row, problem.place.column) for problem in report.problems]
    assert places == [("x.csv", 2, "DGS10"), ("x.csv", 3, "DGS10")]


def test_the_list_of_bad_rows_ends_with_how_many_more_there_are(load: Load) -> None:
    rows = "".join(f"2025-01-{day:02},x\n" for day in range(1, 29))
    report = load("x.csv", "observation_date,DGS10\n" + rows)
    assert len(report.problems) == 20
    assert report.problems[-1].message.en.endswith("(8 more).")
    assert report.rows_refused == 28


def test_equal_values_of_one_day_are_merged_with_a_note(load: Load) -> None:
    report = load("x.csv", GOOD + "2025-01-14,4.78\n")
    assert report.outcome is Outcome.LOADED
    assert report.merged == 1
    assert [problem.check for problem in said(report)] == ["import.merged"]


def test_a_last_line_without_an_end_is_flagged(load: Load) -> None:
    report = load("x.csv", GOOD.rstrip("\n")[:-1])
    assert report.outcome is Outcome.LOADED
    (problem,) = said(report)
    assert problem.message.en == "x.csv, line 3: the last line has no line end; its last value “4.7” may be cut off."


def test_a_series_without_an_entry_is_asked_for_with_what_can_be_done(load: Load) -> None:
    problem = only_problem(load("x.csv", "observation_date,QQZZ9\n2024-10-01,23542.3\n"))
    assert problem.message.en == "x.csv, line 1, column QQZZ9: the catalogue has no series QQZZ9."
    assert "--column QQZZ9=ID" in problem.hint.en
    assert "--column QQZZ9=;" in problem.hint.en


def test_a_series_that_is_only_spelt_alike_is_not_put_into_the_command(load: Load) -> None:
    report = load("desk.csv", "Date,UST10Y,GNGSP\n2025-01-13,4.79,5.1\n2025-01-14,4.78,5.2\n")

    [problem] = report.problems
    assert "DHHNGSP" in problem.message.en
    assert "--column GNGSP=ID" in problem.hint.en
    assert "catalogue.toml" in problem.hint.en


def test_a_value_that_no_yield_can_have_is_refused(load: Load) -> None:
    problem = only_problem(load("x.csv", "observation_date,DGS10\n2025-01-13,479\n"))
    assert problem.message.en == "x.csv, line 2: DGS10 on 13 Jan 2025 is 479 %, above 30: no yield is."


def test_a_percent_sign_in_a_series_that_is_not_in_per_cent_is_refused(load: Load) -> None:
    problem = only_problem(load("x.csv", "Date,UST10Y,VIX\n2025-01-13,4.79%,19.1%\n"))
    assert "“19.1%” is in per cent; the catalogue has VIXCLS in “points”" in problem.message.en


def test_dates_that_read_both_ways_are_asked_for_with_both_readings(load: Load) -> None:
    problem = only_problem(load("x.csv", "Date,UST10Y,VIX\n03/04/2024,4.2,13\n04/04/2024,4.3,14\n"))
    assert "month/day/year: 2024-03-04, 2024-04-04, 0 on a weekend" in problem.message.en
    assert "day/month/year: 2024-04-03, 2024-04-04, 0 on a weekend" in problem.message.en
    assert "--dates mdy | --dates dmy" in problem.hint.en


def test_a_weekend_disproves_a_reading_of_the_dates(load: Load) -> None:
    report = load("x.csv", "Date,UST10Y,VIX\n02/03/2024,4.2,13\n03/04/2024,4.3,14\n")
    assert report.outcome is Outcome.REFUSED
    report = load("y.csv", "Date,UST10Y,VIX\n01/06/2025,4.2,13\n01/07/2025,4.3,14\n")
    assert report.outcome is Outcome.LOADED


def test_numbers_that_may_be_european_are_asked_for(load: Load) -> None:
    problem = only_problem(load("x.csv", "Date;UST10Y;VIX\n2025-01-13;1.234;5.678\n"))
    assert problem.message.en == (
        "x.csv, line 2, column UST10Y: “1.234” can have a decimal sign or a thousands sign"
        " (decimal point: 1.234; decimal comma: 1,234)."
    )
    assert "--numbers point | --numbers comma" in problem.hint.en


def test_a_file_in_an_unmarked_encoding_says_how_it_was_read(load: Load) -> None:
    report = load("x.csv", "日期,UST10Y,VIX\n2025/1/14,4.78,18.71\n".encode("cp950"))
    assert report.outcome is Outcome.LOADED
    (problem,) = said(report)
    assert problem.check == "import.encoding"
    assert report.encoding in problem.message.en


@pytest.mark.skipif(os.name != "posix", reason="named pipes are made on POSIX only")
def test_a_named_pipe_is_refused_at_once(workspace: Workspace, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    (report,) = import_files(workspace, [pipe])
    assert only_problem(report).message.en == "pipe.csv: is not a regular file."


def test_a_file_that_is_not_there_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (report,) = import_files(workspace, [tmp_path / "gone.csv"])
    problem = only_problem(report)
    assert problem.message == Label(
        "gone.csv: cannot be opened: No such file or directory.", "gone.csv：無法開啟：沒有這個檔案。"
    )
    assert problem.hint.en == f"See whether {tmp_path / 'gone.csv'} is the right path."


def test_a_bad_file_does_not_stop_the_next_one(workspace: Workspace, write: Write) -> None:
    paths = [write("bad.csv", ""), write("good.csv", GOOD)]
    outcomes = [report.outcome for report in import_files(workspace, paths)]
    assert outcomes == [Outcome.REFUSED, Outcome.LOADED]


def test_a_table_wider_than_any_real_one_is_refused(load: Load) -> None:
    problem = only_problem(load("x.csv", "Date" + ",A" * 5000 + "\n"))
    assert problem.message.en == "x.csv, line 1: 5,001 columns; at most 5,000 are read."


def test_a_source_that_does_not_exist_is_answered_with_those_that_do(load: Load) -> None:
    problem = only_problem(load("x.csv", GOOD, source="no_such"))
    assert "fred_graph" in problem.hint.en


def test_a_source_that_does_not_fit_is_refused_with_the_header_found(load: Load) -> None:
    problem = only_problem(load("x.csv", GOOD, source="stooq"))
    assert problem.message.en == (
        "x.csv, line 1, column 1: “observation_date,DGS10” is not the header of Stooq daily prices."
    )


def test_one_id_cannot_name_several_series(load: Load) -> None:
    problem = only_problem(load("x.csv", "Date,UST10Y,VIX\n2025-01-13,4.7,19\n", as_id="GLD"))
    assert problem.message.en == "x.csv holds several series; GLD can name only one."
