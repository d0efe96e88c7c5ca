"""What is said of a value that rests on a day with a caveat."""

from __future__ import annotations

from collections.abc import Iterable

from briefing import marks
from briefing.problems import NOWHERE, Place, Problem, Severity, warning
from briefing.series import Caveat, Doubt, Late
from briefing.text import Label

LATE = "series.late"
DOUBTED = frozenset(f"value.{caveat}" for caveat in Caveat)
"""The checks of the problems that are made here."""

_SEVERITIES = {Caveat.SUSPECT: Severity.WARNING, Caveat.ESTIMATE: Severity.INFO, Caveat.FORECAST: Severity.INFO}
_HINTS = {
    Caveat.SUSPECT: Label(
        "Compare it with another source; the report of its import says what was doubted.",
        "請與其他來源核對；匯入報告載明存疑原因。",
    ),
    Caveat.ESTIMATE: Label("Say in the note that it is an estimate.", "請在報告中說明為估計值。"),
    Caveat.FORECAST: Label("Say in the note that it is a forecast.", "請在報告中說明為預測值。"),
}


def late_series(series_id: str, name: Label, late: Late) -> Problem:
    """The problem of a series that is older than it should be."""
    words = marks.late(late.sessions, late.last, late.freq)
    return warning(
        LATE,
        Place(column=series_id),
        Label(f"{name.en} is {words.en}.", f"{name.zh}{words.zh}。"),
        Label("Import newer data, or say in the note how old it is.", "請匯入較新的資料，或在報告中說明資料日期。"),
    )


def gathered(doubts: Iterable[Doubt]) -> list[tuple[Doubt, int]]:
    """The first doubt of each series and caveat, and how many more days there are."""
    found: dict[tuple[str, Caveat], list[Doubt]] = {}
    for doubt in doubts:
        found.setdefault((doubt.series, doubt.caveat), []).append(doubt)
    return [(min(days, key=lambda one: one.day), len(days) - 1) for days in found.values()]


def doubted(doubt: Doubt, more: int = 0) -> Problem:
    """The problem of a day and of so many more; whoever resolves a note puts in the place."""
    days, what = marks.days(doubt.day, more), marks.CAVEATS[doubt.caveat]
    value = "values of" if more else "value of"
    verb = "are" if more else "is"
    return Problem(
        f"value.{doubt.caveat}",
        _SEVERITIES[doubt.caveat],
        NOWHERE,
        Label(
            f"{doubt.series}: the {value} {days.en} {verb} {what.en}.", f"{doubt.series}：{days.zh}的數值{what.zh}。"
        ),
        _HINTS[doubt.caveat],
    )
