"""How a recognised table is to be read: its ids, its date style, its decimal sign. What is open is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from briefing.data.choices import Choices
from briefing.data.naming import named
from briefing.data.plans import Plan
from briefing.data.recognising import Candidate
from briefing.data.shape import Sheet
from briefing.data.styles import date_style, number_style
from briefing.problems import Problem, Refused

T = TypeVar("T")


def plan(sheet: Sheet, chosen: Candidate, choices: Choices, *, certain: bool) -> Plan:
    """Settle everything that reading needs. Raises `Refused` with every question that a choice answers.

    `certain` says that a person named the format, now or for the folder.
    """
    questions: list[Problem] = []

    def settled(ask: Callable[[], T]) -> T | None:
        try:
            return ask()
        except Refused as refusal:
            questions.extend(refusal.problems)
            return None

    shape, grid = chosen.shape, sheet.grid
    names = settled(lambda: named(sheet, chosen, choices, certain=certain))
    dates = settled(lambda: date_style(grid, shape, choices.dates))
    numbers = settled(lambda: number_style(grid, shape, choices.numbers))
    if names is None or dates is None or numbers is None:
        raise Refused(*questions)
    return Plan(
        shape=shape,
        dates=dates,
        numbers=numbers,
        columns=names.columns,
        series=names.series,
        decided=names.decided,
    )
