"""Passwords come from the environment or an encrypted keyring, and are in no text of the program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from briefing.data.stores.postgres_address import parse_address
from briefing.data.stores.postgres_password import find_password, keep_password
from briefing.problems import Refused

WORD = "hunter2"
ANNA = parse_address("postgresql://anna@db.example:5433/desk")
OTHERS = [
    "postgresql://rita@db.example:5433/desk",
    "postgresql://anna@db.example:5432/desk",
    "postgresql://anna@db.example:5433/other",
    "postgresql://anna@db2.example:5433/desk",
]


class Safe(KeyringBackend):
    """A keyring in memory that says it is the desktop's."""

    __module__ = "keyring.backends.SecretService"
    priority: Any = 5

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.kept[service, username] = password

    def _check(self) -> None:
        if self.locked:
            raise KeyringLocked("the collection is locked")


class Plain(Safe):
    """One that keeps passwords as they are, in a file."""

    __module__ = "keyrings.alt.file"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.delenv("PGPASSFILE", raising=False)
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_password_is_kept_for_one_user_of_one_database_of_one_server() -> None:
    keyring.set_keyring(Safe())
    keep_password(ANNA, WORD)
    assert find_password(ANNA).secret == WORD
    assert [find_password(parse_address(other)).secret for other in OTHERS] == [None] * 4


@pytest.mark.parametrize("name", ["PGPASSWORD", "PGPASSFILE"])
def test_the_environment_stands_before_the_keyring(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(Safe())
    keep_password(ANNA, WORD)
    monkeypatch.setenv(name, "something")
    assert find_password(ANNA).secret is None


def test_a_keyring_that_keeps_plain_text_is_neither_read_nor_written() -> None:
    plain = Plain()
    plain.kept["market-briefing db.example:5433/desk", "anna"] = WORD
    keyring.set_keyring(plain)
    assert find_password(ANNA).secret is None
    with pytest.raises(Refused) as caught:
        keep_password(ANNA, "hunter3")
    assert caught.value.problems[0].check == "postgres.no_keyring"
    assert "hunter3" not in plain.kept.values()


def test_of_several_keyrings_only_the_encrypted_ones_count(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, safe = Plain(), Safe()
    chain = ChainerBackend()
    monkeypatch.setattr(ChainerBackend, "backends", [plain, safe])
    keyring.set_keyring(chain)
    keep_password(ANNA, WORD)
    assert list(safe.kept.values()) == [WORD]
    assert plain.kept == {}
    assert find_password(ANNA).secret == WORD


def test_a_machine_without_a_keyring_has_no_password_and_no_trouble() -> None:
    keyring.set_keyring(NoKeyring())
    found = find_password(ANNA)
    assert (found.secret, found.trouble) == (None, "")


def test_a_locked_keyring_is_told_and_does_not_stop_other_ways() -> None:
    keyring.set_keyring(Safe(locked=True))
    found = find_password(ANNA)
    assert found.secret is None
    assert "locked" in found.trouble
    with pytest.raises(Refused) as caught:
        keep_password(ANNA, WORD)
    assert caught.value.problems[0].check == "postgres.keyring"
    assert WORD not in f"{caught.value!r}{caught.value.problems!r}"


def test_a_password_is_in_no_text() -> None:
    keyring.set_keyring(Safe())
    keep_password(ANNA, WORD)
    found = find_password(ANNA)
    assert WORD not in f"{found} {found!r} {ANNA} {ANNA!r}"
