"""Whether every character of a note can be drawn, found out before anything is rendered.

A missing glyph cannot be seen afterwards: a box on the page still extracts as the right character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from briefing.problems import Place, Problem, error
from briefing.render.fonts import drawable
from briefing.text import Label, Side

_UNDRAWN = frozenset("\n\t")
_SIDE_KEYS: dict[str, Side] = {"en": "en", "zh": "zh"}


def undrawable(view: object) -> tuple[Problem, ...]:
    """A problem for each place of a document whose text holds a character that no face has."""
    have = drawable()
    problems: list[Problem] = []
    for place, text in _strings(view, Place()):
        missing = sorted({character for character in text if character not in _UNDRAWN and ord(character) not in have})
        if missing:
            problems.append(_problem(place, missing))
    return tuple(problems)


def _strings(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Every string below a value, with the block, field and side that it belongs to."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, place)
    elif isinstance(value, dict):
        block = str(value["id"]) if "id" in value and "type" in value else place.block
        for key, item in value.items():
            side = _SIDE_KEYS.get(key, place.side)
            field = place.field if key in _SIDE_KEYS or place.field else _field(key, block)
            yield from _strings(item, Place(block=block, field=field, side=side))


def _field(key: str, block: str | None) -> str | None:
    return key if block is not None or key != "blocks" else None


def _problem(place: Place, missing: list[str]) -> Problem:
    shown = ", ".join(_named(character) for character in missing)
    return error(
        "render.glyph",
        place,
        Label(f"No font of the program can draw {shown}.", f"程式的字型無法顯示{shown}。"),
        Label("Write another character in its place.", "請改用其他字元。"),
    )


def _named(character: str) -> str:
    shown = "" if unicodedata.category(character).startswith("C") else f"{character} "
    return f"{shown}(U+{ord(character):04X})"
