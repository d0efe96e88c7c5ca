"""An entry of the catalogue is changed: checked by itself, and its formula by computing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from briefing.data.catalogue import load_catalogue
from briefing.data.catalogue_writing import Change, changed_entry, write_entry
from briefing.data.entry import Entry
from briefing.data.workspace import Workspace
from briefing.metrics.derived import Derived, open_source
from briefing.metrics.formula import legs, parse_formula
from briefing.problems import Place, Problem, Refused, Severity, error, warning
from briefing.series import Series
from briefing.text import Label

_NO_DATA_YET = frozenset({"market.empty", "market.not_loaded", "formula.dates"})


def declare(workspace: Workspace, series_id: str, change: Change) -> tuple[Entry, tuple[Problem, ...]]:
    """Write a changed entry; with warnings when its formula cannot be computed for want of data.

    Raises `Refused` for an entry that is not valid, a formula that makes no sense, names unknown series,
    goes round in a circle or gives another unit than declared. Nothing is written then.
    """
    problems = check_entry(workspace, changed_entry(workspace, series_id, change))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise Refused(*problems)
    return write_entry(workspace, series_id, change), problems


def check_entry(workspace: Workspace, entry: Entry) -> tuple[Problem, ...]:
    """What is wrong with the formula of an entry that need not be in the catalogue; nothing without a formula."""
    return try_entry(workspace, entry, partial(open_source, workspace))[1]


def try_entry(
    workspace: Workspace, entry: Entry, opened: Callable[[], Derived]
) -> tuple[Series | None, tuple[Problem, ...]]:
    """What the formula of an entry gives in the market that `opened` gives, and what is wrong with it.

    The entry need not be in the catalogue. None for one without a formula, and for one that cannot be computed.
    """
    if not entry.formula:
        return None, ()
    try:
        known = load_catalogue(workspace)
        strangers = [
            name for name in legs(parse_formula(entry.formula)) if known.entry(name) is None and name != entry.series_id
        ]
        if strangers:
            return None, tuple(_stranger(name) for name in strangers)
        return opened().preview(entry), ()
    except Refused as refused:
        return None, tuple(_weighed(problem) for problem in refused.problems)


def _weighed(problem: Problem) -> Problem:
    """What only waits for data does not stand in the way of a formula."""
    if problem.check not in _NO_DATA_YET:
        return problem
    return warning(problem.check, problem.place, problem.message, problem.hint)


def _stranger(name: str) -> Problem:
    return error(
        "formula.unknown",
        Place(field="formula"),
        Label(f"The catalogue has no series {name}.", f"目錄中沒有序列{name}。"),
        Label("Correct the id, or declare that series first.", "請更正代碼，或先登錄該序列。"),
    )
