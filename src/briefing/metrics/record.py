"""A value with its provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812 - a field is called date

from briefing import numbers
from briefing.metrics.metric import Fact
from briefing.problems import Problem
from briefing.reference import Reference
from briefing.series import Doubt, Late
from briefing.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a reference stands for. `value` None means that it could not be computed; `problems` say why.

    `text` is for a sentence, `short` for a table's cell. `date` is the true date of the value,
    `base_date` that of the level a change counts from, `window_start` the first day of a sample and
    `n` its observations (returns for a volatility). `late` is set when an input is older than it
    should be, `doubts` when the day of the value or its base day has a caveat, of which `problems` then
    tell. `facts` holds what else is worth knowing (legs, size, whether a tie).
    """

    ref: Reference
    value: float | None
    unit: str
    text: Text
    short: Text
    date: Day | None = None
    base_date: Day | None = None
    window_start: Day | None = None
    n: int | None = None
    vintage: str = ""
    series: tuple[str, ...] = ()
    late: Late | None = None
    doubts: tuple[Doubt, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The printed form of `briefing value --json`."""
        return {
            "ref": self.ref.text,
            "value": self.value,
            "unit": self.unit,
            "text": {"en": self.text.en, "zh": self.text.zh},
            "date": _iso(self.date),
            "base_date": _iso(self.base_date),
            "window_start": _iso(self.window_start),
            "n": self.n,
            "vintage": self.vintage,
            "series": list(self.series),
            "late": self.late.as_json() if self.late else None,
            "doubts": [doubt.as_json() for doubt in self.doubts],
            "facts": dict(self.facts),
            "problems": [problem.as_json() for problem in self.problems],
        }


def missing(ref: Reference, problems: tuple[Problem, ...]) -> Value:
    """A value that could not be computed, printed as a dash."""
    dash = Text(numbers.MISSING.en, numbers.MISSING.zh)
    return Value(ref=ref, value=None, unit="", text=dash, short=dash, series=ref.ids, problems=problems)


def _iso(day: Day | None) -> str | None:
    return day.isoformat() if day else None
