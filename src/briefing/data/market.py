"""The market at one as-of date and vintage: series and event calendars of a workspace."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from briefing.data.catalogue import Catalogue, load_catalogue
from briefing.data.entry import Entry
from briefing.data.events import read_events
from briefing.data.joining import Stored, joined, stored_by_series
from briefing.data.lateness import lateness
from briefing.data.partitions import partitions
from briefing.data.querying import open_store, rows_of
from briefing.data.vintages import checked_vintage
from briefing.data.workspace import Workspace
from briefing.problems import Place, Problem, Refused, error
from briefing.series import Series, as_date
from briefing.text import Label

if TYPE_CHECKING:
    import duckdb


class Market:
    """A `SeriesSource` over a workspace's store. It sees the partitions that were there when it was made.

    `as_of` is the last observation date admitted (default: the newest one), `vintage` the last load
    admitted (default: all). Making one raises `Refused` for a damaged store or catalogue, or when
    there is no data to take the as-of date from.
    """

    def __init__(self, workspace: Workspace, as_of: date | None = None, vintage: str | None = None) -> None:
        self.workspace = workspace
        self.catalogue: Catalogue = load_catalogue(workspace)
        bound = checked_vintage(vintage) if vintage else None
        self._partitions = tuple(
            item for item in partitions(workspace.data) if bound is None or item.load.vintage <= bound
        )
        self._read: dict[str, Series] = {}
        self._as_of = as_of or self.newest()

    @property
    def as_of(self) -> date:
        """The last observation date admitted."""
        return self._as_of

    def ids(self) -> tuple[str, ...]:
        """The ids of all stored series that the catalogue knows, sorted."""
        return tuple(sorted(name for name in self._stored if self.catalogue.entry(name)))

    def newest(self) -> date:
        """The date of the newest value in the store, whatever the as-of date. Raises `Refused` when there is none."""
        days = [day for item in self._partitions for name in item.load.series if (day := item.newest(name))]
        if not days:
            raise Refused(_no_data(self.workspace))
        newest = max(days)
        having = {name for item in self._partitions for name in item.load.series if item.newest(name) == newest}
        found = self._last_value(having, newest)
        if found != newest:
            found = self._last_value(self._stored, newest)
        if found is None:
            raise Refused(_no_data(self.workspace))
        return found

    def events(self, name: str) -> tuple[date, ...]:
        """The dates of an event calendar such as `fomc`, sorted. Raises `Refused` when there is none."""
        return read_events(self.workspace, name)

    def series(self, series_id: str) -> Series:
        """One series by id or alias, up to the as-of date. Raises `Refused` for one that is not there."""
        return self.read([series_id])[0]

    def read(self, series_ids: Sequence[str]) -> list[Series]:
        """Several series at once, in the order asked for. Raises `Refused` as `series` does."""
        entries = [self._entry(series_id) for series_id in series_ids]
        wanted = sorted({entry.series_id for entry in entries} - self._read.keys())
        if wanted:
            by_id = {entry.series_id: entry for entry in entries}
            found = self._rows(wanted, self.as_of)
            for name in wanted:
                self._read[name] = self._assembled(by_id[name], found.get(name, {}))
        return [self._read[entry.series_id] for entry in entries]

    def _entry(self, series_id: str) -> Entry:
        entry = self.catalogue.entry(series_id)
        if entry is None:
            raise Refused(_unknown(series_id, self.catalogue))
        if entry.series_id not in self._stored:
            raise Refused(_not_loaded(series_id, entry))
        return entry

    @cached_property
    def _stored(self) -> frozenset[str]:
        return frozenset(name for item in self._partitions for name in item.load.series)

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return open_store(self.workspace.data)

    def _rows(self, ids: Sequence[str], until: date) -> dict[str, dict[str, Stored]]:
        holding = [item for item in self._partitions if not item.load.series.keys().isdisjoint(ids)]
        return stored_by_series(rows_of(self._connection, holding, ids, until), holding)

    def _last_value(self, ids: Collection[str], until: date) -> date | None:
        """The last day with a value among some series; a later load may have taken a value away."""
        parts = [stored.part() for held in self._rows(sorted(ids), until).values() for stored in held.values()]
        return max((as_date(part.dates[-1]) for part in parts if len(part.dates)), default=None)

    def _assembled(self, entry: Entry, held: dict[str, Stored]) -> Series:
        part = joined(entry, {name: stored.part() for name, stored in held.items()})
        values = part.values if entry.factor == 1.0 else np.round(part.values * entry.factor, 10)
        values.flags.writeable = part.dates.flags.writeable = False
        series = Series(
            id=entry.series_id,
            name=entry.name,
            short=entry.short,
            kind=entry.kind,
            unit=entry.unit,
            delta_unit=entry.delta_unit,
            decimals=entry.decimals,
            calendar=entry.calendar,
            source=entry.source,
            dates=part.dates,
            values=values,
            as_of=self.as_of,
            vintage=part.vintage,
            revised=part.revised,
            tags=entry.tags,
        )
        return replace(series, late=lateness(entry, series.last_date, self.as_of))


def _no_data(workspace: Workspace) -> Problem:
    return error(
        "market.empty",
        Place(file=str(workspace.data)),
        Label("The workspace holds no data yet.", "工作區尚無資料。"),
        Label("Load some with “briefing import FILE”.", "請以「briefing import 檔案」匯入。"),
    )


def _unknown(series_id: str, catalogue: Catalogue) -> Problem:
    near = [entry.series_id for entry in catalogue.search(series_id, "en")[:3]]
    hint = (
        Label(f"Did you mean {', '.join(near)}?", f"是否為{'、'.join(near)}？")
        if near
        else Label("Add it to the workspace's catalogue.toml.", "請登錄於工作區的catalogue.toml。")
    )
    return error(
        "market.unknown",
        Place(field=series_id),
        Label(f"No series is called {series_id}.", f"沒有名為{series_id}的序列。"),
        hint,
    )


def _not_loaded(series_id: str, entry: Entry) -> Problem:
    return error(
        "market.not_loaded",
        Place(field=series_id),
        Label(f"{series_id} ({entry.name.en}) has not been loaded.", f"尚未載入{series_id}（{entry.name.zh}）。"),
        Label("Import a file that holds it.", "請匯入含有該序列的檔案。"),
    )
