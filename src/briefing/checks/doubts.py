"""Values that rest on a day which a check doubted, or which its source calls an estimate or forecast."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.checks.registry import Inspection, check
from briefing.metrics.doubting import DOUBTED
from briefing.problems import Problem
from briefing.text import Label


@check("doubted", Label("No value rests on a doubted day", "沒有數值取自存疑的日期"))
def doubted(inspection: Inspection) -> Iterable[Problem]:
    """A warning at each reference, cell or figure that rests on a suspect day; a remark for an estimate or forecast."""
    return (problem for problem in inspection.found if problem.check in DOUBTED)
