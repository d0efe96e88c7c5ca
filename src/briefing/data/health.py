"""How a series stands: fresh, late, flagged or failed, and which file, load and line that comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from briefing.data.intake.refusals import Refusal
from briefing.data.vintages import loaded_at
from briefing.problems import Problem
from briefing.series import Late
from briefing.text import Label


class State(StrEnum):
    """The worst that is to be said of a series; what stands first is worse."""

    FAILED = "failed"
    """Its file was refused, or what is stored of it cannot be read."""
    LATE = "late"
    FLAGGED = "flagged"
    """Some of its values are suspect."""
    FRESH = "fresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """Suspect values of a stored series that one rule doubted in one file.

    `days` are the days that are still suspect, sorted. `value` and `line` are those of the first row that the
    rule found, as the file has them; `line` is 0 and `load_id` 0 where no report says it. `rule` is empty for
    values that were doubted without a rule, such as the last one of a file that may be cut off.
    """

    series: str
    days: tuple[date, ...]
    rule: str = ""
    what: Label
    value: float | None = None
    line: int = 0
    column: str = ""
    file: str = ""
    folder: str = ""
    part: str = ""
    load_id: int = 0

    def as_json(self) -> dict[str, object]:
        """The printed form in a row of `briefing health --json`."""
        return {
            "series": self.series,
            "days": [day.isoformat() for day in self.days],
            "rule": self.rule,
            "what": self.what.as_json(),
            "value": self.value,
            "row": self.line,
            "column": self.column,
            "file": self.file,
            "folder": self.folder,
            "part": self.part,
            "load_id": self.load_id,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the newest value of a series came from; `folder` is empty where unknown."""

    dataset: str
    file: str
    folder: str
    part: str
    vintage: str
    load_id: int

    def as_json(self) -> dict[str, object]:
        """The printed form in a row of `briefing health --json`."""
        return {
            "dataset": self.dataset,
            "file": self.file,
            "folder": self.folder,
            "part": self.part,
            "vintage": self.vintage,
            "loaded_at": loaded_at(self.vintage),
            "load_id": self.load_id,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a series stands at the as-of date, in words too.

    `series` is empty for a file or folder that belongs to no series. `expected` is the day of the next
    observation by the series' own calendar, `due` the day by which it is published; None for a series that has
    ended. `rows` counts observations up to the as-of date. `formula` is set for a derived series, which has
    the troubles of the series that it is computed from. `problems` say why it failed; `refused` is the file
    whose last import was refused.
    """

    series: str
    name: Label
    state: State
    words: Label
    last: date | None = None
    expected: date | None = None
    due: date | None = None
    late: Late | None = None
    calendar: str = ""
    freq: str = ""
    rows: int = 0
    formula: str = ""
    origin: Origin | None = None
    flags: tuple[Flagged, ...] = ()
    refused: Refusal | None = None
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, object]:
        """A row of `briefing health --json`."""
        return {
            "series": self.series,
            "name": self.name.as_json(),
            "state": self.state.value,
            "words": self.words.as_json(),
            "last": _iso(self.last),
            "expected": _iso(self.expected),
            "due": _iso(self.due),
            "late": self.late.as_json() if self.late else None,
            "calendar": self.calendar,
            "freq": self.freq,
            "rows": self.rows,
            "formula": self.formula,
            "origin": self.origin.as_json() if self.origin else None,
            "flags": [flag.as_json() for flag in self.flags],
            "refused": self.refused.as_json() if self.refused else None,
            "problems": [problem.as_json() for problem in self.problems],
        }


def counted(rows: Iterable[Health]) -> dict[State, int]:
    """How many rows there are of each state, the worst first."""
    found = Counter(row.state for row in rows)
    return {state: found[state] for state in State}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
