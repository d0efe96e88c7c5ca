"""Writing into a folder store, under its lock."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from briefing.data.holder import user_name
from briefing.data.intake.loading import loads_of, settled_vintage, vintage_after
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.loads import Hiding, Load, check_hiding
from briefing.data.stores import lock_faults
from briefing.data.stores.contents import Contents, contents
from briefing.data.stores.contract import Arrival
from briefing.data.stores.folder_snapshot import FolderSnapshot
from briefing.data.stores.hidings import hiding_bytes, hiding_path
from briefing.data.stores.load_reports import report_path
from briefing.data.stores.lock import Lock
from briefing.data.stores.partitions import partition_bytes, partition_name, table_of
from briefing.data.tidy import Tidy
from briefing.data.vintages import LATEST, checked_vintage
from briefing.data.writing import write_files
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label


class FolderWriter:
    """A `Writer` of a folder: it has the lock, and knows what lay in the folder when it got it."""

    def __init__(self, data: Path, lock: Lock) -> None:
        self._data = data
        self._lock = lock
        self._known: Contents | None = None

    @property
    def snapshot(self) -> FolderSnapshot:
        """The store as it is under the lock."""
        return FolderSnapshot(self._contents, LATEST)

    def write(self, arrivals: Sequence[Arrival], vintage: str | None = None) -> tuple[ImportReport, ...]:
        """Write all tables of one file or none of them; gives their reports with vintage and load id."""
        asked = checked_vintage(vintage) if vintage else None
        known = self._contents
        vintages = [settled_vintage(asked, one.report, known.loads, known.newest) for one in arrivals]
        loads = loads_of(arrivals, known.next_id, vintages)
        reports = tuple(
            replace(one.report, outcome=Outcome.LOADED, vintage=load.vintage, load_id=load.load_id)
            for one, load in zip(arrivals, loads, strict=True)
        )
        documents = {
            report_path(self._data, load): json.dumps(report.as_json(), ensure_ascii=False, indent=1).encode()
            for report, load in zip(reports, loads, strict=True)
        }
        partitions = {
            self._data / partition_name(load): _bytes(one, load) for one, load in zip(arrivals, loads, strict=True)
        }
        self._put(documents | partitions, lambda fault: _not_loaded(self._data, reports[0].file, fault))
        return reports

    def hide(self, load_ids: Sequence[int], *, hidden: bool = True) -> None:
        """Take loads out of sight, or show them again. Views at earlier vintages stay as they are."""
        check_hiding(load_ids, self._contents.loads, self.snapshot.hidden, hidden=hidden)
        vintage = vintage_after(self._contents.newest)
        hiding = Hiding(self._contents.next_id, vintage, tuple(sorted(set(load_ids))), hidden, user_name())
        written = {hiding_path(self._data, hiding): hiding_bytes(hiding)}
        self._put(written, lambda fault: lock_faults.unwritable(self._data, fault))

    @property
    def _contents(self) -> Contents:
        if self._known is None:
            self._known = contents(self._data, alone=True)
        return self._known

    def _put(self, files: Mapping[Path, bytes], told: Callable[[OSError], Problem]) -> None:
        self._lock.check()
        self._known = None
        try:
            write_files(files)
        except OSError as fault:
            raise Refused(told(fault)) from fault


def _bytes(arrival: Arrival, load: Load) -> bytes:
    content = arrival.content
    return partition_bytes(table_of(content, load.load_id) if isinstance(content, Tidy) else content.table, load)


def _not_loaded(data: Path, file: str, fault: OSError) -> Problem:
    return error(
        "import.unwritable",
        Place(file=file),
        Label(
            f"{file} was not loaded: {data} cannot be written ({fault.strerror}).",
            f"{file}未載入：無法寫入{data}（{fault.strerror}）。",
        ),
        Label(
            "Make room or choose another disk; what was loaded before is untouched.",
            "請騰出空間或改用其他磁碟；先前的資料未受影響。",
        ),
    )
