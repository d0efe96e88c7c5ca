"""What resolving the note found: references without a value, figures without data."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.checks.registry import Inspection, check
from briefing.metrics.doubting import DOUBTED, LATE
from briefing.problems import Problem
from briefing.text import Label


@check("resolve", Label("Every reference and figure has its data", "每個引用與圖表皆有資料"))
def resolving(inspection: Inspection) -> Iterable[Problem]:
    """The problems that the blocks reported while they were resolved, but for those that have a check of their own."""
    return (problem for problem in inspection.found if problem.check not in {LATE, *DOUBTED})
