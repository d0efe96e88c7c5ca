"""The table of checks, and the run over a note."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import briefing.checks
from briefing.blocks.context import Context
from briefing.note import Note
from briefing.problems import Problem, Severity
from briefing.text import Label

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a check looks at: the note, the market it resolves against, and what resolving found."""

    note: Note
    context: Context
    found: tuple[Problem, ...] = ()


Rule = Callable[[Inspection], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with its id, and what it looks for in words."""

    name: str
    label: Label
    rule: Rule


CHECKS: dict[str, Check] = {}


def check(name: str, label: Label) -> Callable[[Rule], Rule]:
    """Enter a rule in the table; the function itself is returned unchanged."""

    def enter(rule: Rule) -> Rule:
        CHECKS[name] = Check(name, label, rule)
        return rule

    return enter


def all_checks() -> dict[str, Check]:
    """The table with every file of this package read."""
    for module in pkgutil.iter_modules(briefing.checks.__path__):
        importlib.import_module(f"{briefing.checks.__name__}.{module.name}")
    return CHECKS


def run_checks(inspection: Inspection) -> tuple[Problem, ...]:
    """Every problem of a note, errors first, then in the order of the note. No clock, no network."""
    found = (problem for entry in all_checks().values() for problem in entry.rule(inspection))
    places = {block.id: index for index, block in enumerate(inspection.note.blocks)}

    def order(problem: Problem) -> tuple[int, int, str]:
        return _ORDER[problem.severity], places.get(problem.place.block or "", -1), problem.check

    return tuple(sorted(dict.fromkeys(found), key=order))
