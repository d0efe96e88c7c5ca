"""Files and folders that nobody meant to import: each is refused by name, and no value is dropped unsaid."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport
from briefing.data.market import Market
from briefing.data.workspace import Workspace, create_workspace
from briefing.problems import Problem


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "workspace")


def imported(workspace: Workspace, folder: Path, content: str, name: str = "x.csv") -> ImportReport:
    (folder / name).write_text(content, encoding="utf-8")
    (report,) = import_files(workspace, [folder / name])
    return report


def said(report: ImportReport) -> list[Problem]:
    """The problems but for the remark that a few rows are too few for some rules."""
    return [problem for problem in report.problems if problem.check != "import.skipped"]


def messages(report: ImportReport) -> str:
    return " ".join(problem.message.en for problem in report.problems)


@pytest.mark.parametrize("heading", ["DGS10,DGS10", "DGS10,UST10Y"], ids=["same id", "id and alias"])
def test_two_columns_of_one_series_that_differ_are_refused(workspace: Workspace, tmp_path: Path, heading: str) -> None:
    report = imported(workspace, tmp_path, f"date,{heading}\n2026-01-05,4,5\n2026-01-06,4,4\n")
    assert report.rows_kept == 0
    assert "line 2, column" in messages(report)
    assert "two columns hold this series, with different values on 2026-01-05" in messages(report)


def test_two_columns_of_one_series_that_agree_are_merged_and_said(workspace: Workspace, tmp_path: Path) -> None:
    report = imported(workspace, tmp_path, "date,DGS10,UST10Y\n2026-01-05,4,4\n2026-01-06,5,5\n")
    assert [problem.check for problem in said(report)] == ["import.merged"]


def test_decimal_commas_behind_semicolons_are_read_as_such(workspace: Workspace, tmp_path: Path) -> None:
    report = imported(workspace, tmp_path, "date;DGS10\n2026-01-05;4,01\n2026-01-06;4,12\n")
    assert said(report) == []
    assert Market(workspace).series("DGS10").values.tolist() == [4.01, 4.12]


def test_an_endless_cell_is_quoted_in_part(workspace: Workspace, tmp_path: Path) -> None:
    report = imported(workspace, tmp_path, f"date,DGS10\n2026-01-05,{'x' * 5000}\n{'y' * 5000},4\n")
    assert [len(problem.message.en) < 200 for problem in report.problems] == [True, True]


def test_a_folder_without_tables_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "x.csv" / "inner.csv").mkdir(parents=True)
    (report,) = import_files(workspace, [tmp_path / "x.csv"])
    assert [problem.check for problem in report.problems] == ["import.folder"]


@pytest.mark.skipif(os.name != "posix", reason="names of bytes are a POSIX matter")
def test_a_name_that_is_no_text_is_imported_and_reported(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xffx.csv")
    try:
        path.write_text("date,DGS10\n2026-01-05,4\n2026-01-06,5\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only text as names")
    (report,) = import_files(workspace, [path])
    assert (report.file, report.added, said(report)) == ("\ufffdx.csv", 2, [])


@pytest.mark.parametrize("content", ["x" * 200_000, "date,DGS10\n2026-01-05," + "1" * 200_000 + "\n"])
def test_a_line_without_end_is_told_from_an_open_quote(workspace: Workspace, tmp_path: Path, content: str) -> None:
    report = imported(workspace, tmp_path, content)
    assert [problem.check for problem in report.problems] == ["import.too_wide"]
