"""Problems are values: listed, clickable, and gone when their cause is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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


def problem_from_json(raw: Mapping[str, Any]) -> Problem:
    """The problem of `as_json`, every field checked. Raises `ValueError` for anything else."""
    try:
        place = Place(
            block=_text(raw["block"]),
            field=_text(raw["field"]),
            side=raw["side"] if raw["side"] in ("en", "zh") else None,
            span=_span(raw["span"]),
            file=_text(raw["file"]),
            row=raw["row"] if type(raw["row"]) is int else None,
            column=_text(raw["column"]),
        )
        message, hint = (Label(str(raw[key]["en"]), str(raw[key]["zh"])) for key in ("message", "hint"))
        return Problem(str(raw["check"]), Severity(raw["severity"]), place, message, hint)
    except (KeyError, TypeError) as fault:
        raise ValueError(f"no {fault}") from fault


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _span(value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 2 and all(type(at) is int for at in value):
        return value[0], value[1]
    raise ValueError("a span that is no pair of positions")
