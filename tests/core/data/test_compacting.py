"""A compaction changes files and no answer: the same values, vintages, marks and views as before."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.stored import Held
from briefing.data.stores import compacting
from briefing.data.stores.compacting import Compaction
from briefing.data.stores.contract import Arrival, ChainTable, Snapshot
from briefing.data.stores.folder import FolderStore
from briefing.data.tidy import Flag, SeriesRows, tidy_of
from briefing.data.vintages import LATEST, bound_of
from briefing.problems import Refused

FIRST, SECOND, THIRD = "20250114T210000Z", "20250115T210000Z", "20250116T210000Z"
NAN = float("nan")


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "data")


def put(
    store: FolderStore, series: dict[str, dict[str, float]], vintage: str | None = None, dataset: str = "one"
) -> int:
    content = tidy_of(
        SeriesRows(
            name,
            np.array(sorted(days), dtype="datetime64[D]"),
            np.array([days[day] for day in sorted(days)]),
            np.array([Flag.MISSING if np.isnan(days[day]) else Flag.SUSPECT for day in sorted(days)], dtype=np.uint8),
            np.arange(2, len(days) + 2, dtype=np.int32),
        )
        for name, days in series.items()
    )
    digest = sha256(repr((series, dataset)).encode()).hexdigest()
    report = ImportReport(file="a.csv", outcome=Outcome.REFUSED, sha256=digest, dataset=dataset, series=content.names)
    with store.writing() as writer:
        (written,) = writer.write([Arrival(report, content)], vintage)
    return written.load_id


def hide(store: FolderStore, *load_ids: int, hidden: bool = True) -> None:
    with store.writing() as writer:
        writer.hide(load_ids, hidden=hidden)


def told(view: Snapshot, **span: date) -> dict[tuple[str, str], Any]:
    """Everything that a view says, in a form that can be compared."""
    held: Held = view.read(sorted({name for load in view.loads for name in load.series}), **span)
    return {
        (name, dataset): (
            stored.dates.astype(str).tolist(),
            [None if np.isnan(value) else value for value in stored.values.tolist()],
            stored.flags.tolist(),
            stored.vintage,
            stored.revised,
        )
        for name, parts in held.items()
        for dataset, stored in parts.items()
    }


def partitions(store: FolderStore) -> list[str]:
    return sorted(path.relative_to(store.data).as_posix() for path in store.data.glob("dataset=*/vintage=*/*.parquet"))


def three_loads(store: FolderStore) -> None:
    put(store, {"A": {"2025-01-13": 1.0, "2025-01-14": 2.0}, "B": {"2025-01-13": 5.0}}, FIRST)
    put(store, {"A": {"2025-01-14": 2.5, "2025-01-15": NAN}}, SECOND)
    put(store, {"B": {"2025-01-14": 6.0}, "C": {"2025-01-14": NAN}}, THIRD)


def test_many_files_become_one_and_every_answer_stays(store: FolderStore) -> None:
    three_loads(store)
    bounds = [LATEST, *(bound_of(text) for text in (FIRST, SECOND, THIRD))]
    before = [(told(store.snapshot(bound)), store.snapshot(bound).loads) for bound in bounds]
    assert store.compact() == (Compaction("one", 3, 3),)
    (name,) = partitions(store)
    assert name.startswith("dataset=one/vintage=")
    assert "/4-" in name
    assert [(told(store.snapshot(bound)), store.snapshot(bound).loads) for bound in bounds] == before


def test_the_files_of_the_loads_lie_in_the_archive(store: FolderStore) -> None:
    three_loads(store)
    before = {Path(name).name for name in partitions(store)}
    store.compact()
    assert {path.name for path in (store.data / "archive").rglob("*.parquet")} == before
    assert not (store.data / "dataset=one" / f"vintage={FIRST}").exists()


def test_a_pin_from_before_a_compaction_gives_the_same_view(store: FolderStore) -> None:
    three_loads(store)
    pin, before = store.snapshot().pin, told(store.snapshot())
    store.compact()
    assert store.snapshot().pin == pin
    put(store, {"A": {"2025-01-13": 9.0}})
    assert told(store.snapshot(pin)) == before


def test_changes_are_still_listed(store: FolderStore) -> None:
    three_loads(store)
    before = store.snapshot().changes()
    store.compact()
    assert [(one.revision.old, one.revision.new) for one in before] == [(2.0, 2.5)]
    assert store.snapshot().changes() == before


def test_a_load_that_was_compacted_can_be_hidden_and_shown(store: FolderStore) -> None:
    three_loads(store)
    with_all = told(store.snapshot())
    hide(store, 2)
    without = told(store.snapshot())
    hide(store, 2, hidden=False)
    store.compact()
    hide(store, 2)
    assert told(store.snapshot()) == without
    hide(store, 2, hidden=False)
    assert told(store.snapshot()) == with_all


def test_a_hidden_load_keeps_its_own_file(store: FolderStore) -> None:
    three_loads(store)
    hide(store, 2)
    store.compact()
    assert [Path(name).name.partition("-")[0] for name in partitions(store)] == ["2", "5"]
    hide(store, 2, hidden=False)
    assert told(store.snapshot())["A", "one"][1] == [1.0, 2.5, None]


def test_a_dataset_whose_loads_are_all_hidden_is_left_alone(store: FolderStore) -> None:
    put(store, {"A": {"2025-01-13": 1.0}})
    hide(store, 1)
    assert store.compact() == ()


def test_a_value_that_came_again_the_same_is_not_revised_by_a_compaction(store: FolderStore) -> None:
    put(store, {"A": {"2025-01-13": 1.0}}, FIRST)
    put(store, {"A": {"2025-01-13": 1.0}}, SECOND)
    store.compact()
    assert not store.snapshot().read(["A"])["A"]["one"].revised


def test_without_the_archive_old_views_are_refused_with_a_sentence_and_new_ones_stay(store: FolderStore) -> None:
    three_loads(store)
    store.compact()
    now = told(store.snapshot())
    shutil.rmtree(store.data / "archive")
    assert told(store.snapshot()) == now
    with pytest.raises(Refused, match="they were compacted and are not in the archive"):
        store.snapshot(bound_of(FIRST)).read(["A"])
    with pytest.raises(Refused, match="they were compacted"):
        store.snapshot().changes()


def test_compacting_again_takes_the_new_loads_in(store: FolderStore) -> None:
    three_loads(store)
    store.compact()
    assert store.compact() == ()
    put(store, {"A": {"2025-01-16": 7.0}})
    before = told(store.snapshot())
    assert store.compact() == (Compaction("one", 4, 2),)
    assert told(store.snapshot()) == before
    assert told(store.snapshot(bound_of(SECOND)))["A", "one"][1] == [1.0, 2.5, None]
    assert len(partitions(store)) == 1


def test_one_dataset_is_compacted_and_the_other_left_alone(store: FolderStore) -> None:
    for dataset in ("one", "two"):
        put(store, {"A": {"2025-01-13": 1.0}}, FIRST, dataset)
        put(store, {"A": {"2025-01-14": 2.0}}, SECOND, dataset)
    assert store.compact("two") == (Compaction("two", 2, 2),)
    assert [Path(name).parts[0] for name in partitions(store)] == ["dataset=one", "dataset=one", "dataset=two"]


def test_a_dataset_that_is_not_there_is_refused_with_those_that_are(store: FolderStore) -> None:
    three_loads(store)
    with pytest.raises(Refused, match="no dataset “two”") as refused:
        store.compact("two")
    assert refused.value.problems[0].hint.en == "There are: one."


def test_chains_are_left_as_they_are(store: FolderStore) -> None:
    import pyarrow as pa

    for vintage in (FIRST, SECOND):
        report = ImportReport(file="c.csv", outcome=Outcome.REFUSED, sha256=vintage * 4, dataset="cboe_chain")
        table = ChainTable("SPX", date(2025, 1, 13), "delayed", pa.table({"strike": [1.0]}))
        with store.writing() as writer:
            writer.write([Arrival(report, table)], vintage)
    assert store.compact() == ()


def test_a_damaged_file_stops_a_compaction(store: FolderStore) -> None:
    three_loads(store)
    path = store.data / partitions(store)[1]
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(Refused) as refused:
        store.compact()
    assert [problem.check for problem in refused.value.problems] == ["store.damaged", "store.compact"]
    assert len(partitions(store)) == 3


def test_a_compaction_that_would_change_an_answer_is_undone(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_loads(store)
    before = partitions(store)
    real = compacting.merged
    monkeypatch.setattr(compacting, "merged", lambda *asked: (real(*asked)[0].slice(1), real(*asked)[1]))
    with pytest.raises(Refused, match="did not give the same values"):
        store.compact()
    assert partitions(store) == before


def test_a_compaction_that_was_stopped_half_way_is_finished_by_the_next(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_loads(store)
    before = told(store.snapshot())
    left, real = [2], Path.rename

    def rename(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with pytest.raises(Refused, match="No space left"):
            store.compact()
    assert len(partitions(store)) == 3
    assert told(store.snapshot()) == before
    assert store.compact() == (Compaction("one", 3, 2),)
    assert told(store.snapshot()) == before


def test_a_damaged_compaction_is_replaced_by_what_lies_in_the_archive(store: FolderStore) -> None:
    three_loads(store)
    before = told(store.snapshot())
    store.compact()
    path = store.data / partitions(store)[0]
    path.write_bytes(path.read_bytes()[:100])
    view = store.snapshot()
    assert told(view) == before
    assert [fault.problem.check for fault in view.faults] == ["store.damaged"]


def test_a_view_that_was_open_before_a_compaction_reads_on(store: FolderStore) -> None:
    three_loads(store)
    view, before = store.snapshot(), told(store.snapshot())
    store.compact()
    assert told(view) == before


Steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("load"),
            st.sampled_from("AB"),
            st.dictionaries(
                st.dates(date(2025, 1, 1), date(2025, 1, 4)).map(str), st.sampled_from([NAN, 1.0, 2.0]), min_size=1
            ),
        ),
        st.tuples(st.just("hide"), st.integers(1, 6)),
        st.tuples(st.just("compact")),
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=12, deadline=None)
@given(Steps)
def test_whatever_is_loaded_hidden_and_compacted_every_earlier_view_stays(
    tmp_path_factory: pytest.TempPathFactory, steps: Sequence[tuple[Any, ...]]
) -> None:
    store = FolderStore(tmp_path_factory.mktemp("steps"))
    views: list[tuple[Any, dict[tuple[str, str], Any]]] = []
    for kind, *rest in steps:
        if kind == "load":
            put(store, {rest[0]: rest[1]})
        elif kind == "compact":
            store.compact()
        elif rest[0] in {load.load_id for load in store.snapshot().loads}:
            hide(store, rest[0])
        if store.snapshot().loads:
            views.append((store.snapshot().pin, told(store.snapshot())))
    assert [(pin, told(store.snapshot(pin))) for pin, _ in views] == views
