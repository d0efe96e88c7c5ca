"""Series that are older than they should be at the note's as-of date."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.checks.registry import Inspection, check
from briefing.metrics.doubting import LATE
from briefing.problems import Problem
from briefing.text import Label


@check("late", Label("Every series is up to date", "每個序列皆為最新"))
def late(inspection: Inspection) -> Iterable[Problem]:
    """A warning for each late series that the note uses, with how late it is."""
    return (problem for problem in inspection.found if problem.check == LATE)
