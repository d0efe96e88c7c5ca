"""What may go wrong with a store in a folder: full disks, kills, damage, rights, other programs. It stays readable."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.data import holder, sniffing
from briefing.data.intake import loading
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.stores import lock as locks
from briefing.data.stores.contract import Arrival, ChainTable
from briefing.data.stores.folder import FolderStore
from briefing.data.tidy import Flag, SeriesRows, Tidy, tidy_of
from briefing.data.vintages import LATEST, Bound
from briefing.data.workspace import Workspace
from briefing.metrics.derived import open_source
from briefing.metrics.registry import evaluate
from briefing.problems import NOWHERE, Refused, Severity
from briefing.reference import parse_reference

Write = Callable[[str, str | bytes], Path]
Load = Callable[..., ImportReport]
FIRST, SECOND, THIRD = "20250114T210000Z", "20250115T210000Z", "20250116T210000Z"
HEADER = "observation_date,DGS10\n"
KILLED_LOADER = Path(__file__).with_name("killed_loader.py")


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "data")


def rows(series: dict[str, dict[str, float]]) -> Tidy:
    return tidy_of(
        SeriesRows(
            name,
            np.array(sorted(days), dtype="datetime64[D]"),
            np.array([days[day] for day in sorted(days)]),
            np.full(len(days), Flag.OK, dtype=np.uint8),
            np.arange(2, len(days) + 2, dtype=np.int32),
        )
        for name, days in series.items()
    )


def put(
    store: FolderStore,
    *tables: dict[str, dict[str, float]],
    vintage: str | None = None,
    datasets: tuple[str, ...] = ("one", "two"),
    file: str = "a.csv",
) -> tuple[int, ...]:
    """Load tables of one file, each into a dataset of its own."""
    arrivals = []
    for dataset, table in zip(datasets, tables, strict=False):
        content = rows(table)
        digest = sha256(f"{file}{dataset}{table}".encode()).hexdigest()
        report = ImportReport(file=file, outcome=Outcome.REFUSED, sha256=digest, dataset=dataset, series=content.names)
        arrivals.append(Arrival(report, content))
    with store.writing(wait=5.0) as writer:
        return tuple(report.load_id for report in writer.write(arrivals, vintage))


def known(store: FolderStore, bound: Bound = LATEST) -> dict[str, list[float]]:
    view = store.snapshot(bound)
    held = view.read(sorted({name for one in view.loads for name in one.series}))
    return {name: stored.values.tolist() for name, parts in held.items() for stored in parts.values()}


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def folders_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_dir()}


# A disk that refuses


REFUSALS = [
    *((call, errno.ENOSPC) for call in ("open", "write", "fsync", "replace", "mkdir", "link")),
    ("fsync", errno.EIO),
    ("open", errno.EACCES),
]


def failing(call: Callable[..., Any], folder: Path, number: int, left: list[int]) -> Callable[..., Any]:
    """A system call that fails at the k-th time that it concerns the store."""

    def inner(*args: Any, **named: Any) -> Any:
        if _concerns(folder, args[0]):
            left[0] -= 1
            if left[0] == 0:
                raise OSError(number, os.strerror(number))
        return call(*args, **named)

    return inner


def _concerns(folder: Path, named: Any) -> bool:
    path = Path(f"/proc/self/fd/{named}").readlink() if isinstance(named, int) else Path(named)
    return path.is_relative_to(folder)


@pytest.mark.parametrize(("call", "number"), REFUSALS)
def test_a_disk_that_refuses_at_any_call_leaves_the_store_as_it_was(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    old = ({"A": {"2025-01-13": 1.0}}, {"B": {"2025-01-13": 1.0}})
    new = ({"A": {"2025-01-14": 2.0}}, {"B": {"2025-01-14": 2.0}})
    put(store, *old, vintage=FIRST)
    before, folders = files_in(store.data), folders_in(store.data)
    for kth in range(1, 30):
        left = [kth]
        with monkeypatch.context() as broken:
            broken.setattr(os, call, failing(getattr(os, call), store.data, number, left))
            if _was_refused(store, new, os.strerror(number)):
                assert files_in(store.data) == before
                assert folders_in(store.data) == folders
                assert known(store) == {"A": [1.0], "B": [1.0]}
                continue
        assert left[0] > 0, f"call {kth} of {call} failed and nobody was told"
        break
    assert kth > 1
    assert known(store) == {"A": [1.0, 2.0], "B": [1.0, 2.0]}


def _was_refused(store: FolderStore, tables: tuple[dict[str, dict[str, float]], ...], words: str) -> bool:
    try:
        put(store, *tables, vintage=SECOND)
    except Refused as refused:
        return words in str(refused)
    return False


def test_a_file_system_without_hard_links_has_the_lock_all_the_same(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_paths: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", none)
    put(store, {"A": {"2025-01-13": 1.0}})
    with store.writing(), pytest.raises(Refused, match="being written"), store.writing(wait=0.1):
        pytest.fail("two writers at once")
    assert files_in(store.data).keys() == {name for name in files_in(store.data) if "lock" not in name}


# Kills and other programs


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a kill needs fork and SIGKILL")
def test_killed_at_any_call_of_a_load_the_store_has_all_of_it_or_nothing(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(KILLED_LOADER), str(tmp_path / "data")], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    *kills, last = [json.loads(line) for line in run.stdout.splitlines()]
    for one in kills:
        assert one["left"] in ({"ONE": one["before"], "TWO": one["before"]}, {"ONE": one["new"], "TWO": one["new"]})
        assert one["after"] == {"ONE": one["new"] + 0.5, "TWO": one["new"] + 0.5}
    assert [one["killed"] for one in kills] == [True] * (len(kills) - 1) + [False]
    assert len(kills) > 20
    assert last == {"temporary": []}


def importing(workspace: Workspace, *paths: Path) -> list[dict[str, Any]]:
    """Import files with a program each, all at once; gives their reports."""
    command = [sys.executable, "-m", "briefing", "import", "--json", "-w", str(workspace.root)]
    runs = [subprocess.Popen([*command, str(path)], stdout=subprocess.PIPE, text=True) for path in paths]
    return [json.loads(run.communicate(timeout=120)[0])[0] for run in runs]


def test_two_programs_that_import_at_once_load_one_after_the_other(workspace: Workspace, write: Write) -> None:
    ten = write("DGS10.csv", HEADER + "2025-01-13,4.79\n")
    two = write("DGS2.csv", "observation_date,DGS2\n2025-01-13,4.40\n")
    reports = importing(workspace, ten, two)
    assert [report["outcome"] for report in reports] == ["loaded", "loaded"]
    assert sorted(report["load_id"] for report in reports) == [1, 2]
    assert Market(workspace).ids() == ("DGS10", "DGS2")


def test_two_programs_that_import_the_same_file_load_it_once(workspace: Workspace, write: Write) -> None:
    path = write("DGS10.csv", HEADER + "2025-01-13,4.79\n")
    reports = importing(workspace, path, path)
    assert sorted(report["outcome"] for report in reports) == ["already loaded", "loaded"]
    assert [one.load_id for one in FolderStore(workspace.data).snapshot().loads] == [1]


def test_a_lock_of_a_program_that_ended_is_taken_over(store: FolderStore) -> None:
    left_by(store, this_program_but(pid=ended_process()))
    put(store, {"A": {"2025-01-13": 1.0}})
    assert known(store) == {"A": [1.0]}


@pytest.mark.parametrize("change", [{"host": "elsewhere"}, {"pid": 1, "started": 0}])
def test_a_lock_of_another_machine_or_a_living_program_is_broken_only_by_a_person(
    store: FolderStore, change: dict[str, Any]
) -> None:
    if change.get("pid"):
        change = {"pid": os.getppid(), "started": holder._started(os.getppid())}
    left_by(store, this_program_but(**change))
    with pytest.raises(Refused, match="no sign of life") as refused, store.writing(wait=0.1):
        pytest.fail("two writers at once")
    assert "briefing store unlock" in refused.value.problems[0].hint.en
    assert "沒有任何動靜" in refused.value.problems[0].message.zh
    broken = store.break_lock()
    assert broken is not None
    put(store, {"A": {"2025-01-13": 1.0}})


def test_a_writer_that_works_is_told_from_one_that_is_gone(store: FolderStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "_BEAT", 0.01)
    with store.writing(), pytest.raises(Refused, match="gave signs of life"), store.writing(wait=0.3):
        pytest.fail("two writers at once")


def test_a_writer_whose_lock_was_broken_writes_nothing(store: FolderStore) -> None:
    content = rows({"A": {"2025-01-13": 1.0}})
    report = ImportReport(file="a.csv", outcome=Outcome.REFUSED, sha256="0" * 64, dataset="one", series=("A",))
    with store.writing() as writer:
        store.break_lock()
        with pytest.raises(Refused, match="broke the lock"):
            writer.write([Arrival(report, content)])
    assert known(store) == {}


def test_there_is_no_lock_to_break_when_nobody_writes(store: FolderStore) -> None:
    put(store, {"A": {"2025-01-13": 1.0}})
    with pytest.raises(Refused, match="Nobody holds the lock"):
        store.break_lock()


def left_by(store: FolderStore, who: holder.Holder) -> None:
    """The lock of another program."""
    store.data.mkdir()
    held = {"holder": asdict(who), "user": "someone", "since": "2025-01-14T21:00:00Z", "key": "0123456789abcdef"}
    (store.data / locks.LOCK).write_text(json.dumps(held), encoding="utf-8")


def this_program_but(**change: Any) -> holder.Holder:
    return replace(holder.this_program(), **change)


def ended_process() -> int:
    run = subprocess.Popen([sys.executable, "-c", ""])
    run.wait()
    return run.pid


def test_a_writer_whose_clock_is_behind_still_has_the_last_word(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for clock, value in (("20250116T210000Z", 1.0), ("20250115T210000Z", 2.0)):
        monkeypatch.setattr(loading, "vintage_now", lambda clock=clock: clock)
        put(store, {"A": {"2025-01-13": value}}, file=f"{value}.csv")
    assert known(store) == {"A": [2.0]}
    assert [(one.load_id, one.vintage) for one in store.snapshot().loads] == [(1, THIRD), (2, THIRD)]


# Damage


def cut(path: Path) -> None:
    """The first half of a file."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def partition_of(store: FolderStore, load_id: int) -> Path:
    (path,) = store.data.glob(f"dataset=*/vintage=*/{load_id}-*.parquet")
    return path


def test_a_file_that_was_cut_is_skipped_and_everything_else_is_read(store: FolderStore) -> None:
    put(store, {"A": {"2025-01-13": 1.0}, "B": {"2025-01-13": 2.0}}, vintage=FIRST)
    put(store, {"A": {"2025-01-14": 3.0}}, vintage=SECOND, file="b.csv")
    cut(partition_of(store, 2))
    assert known(store) == {"A": [1.0], "B": [2.0]}
    (fault,) = store.snapshot().faults
    assert (fault.problem.check, fault.series) == ("store.damaged", {"A"})
    assert partition_of(store, 2).name in fault.problem.message.en


def test_a_file_that_is_damaged_inside_is_found_when_it_is_read(store: FolderStore) -> None:
    put(store, {"A": {"2025-01-13": 1.0}}, vintage=FIRST)
    put(store, {"A": {"2025-01-14": 3.0}}, vintage=SECOND, file="b.csv")
    path = partition_of(store, 2)
    content = bytearray(path.read_bytes())
    content[4:40] = bytes(36)
    path.write_bytes(content)
    view = store.snapshot()
    assert view.faults == ()
    assert view.read(["A"])["A"]["one"].values.tolist() == [1.0]
    assert [(fault.problem.check, fault.series) for fault in view.faults] == [("store.damaged", {"A"})]


def test_what_is_damaged_is_told_with_every_series_that_it_may_concern(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,DGS10,DGS2\n2025-01-13,4.79,4.40\n", vintage=FIRST)
    load("b.csv", HEADER + "2025-01-14,4.78\n", vintage=SECOND)
    load("c.csv", "observation_date,DGS30\n2025-01-14,4.97\n", vintage=THIRD)
    store = FolderStore(workspace.data)
    cut(partition_of(store, 2))
    cut(partition_of(store, 3))
    market = Market(workspace)
    assert market.series("DGS10").values.tolist() == [4.79]
    assert [problem.check for problem in market.series("DGS10").problems] == ["store.damaged"]
    assert market.series("DGS2").problems == ()
    with pytest.raises(Refused, match="in the store is damaged") as refused:
        market.series("DGS30")
    assert [problem.check for problem in refused.value.problems] == ["store.damaged", "market.not_loaded"]
    assert [problem.check for problem in market.problems] == ["store.damaged", "store.damaged"]


def test_a_value_of_a_damaged_series_says_so(load: Load, workspace: Workspace) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n", vintage=FIRST)
    load("b.csv", HEADER + "2025-01-14,4.78\n", vintage=SECOND)
    cut(partition_of(FolderStore(workspace.data), 2))
    value = evaluate(parse_reference("UST10Y.last", NOWHERE), open_source(workspace))
    assert value.value == 4.79
    assert [(problem.check, problem.severity) for problem in value.problems] == [("store.damaged", Severity.ERROR)]


def test_a_damaged_file_is_set_aside_only_by_its_name_and_can_be_imported_again(
    load: Load, workspace: Workspace
) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n", vintage=FIRST)
    load("b.csv", HEADER + "2025-01-14,4.78\n", vintage=SECOND)
    store = FolderStore(workspace.data)
    good, bad = partition_of(store, 1).name, partition_of(store, 2).name
    cut(partition_of(store, 2))
    with pytest.raises(Refused, match="is not a damaged file"):
        store.set_aside(good)
    fault = store.set_aside(bad)
    assert fault.series == {"DGS10"}
    assert Market(workspace).series("DGS10").problems == ()
    assert (store.data / "quarantine" / bad).is_file()
    report = load("b.csv", HEADER + "2025-01-14,4.78\n", vintage=THIRD)
    assert (report.outcome, report.load_id) == (Outcome.LOADED, 3)
    assert Market(workspace).series("DGS10").values.tolist() == [4.79, 4.78]


def test_a_damaged_chain_is_found_by_reading_it_and_can_be_set_aside(store: FolderStore) -> None:
    import pyarrow as pa

    table = pa.table({"strike": [float(strike) for strike in range(4000, 5000)]})
    report = ImportReport(file="c.csv", outcome=Outcome.REFUSED, sha256="0" * 64, dataset="cboe_chain")
    with store.writing() as writer:
        writer.write([Arrival(report, ChainTable("SPX", date(2025, 1, 13), "delayed", table))], FIRST)
    (path,) = store.data.rglob("1-*.parquet")
    content = bytearray(path.read_bytes())
    content[4:200] = bytes(196)
    path.write_bytes(content)
    view = store.snapshot()
    with pytest.raises(Refused, match="is damaged"):
        view.read_chain(view.loads[0])
    assert [fault.problem.check for fault in store.damaged()] == ["store.damaged"]
    store.set_aside(path.name)
    assert store.snapshot().loads == ()


def test_a_bit_that_turned_is_found_by_a_thorough_look_or_changes_no_value(store: FolderStore) -> None:
    put(store, {"A": {f"2025-01-{day}": float(day) for day in range(10, 30)}})
    path, whole = partition_of(store, 1), known(store)
    content = bytearray(path.read_bytes())
    assert store.damaged() == ()
    found = 0
    for at in range(4, 604, 12):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        faults = store.damaged()
        found += len(faults)
        assert faults or known(store) == whole, f"byte {at}"
    assert found > 25


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=6), st.floats(0, 1)
)
def test_whatever_happens_to_a_file_the_others_are_read(
    tmp_path_factory: pytest.TempPathFactory, hits: list[tuple[float, int]], keep: float
) -> None:
    store = FolderStore(tmp_path_factory.mktemp("hit"))
    put(store, {"A": {"2025-01-13": 1.0}}, vintage=FIRST)
    put(store, {"B": {"2025-01-13": 2.0}}, vintage=SECOND, file="b.csv")
    path = partition_of(store, 2)
    content = bytearray(path.read_bytes())
    for at, bits in hits:
        content[int(at * len(content))] ^= bits
    path.write_bytes(content[: max(1, int(len(content) * (1 - keep / 2)))])
    assert known(store)["A"] == [1.0]
    assert all(fault.problem.check == "store.damaged" for fault in (*store.snapshot().faults, *store.damaged()))


def test_links_that_lead_nowhere_hide_no_file_beside_them(load: Load, workspace: Workspace) -> None:
    load("DGS10.csv", HEADER + "2025-01-13,4.79\n")
    (partition,) = workspace.data.rglob("*.parquet")
    for number in range(20):
        partition.with_name(f"{number}-00000000.parquet").symlink_to("gone")
    assert Market(workspace).series("DGS10").values.tolist() == [4.79]


def test_a_table_whose_fellows_are_gone_is_not_used_and_is_named(store: FolderStore) -> None:
    put(store, {"A": {"2025-01-13": 1.0}}, {"B": {"2025-01-13": 2.0}}, file="book.xlsx")
    name = partition_of(store, 1).name
    partition_of(store, 2).unlink()
    assert known(store) == {}
    (fault,) = store.snapshot().faults
    assert fault.problem.message.en.startswith("Of book.xlsx, only a part is in the store")
    assert fault.series == {"A", "B"}
    store.set_aside(name)
    assert store.snapshot().faults == ()


@pytest.mark.parametrize("content", [b"", b"{", b'{"event_id": 1}'])
def test_a_damaged_decision_to_hide_is_refused_and_not_guessed(store: FolderStore, content: bytes) -> None:
    put(store, {"A": {"2025-01-13": 1.0}})
    with store.writing() as writer:
        writer.hide([1])
    (path,) = (store.data / "hidden").iterdir()
    path.write_bytes(content)
    with pytest.raises(Refused, match="is damaged"):
        store.snapshot()


# Rights


@pytest.fixture
def unopened(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Makes the system refuse a folder and what lies below it, also to the superuser who runs the tests."""

    def refuse(folder: Path) -> None:
        real = os.scandir

        def scandir(path: Any) -> Any:
            if Path(path).is_relative_to(folder):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return real(path)

        monkeypatch.setattr(os, "scandir", scandir)

    return refuse


def test_a_dataset_that_may_not_be_opened_is_told_and_the_rest_works(
    store: FolderStore, unopened: Callable[[Path], None]
) -> None:
    put(store, {"A": {"2025-01-13": 1.0}}, vintage=FIRST)
    put(store, {"B": {"2025-01-13": 2.0}}, vintage=FIRST, datasets=("closed",), file="b.csv")
    unopened(store.data / "dataset=closed")
    assert known(store) == {"A": [1.0]}
    (fault,) = store.snapshot().faults
    assert (fault.problem.check, fault.series) == ("store.unreadable", {"B"})
    assert "Permission denied" in fault.problem.message.en


def test_a_store_that_may_not_be_opened_at_all_is_refused(store: FolderStore, unopened: Callable[[Path], None]) -> None:
    put(store, {"A": {"2025-01-13": 1.0}})
    unopened(store.data)
    with pytest.raises(Refused, match="cannot be read: Permission denied"):
        store.snapshot()


def test_a_folder_that_may_only_be_read_is_read_and_not_written(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, {"A": {"2025-01-13": 1.0}})
    real = os.open

    def read_only(path: Any, flags: int, *rest: Any) -> int:
        if flags & os.O_CREAT and Path(path).is_relative_to(store.data):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", read_only)
    assert known(store) == {"A": [1.0]}
    with pytest.raises(Refused, match="Read-only file system"):
        put(store, {"A": {"2025-01-14": 2.0}})


# Files that change under the hand


def test_a_source_file_that_is_replaced_while_it_is_read_is_refused(
    load: Load, workspace: Workspace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("DGS10.csv", HEADER + "2025-01-13,4.79\n")
    with monkeypatch.context() as patch:
        patch.setattr(sniffing, "_read", then(sniffing._read, lambda: replaced(path, HEADER + "2025-01-13,4.97\n")))
        (report,) = import_files(workspace, [path])
    assert report.outcome is Outcome.REFUSED
    assert report.problems[0].message.en == "DGS10.csv: was changed while it was read."
    assert not list(workspace.data.rglob("*.parquet"))


def test_a_source_file_that_grows_while_it_is_read_is_refused(
    workspace: Workspace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("DGS10.csv", HEADER + "2025-01-13,4.79\n")
    with monkeypatch.context() as patch:
        patch.setattr(sniffing, "_read", then(sniffing._read, lambda: appended(path, "2025-01-14,4.78\n")))
        (report,) = import_files(workspace, [path])
    assert report.problems[0].message.en == "DGS10.csv: was changed while it was read."
    (again,) = import_files(workspace, [path])
    assert (again.outcome, again.rows_kept) == (Outcome.LOADED, 2)


def test_a_change_of_the_same_size_and_time_is_found_by_its_content(
    workspace: Workspace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("DGS10.csv", HEADER + "2025-01-13,4.79\n")

    def written_over() -> None:
        times = path.stat().st_atime_ns, path.stat().st_mtime_ns
        path.write_text(HEADER + "2025-01-13,4.97\n", encoding="utf-8")
        os.utime(path, ns=times)

    with monkeypatch.context() as patch:
        patch.setattr(sniffing, "_read", then(sniffing._read, written_over))
        (report,) = import_files(workspace, [path])
    assert report.problems[0].message.en == "DGS10.csv: was changed while it was read."


def then(call: Callable[[int], bytes], what: Callable[[], None]) -> Callable[[int], bytes]:
    """The call, and once after it something else."""
    left = [what]

    def inner(handle: int) -> bytes:
        content = call(handle)
        while left:
            left.pop()()
        return content

    return inner


def replaced(path: Path, content: str) -> None:
    fresh = path.with_name("fresh")
    fresh.write_text(content, encoding="utf-8")
    fresh.replace(path)


def appended(path: Path, content: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(content)
