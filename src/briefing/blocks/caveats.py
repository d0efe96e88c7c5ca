"""Why a value on the page is marked: late, or on a day with a caveat."""

from __future__ import annotations

from briefing import marks
from briefing.metrics.record import Value
from briefing.text import Label

NOTHING = Label("", "")


def caveats(value: Value | None) -> tuple[Label, ...]:
    """The reasons in words, none for a value that is missing or needs no mark."""
    if value is None or value.value is None:
        return ()
    late = (marks.late(value.late.sessions, value.late.last, value.late.freq),) if value.late else ()
    return (*late, *(marks.doubted(doubt.caveat, doubt.day) for doubt in value.doubts))


def joined(labels: tuple[Label, ...]) -> Label:
    """Several reasons as one: parted by semicolons."""
    return Label("; ".join(label.en for label in labels), "；".join(label.zh for label in labels))
