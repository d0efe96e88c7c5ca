"""Who gets into a team database, over which connection; and that no password is in any text."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any, Protocol

import pytest

from briefing.data.stores import postgres_session
from briefing.data.stores.postgres_address import Address, parse_address
from briefing.data.stores.postgres_password import Password
from briefing.data.stores.postgres_session import READING, Session
from briefing.problems import Refused

WORD = "hunter2 'quoted' and \\ escaped"


class Server(Protocol):
    """The server of the tests."""

    port: int
    log: str
    authority: Path

    def url(self, database: str, user: str) -> str: ...
    def user(self, name: str, *roles: str) -> str: ...
    def do(self, statement: str, database: str = ...) -> None: ...
    def ask(self, query: str, database: str = ...) -> list[tuple[Any, ...]]: ...


@pytest.fixture(autouse=True)
def _no_password_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))


def whole(refused: pytest.ExceptionInfo[Refused]) -> str:
    """All that anybody could print of a refusal."""
    told = "".join(traceback.format_exception(refused.value)) + repr(refused.value.problems)
    return told + repr([problem.as_json() for problem in refused.value.problems])


def sign_in(address: Address) -> str:
    """The user that the server sees."""
    session = Session(address, READING)
    try:
        return str(session.ask("SELECT session_user::text AS me").column("me")[0].as_py())
    finally:
        session.close()


def test_a_password_with_any_sign_in_it_opens(postgres: Server, team: str, monkeypatch: pytest.MonkeyPatch) -> None:
    postgres.do("CREATE ROLE quentin LOGIN PASSWORD " + "E'" + WORD.replace("\\", "\\\\").replace("'", "\\'") + "'")
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setattr(postgres_session, "find_password", lambda address: Password(WORD))
    assert sign_in(parse_address(postgres.url(team, "quentin"))) == "quentin"


def test_a_wrong_password_is_told_and_never_printed(
    postgres: Server, team: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setattr(postgres_session, "find_password", lambda address: Password(WORD))
    before = len(postgres.log)
    with pytest.raises(Refused) as refused:
        sign_in(parse_address(postgres.url(team, "anna")))
    assert refused.value.problems[0].check == "postgres.wrong_password"
    assert "hunter2" not in whole(refused)
    assert "hunter2" not in postgres.log[before:]


def test_a_missing_password_is_told_with_the_reason_why_the_keyring_gave_none(
    postgres: Server, team: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setattr(postgres_session, "find_password", lambda address: Password(None, "KeyringLocked: locked"))
    with pytest.raises(Refused, match="KeyringLocked") as refused:
        sign_in(parse_address(postgres.url(team, "anna")))
    assert refused.value.problems[0].check == "postgres.no_password"


def test_a_password_file_of_libpq_serves_too(
    postgres: Server, team: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = tmp_path / "passwords"
    words.write_text(f"127.0.0.1:{postgres.port}:{team}:rita:not a secret, only a test\n", encoding="utf-8")
    words.chmod(0o600)
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", str(words))
    assert sign_in(parse_address(postgres.url(team, "rita"))) == "rita"


@pytest.mark.parametrize(
    ("user", "database", "check"),
    [
        ("anna", "nowhere", "postgres.no_database"),
        ("nobody_known", "desk", "postgres.wrong_password"),
        ("brief_reader", "desk", "postgres.wrong_password"),
    ],
)
def test_who_or_what_is_not_there_is_told(postgres: Server, team: str, user: str, database: str, check: str) -> None:
    with pytest.raises(Refused) as refused:
        sign_in(parse_address(postgres.url(database.replace("desk", team), user)))
    assert refused.value.problems[0].check == check


def remote(postgres: Server, team: str, host: str) -> Address:
    return parse_address(f"postgresql://anna@{host}:{postgres.port}/{team}")


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name leads to this machine, as if it were another one."""
    monkeypatch.setenv("PGHOSTADDR", "127.0.0.1")


def test_another_machine_is_spoken_to_encrypted_when_its_certificate_is_right(
    postgres: Server, team: str, wire: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLROOTCERT", str(postgres.authority))
    session = Session(remote(postgres, team, "db.example"), READING)
    (encrypted,) = session.ask("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").column("ssl").to_pylist()
    session.close()
    assert encrypted


def test_a_certificate_for_another_name_stops_the_connection(
    postgres: Server, team: str, wire: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLROOTCERT", str(postgres.authority))
    with pytest.raises(Refused, match="does not match host name") as refused:
        sign_in(remote(postgres, team, "other.example"))
    assert refused.value.problems[0].check == "postgres.insecure"


def test_a_certificate_of_an_unknown_authority_stops_the_connection(postgres: Server, team: str, wire: None) -> None:
    with pytest.raises(Refused, match="certificate verify failed") as refused:
        sign_in(remote(postgres, team, "db.example"))
    assert refused.value.problems[0].check == "postgres.insecure"


@pytest.mark.parametrize(("user", "words"), [("trusted", "did not complete authentication"), ("candid", "cleartext")])
def test_another_machine_that_does_without_scram_is_not_given_anything(
    postgres: Server, team: str, wire: None, monkeypatch: pytest.MonkeyPatch, user: str, words: str
) -> None:
    """One that lets everybody in has not shown that it knows the password; one that wants plain text learns it."""
    monkeypatch.setenv("PGSSLROOTCERT", str(postgres.authority))
    postgres.user(user)
    assert sign_in(parse_address(postgres.url(team, user))) == user
    with pytest.raises(Refused, match=words) as refused:
        sign_in(parse_address(f"postgresql://{user}@db.example:{postgres.port}/{team}"))
    assert refused.value.problems[0].check == "postgres.insecure"
