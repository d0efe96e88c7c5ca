"""The health of stored series and of files: what the store, the reports of its loads and refused files say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from briefing import marks
from briefing.data.catalogue import Catalogue
from briefing.data.doubted_days import Reports, flags_of
from briefing.data.health import Flagged, Health, Origin, State
from briefing.data.intake.refusals import Refusal
from briefing.data.lateness import expected
from briefing.data.loads import Load
from briefing.data.stores.contract import Snapshot, StoreFault
from briefing.problems import Problem, Severity
from briefing.series import Late, Series
from briefing.text import Label

_NOTHING_YET = Label("no value yet", "尚無數值")


@dataclass(frozen=True)
class Evidence:
    """What the health of series is judged by: a view of the store, the catalogue, and the refused files."""

    snapshot: Snapshot
    catalogue: Catalogue
    refusals: Sequence[Refusal]

    def stored(self, series: Iterable[Series]) -> tuple[Health, ...]:
        """The health of stored series, in the order given; then that of files and of the store as a whole."""
        rows = tuple(self._series(one) for one in series)
        rows += tuple(self._unread(name) for name in self._faulty(rows))
        shown = {row.refused for row in rows}
        files = tuple(file_health(one) for one in self.refusals if one not in shown)
        return (*rows, *files, *(place_health(fault.problem) for fault in self._faults if fault.series is None))

    def _faulty(self, rows: Iterable[Health]) -> list[str]:
        """The series of which nothing can be read at all."""
        shown = {row.series for row in rows}
        return sorted({name for fault in self._faults for name in fault.series or ()} - shown)

    def _unread(self, name: str) -> Health:
        entry = self.catalogue.entry(name)
        problems = self._damage(name)
        return Health(
            series=name,
            name=entry.name if entry else Label(name, name),
            state=State.FAILED,
            words=problems[0].message,
            calendar=entry.calendar if entry else "",
            freq=entry.freq if entry else "",
            problems=problems,
        )

    def _damage(self, name: str) -> tuple[Problem, ...]:
        return tuple(fault.problem for fault in self._faults if fault.series is not None and name in fault.series)

    def _series(self, series: Series) -> Health:
        entry = self.catalogue.entry(series.id)
        refused = self._refused.get(series.id)
        problems = (*self._damage(series.id), *(refused.problems if refused else ()))
        flags = flags_of(series, self._bringing.get(series.id, ()), self._reports)
        ahead = expected(entry, series.last_date) if entry else None
        load = self._origins.get(series.id)
        state, words = judged(problems, series.late, flags, series.last_date)
        return Health(
            series=series.id,
            name=series.name,
            state=state,
            words=words,
            last=series.last_date,
            expected=ahead.day if ahead else None,
            due=ahead.due if ahead else None,
            late=series.late,
            calendar=series.calendar,
            freq=entry.freq if entry else "",
            rows=len(series),
            origin=self._origin(load) if load else None,
            flags=flags,
            refused=refused,
            problems=problems,
        )

    def _origin(self, load: Load) -> Origin:
        folder = str(self._reports.of(load).get("folder", ""))
        return Origin(
            dataset=load.dataset,
            file=load.file,
            folder=folder,
            part=load.part,
            vintage=load.vintage,
            load_id=load.load_id,
        )

    @property
    def _faults(self) -> tuple[StoreFault, ...]:
        """What of the store is damaged. That a copy is shown instead is a warning, and fails no series."""
        return tuple(fault for fault in self.snapshot.faults if fault.problem.severity is Severity.ERROR)

    @cached_property
    def _reports(self) -> Reports:
        return Reports(self.snapshot)

    @cached_property
    def _bringing(self) -> Mapping[str, list[Load]]:
        """The loads of each series, the newest first."""
        found: dict[str, list[Load]] = {}
        for load in reversed(self.snapshot.loads):
            for name in load.series:
                found.setdefault(name, []).append(load)
        return found

    @cached_property
    def _origins(self) -> Mapping[str, Load]:
        """The newest of the loads that brought the last value of each series, or the newest one."""
        return {
            name: max(loads, key=lambda load: (load.series[name], load.order)) for name, loads in self._bringing.items()
        }

    @cached_property
    def _refused(self) -> Mapping[str, Refusal]:
        """The newest refused file of each series, unless a later load brought the series all the same."""
        found: dict[str, Refusal] = {}
        for refusal in sorted(self.refusals, key=lambda one: one.at):
            for name in self._series_of(refusal):
                loads = self._bringing.get(name)
                if loads and loads[0].vintage <= refusal.at:
                    found[name] = refusal
        return found

    def _series_of(self, refusal: Refusal) -> frozenset[str]:
        """The series that a refused file was seen to hold, and those that came with it when it was loaded last."""
        named = frozenset(refusal.series)
        for load in reversed(self.snapshot.loads):
            if load.file == refusal.file and self._reports.of(load).get("folder", refusal.folder) == refusal.folder:
                fellows = load.batch or (load.load_id,)
                same = (one for one in self.snapshot.loads if one.load_id in fellows)
                return named | {name for one in same for name in one.series}
        return named


def judged(
    problems: Sequence[Problem], late: Late | None, flags: Sequence[Flagged], last: date | None
) -> tuple[State, Label]:
    """The worst that is to be said of a series, and its words."""
    if problems:
        return State.FAILED, problems[0].message
    if last is None:
        return State.LATE, _NOTHING_YET
    if late is not None:
        return State.LATE, marks.late(late.sessions, late.last, late.freq)
    if flags:
        days = sorted({day for flag in flags for day in flag.days})
        return State.FLAGGED, marks.doubted("suspect", days[0], len(days) - 1)
    return State.FRESH, marks.last_day(last)


def file_health(refusal: Refusal) -> Health:
    """The row of a refused file that belongs to no series of the store."""
    return Health(
        series="",
        name=Label(refusal.file, refusal.file),
        state=State.FAILED,
        words=refusal.problems[0].message if refusal.problems else Label("refused", "遭拒絕"),
        refused=refusal,
        problems=refusal.problems,
    )


def place_health(problem: Problem) -> Health:
    """The row of a folder or file that something is wrong with as a whole."""
    name = Path(problem.place.file or "").name
    return Health(series="", name=Label(name, name), state=State.FAILED, words=problem.message, problems=(problem,))
