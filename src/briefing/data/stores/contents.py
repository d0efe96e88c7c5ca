"""What a folder store holds at one moment: its partitions, its hidden loads, and what of it cannot be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.data.loads import Hiding, Load
from briefing.data.partitions import Partition, unreadable
from briefing.data.stores.contract import StoreFault
from briefing.data.stores.hidings import read_hiding
from briefing.data.stores.index import Index, index_of
from briefing.data.stores.listing import Found, Listing, listing
from briefing.problems import Refused

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
    """

    data: Path
    partitions: tuple[Partition, ...]
    hidings: tuple[Hiding, ...]
    orphans: tuple[Path, ...]
    faults: tuple[StoreFault, ...]
    numbers: frozenset[int]
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


def contents(data: Path) -> Contents:
    """What the store in a resolved folder holds now. Raises `Refused` when it cannot be opened at all."""
    while True:
        try:
            return _contents(data, listing(data))
        except FileNotFoundError:
            # A compaction moved a file away after it was listed: the next look sees what stands for it.
            continue


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
    numbers = frozenset(_numbers([*(one.path for one in found.partitions), *aside]))
    whole = loads if closed else _whole(loads, numbers)
    hidings = tuple(read_hiding(one) for one in found.hidings)
    seen = tuple(sorted(whole, key=lambda load: load.order))
    return Contents(data, there, hidings, found.orphans, faults, numbers, seen)


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


def _numbers(paths: Iterable[Path]) -> Iterator[int]:
    """The load ids that file names begin with."""
    for path in paths:
        number = path.name.partition("-")[0]
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
