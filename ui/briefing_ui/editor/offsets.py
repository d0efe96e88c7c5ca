"""Where a place of a text is: Qt counts UTF-16 units, Python counts code points. Converted only here."""

from __future__ import annotations

_LAST_OF_ONE_UNIT = "\uffff"


def units(words: str) -> int:
    """The length of a text as Qt counts it."""
    return len(words) + sum(sign > _LAST_OF_ONE_UNIT for sign in words)


def to_units(words: str, at: int) -> int:
    """The place before code point `at`, as Qt counts it."""
    return units(words[:at])


def from_units(words: str, position: int) -> int:
    """The code point at a place of Qt's; inside a character of two units it is that character."""
    passed = 0
    for at, sign in enumerate(words):
        passed += 2 if sign > _LAST_OF_ONE_UNIT else 1
        if passed > position:
            return at
    return len(words)
