"""What is said of a value that rests on a day with a caveat."""

from __future__ import annotations

from briefing import marks, numbers
from briefing.problems import NOWHERE, Problem, Severity
from briefing.series import Caveat, Doubt
from briefing.text import Label

_SEVERITIES = {Caveat.SUSPECT: Severity.WARNING, Caveat.ESTIMATE: Severity.INFO, Caveat.FORECAST: Severity.INFO}
_HINTS = {
    Caveat.SUSPECT: Label(
        "Compare it with another source; the report of its import says what was doubted.",
        "請與其他來源核對；匯入報告載明存疑原因。",
    ),
    Caveat.ESTIMATE: Label("Say in the note that it is an estimate.", "請在報告中說明為估計值。"),
    Caveat.FORECAST: Label("Say in the note that it is a forecast.", "請在報告中說明為預測值。"),
}


def doubted(doubt: Doubt) -> Problem:
    """The problem of one day; whoever resolves a note puts in the place."""
    day, what = numbers.day(doubt.day), marks.CAVEATS[doubt.caveat]
    return Problem(
        f"value.{doubt.caveat}",
        _SEVERITIES[doubt.caveat],
        NOWHERE,
        Label(f"{doubt.series}: the value of {day.en} is {what.en}.", f"{doubt.series}：{day.zh}的數值{what.zh}。"),
        _HINTS[doubt.caveat],
    )
