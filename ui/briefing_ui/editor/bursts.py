"""Which keystrokes make one step of the history: words, not letters."""

from __future__ import annotations

from itertools import count
from typing import Literal

_NUMBERS = count(1)


class Bursts:
    """Gives edits of one text the key under which they merge.

    A burst ends where a word does, where typing turns into deleting or back, and when it is told to.
    """

    def __init__(self) -> None:
        self._kind: Literal["", "typed", "deleted"] = ""
        self._key = ""

    def key(self, before: str, after: str) -> str:
        """The key of an edit that leads from one text to another."""
        kind: Literal["typed", "deleted"] = "typed" if len(after) > len(before) else "deleted"
        if kind != self._kind:
            self._kind, self._key = kind, f"burst {next(_NUMBERS)}"
        key = self._key
        if kind == "typed" and not _within_word(before, after):
            self.end()
        return key

    def end(self) -> None:
        """Let the next edit begin a step of its own."""
        self._kind = ""


def _within_word(before: str, after: str) -> bool:
    """Whether the sign that came in belongs to a word."""
    at = next((at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(before))
    return after[at : at + 1].isalnum()
