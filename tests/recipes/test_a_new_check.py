"""To add a check is to write one function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from briefing.blocks.context import Context
from briefing.checks.registry import CHECKS, Inspection, check, run_checks
from briefing.note import Note
from briefing.problems import NOWHERE, Problem, info
from briefing.series import Series
from briefing.text import Label


class Nothing:
    as_of = date(2026, 3, 6)

    def series(self, series_id: str) -> Series:
        raise KeyError(series_id)

    def events(self, name: str) -> tuple[date, ...]:
        return ()


@pytest.fixture
def toy() -> Iterator[str]:
    @check("toy.short", Label("The note is long enough", "報告長度足夠"))
    def _short(inspection: Inspection) -> Iterable[Problem]:
        if len(inspection.note.blocks) < 2:
            yield info("toy.short", NOWHERE, Label("Short.", "太短。"), Label("Write more.", "請多寫。"))

    yield "toy.short"
    del CHECKS["toy.short"]


def test_it_runs_with_all_the_others(toy: str) -> None:
    found = run_checks(Inspection(Note(date=date(2026, 3, 6)), Context(source=Nothing())))
    assert toy in {problem.check for problem in found}
