"""The market at one as-of date and vintage: series and event calendars of a workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from briefing.data.calendars import pauses
from briefing.data.catalogue import Catalogue, load_catalogue
from briefing.data.entry import Entry
from briefing.data.events import read_events
from briefing.data.health import Health
from briefing.data.intake.comparing import Revision
from briefing.data.intake.refusals import refusals
from briefing.data.joining import Part, joined, known
from briefing.data.lateness import lateness
from briefing.data.revisions import Change
from briefing.data.stored import Held, Stored
from briefing.data.stores.contract import BEGINNING, EVER, Snapshot
from briefing.data.stores.opening import open_store
from briefing.data.tidy import Flag
from briefing.data.vintages import bound_of
from briefing.data.workspace import Workspace
from briefing.problems import Place, Problem, Refused, error
from briefing.series import Caveat, Caveats, Series, as_date
from briefing.text import Label

_LOOKS = (0, 7, 31, 366)
"""How many days to look back, step by step, for the newest value."""
_CAVEATS = {Caveat.SUSPECT: Flag.SUSPECT, Caveat.ESTIMATE: Flag.ESTIMATE, Caveat.FORECAST: Flag.FORECAST}


class Market:
    """A `SeriesSource` over a workspace's store. It sees what was loaded when it was made.

    `as_of` is the last observation date admitted (default: the newest one), `vintage` the last load
    admitted (default: all), as `bound_of` reads it. Making one raises `Refused` for a store or catalogue
    that cannot be read, or when there is no data to take the as-of date from.
    """

    def __init__(self, workspace: Workspace, as_of: date | None = None, vintage: str | None = None) -> None:
        self.workspace = workspace
        known = load_catalogue(workspace)
        self._snapshot: Snapshot = open_store(workspace).snapshot(bound_of(vintage))
        self.catalogue: Catalogue = known.listing(self._stored)
        self._read: dict[str, Series] = {}
        self._asked = vintage
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
        if self._newest is None:
            raise Refused(*self._damage(), _nothing_by(self._asked) if self._asked else _no_data(self.workspace))
        return self._newest

    @property
    def vintage(self) -> str:
        """The vintage that gives this view again later. Raises `Refused` for a store without any load."""
        return self._snapshot.pin.text

    def changes(self, since: str | None = None) -> tuple[Change, ...]:
        """The past values up to the as-of date that loads after a vintage (None: all loads) changed, in the shown unit.

        Raises `Refused` for what is no vintage, and when what they were before cannot be read any more.
        """
        found = self._snapshot.changes(bound_of(since) if since else None)
        until = self.as_of.isoformat()
        return tuple(
            replace(one, revision=_shown(entry, one.revision))
            for one in found
            if one.revision.date <= until and (entry := self.catalogue.entry(one.revision.series)) is not None
        )

    def health(self) -> tuple[Health, ...]:
        """How every stored series stands at the as-of date; then refused files, and what ails the store as a whole."""
        from briefing.data.series_health import Evidence

        series = self.read(self.ids())
        return Evidence(self._snapshot, self.catalogue, refusals(self.workspace)).stored(series)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the store could not be read so far."""
        return self._damage()

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
            found = self._snapshot.read(wanted, until=self.as_of)
            for name in wanted:
                self._read[name] = self._assembled(by_id[name], found.get(name, {}))
        return [self._read[entry.series_id] for entry in entries]

    def _entry(self, series_id: str) -> Entry:
        entry = self.catalogue.entry(series_id)
        if entry is None:
            raise Refused(_unknown(series_id, self.catalogue))
        if entry.series_id not in self._stored:
            raise Refused(*self._damage(entry.series_id), _not_loaded(series_id, entry))
        return entry

    @cached_property
    def _stored(self) -> frozenset[str]:
        return frozenset(name for load in self._snapshot.loads for name in load.series)

    @cached_property
    def _newest(self) -> date | None:
        """The last day with a value; a later load may have taken away the one that an earlier load brought."""
        last = [day for load in self._snapshot.loads for day in load.series.values() if day]
        if not last:
            return None
        newest = date.fromisoformat(max(last))
        starts = [max(BEGINNING, newest - timedelta(days)) for days in _LOOKS if newest - BEGINNING > timedelta(days)]
        for since in (*starts, BEGINNING):
            bringing = {name for load in self._snapshot.loads for name, day in load.series.items() if day >= str(since)}
            found = _last_day(self._snapshot.read(sorted(bringing), since, EVER))
            if found is not None:
                return found
        return None

    def _damage(self, series_id: str | None = None) -> tuple[Problem, ...]:
        """What could not be read and concerns a series, or anything."""
        faults = self._snapshot.faults
        return tuple(fault.problem for fault in faults if series_id is None or fault.concerns(series_id))

    def _assembled(self, entry: Entry, held: Mapping[str, Stored]) -> Series:
        part = joined(entry, {name: known(stored) for name, stored in held.items()})
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
            caveats=_caveats(part),
            pauses=pauses(entry.calendar, part.dates),
            problems=self._damage(entry.series_id),
        )
        return replace(series, late=lateness(entry, series.last_date, self.as_of))


def _last_day(held: Held) -> date | None:
    parts = [known(stored) for by_dataset in held.values() for stored in by_dataset.values()]
    return max((as_date(part.dates[-1]) for part in parts if len(part.dates)), default=None)


def _shown(entry: Entry, revision: Revision) -> Revision:
    old, new = (None if value is None else round(value * entry.factor, 10) for value in (revision.old, revision.new))
    return replace(revision, old=old, new=new)


def _caveats(part: Part) -> Caveats:
    days = {caveat: part.days(flag) for caveat, flag in _CAVEATS.items()}
    return {caveat: marked for caveat, marked in days.items() if len(marked)}


def _no_data(workspace: Workspace) -> Problem:
    return error(
        "market.empty",
        Place(file=str(workspace.data)),
        Label("The workspace holds no data yet.", "工作區尚無資料。"),
        Label("Load some with “briefing import FILE”.", "請以「briefing import 檔案」匯入。"),
    )


def _nothing_by(vintage: str) -> Problem:
    return error(
        "market.vintage",
        Place(field="vintage"),
        Label(f"Nothing was loaded by {vintage}.", f"截至版本{vintage}，尚未載入任何資料。"),
        Label("“briefing store loads” lists the vintages.", "「briefing store loads」列出所有版本。"),
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
