"""What every store promises, whatever it is made of: the same data in, the same answers out at every vintage."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.data.chains.table import chain_schema
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.stores.contract import Arrival, ChainTable, DataStore
from briefing.data.stores.folder import FolderStore
from briefing.data.stores.postgres import PostgresStore
from briefing.data.stores.postgres_address import parse_address
from briefing.data.tidy import Flag, SeriesRows, Tidy, tidy_of
from briefing.data.vintages import LATEST, Bound, bound_of
from briefing.problems import Refused

Open = Callable[[], DataStore]
FIRST, SECOND, THIRD = "20250114T210000Z", "20250115T210000Z", "20250116T210000Z"
ANY = LATEST
NAN = float("nan")

KINDS: dict[str, Callable[[pytest.FixtureRequest, Path], Open]] = {
    "folder": lambda _request, folder: lambda: FolderStore(folder),
    "shared folder": lambda _request, folder: lambda: FolderStore(folder, shared=True),
    "PostgreSQL": lambda request, _folder: _in_database(request),
}
"""How each kind of store is opened: every call gives a store of its own over the same data, as another program has it."""


def _in_database(request: pytest.FixtureRequest) -> Open:
    server, database = request.getfixturevalue("postgres"), request.getfixturevalue("new_team")()
    return lambda: PostgresStore(parse_address(server.url(database, "anna")))


@pytest.fixture(params=KINDS)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    return KINDS[request.param](request, tmp_path / "data")


@pytest.fixture
def store(open_store: Open) -> DataStore:
    return open_store()


def rows(series: Mapping[str, Mapping[str, float]], flag: Flag = Flag.OK) -> Tidy:
    """Rows from plain values by series and day."""
    return tidy_of(
        SeriesRows(
            name,
            np.array(sorted(days), dtype="datetime64[D]"),
            np.array([days[day] for day in sorted(days)], dtype=np.float64),
            np.array([Flag.MISSING if np.isnan(days[day]) else flag for day in sorted(days)], dtype=np.uint8),
            np.arange(2, len(days) + 2, dtype=np.int32),
        )
        for name, days in series.items()
    )


def arrival(content: Tidy | ChainTable, file: str = "a.csv", dataset: str = "fred_graph") -> Arrival:
    names = content.names if isinstance(content, Tidy) else ()
    digest = sha256(f"{file}{names}".encode()).hexdigest()
    report = ImportReport(
        file=file, outcome=Outcome.REFUSED, sha256=digest, recogniser=dataset, dataset=dataset, series=names
    )
    return Arrival(report, content)


def load(store: DataStore, series: Mapping[str, Mapping[str, float]], vintage: str | None = None, **told: str) -> int:
    with store.writing() as writer:
        (report,) = writer.write([arrival(rows(series), **told)], vintage)
    assert report.outcome is Outcome.LOADED
    return report.load_id


def known(store: DataStore, bound: Bound = ANY, **span: date) -> dict[str, dict[str, float]]:
    """All that is seen, by series and day, over all datasets; missing values are left out."""
    view = store.snapshot(bound)
    ids = sorted({name for one in view.loads for name in one.series})
    out: dict[str, dict[str, float]] = {}
    for name, held in view.read(ids, **span).items():
        for stored in held.values():
            days = zip(stored.dates.astype(str).tolist(), stored.values.tolist(), strict=True)
            out.setdefault(name, {}).update({day: value for day, value in days if not np.isnan(value)})
    return out


def test_what_is_written_is_read_back(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79, "2025-01-14": 4.78}, "DGS2": {"2025-01-14": 4.37}}, FIRST)
    assert known(store) == {"DGS10": {"2025-01-13": 4.79, "2025-01-14": 4.78}, "DGS2": {"2025-01-14": 4.37}}


def test_a_report_comes_back_with_its_vintage_and_number(store: DataStore) -> None:
    with store.writing() as writer:
        (report,) = writer.write([arrival(rows({"DGS10": {"2025-01-13": 4.79}}))], FIRST)
    assert (report.outcome, report.vintage, report.load_id) == (Outcome.LOADED, FIRST, 1)


def test_the_report_of_a_load_can_be_read_again(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST, file="DGS10.csv")
    load(store, {"DGS2": {"2025-01-13": 4.40}}, SECOND, file="DGS2.csv")
    view = store.snapshot()
    told = [view.report(one) for one in view.loads]
    assert [(one["file"], one["load_id"], one["vintage"]) for one in told] == [
        ("DGS10.csv", 1, FIRST),
        ("DGS2.csv", 2, SECOND),
    ]


def test_a_load_says_where_it_came_from(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79, "2025-01-14": NAN}}, FIRST, file="DGS10.csv")
    (seen,) = store.snapshot().loads
    assert (seen.load_id, seen.dataset, seen.vintage, seen.file) == (1, "fred_graph", FIRST, "DGS10.csv")
    assert seen.sha256 == sha256(b"DGS10.csv('DGS10',)").hexdigest()
    assert dict(seen.series) == {"DGS10": "2025-01-13"}


def test_an_empty_store_has_no_loads_and_no_pin(store: DataStore) -> None:
    view = store.snapshot()
    assert view.loads == ()
    assert view.read(["DGS10"]) == {}
    with pytest.raises(Refused, match="Nothing has been loaded"):
        _ = view.pin


def test_flags_and_missing_values_are_kept(store: DataStore) -> None:
    with store.writing() as writer:
        writer.write([arrival(rows({"GDPNOW": {"2025-01-13": 2.7, "2025-01-14": NAN}}, Flag.ESTIMATE))], FIRST)
    stored = store.snapshot().read(["GDPNOW"])["GDPNOW"]["fred_graph"]
    assert stored.flags.tolist() == [Flag.ESTIMATE, Flag.MISSING]
    assert np.isnan(stored.values).tolist() == [False, True]


@pytest.mark.parametrize("series", ["'; COPY obs TO '/tmp/x'", "S&P 500", "台積電", 'a"b', "a,b{c}\\d"])
def test_any_text_is_the_id_of_a_series(store: DataStore, series: str) -> None:
    load(store, {series: {"2025-01-13": 4.79}}, FIRST)
    assert known(store) == {series: {"2025-01-13": 4.79}}


def test_a_span_of_days_is_read_with_both_ends(store: DataStore) -> None:
    load(store, {"DGS10": {f"2025-01-{day}": float(day) for day in range(10, 20)}}, FIRST)
    seen = known(store, since=date(2025, 1, 12), until=date(2025, 1, 14))
    assert seen == {"DGS10": {"2025-01-12": 12.0, "2025-01-13": 13.0, "2025-01-14": 14.0}}


def test_a_series_without_a_row_in_the_span_is_not_in_the_answer(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    assert store.snapshot().read(["DGS10", "DGS2"], since=date(2025, 2, 1)) == {}


def test_the_last_load_of_a_day_counts(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79, "2025-01-14": 4.78}}, FIRST)
    load(store, {"DGS10": {"2025-01-14": 4.80, "2025-01-15": 4.66}}, SECOND)
    assert known(store) == {"DGS10": {"2025-01-13": 4.79, "2025-01-14": 4.80, "2025-01-15": 4.66}}
    assert known(store, bound_of(FIRST)) == {"DGS10": {"2025-01-13": 4.79, "2025-01-14": 4.78}}


def test_a_series_says_its_newest_load_and_whether_a_value_was_revised(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}, "DGS2": {"2025-01-13": 4.40}}, FIRST)
    load(store, {"DGS10": {"2025-01-13": 4.80}}, SECOND)
    load(store, {"DGS2": {"2025-01-14": 4.37}}, THIRD)
    held = store.snapshot().read(["DGS10", "DGS2"])
    told = {name: (part["fred_graph"].vintage, part["fred_graph"].revised) for name, part in held.items()}
    assert told == {"DGS10": (SECOND, True), "DGS2": (THIRD, False)}


def test_two_sources_of_a_series_stay_apart(store: DataStore) -> None:
    load(store, {"VIX": {"2025-01-13": 19.19}}, FIRST, dataset="cboe_history")
    load(store, {"VIX": {"2025-01-13": 19.20}}, SECOND, dataset="stooq")
    held = store.snapshot().read(["VIX"])["VIX"]
    assert {name: stored.values.tolist() for name, stored in held.items()} == {
        "cboe_history": [19.19],
        "stooq": [19.20],
    }


def test_loads_of_one_second_stand_over_each_other_in_their_order(store: DataStore) -> None:
    first = load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    second = load(store, {"DGS10": {"2025-01-13": 4.80}}, FIRST)
    assert second == first + 1
    assert known(store) == {"DGS10": {"2025-01-13": 4.80}}
    assert known(store, Bound(FIRST, first)) == {"DGS10": {"2025-01-13": 4.79}}


def test_a_pin_gives_a_view_again_after_more_was_loaded(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    pin = store.snapshot().pin
    load(store, {"DGS10": {"2025-01-13": 4.80}}, FIRST)
    load(store, {"DGS10": {"2025-01-13": 4.81}}, SECOND)
    assert known(store, bound_of(pin.text)) == {"DGS10": {"2025-01-13": 4.79}}


def test_a_view_does_not_change_when_something_is_loaded(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    view = store.snapshot()
    load(store, {"DGS10": {"2025-01-13": 4.80}}, SECOND)
    assert view.read(["DGS10"])["DGS10"]["fred_graph"].values.tolist() == [4.79]
    assert len(view.loads) == 1


def test_the_tables_of_one_file_enter_together(store: DataStore) -> None:
    with store.writing() as writer:
        reports = writer.write(
            [
                arrival(rows({"DGS10": {"2025-01-13": 4.79}}), dataset="bloomberg_bdh"),
                arrival(rows({"VIX": {"2025-01-13": 19.19}}), dataset="bloomberg_bdh_ragged"),
            ],
            FIRST,
        )
    assert [report.load_id for report in reports] == [1, 2]
    assert known(store) == {"DGS10": {"2025-01-13": 4.79}, "VIX": {"2025-01-13": 19.19}}


def test_a_load_that_would_stand_before_another_is_refused(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, SECOND)
    with pytest.raises(Refused, match="would stand before it"):
        load(store, {"DGS10": {"2025-01-13": 4.80}}, FIRST)
    assert known(store) == {"DGS10": {"2025-01-13": 4.79}}


def test_a_clock_that_went_back_does_not_put_a_load_under_an_older_one(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, "29990101T000000Z")
    load(store, {"DGS10": {"2025-01-13": 4.80}})
    assert known(store) == {"DGS10": {"2025-01-13": 4.80}}
    assert [one.vintage for one in store.snapshot().loads] == ["29990101T000000Z"] * 2


def test_a_hidden_load_is_not_seen_until_it_is_shown_again(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    wrong = load(store, {"DGS10": {"2025-01-13": 479.0, "2025-01-14": 478.0}}, SECOND)
    with store.writing() as writer:
        writer.hide([wrong])
        assert [one.load_id for one in writer.snapshot.hidden] == [wrong]
    assert known(store) == {"DGS10": {"2025-01-13": 4.79}}
    with store.writing() as writer:
        writer.hide([wrong], hidden=False)
        assert writer.snapshot.hidden == ()
    assert known(store) == {"DGS10": {"2025-01-13": 479.0, "2025-01-14": 478.0}}


def test_a_view_before_a_load_was_hidden_still_shows_it(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    wrong = load(store, {"DGS10": {"2025-01-13": 479.0}}, SECOND)
    before = store.snapshot().pin
    with store.writing() as writer:
        writer.hide([wrong])
    after = store.snapshot().pin
    assert known(store, before) == {"DGS10": {"2025-01-13": 479.0}}
    assert known(store, after) == {"DGS10": {"2025-01-13": 4.79}}
    assert after != before


@pytest.mark.parametrize(("load_id", "hidden", "words"), [(9, True, "no load 9"), (1, False, "is shown already")])
def test_a_load_that_is_not_there_or_is_so_already_is_refused(
    store: DataStore, load_id: int, hidden: bool, words: str
) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    with store.writing() as writer, pytest.raises(Refused, match=words):
        writer.hide([load_id], hidden=hidden)


def test_the_values_that_a_load_changed_are_listed(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79, "2025-01-14": 4.78, "2025-01-15": NAN}}, FIRST)
    load(store, {"DGS10": {"2025-01-13": 4.80, "2025-01-15": 4.66}}, SECOND)
    load(store, {"DGS10": {"2025-01-13": 4.81, "2025-01-14": NAN}}, THIRD)

    def told(after: str | None) -> list[tuple[int, str, float | None, float | None]]:
        changes = store.snapshot().changes(bound_of(after) if after else None)
        return [(one.load.load_id, one.revision.date, one.revision.old, one.revision.new) for one in changes]

    last = [(3, "2025-01-13", 4.80, 4.81), (3, "2025-01-14", 4.78, None)]
    assert told(None) == [(2, "2025-01-13", 4.79, 4.80), *last]
    assert told(SECOND) == last
    assert told(THIRD) == []


def test_a_hidden_load_changed_nothing(store: DataStore) -> None:
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    wrong = load(store, {"DGS10": {"2025-01-13": 479.0}}, SECOND)
    with store.writing() as writer:
        writer.hide([wrong])
    load(store, {"DGS10": {"2025-01-13": 4.80}})
    assert [(one.revision.old, one.revision.new) for one in store.snapshot().changes()] == [(4.79, 4.80)]


def test_the_token_changes_with_every_load_and_every_hiding(store: DataStore, open_store: Open) -> None:
    reader = open_store()
    tokens = [reader.token()]
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    tokens.append(reader.token())
    load(store, {"DGS10": {"2025-01-14": 4.78}}, FIRST)
    tokens.append(reader.token())
    with store.writing() as writer:
        writer.hide([1])
    tokens.append(reader.token())
    assert len(set(tokens)) == 4
    assert reader.changed_since(tokens[2])
    assert not reader.changed_since(tokens[3])


def test_another_program_sees_what_was_loaded(store: DataStore, open_store: Open) -> None:
    other = open_store()
    assert known(other) == {}
    load(store, {"DGS10": {"2025-01-13": 4.79}}, FIRST)
    assert known(other) == {"DGS10": {"2025-01-13": 4.79}}


def test_a_second_writer_waits_and_is_refused_when_it_takes_too_long(store: DataStore, open_store: Open) -> None:
    with store.writing(), pytest.raises(Refused, match="being written"), open_store().writing(wait=0.2):
        pytest.fail("two writers at once")


def test_a_second_writer_gets_its_turn(store: DataStore, open_store: Open) -> None:
    started = threading.Event()

    def second() -> None:
        started.set()
        load(open_store(), {"DGS10": {"2025-01-14": 4.78}}, file="second.csv")

    thread = threading.Thread(target=second)
    with store.writing() as writer:
        thread.start()
        started.wait()
        writer.write([arrival(rows({"DGS10": {"2025-01-13": 4.79}}), file="first.csv")])
    thread.join()
    assert [(one.load_id, one.file) for one in store.snapshot().loads] == [(1, "first.csv"), (2, "second.csv")]


def test_two_writers_at_once_never_share_a_number(store: DataStore, open_store: Open) -> None:
    def work(name: str) -> None:
        mine = open_store()
        for number in range(4):
            load(mine, {name: {"2025-01-13": float(number)}}, file=f"{name}{number}.csv")

    threads = [threading.Thread(target=work, args=(name,)) for name in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.load_id for one in store.snapshot().loads) == list(range(1, 9))


def test_two_readers_during_writes_see_old_or_new_and_never_half(store: DataStore, open_store: Open) -> None:
    """Each load sets both days of both series to its own number, in two datasets: a reader must find one number only."""

    def both(number: int) -> list[Arrival]:
        value = {"2025-01-13": float(number), "2025-01-14": float(number)}
        return [
            arrival(rows({"A": value}), file=f"{number}.csv", dataset="one"),
            arrival(rows({"B": value}), file=f"{number}.csv", dataset="two"),
        ]

    done, torn = threading.Event(), []

    def read() -> None:
        mine = open_store()
        while not done.is_set():
            values = {value for days in known(mine).values() for value in days.values()}
            if len(values) != 1:
                torn.append(values)

    with store.writing() as writer:
        writer.write(both(0))
    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(1, 8):
        with store.writing() as writer:
            writer.write(both(number))
    done.set()
    for reader in readers:
        reader.join()
    assert torn == []
    assert known(store)["B"] == {"2025-01-13": 7.0, "2025-01-14": 7.0}


def test_a_chain_is_kept_as_it_was_written(store: DataStore) -> None:
    import pyarrow as pa

    head = {"root": "SPX", "quote_date": date(2025, 1, 13), "clock": "delayed", "vendor": "Cboe", "spot": 5836.22}
    head |= {"quote_time": datetime(2025, 1, 13, 21, 15, 30, 250000, tzinfo=UTC), "flag": "ok", "adjusted": False}
    terms = {"option_root": "SPXW", "expiry": date(2025, 1, 17), "settle": "PM", "style": "E", "multiplier": 100.0}
    contracts = [
        {"strike": 4100.0, "cp": "P", "iv": None, "bid": 0.0, "occ_symbol": "SPXW250117P04100000", "line": 3},
        {"strike": 4000.0, "cp": "C", "iv": 0.15, "bid": 1836.5, "occ_symbol": "SPXW250117C04000000", "line": None},
    ]
    table = pa.Table.from_pylist([head | terms | contract for contract in contracts], schema=chain_schema())
    with store.writing() as writer:
        writer.write([arrival(ChainTable("SPX", date(2025, 1, 13), "delayed", table), dataset="cboe_chain")], FIRST)
    view = store.snapshot()
    (seen,) = view.loads
    assert (seen.root, seen.quote_date, seen.clock, dict(seen.series)) == ("SPX", "2025-01-13", "delayed", {})
    assert view.read_chain(seen).select(table.column_names).to_pylist() == table.to_pylist()


Days = st.dictionaries(
    st.dates(date(2025, 1, 1), date(2025, 1, 5)).map(str),
    st.one_of(st.just(NAN), st.integers(1, 9).map(float)),
    min_size=1,
)
Loads = st.lists(st.tuples(st.sampled_from(["A", "B"]), Days, st.booleans()), min_size=1, max_size=5)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(Loads)
def test_every_bound_shows_the_last_word_of_the_loads_that_it_admits(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, loads: Sequence[tuple[str, dict, bool]]
) -> None:
    """Loads and hidings in any order against a model: a list of dictionaries."""
    for opened in KINDS.values():
        store = opened(request, tmp_path_factory.mktemp("model"))()
        seen: list[tuple[int, str, dict[str, float]]] = []
        hidden: set[int] = set()
        expected = []
        for series, days, hide in loads:
            number = load(store, {series: days}, file=f"{len(seen)}")
            seen.append((number, series, days))
            if hide:
                with store.writing() as writer:
                    writer.hide([number])
                hidden.add(number)
            model: dict[str, dict[str, float]] = {}
            for one, name, values in seen:
                if one not in hidden:
                    model.setdefault(name, {}).update(values)
            known_days = {
                name: {day: value for day, value in values.items() if not np.isnan(value)}
                for name, values in model.items()
            }
            expected.append((store.snapshot().pin, known_days))
        for pin, model_then in expected:
            assert known(store, pin) == model_then
