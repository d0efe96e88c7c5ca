"""A team database that fails: killed, slow, closed to somebody, of another version. What was there stays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pytest

from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.stores.contract import Arrival
from briefing.data.stores.postgres import PostgresStore
from briefing.data.stores.postgres_address import parse_address
from briefing.data.stores.postgres_schema import SCHEMA_VERSION, create_schema
from briefing.data.stores.postgres_session import READING, WRITING, Session
from briefing.data.stores.postgres_writer import PostgresWriter
from briefing.data.tidy import Flag, SeriesRows, Tidy, tidy_of
from briefing.problems import Refused

FIRST, SECOND = "20250114T210000Z", "20250115T210000Z"
Values = Mapping[str, Mapping[str, float]]


class Server(Protocol):
    """The server of the tests."""

    port: int
    log: str

    def start(self) -> None: ...
    def kill(self) -> None: ...
    def url(self, database: str, user: str) -> str: ...
    def user(self, name: str, *roles: str) -> str: ...
    def do(self, statement: str, database: str = ...) -> None: ...
    def ask(self, query: str, database: str = ...) -> list[tuple[Any, ...]]: ...
    def database(self, template: str = ...) -> str: ...
    def connection(self, database: str) -> Any: ...


Opened = Callable[..., PostgresStore]


@pytest.fixture
def opened(postgres: Server) -> Iterator[Opened]:
    """Opens the store of a database as a user."""
    stores: list[PostgresStore] = []

    def store(database: str, user: str = "anna", options: str = "") -> PostgresStore:
        stores.append(PostgresStore(parse_address(postgres.url(database, user) + options)))
        return stores[-1]

    yield store
    for one in stores:
        one.close()


def rows(values: Values) -> Tidy:
    return tidy_of(
        SeriesRows(
            name,
            np.array(list(days), dtype="datetime64[D]"),
            np.array(list(days.values()), dtype=np.float64),
            np.full(len(days), Flag.OK, dtype=np.uint8),
            np.arange(2, len(days) + 2, dtype=np.int32),
        )
        for name, days in values.items()
    )


def arrival(values: Values, dataset: str = "fred_graph") -> Arrival:
    content = rows(values)
    report = ImportReport(file="DGS10.csv", outcome=Outcome.REFUSED, sha256="5c0e", dataset=dataset)
    return Arrival(report, content)


def load(store: PostgresStore, values: Values, vintage: str | None = None) -> None:
    with store.writing() as writer:
        writer.write([arrival(values)], vintage)


def values(store: PostgresStore) -> dict[str, list[float]]:
    view = store.snapshot()
    names = sorted({name for one in view.loads for name in one.series})
    return {name: held["fred_graph"].values.tolist() for name, held in view.read(names).items()}


def check(refused: pytest.ExceptionInfo[Refused]) -> str:
    """The check of the one problem, which speaks both languages."""
    (problem,) = refused.value.problems
    assert problem.message.en != problem.message.zh
    assert problem.hint.en
    assert problem.hint.zh
    assert problem.place.file
    return problem.check


def wait_until_blocked(server: Server) -> None:
    """Until some connection waits for a lock."""
    while not server.ask("SELECT 1 FROM pg_locks WHERE NOT granted"):
        pass


def test_a_server_that_is_down_at_the_start_is_told_at_once(postgres: Server, team: str, opened: Opened) -> None:
    address = parse_address(postgres.url(team, "anna").replace(f":{postgres.port}/", ":1/"))
    store = PostgresStore(address)
    for attempt in (store.snapshot, store.token, lambda: store.facts):
        with pytest.raises(Refused, match="Connection refused") as refused:
            attempt()
        assert check(refused) == "postgres.unreachable"


def test_a_server_killed_between_two_tables_of_a_load_keeps_neither(
    postgres: Server, team: str, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(team)
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    through = Session.load

    def killing(session: Session, table: str, content: pa.Table) -> None:
        through(session, table, content)
        postgres.kill()

    arrivals = [arrival({"DGS10": {"2025-01-13": 4.80}}), arrival({"DGS2": {"2025-01-13": 4.40}})]
    with store.writing() as writer, monkeypatch.context() as patch:
        patch.setattr(Session, "load", killing)
        with pytest.raises(Refused) as refused:
            writer.write(arrivals, SECOND)
    assert check(refused) == "postgres.unreachable"
    postgres.start()
    assert values(store) == {"DGS10": [4.79]}


def test_a_server_killed_in_the_middle_of_a_copy_keeps_nothing_of_it(
    postgres: Server, team: str, opened: Opened
) -> None:
    store = opened(team)
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    columns = {"series_id": ["DGS10"], "obs_date": [date(2025, 1, 14)], "load_id": [2], "value": [4.8]}
    batch = pa.record_batch(columns | {"flag": pa.array([0], pa.int16()), "line": pa.array([3], pa.int32())})

    def batches() -> Iterator[pa.RecordBatch]:
        yield batch
        postgres.kill()
        for _ in range(10_000):
            yield batch

    session = Session(store.address, WRITING)
    with pytest.raises(Refused) as refused, session.transaction():
        session.load("obs", pa.RecordBatchReader.from_batches(batch.schema, batches()))
    assert check(refused) == "postgres.unreachable"
    postgres.start()
    assert values(store) == {"DGS10": [4.79]}
    assert postgres.ask("SELECT count(*) FROM brief.obs", team) == [(1,)]


def test_a_server_killed_during_a_read_is_told_and_the_next_read_is_right(
    postgres: Server, team: str, opened: Opened
) -> None:
    store = opened(team)
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    view = store.snapshot()
    problems: list[str] = []

    def read() -> None:
        with pytest.raises(Refused) as refused:
            view.read(["DGS10"])
        problems.append(check(refused))

    reader = threading.Thread(target=read)
    with postgres.connection(team) as holder:
        with holder.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("LOCK TABLE brief.obs")
        reader.start()
        wait_until_blocked(postgres)
        postgres.kill()
        reader.join()
    assert problems == ["postgres.unreachable"]
    postgres.start()
    assert view.read(["DGS10"])["DGS10"]["fred_graph"].values.tolist() == [4.79]


def test_a_connection_that_was_cut_while_nothing_happened_is_made_again(
    postgres: Server, team: str, opened: Opened
) -> None:
    store = opened(team)
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    assert values(store) == {"DGS10": [4.79]}
    postgres.do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'anna'")
    assert values(store) == {"DGS10": [4.79]}


def test_a_writer_whose_connection_was_cut_has_lost_its_lock_and_writes_nothing_more(
    postgres: Server, team: str, opened: Opened
) -> None:
    store, other = opened(team), opened(team)
    with store.writing() as writer:
        postgres.do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ~ 'writing'")
        load(other, {"DGS10": {"2025-01-13": 4.79}})
        for _ in range(2):
            with pytest.raises(Refused) as refused:
                writer.write([arrival({"DGS10": {"2025-01-13": 9.99}})])
            assert check(refused) == "postgres.unreachable"
    assert values(store) == {"DGS10": [4.79]}


def test_a_connection_cut_at_the_last_step_is_told_as_not_known(
    postgres: Server, team: str, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(team)
    through = Session._commit

    def cut(session: Session) -> None:
        postgres.do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ~ 'writing'")
        through(session)

    with store.writing() as writer, monkeypatch.context() as patch:
        patch.setattr(Session, "_commit", cut)
        with pytest.raises(Refused) as refused:
            writer.write([arrival({"DGS10": {"2025-01-13": 4.79}})])
    assert check(refused) == "postgres.unknown_outcome"
    assert values(store) == {}


def test_a_row_that_comes_twice_takes_the_whole_load_back(team: str, opened: Opened, postgres: Server) -> None:
    store = opened(team)
    twice = rows({"DGS10": {"2025-01-13": 4.79, "2025-01-14": 4.78}})
    twice.dates[1] = twice.dates[0]
    with store.writing() as writer, pytest.raises(Refused, match="duplicate key") as refused:
        writer.write([arrival({"DGS2": {"2025-01-13": 4.40}}), Arrival(arrival({}).report, twice)])
    assert check(refused) == "postgres.failed"
    assert store.snapshot().loads == ()
    assert postgres.ask("SELECT count(*) FROM brief.obs", team) == [(0,)]


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_infinity_never_enters(team: str, opened: Opened, value: float) -> None:
    store = opened(team)
    with pytest.raises(Refused, match="check constraint"):
        load(store, {"DGS10": {"2025-01-13": value}})
    assert store.snapshot().loads == ()


def test_a_question_that_takes_too_long_is_given_up(
    postgres: Server, team: str, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READING, "statement_timeout", "100ms")
    store = opened(team)
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    view = store.snapshot()
    with postgres.connection(team) as holder, holder.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE brief.obs")
        with pytest.raises(Refused, match="too long") as refused:
            view.read(["DGS10"])
        assert check(refused) == "postgres.timeout"
    assert values(store) == {"DGS10": [4.79]}


def test_values_that_a_user_may_not_read_are_a_fault_of_their_series_and_the_rest_works(
    postgres: Server, own_team: str, opened: Opened
) -> None:
    store = opened(own_team, "rita")
    load(opened(own_team), {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    postgres.do("REVOKE SELECT ON brief.obs FROM brief_reader", own_team)
    view = store.snapshot()
    assert view.read(["DGS10"]) == {}
    (fault,) = view.faults
    assert fault.problem.check == "postgres.denied"
    assert "permission denied for table obs" in fault.problem.message.en
    assert fault.concerns("DGS10")
    assert not fault.concerns("DGS2")
    assert [one.file for one in view.loads] == ["DGS10.csv"]
    assert store.token() == "1"


def test_chains_that_a_user_may_not_read_do_not_keep_the_series_away(
    postgres: Server, own_team: str, opened: Opened
) -> None:
    store = opened(own_team, "rita")
    load(opened(own_team), {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    postgres.do("REVOKE SELECT ON brief.chain FROM brief_reader", own_team)
    view = store.snapshot()
    with pytest.raises(Refused, match="permission denied for table chain") as refused:
        view.read_chain(view.loads[0])
    assert check(refused) == "postgres.denied"
    assert values(store) == {"DGS10": [4.79]}


def test_a_reader_cannot_import_and_is_told_which_role_could(team: str, opened: Opened) -> None:
    store = opened(team, "rita")
    assert not store.facts.writable
    assert opened(team).facts.writable
    with pytest.raises(Refused, match="rita may read") as refused, store.writing():
        pytest.fail("a reader got the lock")
    assert check(refused) == "postgres.reader"
    assert "brief_loader" in refused.value.problems[0].hint.zh


def test_an_author_hides_loads_and_loads_none(postgres: Server, team: str, opened: Opened) -> None:
    postgres.user("otto", "brief_author")
    load(opened(team), {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    store = opened(team, "otto")
    with store.writing() as writer:
        with pytest.raises(Refused, match="otto may not") as refused:
            writer.write([arrival({"DGS10": {"2025-01-13": 9.99}})])
        writer.hide([1])
    assert check(refused) == "postgres.denied"
    assert values(store) == {}


@pytest.mark.parametrize("user", ["anna", "otto", "rita"])
def test_nobody_changes_or_deletes_data(postgres: Server, team: str, opened: Opened, user: str) -> None:
    postgres.user("otto", "brief_author")
    load(opened(team), {"DGS10": {"2025-01-13": 4.79}})
    session = Session(parse_address(postgres.url(team, user)), WRITING)
    for what in ("obs", "load", "hiding", "chain", "schema_version", "obs_2025"):
        for form in ("DELETE FROM brief.{}", "TRUNCATE brief.{}", "DROP TABLE brief.{}"):
            with pytest.raises(Refused) as refused:
                session.run(form.format(what))
            assert check(refused) == "postgres.denied"
    for change in ("obs SET value = 1", "load SET dataset = ''", "hiding SET hidden = true", "chain SET iv = 1"):
        with pytest.raises(Refused) as refused:
            session.run(f"UPDATE brief.{change}")
        assert check(refused) == "postgres.denied"
    session.close()


def test_the_connection_for_reading_cannot_write_whoever_has_it(team: str, opened: Opened) -> None:
    session = Session(opened(team, "anna").address, READING)
    with pytest.raises(Refused) as refused:
        session.run("INSERT INTO brief.hiding VALUES (1, now(), '{}', true)")
    assert check(refused) == "postgres.read_only"
    session.close()


def test_a_standby_is_told_as_one_that_can_only_be_read(postgres: Server, own_team: str, opened: Opened) -> None:
    postgres.do(f"ALTER DATABASE {own_team} SET default_transaction_read_only = on")
    store = opened(own_team)
    monkey = {"default_transaction_read_only": "on"} | dict(WRITING)
    session = Session(store.address, monkey)
    with pytest.raises(Refused) as refused:
        PostgresWriter(session, store.snapshot()._journal).write([arrival({"DGS10": {"2025-01-13": 4.79}})])
    assert check(refused) == "postgres.read_only"
    session.close()


def test_a_database_without_tables_says_how_they_are_made(postgres: Server, team: str, opened: Opened) -> None:
    with pytest.raises(Refused, match="no tables of this program") as refused:
        opened(postgres.database()).snapshot()
    assert check(refused) == "postgres.no_tables"
    assert "briefing store create" in refused.value.problems[0].hint.en


def test_tables_of_a_newer_program_are_refused(postgres: Server, own_team: str, opened: Opened) -> None:
    postgres.do("INSERT INTO brief.schema_version SELECT version + 1 FROM brief.schema_version", own_team)
    for attempt in (opened(own_team).snapshot, opened(own_team).writing().__enter__):
        with pytest.raises(Refused, match=f"version {SCHEMA_VERSION + 1}") as refused:
            attempt()
        assert check(refused) == "postgres.newer"


def test_tables_are_made_once_and_whole(postgres: Server, team: str) -> None:
    session = Session(parse_address(postgres.url(team, "owner")), WRITING)
    with pytest.raises(Refused) as refused:
        create_schema(session)
    assert check(refused) == "postgres.exists"
    session.close()


def test_a_user_without_rights_makes_no_tables_at_all(postgres: Server, team: str) -> None:
    empty = postgres.database()
    session = Session(parse_address(postgres.url(empty, "anna")), WRITING)
    with pytest.raises(Refused) as refused:
        create_schema(session)
    assert check(refused) == "postgres.denied"
    assert postgres.ask("SELECT count(*) FROM pg_namespace WHERE nspname = 'brief'", empty) == [(0,)]
    session.close()
