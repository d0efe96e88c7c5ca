"""The table of rules over a chain. Entering a function here is all it takes to run."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from briefing.data.chains.chain import Chain
from briefing.data.chains.reading import ReadChain
from briefing.problems import Severity
from briefing.text import Label


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A chain to judge, the newest stored one of its root and clock until its session, and the day of the load."""

    read: ReadChain
    before: Chain | None
    loaded_on: date

    @property
    def chain(self) -> Chain:
        """The chain as read."""
        return self.read.chain


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """Contracts that a rule found, by their places, and a clause on them; none for the chain as a whole.

    `what` completes “SPX of 9 June 2023 …” and 「SPX（2023年6月9日）……」; it has no full stop.
    """

    what: Label
    column: str = ""
    places: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, dtype=np.intp))


Judge = Callable[[Subject], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRule:
    """A rule and what follows from a hit: ERROR refuses the file, WARNING accepts it; `doubts` marks the contracts."""

    name: str
    label: Label
    severity: Severity
    hint: Label
    judge: Judge
    doubts: bool


CHAIN_RULES: dict[str, ChainRule] = {}


def chain_rule(
    name: str, label: Label, severity: Severity, *, hint: Label, doubts: bool = False
) -> Callable[[Judge], Judge]:
    """Enter a function in the table; it is returned unchanged. Fields are those of `ChainRule`."""

    def enter(judge: Judge) -> Judge:
        CHAIN_RULES[name] = ChainRule(name=name, label=label, severity=severity, hint=hint, judge=judge, doubts=doubts)
        return judge

    return enter


@cache
def all_chain_rules() -> Mapping[str, ChainRule]:
    """The table with every file of this package read."""
    package = importlib.import_module("briefing.data.chains.rules")
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    return CHAIN_RULES
