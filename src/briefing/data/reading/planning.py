"""How a recognised table is to be read: its ids, its date style, its decimal sign. What is open is asked."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.data.dates.date_text import DateStyle
from briefing.data.intake.choices import Choices
from briefing.data.reading.naming import Named, named
from briefing.data.reading.number_text import NumberStyle
from briefing.data.reading.plans import Plan
from briefing.data.reading.recognising import Candidate
from briefing.data.reading.styles import date_style, number_style
from briefing.problems import Problem, Refused


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of the reading of a table; a style is None, and an entry is not there, where it is asked."""

    names: Named
    dates: DateStyle | None
    numbers: NumberStyle | None
    questions: tuple[Problem, ...]


def settle(chosen: Candidate, choices: Choices, *, certain: bool) -> Settled:
    """Find out everything that reading needs, with every question that a choice answers.

    `certain` says that a person named the format, now or for the folder.
    """
    sheet, shape = chosen.sheet, chosen.shape
    names = named(sheet, chosen, choices, certain=certain)
    questions = list(names.questions)
    dates, numbers = None, None
    try:
        dates = date_style(sheet.grid, shape, choices.dates)
    except Refused as refusal:
        questions += refusal.problems
    try:
        numbers = number_style(sheet.grid, shape, choices.numbers)
    except Refused as refusal:
        questions += refusal.problems
    return Settled(names, dates, numbers, tuple(questions))


def plan(chosen: Candidate, choices: Choices, *, certain: bool) -> Plan:
    """The way to read a table. Raises `Refused` with every question that is open."""
    settled = settle(chosen, choices, certain=certain)
    if settled.questions or settled.dates is None or settled.numbers is None:
        raise Refused(*settled.questions)
    return Plan(
        shape=chosen.shape,
        dates=settled.dates,
        numbers=settled.numbers,
        columns=settled.names.columns,
        series=settled.names.series,
        decided=settled.names.decided,
    )
