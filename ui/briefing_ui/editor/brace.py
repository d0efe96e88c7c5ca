"""The reference that the caret is in while it is being typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing_ui.editor.marking import Marked

_REST = re.compile(r"[A-Za-z0-9_.,@|-]*\}")


@dataclass(frozen=True, slots=True)
class OpenBrace:
    """From `start` (its brace) to `end` of the source; `typed` is what stands between brace and caret."""

    start: int
    end: int
    typed: str


def open_brace(source: str, caret: int) -> OpenBrace | None:
    """The brace left of the caret that is neither closed nor escaped, or None."""
    start = source.rfind("{", 0, caret)
    typed = source[start + 1 : caret]
    if start < 0 or "}" in typed or "\n" in typed or _escaped(source, start):
        return None
    rest = _REST.match(source, caret)
    return OpenBrace(start, rest.end() if rest else caret, typed)


def completed(source: str, brace: OpenBrace, ref: str) -> Marked:
    """The source with the reference in place of what was typed, the caret behind it."""
    after = f"{source[: brace.start]}{{{ref}}}"
    return Marked(after + source[brace.end :], len(after), len(after))


def _escaped(source: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before a brace."""
    before = source[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
