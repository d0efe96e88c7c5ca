"""The commands about watched folders and the health of the data."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from briefing.cli import main

Run = Callable[..., tuple[int, str, str]]
TEN = "observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n"
BAD = "observation_date,DGS2\n2025-01-13,4.40\n2025-01-14,many\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a workspace; gives its exit code and what it printed and complained."""
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def briefing(*words: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        desk = tmp_path / "desk"
        code = 0
        with (
            chdir(desk if desk.exists() else tmp_path),
            patch("sys.argv", ["briefing", *words]),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as end:
                code = int(end.code or 0)
        return code, out.getvalue(), err.getvalue()

    assert briefing("init", "desk")[0] == 0
    (tmp_path / "desk" / "inbox").mkdir()
    return briefing


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "inbox"


def test_folders_are_watched_and_left_alone_again(run: Run, inbox: Path) -> None:
    assert run("watch", "list") == (0, "No folder is watched.\n", "")
    assert run("watch", "add", "inbox") == (0, f"{inbox}\n", "")
    assert json.loads(run("watch", "list", "--json")[1]) == [str(inbox)]
    assert run("watch", "remove", "inbox")[1] == "No folder is watched.\n"


def test_a_folder_that_is_not_there_is_not_watched(run: Run) -> None:
    code, _, complaint = run("watch", "add", "nowhere")
    assert code == 1
    assert "There is no folder" in complaint


def test_a_refresh_loads_what_is_new_and_says_what_is_not(run: Run, inbox: Path) -> None:
    run("watch", "add", "inbox")
    (inbox / "DGS10.csv").write_text(TEN, encoding="utf-8")
    code, out, _ = run("refresh")
    assert code == 0
    assert out.startswith("DGS10.csv: DGS10; 2 rows read, 2 kept")
    assert run("value", "DGS10.last")[1] == "4.78%\n"
    assert run("refresh") == (0, "1 file has nothing new.\n", "")


def test_a_refused_file_makes_the_refresh_fail_and_is_told_by_health(run: Run, inbox: Path) -> None:
    run("watch", "add", "inbox")
    (inbox / "DGS10.csv").write_text(TEN, encoding="utf-8")
    (inbox / "DGS2.csv").write_text(BAD, encoding="utf-8")
    code, _, complaint = run("refresh")
    assert code == 1
    assert "DGS2.csv, line 3, column DGS2: “many” is not a number." in complaint
    code, out, _ = run("health")
    assert code == 1
    assert out.splitlines()[-1] == "1 fresh · 0 late · 1 failed · 0 flagged"
    assert out.splitlines()[1].split()[:3] == ["failed", "—", "DGS2.csv"]


def test_a_refresh_in_json_has_reports_and_problems(run: Run, inbox: Path) -> None:
    run("watch", "add", "inbox")
    inbox.rmdir()
    code, out, _ = run("refresh", "--json")
    told = json.loads(out)
    assert code == 1
    assert (told["reports"], told["unchanged"]) == ([], 0)
    assert [problem["check"] for problem in told["problems"]] == ["watch.unreachable"]


def test_health_is_good_when_nothing_failed(run: Run, inbox: Path) -> None:
    (inbox / "DGS10.csv").write_text(TEN, encoding="utf-8")
    run("import", str(inbox / "DGS10.csv"))
    assert run("health") == (0, "1 fresh · 0 late · 0 failed · 0 flagged\n", "")
    (row,) = json.loads(run("health", "--json")[1])
    assert (row["series"], row["state"], row["last"], row["expected"]) == ("DGS10", "fresh", "2025-01-14", "2025-01-15")
    assert "DGS10" in run("health", "--all")[1]
