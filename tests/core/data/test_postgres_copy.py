"""While a team database cannot be reached, its copy on this machine is shown, and says of when it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pytest

from briefing.data.chains.table import chain_schema
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.stores import postgres_copy, standby
from briefing.data.stores.contract import Arrival, ChainTable, Snapshot
from briefing.data.stores.postgres import PostgresStore
from briefing.data.stores.postgres_address import parse_address
from briefing.data.stores.postgres_copy import copy_folder
from briefing.data.stores.standby import StandbyStore
from briefing.data.tidy import Flag, SeriesRows, tidy_of
from briefing.data.vintages import bound_of
from briefing.problems import Refused

FIRST, SECOND = "20250114T210000Z", "20250115T210000Z"
NAN = float("nan")
Seen = dict[str, dict[str, list[tuple[str, float, int]]]]


class Server(Protocol):
    """The server of the tests."""

    def start(self) -> None: ...
    def kill(self) -> None: ...
    def url(self, database: str, user: str) -> str: ...
    def do(self, statement: str, database: str = ...) -> None: ...
    def ask(self, query: str, database: str = ...) -> list[tuple[Any, ...]]: ...


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user who has no copies yet."""
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path))
    return tmp_path


@pytest.fixture
def down(postgres: Server) -> Callable[[], None]:
    """Kills the server; it runs again after the test."""
    return postgres.kill


@pytest.fixture
def opened(postgres: Server) -> Iterator[Callable[[str], StandbyStore]]:
    stores: list[StandbyStore] = []

    def store(database: str) -> StandbyStore:
        stores.append(StandbyStore(PostgresStore(parse_address(postgres.url(database, "anna")))))
        return stores[-1]

    yield store
    for one in stores:
        one.settle()
        one.close()


@pytest.fixture
def store(team: str, opened: Callable[[str], StandbyStore]) -> StandbyStore:
    return opened(team)


def load(store: StandbyStore, values: Mapping[str, Mapping[str, float]], vintage: str) -> None:
    content = tidy_of(
        SeriesRows(
            name,
            np.array(list(days), dtype="datetime64[D]"),
            np.array(list(days.values()), dtype=np.float64),
            np.array([Flag.MISSING if np.isnan(value) else Flag.OK for value in days.values()], dtype=np.uint8),
            np.arange(2, len(days) + 2, dtype=np.int32),
        )
        for name, days in values.items()
    )
    report = ImportReport(
        file="a.csv", outcome=Outcome.REFUSED, sha256="5c0e", dataset="fred_graph", series=content.names
    )
    with store.writing() as writer:
        writer.write([Arrival(report, content)], vintage)


def copied(store: StandbyStore) -> None:
    """Read the store, so that its copy is brought up to date."""
    store.snapshot()
    store.settle()
    assert store.trouble is None


def all_of(view: Snapshot) -> Seen:
    names = sorted({name for one in view.loads for name in one.series})
    return {
        name: {
            dataset: list(
                zip(
                    stored.dates.astype(str).tolist(),
                    np.nan_to_num(stored.values, nan=-1.0).tolist(),
                    stored.flags.tolist(),
                    strict=True,
                )
            )
            for dataset, stored in held.items()
        }
        for name, held in view.read(names).items()
    }


def test_the_copy_gives_the_same_answers_at_every_vintage(store: StandbyStore, down: Callable[[], None]) -> None:
    load(store, {"DGS10": {"2024-12-31": 4.58, "2025-01-13": 4.79}, "台積電": {"2025-01-13": NAN}}, FIRST)
    load(store, {"DGS10": {"2025-01-13": 4.80}}, SECOND)
    copied(store)
    views = {text: store.snapshot(bound_of(text)) for text in (None, FIRST)}
    before = {text: (view.loads, view.pin, view.changes(), all_of(view)) for text, view in views.items()}
    down()
    again = {text: store.snapshot(bound_of(text)) for text in (None, FIRST)}
    assert {text: (view.loads, view.pin, view.changes(), all_of(view)) for text, view in again.items()} == before


def test_what_comes_from_the_copy_says_so_and_of_when_it_is(
    store: StandbyStore, team: str, down: Callable[[], None]
) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    copied(store)
    assert store.snapshot().faults == ()
    at = store.copied.at
    down()
    (fault,) = store.snapshot().faults
    assert fault.concerns("DGS10")
    assert fault.problem.check == "store.copy"
    for words in (fault.problem.message.en, fault.problem.message.zh):
        assert f"{at:%Y-%m-%d %H:%M} UTC" in words
        assert team in words
    assert not store.facts.writable
    assert store.facts.kind.zh == "團隊資料庫的本機副本"


def test_a_chain_is_copied_too(store: StandbyStore, down: Callable[[], None]) -> None:
    row = {"root": "SPX", "quote_date": date(2025, 1, 13), "clock": "eod", "vendor": "Cboe", "option_root": "SPXW"}
    row |= {"expiry": date(2025, 1, 17), "settle": "PM", "strike": 4000.0, "cp": "C", "style": "E", "multiplier": 100.0}
    row |= {"occ_symbol": "SPXW250117C04000000", "adjusted": False, "flag": "ok", "line": 7, "iv": 0.15}
    table = pa.Table.from_pylist([row], schema=chain_schema())
    report = ImportReport(file="spx.csv", outcome=Outcome.REFUSED, sha256="b27d", dataset="cboe_chain")
    with store.writing() as writer:
        writer.write([Arrival(report, ChainTable("SPX", date(2025, 1, 13), "eod", table))], FIRST)
    copied(store)
    down()
    view = store.snapshot()
    assert view.read_chain(view.loads[0]).to_pylist() == table.to_pylist()


def test_hidden_loads_are_hidden_in_the_copy(store: StandbyStore, down: Callable[[], None]) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    load(store, {"DGS10": {"2025-01-13": 479.0}}, SECOND)
    with store.writing() as writer:
        writer.hide([2])
    copied(store)
    down()
    assert all_of(store.snapshot()) == {"DGS10": {"fred_graph": [("2025-01-13", 4.79, 0)]}}
    assert [one.load_id for one in store.snapshot().hidden] == [2]


def test_the_database_is_read_again_when_it_answers_again(postgres: Server, store: StandbyStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    copied(store)
    tokens = [store.token()]
    postgres.kill()
    tokens.append(store.token())
    assert store.changed_since(tokens[0])
    assert not store.changed_since(tokens[1])
    postgres.start()
    assert store.changed_since(tokens[1])
    assert not store.changed_since(tokens[0])
    assert store.snapshot().faults == ()
    load(store, {"DGS10": {"2025-01-13": 4.80}}, SECOND)
    assert all_of(store.snapshot()) == {"DGS10": {"fred_graph": [("2025-01-13", 4.80, 0)]}}


def test_without_a_copy_the_refusal_stands(store: StandbyStore, down: Callable[[], None]) -> None:
    down()
    for attempt in (store.snapshot, store.token, lambda: store.facts, store.writing().__enter__):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.problems[0].check == "postgres.unreachable"


def test_nothing_can_be_imported_into_the_copy(store: StandbyStore, down: Callable[[], None]) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    copied(store)
    down()
    with pytest.raises(Refused) as refused:
        load(store, {"DGS10": {"2025-01-14": 4.78}}, SECOND)
    assert refused.value.problems[0].check == "postgres.unreachable"


def test_a_refusal_that_does_not_pass_by_itself_is_not_hidden_by_the_copy(
    store: StandbyStore, team: str, opened: Callable[[str], StandbyStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    copied(store)
    monkeypatch.setenv("PGPASSWORD", "wrong")
    with pytest.raises(Refused) as refused:
        opened(team).snapshot()
    assert refused.value.problems[0].check == "postgres.wrong_password"


def test_a_large_copy_is_made_in_steps_and_shown_when_it_is_whole(
    store: StandbyStore, monkeypatch: pytest.MonkeyPatch, down: Callable[[], None]
) -> None:
    monkeypatch.setattr(postgres_copy, "AT_ONCE", 3)
    load(store, {"DGS10": {f"2025-01-{day}": 4.0 for day in range(10, 15)}}, FIRST)
    load(store, {"DGS2": {"2025-01-13": 4.40}}, SECOND)
    copied(store)
    assert store.copied is None
    copied(store)
    assert store.copied.number == 2
    down()
    assert len(all_of(store.snapshot())) == 2


def test_an_unfinished_step_is_not_seen_in_the_copy(
    store: StandbyStore, monkeypatch: pytest.MonkeyPatch, down: Callable[[], None]
) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    copied(store)
    monkeypatch.setattr(postgres_copy, "AT_ONCE", 0)
    load(store, {"DGS10": {"2025-01-13": 4.80}}, SECOND)
    load(store, {"DGS2": {"2025-01-13": 4.40}}, SECOND)
    copied(store)
    down()
    assert all_of(store.snapshot()) == {"DGS10": {"fred_graph": [("2025-01-13", 4.79, 0)]}}


def test_a_database_that_is_too_large_is_not_copied_and_the_user_is_told(
    store: StandbyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_copy, "MOST_ROWS", 1)
    load(store, {"DGS10": {"2025-01-13": 4.79, "2025-01-14": 4.78}}, FIRST)
    store.snapshot()
    store.settle()
    assert store.copied is None
    assert store.trouble.check == "store.no_copy"


def test_a_copy_that_cannot_be_written_is_told_and_the_database_is_read_all_the_same(
    store: StandbyStore, team: str, state: Path
) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    (state / "copies").write_text("a file stands in the way")
    assert all_of(store.snapshot()) == {"DGS10": {"fred_graph": [("2025-01-13", 4.79, 0)]}}
    store.settle()
    assert store.copied is None
    assert store.trouble.check == "store.no_copy"
    assert str(state / "copies") in store.trouble.message.zh


def test_the_copy_of_a_database_that_was_made_anew_is_made_anew(
    postgres: Server, team: str, opened: Callable[[str], StandbyStore], down: Callable[[], None]
) -> None:
    store = opened(team)
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    load(store, {"DGS10": {"2025-01-13": 4.80}}, SECOND)
    copied(store)
    postgres.do("TRUNCATE brief.load, brief.obs", team)
    load(store, {"VIX": {"2025-01-13": 19.19}}, FIRST)
    load(store, {"VIX": {"2025-01-14": 18.71}}, FIRST)
    anew = opened(team)
    copied(anew)
    down()
    assert all_of(anew.snapshot()) == {"VIX": {"fred_graph": [("2025-01-13", 19.19, 0), ("2025-01-14", 18.71, 0)]}}


def test_a_database_put_back_to_an_earlier_day_is_read_as_it_is(
    postgres: Server, team: str, store: StandbyStore
) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    load(store, {"DGS10": {"2025-01-13": 4.80}}, SECOND)
    copied(store)
    postgres.do("DELETE FROM brief.obs WHERE load_id = 2", team)
    postgres.do("DELETE FROM brief.load WHERE load_id = 2", team)
    assert [one.load_id for one in store.snapshot().loads] == [1]
    store.settle()
    assert store.copied.number == 1


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"number": 1}', b"[]"])
def test_a_damaged_copy_is_no_copy_and_is_made_again(store: StandbyStore, damage: bytes) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    copied(store)
    marker = copy_folder(store._store.address) / "copy.json"
    marker.write_bytes(damage)
    assert store.copied is None
    copied(store)
    assert store.copied.number == 1


def test_a_cut_file_of_the_copy_is_copied_again(store: StandbyStore, down: Callable[[], None]) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    copied(store)
    (path,) = copy_folder(store._store.address).rglob("*.parquet")
    path.write_bytes(path.read_bytes()[:100])
    load(store, {"DGS10": {"2025-01-14": 4.78}}, SECOND)
    copied(store)
    down()
    values = [("2025-01-13", 4.79, 0), ("2025-01-14", 4.78, 0)]
    assert all_of(store.snapshot()) == {"DGS10": {"fred_graph": values}}


def test_the_time_of_the_copy_is_when_it_was_last_known_to_be_all(
    store: StandbyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    copied(store)
    first = store.copied.at

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + timedelta(hours=2)

    for module in (standby, postgres_copy):
        monkeypatch.setattr(module, "datetime", Later)
    store.snapshot()
    assert store.copied.at - first >= timedelta(hours=2)
