"""What a rule found: which rows of which series, where they stand in the file, and what that means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from briefing.problems import Severity
from briefing.text import Label


@dataclass(frozen=True, slots=True)
class Hit:
    """Rows of one series, from `start` up to but without `stop`, and a clause on them.

    `what` completes "DGS10 on 9 January 2025 …" and 「DGS10於2025年1月9日……」; it has no full stop.
    """

    start: int
    stop: int
    what: Label


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit with its place. `value` and `line` are those of the first of `count` rows, as the file has them.

    `line` is 0 when the row comes from no line. `column` is the heading in the file, or the series id.
    """

    rule: str
    severity: Severity
    series: str
    first: date
    last: date
    count: int
    value: float | None
    line: int
    column: str
    what: Label

    def as_json(self) -> dict[str, object]:
        """The finding in the report of an import."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "series": self.series,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "count": self.count,
            "value": self.value,
            "row": self.line,
            "column": self.column,
            "what": self.what.as_json(),
        }


def finding_from_json(raw: Mapping[str, Any]) -> Finding:
    """The finding of `as_json`. Raises `ValueError` for anything else."""
    try:
        return Finding(
            rule=str(raw["rule"]),
            severity=Severity(raw["severity"]),
            series=str(raw["series"]),
            first=date.fromisoformat(raw["first"]),
            last=date.fromisoformat(raw["last"]),
            count=int(raw["count"]),
            value=None if raw["value"] is None else float(raw["value"]),
            line=int(raw["row"]),
            column=str(raw["column"]),
            what=Label(str(raw["what"]["en"]), str(raw["what"]["zh"])),
        )
    except (KeyError, TypeError) as fault:
        raise ValueError(f"no finding: {fault}") from fault


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that applies to a series but could not be judged, and why."""

    rule: str
    series: str
    why: Label

    def as_json(self) -> dict[str, object]:
        """The rule that was not judged, in the report of an import."""
        return {"rule": self.rule, "series": self.series, "why": self.why.as_json()}
