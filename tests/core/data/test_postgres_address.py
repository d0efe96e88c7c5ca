"""The address of a team database says where it is and nothing else, least of all a password."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.data.stores.postgres_address import Address, is_address, parse_address
from briefing.problems import Place, Refused

HERE = Place(file="workspace.toml", field="store")


def refusal(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        parse_address(text, HERE)
    return caught.value


def test_an_address_names_server_database_and_user() -> None:
    address = parse_address("postgresql://anna@db.example:5433/desk")
    assert address == Address("db.example", 5433, "desk", "anna", "verify-full")
    assert address.server == "db.example:5433/desk"


def test_the_usual_port_need_not_be_written() -> None:
    assert parse_address("postgresql://anna@db.example/desk").port == 5432


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"])
def test_a_server_on_this_machine_may_go_without_encryption(host: str) -> None:
    address = parse_address(f"postgresql://anna@{host}/desk")
    assert address.local
    assert address.sslmode == "allow"
    assert parse_address(f"postgresql://anna@{host}/desk?sslmode=require").sslmode == "require"


@pytest.mark.parametrize("host", ["db.example", "10.0.0.7", "[fd00::7]", "localhost.example", "127.0.0.1.example"])
def test_any_other_server_must_be_encrypted_and_prove_its_name(host: str) -> None:
    assert parse_address(f"postgresql://anna@{host}/desk").sslmode == "verify-full"
    for mode in ("disable", "allow", "prefer", "require", "verify-ca", ""):
        assert refusal(f"postgresql://anna@{host}/desk?sslmode={mode}").problems[0].check == "postgres.sslmode"


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://anna:hunter2@db.example/desk",
        "postgresql://anna:@db.example/desk",
        "postgresql://anna@db.example/desk?password=hunter2",
        "postgresql://anna@db.example/desk?PASSWORD=hunter2",
        "postgresql://anna@db.example/desk?sslmode=verify-full&passfile=hunter2",
        "postgres://anna:hunter2@db.example/desk",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(text: str) -> None:
    refused = refusal(text)
    assert refused.problems[0].check == "postgres.password_in_address"
    assert refused.problems[0].place == HERE
    assert "hunter2" not in f"{refused!r}{refused.problems!r}"


@pytest.mark.parametrize(
    "query",
    [
        "service=other",
        "options=-c%20statement_timeout%3D0",
        "host=evil.example",
        "sslmode=verify-full&hostaddr=10.0.0.1",
        "sslmode=verify-full&sslmode=verify-full",
        "&",
    ],
)
def test_no_other_option_comes_in_through_an_address(query: str) -> None:
    assert refusal(f"postgresql://anna@db.example/desk?{query}").problems[0].check == "postgres.options"


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://db.example/desk",
        "postgresql://anna@/desk",
        "postgresql://anna@db.example",
        "postgresql://anna@db.example/",
        "postgresql://anna@db.example:port/desk",
        "postgresql://anna@db.example:0/desk",
        "postgresql://anna@db.example:70000/desk",
        "postgresql://anna@one.example,two.example/desk",
        "postgresql://anna@%2Ftmp/desk",
        "postgresql://anna@-db.example/desk",
        "postgresql://anna@[fe80::1%25eth0]/desk",
        "postgresql://anna@[::1/desk",
        "postgresql://anna@db.example/de%00sk",
        "postgresql://anna@db.example/desk#part",
        "postgres://anna@db.example/desk",
        "mysql://anna@db.example/desk",
        "",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(text: str) -> None:
    problem = refusal(text).problems[0]
    assert problem.check == "postgres.address"
    assert "postgresql://user@server:5432/database" in problem.hint.en
    assert "postgresql://user@server:5432/database" in problem.hint.zh


def read(text: str) -> Address | None:
    try:
        return parse_address(text)
    except Refused:
        return None


@given(st.text(max_size=60))
def test_any_text_is_refused_or_read_as_an_address_that_reads_the_same_again(tail: str) -> None:
    address = read("postgresql://" + tail)
    assert address is None or parse_address(str(address)) == address


NAMES = st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=63)


@given(NAMES, NAMES, st.integers(1, 65535), st.sampled_from(["db.example", "10.0.0.7", "::1", "localhost"]))
def test_an_address_is_written_as_it_is_read(user: str, database: str, port: int, host: str) -> None:
    mode = "require" if host in {"::1", "localhost"} else "verify-full"
    address = Address(host, port, database, user, mode)
    assert parse_address(str(address)) == address


@pytest.mark.parametrize("text", ["postgresql://x", "postgres://x", "PostgreSQL://x", "postgresql:x"])
def test_an_address_is_told_from_a_path(text: str) -> None:
    assert is_address(text)
    assert not is_address("/mnt/" + text)
