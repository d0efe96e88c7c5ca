"""What a folder store holds at one moment: its partitions, its hidden loads, and what of it cannot be read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing.data.loads import Hiding, Load
from briefing.data.stores.contract import StoreFault
from briefing.data.stores.hidings import read_hiding
from briefing.data.stores.index import Index, index_of
from briefing.data.stores.listing import Found, Listing, listing, look
from briefing.data.stores.lock import LOCK
from briefing.data.stores.partitions import Partition, unreadable
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

ARCHIVE = "archive"
"""The folder of partitions that a compaction stands for."""
QUARANTINE = "quarantine"
"""The folder of damaged partitions that a person set aside."""
REPORTS = "reports"
"""The folder of import reports."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A folder store at one moment; `partitions` are those that can be read, the archive's not among them.

    `numbers` are the load ids of all files, also of those that cannot be read or were set aside.
    `unfinished` are the partitions that came with others from one file which are not there.
    """

    data: Path
    partitions: tuple[Partition, ...]
    hidings: tuple[Hiding, ...]
    faults: tuple[StoreFault, ...]
    numbers: frozenset[int]
    unfinished: tuple[Partition, ...]
    loads: tuple[Load, ...]

    @property
    def newest(self) -> str:
        """The vintage of what entered last, "" for an empty store."""
        return max([*(load.vintage for load in self.loads), *(hiding.vintage for hiding in self.hidings)], default="")

    @property
    def next_id(self) -> int:
        """A number that nothing in the store has."""
        taken = [load.load_id for item in self.partitions for load in (*item.loads, item.load)]
        return max([*taken, *self.numbers, *(one.event_id for one in self.hidings)], default=0) + 1


def contents(data: Path, *, alone: bool = False) -> Contents:
    """What the store in a resolved folder holds now. Raises `Refused` when it cannot be opened at all.

    `alone` is for the one who holds the lock: then nobody is about to finish what is unfinished.
    """
    while True:
        found = look(data) if alone else listing(data)
        writing = not alone and (data / LOCK).exists()
        try:
            now = _contents(data, found)
        except FileNotFoundError:
            # A compaction moved a file away after it was listed: the next look sees what stands for it.
            continue
        if not now.unfinished or writing:
            return now
        if listing(data) == found:
            # There before and after a moment at which nobody wrote: the rest of the file never came.
            return replace(now, faults=(*now.faults, *_unfinished(now)))


def archived(data: Path) -> tuple[Partition, ...]:
    """The partitions of the archive that can be read; damaged ones are left out, as if they were not there."""
    index = index_of(data)
    read = (_read(index, found) for found in listing(data / ARCHIVE).partitions)
    return tuple(one for one in read if isinstance(one, Partition))


def _contents(data: Path, found: Listing) -> Contents:
    index = index_of(data)
    read = [_read(index, one) for one in found.partitions]
    closed = [_closed(data, index, folder, why) for folder, why in found.closed]
    faults = (*(one for one in read if isinstance(one, StoreFault)), *closed)
    there = tuple(one for one in read if isinstance(one, Partition))
    index.keep()
    # Where something cannot be read, what lies in the archive may stand for it.
    sources = (*there, *archived(data)) if faults else there
    loads = {load for item in sources for load in item.loads}
    aside = (data / QUARANTINE).glob("*.parquet")
    numbers = frozenset(_numbers([*(one.name for one in found.partitions), *map(str, aside)]))
    whole = loads if closed else _whole(loads, numbers)
    unfinished = tuple(item for item in there if not item.covers and item.load not in whole)
    hidings = tuple(read_hiding(one) for one in found.hidings)
    seen = tuple(sorted(whole, key=lambda load: load.order))
    return Contents(data, there, hidings, faults, numbers, unfinished, seen)


def _read(index: Index, found: Found) -> Partition | StoreFault:
    try:
        return index.partition(found)
    except Refused as refused:
        series = index.remembered(found.path) or _reported(index.data, found.path)
        return StoreFault(refused.problems[0], series or None)


def _closed(data: Path, index: Index, folder: Path, why: str) -> StoreFault:
    return StoreFault(unreadable(folder, why), index.remembered(folder) or _reported(data, folder) or None)


def _whole(loads: set[Load], numbers: frozenset[int]) -> set[Load]:
    """The loads whose batch is all there: one that was cut off between two files is not seen."""
    there = numbers | {load.load_id for load in loads}
    return {load for load in loads if there.issuperset(load.batch)}


def _unfinished(now: Contents) -> Iterator[StoreFault]:
    for item in now.unfinished:
        batch = {str(number) for number in item.load.batch}
        told = [report for report in _reports(now.data) if str(report.get("load_id")) in batch]
        series = frozenset(str(name) for report in told for name in report.get("series", ()))
        yield StoreFault(_not_whole(item), series | frozenset(item.load.series))


def _not_whole(item: Partition) -> Problem:
    file, name = item.load.file, item.path.name
    return error(
        "store.unfinished",
        Place(file=str(item.path)),
        Label(
            f"Of {file}, only a part is in the store ({name}); it is not used.",
            f"{file}僅有部分存入資料庫（{name}），未予採用。",
        ),
        Label(
            f"Set it aside with “briefing store quarantine {name}” and import the file again.",
            f"請以「briefing store quarantine {name}」隔離後，重新匯入該檔。",
        ),
    )


def _numbers(paths: Iterable[str]) -> Iterator[int]:
    """The load ids that file names begin with."""
    for path in paths:
        number = path.rpartition(os.sep)[2].partition("-")[0]
        if number.isdigit():
            yield int(number)


def _reported(data: Path, path: Path) -> frozenset[str]:
    """The series that import reports name for a partition, or for all those below a folder."""
    inside = path.relative_to(data).parts
    keys = dict(part.split("=", 1) for part in inside if "=" in part)
    load_id = path.name.partition("-")[0] if path.suffix == ".parquet" else None
    fitting = (
        report
        for report in _reports(data)
        if report.get("dataset") == keys.get("dataset") and load_id in {None, str(report.get("load_id"))}
    )
    return frozenset(str(series) for report in fitting for series in report.get("series", ()))


def _reports(data: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((data / REPORTS).glob("*.json")):
        try:
            report = json.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(report, dict):
            yield report
