"""Older formats of the note file brought up to the present one, one step a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from briefing.note import FORMAT

Step = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: dict[int, Step] = {}
"""By the format that a step starts from; it leads to the next one."""


def migration(start: int) -> Callable[[Step], Step]:
    """Enter a step in the table; the function itself is returned unchanged."""

    def enter(step: Step) -> Step:
        MIGRATIONS[start] = step
        return step

    return enter


def migrated(table: dict[str, Any], found: int, wanted: int = FORMAT) -> dict[str, Any]:
    """The whole file as a table of the wanted format. Raises `KeyError` when a step is missing."""
    for number in range(found, wanted):
        table = MIGRATIONS[number](table)
    return table
