"""The commands as a shell would call them: what they print, and their exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from briefing.cli import main
from briefing.sample import create_sample


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_sample(tmp_path_factory.mktemp("desk") / "workspace").root


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def briefing(*words: str, cwd: Path | None = None) -> Done:
    """A command in this process, as the entry point of the distribution would run it."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd or Path.cwd()), patch("sys.argv", ["briefing", *words]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            return Done(int(end.code or 0), out.getvalue(), err.getvalue())
    return Done(0, out.getvalue(), err.getvalue())


def test_the_program_runs_from_a_shell(desk: Path) -> None:
    command = [sys.executable, "-m", "briefing", "value", "UST10Y.change.1d"]
    done = subprocess.run(command, cwd=desk, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "−13bp\n")


def result(words: Sequence[str], cwd: Path) -> object:
    done = briefing(*words, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_value_is_printed_in_the_language_asked_for(desk: Path) -> None:
    english = briefing("value", "{UST10Y.change.1d|move}", cwd=desk)
    chinese = briefing("value", "UST10Y.change.1d|move", "--lang", "zh-Hant-TW", cwd=desk)
    assert (english.returncode, english.stdout) == (0, "down 13bp\n")
    assert (chinese.returncode, chinese.stdout) == (0, "下跌13個基點\n")


def test_a_value_as_json_carries_its_dates_and_vintage(desk: Path) -> None:
    found = result(["value", "UST10Y.change.1d", "--json"], desk)
    assert isinstance(found, dict)
    assert {"ref", "value", "unit", "text", "date", "base_date", "window_start", "n", "vintage", "problems"} <= set(
        found
    )
    assert (found["date"], found["base_date"], found["vintage"]) == ("2026-03-06", "2026-03-05", "20260306T211500Z")


def test_a_value_at_an_earlier_date_is_that_of_then(desk: Path) -> None:
    found = result(["value", "UST10Y.last", "--as-of", "2025-06-30", "--json"], desk)
    assert isinstance(found, dict)
    assert found["date"] == "2025-06-30"


def test_an_unknown_series_exits_1_and_says_which(desk: Path) -> None:
    done = briefing("value", "NOTHING.last", cwd=desk)
    assert (done.returncode, done.stdout) == (1, "—\n")
    assert "No series is called NOTHING" in done.stderr


def test_words_that_are_no_reference_exit_1(desk: Path) -> None:
    done = briefing("value", "ten years", cwd=desk)
    assert done.returncode == 1
    assert "is not a reference" in done.stderr


def test_a_missing_argument_exits_2(desk: Path) -> None:
    assert briefing("value", cwd=desk).returncode == 2


def test_outside_a_workspace_a_command_says_what_to_do(tmp_path: Path) -> None:
    done = briefing("movers", cwd=tmp_path)
    assert done.returncode == 1
    assert "briefing init" in done.stderr


def test_movers_are_sorted_by_how_unusual_they_are(desk: Path) -> None:
    rows = result(["movers", "--json"], desk)
    assert isinstance(rows, list)
    scores = [abs(row["zscore"]) for row in rows if row["zscore"] is not None]
    assert scores == sorted(scores, reverse=True)
    assert len(rows) >= 40


def test_movers_are_as_many_as_asked_for_and_the_rest_is_counted(desk: Path) -> None:
    rows = result(["movers", "--json"], desk)
    assert isinstance(rows, list)
    shown = briefing("movers", "--top", "3", cwd=desk).stdout
    assert [row["series"] in shown for row in rows[:4]] == [True, True, True, False]
    assert f"{len(rows) - 3} more; see them with --top.\n" in shown


def test_a_long_id_is_never_shortened(desk: Path) -> None:
    long_id = "CFTC_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZ_AND_MORE"
    pairs = ["kind=yield", "source_en=x", "source_zh=x", f"name_en={'long name ' * 30}", "name_zh=長"]
    assert briefing("catalogue", "set", long_id, *pairs, cwd=desk).returncode == 0
    assert long_id in briefing("catalogue", "list", long_id, cwd=desk).stdout
    assert briefing("catalogue", "forget", long_id, cwd=desk).returncode == 0


def test_movers_and_values_say_how_late_they_are_on_the_command_line(desk: Path) -> None:
    english = briefing("movers", cwd=desk)
    value = briefing("value", "JGB10Y.last", cwd=desk)
    rows = result(["movers", "--json"], desk)

    assert "† JGB10Y: 1 session late, last 4 Mar 2026" in english.stdout
    assert english.stdout.count("%†") == 1
    assert "JGB10Y is 1 session late, last 4 Mar 2026." in value.stderr
    assert isinstance(rows, list)
    assert [row["late"] for row in rows if row["series"] == "JGB10Y"] == [
        {"last": "2026-03-04", "sessions": 1, "freq": "D"}
    ]
    assert all(row["doubts"] == [] for row in rows)


def test_a_formula_without_enough_data_yet_leaves_the_other_series_listed(desk: Path) -> None:
    """Twenty days in, a three-month correlation does not exist."""
    rows = result(["movers", "--as-of", "2014-04-01", "--json"], desk)
    assert isinstance(rows, list)
    listed = {row["series"] for row in rows}
    assert "UST10Y" in listed
    assert "CORR_SPX_TLT" not in listed


def test_series_are_found_in_both_languages(desk: Path) -> None:
    english, chinese = result(["series", "gold", "--json"], desk), result(["series", "黃金", "--json"], desk)
    assert isinstance(english, list)
    assert isinstance(chinese, list)
    assert "GOLD" in {row["id"] for row in english}
    assert "GOLD" in {row["id"] for row in chinese}


def test_every_metric_is_described_in_both_languages(desk: Path) -> None:
    rows = result(["metrics", "--json"], desk)
    assert isinstance(rows, list)
    assert {"name", "family", "label", "unit", "delta_unit", "needs", "source", "doc"} <= set(rows[0])
    assert all(row["doc"]["en"] and row["doc"]["zh"] and row["source"] for row in rows)


def test_a_damaged_file_exits_1_and_leaves_the_rest(desk: Path, tmp_path: Path) -> None:
    bad = tmp_path / "DGS10.csv"
    bad.write_text("DATE,DGS10\n2026-03-05,4.1\n2026-03-06,four\n", encoding="utf-8")
    before = sorted(path.name for path in (desk / "data").rglob("*.parquet"))
    done = briefing("import", str(bad), cwd=desk)
    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert "DGS10" in done.stderr
    assert sorted(path.name for path in (desk / "data").rglob("*.parquet")) == before


def test_a_new_note_is_dated_at_the_newest_observation_and_checked(desk: Path) -> None:
    done = briefing("new", "today", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "date = 2026-03-06" in (desk / "notes" / "today.brief").read_text(encoding="utf-8")
    assert briefing("new", "today", cwd=desk).returncode == 1


def test_checking_a_note_with_an_error_exits_1(desk: Path, tmp_path: Path) -> None:
    note = desk / "notes" / "wrong.brief"
    note.write_text(
        'format = 1\n\n[note]\ndate = 2026-03-06\n\n[[block]]\nid = "a"\ntype = "pair"\nen = "{GONE.last}"\n',
        encoding="utf-8",
    )
    done = briefing("check", str(note), "--json")
    problems = json.loads(done.stdout)
    assert done.returncode == 1
    assert {"check", "severity", "block", "side", "span", "message", "hint"} <= set(problems[0])
    assert {p["block"] for p in problems if p["check"] == "C01"} == {"a"}


def test_a_note_with_errors_is_not_rendered_but_its_draft_is(desk: Path, tmp_path: Path) -> None:
    note = desk / "notes" / "draft.brief"
    note.write_text(
        'format = 1\n\n[note]\ndate = 2026-03-06\ntitle_en = "T"\ntitle_zh = "題"\n\n'
        '[[block]]\nid = "a"\ntype = "pair"\nen = "{GONE.last}"\nzh = "{GONE.last}"\n\n'
        '[[block]]\nid = "d"\ntype = "disclosure"\n',
        encoding="utf-8",
    )
    target = tmp_path / "out.pdf"
    assert briefing("render", str(note), "-o", str(target)).returncode == 1
    assert not target.exists()
    assert briefing("render", str(note), "-o", str(target), "--draft").returncode == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_an_entry_of_the_catalogue_is_changed_and_set_back(desk: Path) -> None:
    changed = briefing("catalogue", "set", "DGS10", "decimals=3", "name_zh=十年美債", cwd=desk)
    assert "name_zh = 十年美債\n" in changed.stdout
    assert briefing("catalogue", "forget", "DGS10", cwd=desk).returncode == 0
    row = result(["catalogue", "show", "DGS10", "--json"], desk)
    assert isinstance(row, dict)
    assert (row["series_id"], row["name_zh"]) == ("DGS10", "美國10年期公債殖利率")


def test_the_catalogue_is_searched_on_the_command_line(desk: Path) -> None:
    rows = result(["catalogue", "list", "實質殖利率", "--json"], desk)
    assert isinstance(rows, list)
    assert {"DFII10", "DFII5"} <= {row["series_id"] for row in rows}


def test_a_change_without_a_key_is_bad_usage_and_an_invalid_one_a_problem(desk: Path) -> None:
    assert briefing("catalogue", "set", "DGS10", "decimals", cwd=desk).returncode == 2
    wrong = briefing("catalogue", "set", "DGS10", "kind=colour", cwd=desk)
    assert (wrong.returncode, "kind must be one of" in wrong.stderr) == (1, True)
