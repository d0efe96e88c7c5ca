"""To add a rule on data is to write one function."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from briefing.data.catalogue import load_catalogue
from briefing.data.tidy import Flag, SeriesRows, tidy_of
from briefing.data.validation.finding import Hit
from briefing.data.validation.rules import RULES, rule
from briefing.data.validation.stretches import stretches
from briefing.data.validation.subject import Subject
from briefing.data.validation.validating import validate
from briefing.problems import Severity
from briefing.text import Label


@pytest.fixture
def toy() -> Iterator[str]:
    @rule(
        "toy_thirteen",
        Label("No thirteen", "沒有十三"),
        Severity.WARNING,
        hint=Label("Ask.", "請詢問。"),
        doubts=True,
    )
    def _thirteen(subject: Subject) -> Iterator[Hit]:
        for start, stop in stretches(subject.values == 13):
            yield Hit(start, stop, Label("is thirteen", "為十三"))

    yield "toy_thirteen"
    del RULES["toy_thirteen"]


def test_its_hits_are_findings_problems_and_flags(toy: str) -> None:
    days = np.array(["2024-06-26", "2024-06-27", "2024-06-28"], dtype="datetime64[D]")
    lines = np.array([2, 3, 4], dtype=np.int32)
    rows = tidy_of([SeriesRows("VIXCLS", days, np.array([12.0, 13.0, 14.0]), np.zeros(3, dtype=np.uint8), lines)])

    result = validate(rows, load_catalogue(), {}, date(2024, 6, 28), file="vix.csv")

    [finding] = [one for one in result.findings if one.rule == toy]
    assert (finding.line, finding.value) == (3, 13.0)
    [problem] = [one for one in result.problems if one.check == f"import.{toy}"]
    assert problem.message.zh == "vix.csv第3行：VIXCLS於2024年6月27日為十三。"
    assert result.rows.flags.tolist() == [Flag.OK, Flag.SUSPECT, Flag.OK]
