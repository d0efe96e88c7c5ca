"""How every series stands, the derived ones too: they have the troubles of the series they are computed from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain

from briefing.data.catalogue import Entry
from briefing.data.health import Health, State
from briefing.data.intake.refreshing import out_of_reach
from briefing.data.intake.refusals import refusals
from briefing.data.lateness import expected
from briefing.data.series_health import file_health, judged, place_health
from briefing.data.workspace import Workspace
from briefing.metrics.derived import Derived, legs_of
from briefing.problems import Problem, Refused
from briefing.series import Caveat

_ORDER = {state: place for place, state in enumerate(State)}


def health(workspace: Workspace, opened: Callable[[], Derived]) -> tuple[Health, ...]:
    """Every series, refused file and watched folder out of reach, the worst first.

    `opened` gives the market of the workspace; one without data has its files only. Raises `Refused` as
    `Market` does.
    """
    try:
        rows = _all(opened())
    except Refused as refused:
        if [problem.check for problem in refused.problems] != ["market.empty"]:
            raise
        rows = tuple(file_health(one) for one in refusals(workspace))
    rows += tuple(place_health(problem) for problem in out_of_reach(workspace))
    return tuple(sorted(rows, key=lambda row: (_ORDER[row.state], not row.series, row.series, row.name.en)))


def _all(source: Derived) -> tuple[Health, ...]:
    stored = source.market.health()
    known = {row.series: row for row in stored if row.series}
    entries = [source.catalogue.entry(name) for name in source.ids() if name not in known]
    for entry in entries:
        if entry is not None:
            _judge(source, entry, known)
    return (*known.values(), *(row for row in stored if not row.series))


def _judge(source: Derived, entry: Entry, known: dict[str, Health]) -> Health:
    """The health of a derived series and, before it, of what it is computed from; each is added to what is known."""
    legs = []
    for name in legs_of(entry):
        leg = source.catalogue.entry(name)
        if leg is not None:
            legs.append(known[leg.series_id] if leg.series_id in known else _judge(source, leg, known))
    known[entry.series_id] = row = _derived(source, entry, legs)
    return row


def _derived(source: Derived, entry: Entry, legs: Sequence[Health]) -> Health:
    problems = _once(leg.problems for leg in legs)
    row = Health(
        series=entry.series_id,
        name=entry.name,
        state=State.FAILED,
        words=entry.name,
        calendar=entry.calendar,
        freq=entry.freq,
        formula=entry.formula,
        refused=next((leg.refused for leg in legs if leg.refused), None),
        problems=problems,
    )
    try:
        series = source.series(entry.series_id)
    except Refused as refused:
        problems = _once((problems, refused.problems))
        return replace(row, words=problems[0].message, problems=problems)
    suspect = Caveat.SUSPECT in series.caveats
    doubts = (flag for leg in legs for flag in leg.flags) if suspect else ()
    flags = tuple(sorted(dict.fromkeys(doubts), key=lambda flag: flag.days[0]))
    ahead = expected(entry, series.last_date)
    state, words = judged(problems, series.late, flags, series.last_date)
    return replace(
        row,
        state=state,
        words=words,
        last=series.last_date,
        expected=ahead.day if ahead else None,
        due=ahead.due if ahead else None,
        late=series.late,
        rows=len(series),
        flags=flags,
    )


def _once(told: Iterable[Iterable[Problem]]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(told)))
