"""One file for many: the newest rows of all loads of a dataset, while the files of the loads go to the archive.

The new file says which loads it stands for, and each row which load it came with, so that vintages and
dates stay what they were. Views that need the loads one by one read them from the archive.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import __version__
from briefing.data.intake.loading import vintage_after
from briefing.data.loads import Load, visible
from briefing.data.stored import Held, Stored
from briefing.data.stores import lock_faults
from briefing.data.stores.choosing import chosen
from briefing.data.stores.contents import ARCHIVE, Contents, archived, contents
from briefing.data.stores.folder_snapshot import FolderSnapshot
from briefing.data.stores.lock import Lock
from briefing.data.stores.partitions import Partition, partition_bytes, partition_name
from briefing.data.stores.querying import engine_of, merged
from briefing.data.vintages import LATEST
from briefing.data.writing import make_folder, sync_folder, write_files
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Compaction:
    """What was done to a dataset: how many loads now lie in one file, and how many files went to the archive."""

    dataset: str
    loads: int
    archived: int


def compact(data: Path, lock: Lock, dataset: str | None = None) -> tuple[Compaction, ...]:
    """Compact a dataset, or all; those with one file are left alone.

    Loads that are hidden keep their own files. Raises `Refused` for an unknown dataset, a damaged file,
    or when the disk takes nothing; what was there can still be read.
    """
    now = contents(data, alone=True)
    if now.faults:
        raise Refused(*(fault.problem for fault in now.faults), _damaged_first(data))
    there = sorted({load.dataset for load in now.loads if not load.root})
    if dataset is not None and dataset not in there:
        raise Refused(_unknown(dataset, there))
    names = there if dataset is None else [dataset]
    return tuple(done for name in names if (done := _compact(data, lock, name)) is not None)


def _compact(data: Path, lock: Lock, dataset: str) -> Compaction | None:
    now = contents(data, alone=True)
    covers = tuple(load for load in visible(now.loads, now.hidings, LATEST) if load.dataset == dataset)
    if not covers:
        return None
    parts = chosen(covers, now.partitions, lambda: archived(data))
    if len(parts) > 1:
        _write(data, lock, now, parts, covers)
    moved = _archive(data, lock, covers)
    return Compaction(dataset, len(covers), moved) if moved else None


def _write(data: Path, lock: Lock, now: Contents, parts: Sequence[Partition], covers: tuple[Load, ...]) -> None:
    table, changed = merged(engine_of(data), parts)
    revised = changed.union(*(item.revised for item in parts))
    load = _load(now, covers, table)
    path = data / partition_name(load)
    ids = sorted(load.series)
    before = FolderSnapshot(now, LATEST).read(ids)
    lock.check()
    try:
        write_files({path: partition_bytes(table, load, covers, revised)})
    except OSError as fault:
        raise Refused(lock_faults.unwritable(data, fault)) from fault
    if not _same(before, FolderSnapshot(contents(data, alone=True), LATEST).read(ids)):
        path.unlink()
        raise Refused(_differs(load.dataset))


def _load(now: Contents, covers: tuple[Load, ...], table: pa.Table) -> Load:
    """What the new file is called. Its hash is that of the files whose rows it holds."""
    import pyarrow.compute as pc

    known = table.filter(pc.is_valid(table.column("value"))).group_by("series_id").aggregate([("obs_date", "max")])
    names, days = known.column("series_id").to_pylist(), known.column("obs_date_max").to_pylist()
    last = dict.fromkeys(sorted({name for load in covers for name in load.series}), "")
    return Load(
        load_id=now.next_id,
        dataset=covers[0].dataset,
        vintage=vintage_after(now.newest),
        file="",
        sha256=hashlib.sha256("".join(load.sha256 for load in covers).encode()).hexdigest(),
        recogniser="",
        version=0,
        program=__version__,
        series=last | {name: day.isoformat() for name, day in zip(names, days, strict=True)},
    )


def _archive(data: Path, lock: Lock, covers: tuple[Load, ...]) -> int:
    """Move the files that the compaction stands for; gives their number. A reader finds them there."""
    wanted, there = set(covers), contents(data, alone=True).partitions
    whole = [item for item in there if set(item.loads) == wanted]
    aside = [item.path for item in there if whole and item != whole[-1] and wanted.issuperset(item.loads)]
    try:
        for path in aside:
            lock.check()
            target = data / ARCHIVE / path.relative_to(data)
            make_folder(target.parent, [])
            path.rename(target)
            sync_folder(target.parent)
            sync_folder(path.parent)
            with contextlib.suppress(OSError):
                path.parent.rmdir()
    except OSError as fault:
        raise Refused(lock_faults.unwritable(data / ARCHIVE, fault)) from fault
    return len(aside)


def _same(before: Held, after: Held) -> bool:
    """Whether two answers are the same to the last bit."""
    if {name: set(parts) for name, parts in before.items()} != {name: set(parts) for name, parts in after.items()}:
        return False
    return all(_equal(stored, after[name][source]) for name, held in before.items() for source, stored in held.items())


def _equal(one: Stored, other: Stored) -> bool:
    columns = ("dates", "values", "flags")
    same = (getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in columns)
    return (one.vintage, one.revised) == (other.vintage, other.revised) and all(same)


def _damaged_first(data: Path) -> Problem:
    return error(
        "store.compact",
        Place(file=str(data)),
        Label("Nothing was compacted, because some files cannot be read.", "部分檔案無法讀取，因此未進行合併。"),
        Label("Restore those files, or set them aside first.", "請先還原或隔離這些檔案。"),
    )


def _unknown(dataset: str, there: Sequence[str]) -> Problem:
    return error(
        "store.dataset",
        Place(),
        Label(f"The store has no dataset “{dataset}”.", f"資料庫中沒有名為「{dataset}」的資料集。"),
        Label(f"There are: {', '.join(there)}.", f"現有資料集：{'、'.join(there)}。"),
    )


def _differs(dataset: str) -> Problem:
    return error(
        "store.compact",
        Place(),
        Label(
            f"The compacted file of {dataset} did not give the same values and was not kept.",
            f"{dataset}合併後的數值與原資料不符，未予保留。",
        ),
        Label("Nothing was changed. Please report this.", "資料未變更，請回報此問題。"),
    )
