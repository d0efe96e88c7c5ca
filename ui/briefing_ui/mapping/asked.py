"""What is open about a file: plain values of the data worker's preview, and the choices that answer them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing.data.intake.choices import Choices
from briefing.problems import Problem
from briefing.workers.protocol import problem_from_json

_NO_ID = re.compile(r"[^A-Z0-9]+")
Preview = Mapping[str, Any]
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A problem that keeps a file from being read: in which of its tables, from 0, and what it is."""

    table: int
    problem: Problem


def open_questions(preview: Preview) -> tuple[Question, ...]:
    """Everything that has to be answered first, table by table; those that are left out ask nothing."""
    whole = [Question(0, problem_from_json(problem)) for problem in preview["problems"]]
    asked = [
        Question(at, problem_from_json(problem))
        for at, table in enumerate(preview["tables"])
        if not table["skipped"]
        for problem in table["questions"]
    ]
    return tuple(one for one in (*whole, *asked) if one.problem.severity == "error")


def can_import(preview: Preview) -> bool:
    """Whether nothing is open, and something is left to be read."""
    return not open_questions(preview) and any(not table["skipped"] for table in preview["tables"])


def asks(questions: Sequence[Question], table: int, *checks: str) -> bool:
    """Whether one of these checks asks about a table."""
    return any(one.table == table and one.problem.check in checks for one in questions)


def with_column(choices: Choices, key: str, series: str | None) -> Choices:
    """The choices with a column read as a series, as nothing (`LEFT_OUT`), or (None) as nothing was said."""
    others = {name: chosen for name, chosen in choices.columns.items() if name != key}
    return replace(choices, columns=others if series is None else {**others, key: series})


def with_table(choices: Choices, part: str, *, skipped: bool) -> Choices:
    """The choices with a table of the file left out, or not."""
    return replace(choices, skip=choices.skip | {part} if skipped else choices.skip - {part})


def new_id(key: str, typed: str, place: int) -> str:
    """An id for a new series: what was typed for it, else what its column is called, else the column's place."""
    for words in (typed, key):
        made = _NO_ID.sub("_", words.upper()).strip("_")
        if made and made[0].isalpha() and made.isascii():
            return made
    return f"SERIES_{place + 1}"


def series_count(preview: Preview) -> int:
    """How many series would be read."""
    tables = [table for table in preview["tables"] if not table["skipped"] and table["guess"]]
    return len({column["series"] for table in tables for column in table["guess"]["columns"] if column["series"]})
