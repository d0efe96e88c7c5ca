"""Setting a damaged partition aside, when a person says so: what it held is gone until it is imported again."""

from __future__ import annotations

from pathlib import Path

from briefing.data.stores import lock_faults
from briefing.data.stores.contents import QUARANTINE, contents
from briefing.data.stores.contract import StoreFault
from briefing.data.stores.lock import Lock
from briefing.data.stores.partitions import Partition, check_whole
from briefing.data.writing import make_folder, sync_folder
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

_KINDS = frozenset({"store.damaged", "store.unfinished"})


def damaged_files(data: Path, *, alone: bool = False) -> tuple[StoreFault, ...]:
    """Every partition that cannot be read to its end or came without its fellows, with the series that it held."""
    now = contents(data, alone=alone)
    inside = (_inside(item) for item in now.partitions)
    faults = (*now.faults, *(fault for fault in inside if fault is not None))
    return tuple(fault for fault in faults if fault.problem.check in _KINDS)


def _inside(item: Partition) -> StoreFault | None:
    """What is wrong inside a file whose end can be read."""
    try:
        check_whole(item.path)
    except Refused as refused:
        return StoreFault(refused.problems[0], frozenset(item.load.series))
    return None


def set_aside(data: Path, lock: Lock, name: str) -> StoreFault:
    """Move a damaged file, by its name, into quarantine. Raises `Refused` for one that is not damaged."""
    found = {Path(fault.problem.place.file or "").name: fault for fault in damaged_files(data, alone=True)}
    if name not in found:
        raise Refused(_not_damaged(name, sorted(found)))
    path = Path(found[name].problem.place.file or "")
    target = data / QUARANTINE / name
    lock.check()
    try:
        make_folder(target.parent, [])
        path.rename(target)
        sync_folder(target.parent)
        sync_folder(path.parent)
    except OSError as fault:
        raise Refused(lock_faults.unwritable(data, fault)) from fault
    return found[name]


def _not_damaged(name: str, damaged: list[str]) -> Problem:
    rest = Label(f"Damaged are: {', '.join(damaged)}.", f"已損壞的檔案：{'、'.join(damaged)}。")
    none = Label("No file of the store is damaged.", "資料庫中沒有損壞的檔案。")
    return error(
        "store.not_damaged",
        Place(file=name),
        Label(f"{name} is not a damaged file of the store.", f"{name}不是資料庫中已損壞的檔案。"),
        rest if damaged else none,
    )
