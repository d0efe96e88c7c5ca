"""Why values are suspect: which rule doubted them, in which file and on which line."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from briefing import marks
from briefing.data.health import Flagged
from briefing.data.loads import Load
from briefing.data.stores.contract import Snapshot
from briefing.data.validation.finding import Finding, finding_from_json
from briefing.data.validation.validating import all_rules
from briefing.series import Caveat, Series


class Reports:
    """The reports of loads, each read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._read: dict[int, Mapping[str, Any]] = {}

    def of(self, load: Load) -> Mapping[str, Any]:
        """The report of a load; empty when it is lost."""
        if load.load_id not in self._read:
            self._read[load.load_id] = self._snapshot.report(load)
        return self._read[load.load_id]


def flags_of(series: Series, loads: Iterable[Load], reports: Reports) -> tuple[Flagged, ...]:
    """The suspect days of a series by the newest finding that doubts them; the rest at the end, without a rule.

    `loads` are those of the series, the newest first.
    """
    suspect = series.caveats.get(Caveat.SUSPECT)
    if suspect is None:
        return ()
    open_days: list[date] = suspect.tolist()
    found: list[Flagged] = []
    for load in loads:
        if not open_days:
            break
        for flag in _flags(reports.of(load), series.id, open_days, load):
            found.append(flag)
            open_days = [day for day in open_days if day not in flag.days]
    if open_days:
        found.append(Flagged(series=series.id, days=tuple(open_days), what=marks.CAVEATS["suspect"]))
    return tuple(sorted(found, key=lambda flag: flag.days[0]))


def _flags(report: Mapping[str, Any], series: str, open_days: Sequence[date], load: Load) -> Iterator[Flagged]:
    left = list(open_days)
    for finding in _findings(report):
        entry = all_rules().get(finding.rule)
        if finding.series != series or entry is None or not entry.doubts:
            continue
        days = tuple(day for day in left if finding.first <= day <= finding.last)
        if days:
            left = [day for day in left if day not in days]
            yield Flagged(
                series=series,
                days=days,
                rule=finding.rule,
                what=finding.what,
                value=finding.value,
                line=finding.line,
                column=finding.column,
                file=load.file,
                folder=str(report.get("folder", "")),
                part=load.part,
                load_id=load.load_id,
            )


def _findings(report: Mapping[str, Any]) -> Iterator[Finding]:
    """The findings of a report; what of it is none is lost, and the days that it told of stay without a rule."""
    told = report.get("findings")
    for raw in told if isinstance(told, list) else ():
        with contextlib.suppress(ValueError):
            yield finding_from_json(raw)
