"""Problems are values: listed, clickable, and gone when their cause is gone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing.text import Label, Side


class Severity(StrEnum):
    """How bad a problem is. An error blocks an export; the others never do."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: in a note (block, field, side, span) or in a file (file, row, column).

    `span` counts code points of the side's text; `row` counts lines of the file from 1.
    """

    block: str | None = None
    field: str | None = None
    side: Side | None = None
    span: tuple[int, int] | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: which check, how bad, where, what is wrong, and what the user can do."""

    check: str
    severity: Severity
    place: Place
    message: Label
    hint: Label

    def as_json(self) -> dict[str, object]:
        """The printed form of `briefing check --json`."""
        place = self.place
        return {
            "check": self.check,
            "severity": self.severity.value,
            "block": place.block,
            "field": place.field,
            "side": place.side,
            "span": list(place.span) if place.span else None,
            "file": place.file,
            "row": place.row,
            "column": place.column,
            "message": self.message.as_json(),
            "hint": self.hint.as_json(),
        }


class Refused(Exception):
    """Work that could not be done, with the problems that say why. The only error class of the core."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message.en for problem in problems))
        self.problems = problems


def error(check: str, place: Place, message: Label, hint: Label) -> Problem:
    """A problem that blocks an export."""
    return Problem(check, Severity.ERROR, place, message, hint)


def warning(check: str, place: Place, message: Label, hint: Label) -> Problem:
    """A problem that a reader should know of."""
    return Problem(check, Severity.WARNING, place, message, hint)


def info(check: str, place: Place, message: Label, hint: Label) -> Problem:
    """A remark."""
    return Problem(check, Severity.INFO, place, message, hint)


def has_errors(problems: tuple[Problem, ...] | list[Problem]) -> bool:
    """Whether any of the problems blocks an export."""
    return any(problem.severity is Severity.ERROR for problem in problems)
