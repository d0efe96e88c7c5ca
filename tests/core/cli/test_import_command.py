"""`briefing import` as a shell would call it: each flag answers a question that a file leaves open."""

from __future__ import annotations

import io
import json
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from briefing.cli import main
from briefing.data.intake.folders import read_folders
from briefing.data.workspace import Workspace, create_workspace

OPEN = "Date;UST10Y;Our spread;Notes\n03/04/2024;4,125;13,500;7,250\n04/04/2024;4,250;14,125;8,500\n"
ANSWERS = ("--source", "plain_wide", "--dates", "dmy", "--numbers", "comma")
COLUMNS = ("--column", "Our spread=VIX", "--column", "Notes=")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "x.csv").write_text(OPEN, encoding="utf-8")
    return create_workspace(tmp_path / "desk")


def briefing(desk: Workspace, *words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with chdir(desk.root), patch("sys.argv", ["briefing", *words]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_every_question_names_the_flag_that_answers_it(desk: Workspace) -> None:
    code, out, err = briefing(desk, "import", "../x.csv", "--source", "plain_wide")
    assert code == 1
    for flag in ("--dates mdy | --dates dmy", "--numbers point | --numbers comma", "--column 'Our spread="):
        assert flag in out + err


def test_the_flags_answer_and_are_remembered(desk: Workspace) -> None:
    code, out, _ = briefing(desk, "import", "../x.csv", *ANSWERS, *COLUMNS)
    assert (code, "2 rows read, 2 kept" in out) == (0, True)
    (folder,) = read_folders(desk.folders).values()
    assert (folder.source, folder.dates, folder.numbers) == ("plain_wide", "dmy", "comma")
    assert folder.columns == {"Our spread": "VIX", "Notes": ""}


def test_the_report_in_json_says_what_was_decided(desk: Workspace) -> None:
    code, out, _ = briefing(desk, "import", "../x.csv", *ANSWERS, *COLUMNS, "--json")
    (report,) = json.loads(out)
    assert code == 0
    assert report["choices"]["columns"] == {"Our spread": "VIX", "Notes": ""}
    assert (report["dates"], report["numbers"]) == ("dmy", "comma")
    assert report["headings"] == {"DGS10": "UST10Y", "VIXCLS": "Our spread"}


def test_a_heading_may_hold_the_sign_that_parts_it_from_its_id(desk: Workspace) -> None:
    table = desk.root.parent / "y.csv"
    table.write_text("Date,a=b\n2025-01-13,4.7\n", encoding="utf-8")
    code, out, _ = briefing(desk, "import", str(table), "--source", "plain_wide", "--column", "a=b=UST10Y", "--json")
    (report,) = json.loads(out)
    assert (code, report["series"]) == (0, ["DGS10"])


@pytest.mark.parametrize("pair", ["UST10Y", "=UST10Y"])
def test_a_column_without_heading_or_sign_is_bad_usage(desk: Workspace, pair: str) -> None:
    code, _, err = briefing(desk, "import", "../x.csv", "--column", pair)
    assert code == 2
    assert "HEADING=ID" in err


def test_a_style_that_there_is_not_names_those_that_there_are(desk: Workspace) -> None:
    code, out, err = briefing(desk, "import", "../x.csv", "--numbers", "dot")
    assert code == 1
    assert "It can be: point, comma." in out + err


def test_what_was_left_out_is_told_below_the_file(desk: Workspace) -> None:
    table = "Date,UST10Y\n2024-04-03,4.36\n2024-04-04,4.31\nAverage,4.335\n"
    (desk.root.parent / "y.csv").write_text(table, encoding="utf-8")

    _, out, _ = briefing(desk, "import", "../y.csv")

    summary, left_out = out.splitlines()
    assert summary.startswith("y.csv: DGS10; 2 rows read, 2 kept")
    assert left_out == "   Line 4 is a total and no data: “Average 4.335”."
