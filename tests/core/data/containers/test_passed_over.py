"""What a folder is imported without: hidden files, locks, notes and what is known to hold no table."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.data.containers.passed_over import passed_over
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import Outcome
from briefing.data.workspace import Workspace

Workbook = Callable[..., bytes]

DAILY = b"observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (".DS_Store", b"x", "a hidden file"),
        ("~$book.xlsx", b"x", "a lock that Excel leaves while a workbook is open"),
        ("README", b"x", "notes about the data"),
        ("readme_first.txt", b"x", "notes about the data"),
        ("MANIFEST.md", b"x", "notes about the data"),
        ("LICENSE", b"x", "notes about the data"),
        ("chart.csv", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("paper.csv", b"%PDF-1.7", "a PDF"),
        ("state.db", b"SQLite format 3\x00rest", "an SQLite database"),
        ("setup.dat", b"MZ\x90\x00\x03", "a program"),
    ],
)
def test_a_file_that_nobody_means_to_import_is_passed_over_with_the_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    why = passed_over(tmp_path / name)
    assert why is not None
    assert why.en == reason


@pytest.mark.parametrize("name", ["DGS10", "DGS10.dat", "manifestations.csv", "MZ.csv", "BZh.txt"])
def test_the_ending_of_a_name_decides_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(name.encode() + b",1\n" + DAILY)
    assert passed_over(tmp_path / name) is None


@pytest.mark.skipif(os.name != "posix", reason="named pipes are made on POSIX only")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert passed_over(tmp_path / "pipe.csv") is None


def test_a_folder_is_imported_by_content_and_says_what_it_left_out(
    workspace: Workspace, tmp_path: Path, workbook: Workbook
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "DGS10").write_bytes(DAILY)
    (folder / "book.data").write_bytes(workbook({"S": [["Date", "UST2Y"], ["2025-01-14", 4.37]]}))
    (folder / "MANIFEST.md").write_text("notes", encoding="utf-8")
    (folder / "logo.csv").write_bytes(b"\x89PNG")
    reports = {report.file: report for report in import_files(workspace, [folder])}
    assert reports["DGS10"].outcome is Outcome.LOADED
    assert reports["book.data"].outcome is Outcome.LOADED, reports["book.data"].problems
    assert reports["MANIFEST.md"].reason.zh == "說明文件"
    assert reports["logo.csv"].reason.en == "a picture"
