"""The commands about a team's database, against a real server."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Protocol
from unittest.mock import patch

import keyring
import pytest
import typer
from keyring.backend import KeyringBackend

from briefing.cli import main
from briefing.data.stores.opening import _database

WORD = "not a secret, only a test"
CSV = "observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n"
Run = Callable[..., tuple[int, str, str]]


class Server(Protocol):
    """The server of the tests."""

    def kill(self) -> None: ...
    def database(self, template: str = ...) -> str: ...
    def url(self, database: str, user: str) -> str: ...


class Safe(KeyringBackend):
    """A keyring in memory that says it is the desktop's."""

    __module__ = "keyring.backends.SecretService"
    priority = 5  # type: ignore[assignment]
    kept: dict[tuple[str, str], str]

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command in a folder; gives its exit code and what it printed and complained."""
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
    (tmp_path / "desk" / "DGS10.csv").write_text(CSV, encoding="utf-8")
    yield briefing
    _database.cache_clear()


@pytest.fixture
def at(postgres: Server, team: str, run: Run) -> Callable[[str], Run]:
    """Points the workspace at the team's database as one of its users."""

    def user(name: str) -> Run:
        assert run("store", "set", postgres.url(team, name))[0] == 0
        return run

    return user


def test_a_workspace_is_pointed_at_a_database_made_ready_and_filled(postgres: Server, team: str, run: Run) -> None:
    empty = postgres.database()
    code, _, complaint = run("store", "set", postgres.url(empty, "anna"))
    assert code == 1
    assert "briefing store create" in complaint
    code, out, _ = run("store", "create", "--user", "owner")
    assert code == 0
    assert "GRANT brief_loader TO anna" in out
    assert run("import", "DGS10.csv")[0] == 0
    assert run("value", "DGS10.change.1d")[:2] == (0, "−1bp\n")


def test_making_tables_needs_the_right_to(postgres: Server, team: str, run: Run) -> None:
    run("store", "set", postgres.url(postgres.database(), "anna"))
    code, out, complaint = run("store", "create")
    assert (code, out) == (1, "")
    assert "anna may not do this" in complaint


def test_the_roles_are_listed_with_their_users(at: Callable[[str], Run]) -> None:
    code, out, _ = at("rita")("store", "roles", "--json")
    assert code == 0
    users = {row["role"]: row["users"] for row in json.loads(out)}
    assert "anna" in users["brief_loader"]
    assert {"anna", "rita"} <= set(users["brief_reader"])
    assert "rita" not in users["brief_loader"]
    assert "brief_author" in at("rita")("store", "roles")[1]


def test_a_check_says_what_one_may_do(at: Callable[[str], Run]) -> None:
    run = at("anna")
    assert run("import", "DGS10.csv")[0] == 0
    code, out, _ = run("store", "check", "--json")
    seen = json.loads(out)
    assert code == 0
    assert (seen["reads"], seen["loads"], seen["hides"], seen["standby"], seen["rows"]) == (True, True, True, False, 2)
    assert seen["copy"]
    code, out, _ = at("rita")("store", "check")
    assert code == 0
    assert "you may load: no" in out


def test_a_reader_who_imports_is_refused_in_one_sentence(at: Callable[[str], Run]) -> None:
    code, out, complaint = at("rita")("import", "DGS10.csv")
    assert code == 1
    assert "rita may read" in complaint
    assert "Traceback" not in out + complaint


def test_while_the_server_is_down_the_copy_answers_and_says_so(
    postgres: Server, at: Callable[[str], Run], tmp_path: Path
) -> None:
    run = at("anna")
    run("import", "DGS10.csv")
    run("store", "check")
    postgres.kill()
    code, out, complaint = run("store")
    assert code == 1
    assert "copy of a team database" in out
    assert "cannot be reached" in complaint
    code, out, complaint = run("value", "DGS10.last")
    assert (code, out) == (0, "4.78%\n"), complaint
    assert "This is the copy of" in complaint
    (tmp_path / "desk" / "DGS2.csv").write_text(CSV.replace("DGS10", "DGS2"), encoding="utf-8")
    code, _, complaint = run("import", "DGS2.csv")
    assert code == 1
    assert "cannot be reached" in complaint


def test_a_password_is_tried_and_then_kept_in_the_keyring(
    at: Callable[[str], Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    run, before, safe = at("anna"), keyring.get_keyring(), Safe()
    safe.kept = {}
    keyring.set_keyring(safe)
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setattr(typer, "prompt", lambda text, hide_input: "hunter2")
    code, out, complaint = run("store", "password")
    assert code == 1
    assert "does not accept the password of anna" in complaint
    assert "hunter2" not in out + complaint
    assert safe.kept == {}
    monkeypatch.setattr(typer, "prompt", lambda text, hide_input: WORD if hide_input else "shown")
    assert run("store", "password")[0] == 0
    assert list(safe.kept.values()) == [WORD]
    _database.cache_clear()
    assert run("store", "check")[0] == 0
    keyring.set_keyring(before)


@pytest.mark.parametrize("command", ["create", "roles", "check", "password"])
def test_a_workspace_with_a_folder_has_no_database_to_speak_of(run: Run, command: str) -> None:
    code, _, complaint = run("store", command)
    assert code == 1
    assert "lie in a folder" in complaint
