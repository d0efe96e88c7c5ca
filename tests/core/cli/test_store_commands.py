"""The store on the command line: where data lie, undoing an import, compacting, damage, revisions, vintages."""

from __future__ import annotations

import io
import json
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from briefing.cli import main
from briefing.data.workspace import create_workspace

HEADER = "observation_date,DGS10\n"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workspace with two loads, the second of which revises a value."""
    root = create_workspace(tmp_path / "desk").root
    load(root, "a.csv", "2025-01-13,4.79\n2025-01-14,4.78\n")
    load(root, "b.csv", "2025-01-13,4.79\n2025-01-14,4.80\n2025-01-15,4.66\n")
    return root


def load(desk: Path, name: str, rows: str) -> None:
    path = desk.parent / name
    path.write_text(HEADER + rows, encoding="utf-8")
    assert briefing(desk, "import", str(path))[0] == 0


def briefing(desk: Path, *words: str) -> tuple[int, str, str]:
    """The exit code of a command, what it printed, and what it said on the error stream."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(desk), patch("sys.argv", ["briefing", *words]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def said(desk: Path, *words: str) -> str:
    code, out, err = briefing(desk, *words)
    assert code == 0, err
    return out


def told(desk: Path, *words: str) -> Any:
    return json.loads(said(desk, *words, "--json"))


def ten(desk: Path, *words: str) -> str:
    return said(desk, "value", "UST10Y.last", *words).strip()


def test_the_store_says_where_it_is_and_what_is_in_it(desk: Path) -> None:
    facts = told(desk, "store")
    assert (facts["place"], facts["writable"], facts["loads"], facts["hidden"]) == (str(desk / "data"), True, 2, 0)
    assert [(one["name"], one["loads"], one["series"]) for one in facts["datasets"]] == [("fred_graph", 2, 1)]
    assert said(desk, "store").startswith(f"folder of the workspace: {desk / 'data'}\n2 loads, 0 hidden; vintage 20")


def test_a_workspace_that_is_named_before_the_command_is_the_one_it_works_on(desk: Path, tmp_path: Path) -> None:
    other = create_workspace(tmp_path / "other").root
    load(other, "c.csv", "2025-01-13,4.79\n")

    said(desk, "store", "-w", str(other), "hide", "1")

    assert [one["hidden"] for one in json.loads(said(desk, "store", "-w", str(other), "--json", "loads"))] == [True]
    assert [one["hidden"] for one in told(desk, "store", "loads")] == [False, False]


def test_an_import_is_undone_and_brought_back(desk: Path) -> None:
    assert ten(desk) == "4.66%"
    said(desk, "store", "hide", "2")
    assert ten(desk) == "4.78%"
    assert [(one["load_id"], one["hidden"]) for one in told(desk, "store", "loads")] == [(1, False), (2, True)]
    said(desk, "store", "show", "2")
    assert ten(desk) == "4.66%"


def test_a_load_that_is_not_there_cannot_be_hidden(desk: Path) -> None:
    code, _, err = briefing(desk, "store", "hide", "7")
    assert code == 1
    assert "There is no load 7." in err


def test_revisions_say_what_was_before_and_which_file_changed_it(desk: Path) -> None:
    (row,) = told(desk, "revisions")
    assert (row["series"], row["date"], row["old"], row["new"], row["file"]) == (
        "DGS10", "2025-01-14", 4.78, 4.8, "b.csv",
    )  # fmt: skip
    assert (row["old_text"]["en"], row["new_text"]["en"]) == ("4.78%", "4.80%")
    last = told(desk, "store", "loads")[-1]["vintage"]
    assert told(desk, "revisions", "--since", last) == []
    assert said(desk, "revisions", "--since", last) == "No value was revised.\n"
    assert "4.78%" in said(desk, "revisions")


def test_revisions_are_in_the_unit_that_is_shown(tmp_path: Path) -> None:
    desk = create_workspace(tmp_path / "spreads").root
    for name, value in (("one.csv", "0.82"), ("two.csv", "0.83")):
        path = tmp_path / name
        path.write_text(f"observation_date,BAMLC0A0CM\n2025-01-14,{value}\n", encoding="utf-8")
        assert briefing(desk, "import", str(path))[0] == 0
    (row,) = told(desk, "revisions")
    assert (row["old"], row["new"], row["old_text"]["zh"]) == (82.0, 83.0, "82個基點")


@pytest.mark.parametrize(
    "words",
    [("value", "UST10Y.last"), ("movers",), ("series",), ("revisions",), ("new", "then")],
    ids=lambda words: words[0],
)
def test_every_command_looks_at_an_earlier_vintage(desk: Path, words: tuple[str, ...]) -> None:
    first = told(desk, "store", "loads")[0]
    bound = f"{first['vintage']}-{first['load_id']}"
    now, then = (
        said(desk, *words),
        said(desk, *(f"{word}2" if word == "then" else word for word in words), "--vintage", bound),
    )
    assert now != then
    code, _, err = briefing(desk, *words[:1], *words[1:2], "--vintage", "yesterday")
    assert code == 1
    assert "is not a vintage" in err


def test_a_note_that_was_begun_at_a_vintage_is_pinned_to_it(desk: Path) -> None:
    first = told(desk, "store", "loads")[0]
    bound = f"{first['vintage']}-{first['load_id']}"
    path = Path(said(desk, "new", "then", "--vintage", bound).strip())
    text = path.read_text(encoding="utf-8")
    assert f'vintage = "{bound}"' in text
    assert "as_of = 2025-01-14" in text


def test_a_store_is_compacted_and_says_so(desk: Path) -> None:
    assert said(desk, "store", "compact") == "fred_graph: 2 loads in one file, 2 files archived.\n"
    assert said(desk, "store", "compact") == "Nothing to compact.\n"
    assert ten(desk) == "4.66%"


def test_a_damaged_file_is_shown_and_set_aside_by_name_after_a_yes(desk: Path) -> None:
    (path,) = desk.glob("data/dataset=*/vintage=*/2-*.parquet")
    path.write_bytes(path.read_bytes()[:50])
    code, _, err = briefing(desk, "store")
    assert code == 1
    assert f"{path.name} in the store is damaged" in err
    code, _, err = briefing(desk, "store", "quarantine", path.name)
    assert (code, path.exists()) == (1, True)
    assert "nobody said yes" in err
    assert "Import again the files of: DGS10." in said(desk, "store", "quarantine", path.name, "--yes")
    assert briefing(desk, "store")[0] == 0


def test_a_value_from_a_damaged_store_is_printed_with_the_problem(desk: Path) -> None:
    (path,) = desk.glob("data/dataset=*/vintage=*/2-*.parquet")
    path.write_bytes(path.read_bytes()[:50])
    _, out, err = briefing(desk, "value", "UST10Y.last")
    assert out == "4.78%\n"
    assert "is damaged" in err


def test_the_store_moves_to_a_shared_folder_after_a_yes_and_back(desk: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    code, _, err = briefing(desk, "store", "set", str(shared))
    assert (code, shared.exists()) == (1, False)
    assert "nobody said yes" in err
    assert said(desk, "store", "set", str(shared), "--yes") == f"shared folder: {shared}\n"
    load(desk, "c.csv", "2025-01-16,4.62\n")
    assert ten(desk) == "4.62%"
    said(desk, "store", "set", "folder")
    assert ten(desk) == "4.66%"


def test_a_place_with_a_password_is_refused_and_not_repeated(desk: Path) -> None:
    code, out, err = briefing(desk, "store", "set", "postgresql://me:hunter2@db.example/x", "--yes")
    assert code == 1
    assert "hunter2" not in out + err
    assert "store" not in (desk / "workspace.toml").read_text(encoding="utf-8")


def test_a_server_is_allowed_after_a_yes(desk: Path) -> None:
    (desk / "workspace.toml").write_text('format = 1\nstore = "postgresql://me@db.example/x"\n', encoding="utf-8")
    code, _, err = briefing(desk, "store")
    assert code == 1
    assert "you have not allowed yet" in err
    assert briefing(desk, "store", "allow")[0] == 1
    assert said(desk, "store", "allow", "--yes") == "db.example:5432/x is allowed.\n"


def test_a_lock_is_broken_only_after_a_yes(desk: Path) -> None:
    lock = desk / "data" / "writer.lock"
    lock.write_text("{}", encoding="utf-8")
    assert briefing(desk, "store", "unlock")[0] == 1
    assert lock.exists()
    said(desk, "store", "unlock", "--yes")
    assert not lock.exists()


def test_what_is_only_for_folders_is_refused_for_a_database(desk: Path) -> None:
    (desk / "workspace.toml").write_text('format = 1\nstore = "postgresql://me@127.0.0.1:1/x"\n', encoding="utf-8")
    code, _, err = briefing(desk, "store", "compact")
    assert code == 1
    assert "the data are in a database" in err
