"""A folder store as it was at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.data.loads import Load, hidden_loads, visible
from briefing.data.revisions import Change, changes_in
from briefing.data.stored import Held, Rows, stored_by_series
from briefing.data.stores.choosing import chosen
from briefing.data.stores.contents import ARCHIVE, Contents, archived
from briefing.data.stores.contract import BEGINNING, EVER, StoreFault
from briefing.data.stores.load_reports import read_report
from briefing.data.stores.partitions import Partition, not_read
from briefing.data.stores.pinning import pin_of
from briefing.data.stores.querying import engine_of, rows_of
from briefing.data.vintages import Bound
from briefing.problems import Refused

if TYPE_CHECKING:
    import pyarrow as pa


class FolderSnapshot:
    """A `Snapshot` of a folder. The files that it names are never changed, at most moved to the archive."""

    def __init__(self, contents: Contents, bound: Bound) -> None:
        self._contents = contents
        self._hidings = tuple(one for one in contents.hidings if bound.admits(*one.order))
        self._loads = visible(contents.loads, self._hidings, bound)
        self._hidden = hidden_loads(contents.loads, self._hidings, bound)
        self._bad: dict[Path, StoreFault] = {}

    @property
    def loads(self) -> tuple[Load, ...]:
        """The loads that are seen, in their order."""
        return self._loads

    @property
    def hidden(self) -> tuple[Load, ...]:
        """The loads that are hidden in this view, in their order."""
        return self._hidden

    @property
    def pin(self) -> Bound:
        """The bound that gives this view again later."""
        return pin_of(self._loads, self._hidings)

    @property
    def faults(self) -> tuple[StoreFault, ...]:
        """What could not be read so far."""
        return (*self._contents.faults, *self._bad.values())

    def read(self, ids: Sequence[str], since: date = BEGINNING, until: date = EVER) -> Held:
        """The newest stored values of some series, on days from `since` to `until`, both included."""
        wanted = sorted(set(ids))
        holding = [item for item in self._partitions if not item.load.series.keys().isdisjoint(wanted)]
        rows = self._rows(holding, wanted, since, until)
        held = stored_by_series(rows) if rows else {}
        for item in holding:
            for name in item.revised.intersection(held):
                if item.load.dataset in held[name]:
                    held[name][item.load.dataset] = replace(held[name][item.load.dataset], revised=True)
        return held

    def read_chain(self, load: Load) -> pa.Table:
        """The contracts of one chain, as they were written."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = next(item.path for item in self._partitions if item.load == load)
        try:
            with path.open("rb") as file:
                return pq.read_table(file)
        except (OSError, pa.ArrowException) as fault:
            raise Refused(not_read(path, fault)) from fault

    def changes(self, after: Bound | None = None) -> tuple[Change, ...]:
        """The past values that loads after a bound changed; the loads of a compaction come from the archive."""
        later = [load for load in self._loads if after is None or not after.admits(*load.order)]
        ids = sorted({series for load in later for series in load.series})
        whole = chosen(
            (load for load in self._loads if not load.series.keys().isdisjoint(ids)),
            [item for item in self._contents.partitions if not item.covers],
            lambda: [item for item in archived(self._contents.data) if not item.covers],
        )
        rows = self._rows(whole, ids, BEGINNING, EVER)
        return changes_in(rows, after) if rows else ()

    def report(self, load: Load) -> Mapping[str, Any]:
        """The report of the import that brought a load, as it was written; empty when it is lost."""
        return read_report(self._contents.data, load)

    @cached_property
    def _partitions(self) -> tuple[Partition, ...]:
        return chosen(self._loads, self._contents.partitions, lambda: archived(self._contents.data))

    def _rows(self, holding: Sequence[Partition], ids: Sequence[str], since: date, until: date) -> Rows | None:
        """The rows in some partitions, without those that turn out to be damaged."""
        good = [item for item in holding if item.path not in self._bad]
        if not good:
            return None
        try:
            return rows_of(engine_of(self._contents.data), good, ids, since, until)
        except Refused:
            there = [self._moved(item) for item in good]
            good = [item for item in there if self._is_readable(item, ids, since, until)]
        return rows_of(engine_of(self._contents.data), good, ids, since, until) if good else None

    def _is_readable(self, item: Partition, ids: Sequence[str], since: date, until: date) -> bool:
        try:
            rows_of(engine_of(self._contents.data), [item], ids, since, until)
        except Refused as refused:
            self._bad[item.path] = StoreFault(refused.problems[0], frozenset(item.load.series))
            return False
        return True

    def _moved(self, item: Partition) -> Partition:
        """The partition where it lies now: a compaction may have moved it since."""
        data = self._contents.data
        aside = data / ARCHIVE / item.path.relative_to(data)
        return item if item.path.exists() or not aside.exists() else replace(item, path=aside)
