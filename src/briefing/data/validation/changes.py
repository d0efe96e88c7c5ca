"""What a load changes in what was known: revised history, and days that are gone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from briefing.data.validation.finding import Hit
from briefing.data.validation.rules import rule
from briefing.data.validation.subject import Subject
from briefing.problems import Severity
from briefing.text import Label

_MUCH = 0.01


@rule(
    "revised",
    Label("At most one value in a hundred revised", "修正不超過百分之一"),
    Severity.WARNING,
    hint=Label(
        "See whether the source or its adjustment is another one; the old values stay under their vintage.",
        "請確認來源或還原方式是否不同；舊值仍保留在其資料版本。",
    ),
)
def revised(subject: Subject) -> Iterator[Hit]:
    """More than one in a hundred of the values that were known before are other ones now."""
    here, there = subject.common
    old = subject.known[1][there]
    other = np.flatnonzero(subject.values[here] != old)
    if len(other) > _MUCH * len(here):
        row, was = int(here[other[0]]), old[other[0]]
        yield Hit(
            row,
            row + 1,
            Label(
                f"was {was:g} before; {len(other):,} of {len(here):,} known values have changed",
                f"先前為{was:g}；{len(here):,}個已知數值中有{len(other):,}個已修正",
            ),
        )


@rule(
    "vanished",
    Label("Every day that was known before", "先前已知的日期都在"),
    Severity.WARNING,
    hint=Label("See whether the file is complete; the old values stay.", "請確認檔案是否完整；原值保留。"),
)
def vanished(subject: Subject) -> Iterator[Hit]:
    """Days inside the span of the file that had a value before and are not in it any more."""
    old, listed = subject.known[0], subject.days.listed
    inside = old[(old >= listed[0]) & (old <= listed[-1])]
    gone = inside[~np.isin(inside, listed)] if len(inside) else inside
    if len(gone):
        row = min(int(np.searchsorted(subject.dates, gone[0])), len(subject) - 1)
        yield Hit(
            row,
            row + 1,
            Label(
                f"stands beside days that were known and are not in the file any more, {len(gone):,} in all",
                f"前後有先前已知但檔案中已無的日期，共{len(gone):,}日",
            ),
        )
