"""The table of rules. A rule is a function over one series; entering it here is all it takes to run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from briefing.data.entry import Entry
from briefing.data.validation.finding import Hit
from briefing.data.validation.subject import Subject
from briefing.problems import Severity
from briefing.series import Kind
from briefing.text import Label

Judge = Callable[[Subject], Iterable[Hit]]

ALL_KINDS = frozenset(Kind)
PARAMETER = "parameter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule and what follows from a hit.

    `severity` ERROR refuses the file, WARNING accepts it and INFO only tells. `doubts` says whether the
    rows of a hit are flagged as suspect. The rule is for series of `kinds` with `freqs`; of those it
    judges the ones with `least` values, the others are said to be skipped. `hint` says what to do.
    """

    name: str
    label: Label
    severity: Severity
    hint: Label
    judge: Judge
    kinds: frozenset[Kind]
    freqs: frozenset[str]
    least: int
    doubts: bool

    def fits(self, entry: Entry) -> bool:
        """Whether the rule is for a series.

        A rule for some kinds says how such values move; the parameters of a model, which the catalogue tags
        `parameter`, move like none of them.
        """
        told = self.kinds == ALL_KINDS or PARAMETER not in entry.tags
        return told and entry.kind in self.kinds and entry.freq in self.freqs


RULES: dict[str, Rule] = {}


def rule(
    name: str,
    label: Label,
    severity: Severity,
    *,
    hint: Label,
    kinds: frozenset[Kind] = ALL_KINDS,
    freqs: str = "DWMQ",
    least: int = 1,
    doubts: bool = False,
) -> Callable[[Judge], Judge]:
    """Enter a function in the table; it is returned unchanged. Fields are those of `Rule`."""

    def enter(judge: Judge) -> Judge:
        RULES[name] = Rule(
            name=name,
            label=label,
            severity=severity,
            hint=hint,
            judge=judge,
            kinds=kinds,
            freqs=frozenset(freqs),
            least=least,
            doubts=doubts,
        )
        return judge

    return enter
