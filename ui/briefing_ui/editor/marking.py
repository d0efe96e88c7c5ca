"""Putting inline marks around words and taking them off again, on a text's source and a selection in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mark = Literal["**", "=="]
_ADDRESS = "https://"


@dataclass(frozen=True, slots=True)
class Marked:
    """A source and what is selected in it, in code points."""

    source: str
    start: int
    end: int


def with_mark(source: str, start: int, end: int, mark: Mark) -> Marked:
    """The selection with a mark around it, or without the one that it has around or just inside.

    White space at its ends stays outside, because a mark does not hold against a space. Without a
    selection the marks come with the caret between them, and go when it stands between two.
    """
    start, end = _trimmed(source, start, end)
    size = len(mark)
    if source[start - size : start] == mark == source[end : end + size] and start >= size:
        return Marked(source[: start - size] + source[start:end] + source[end + size :], start - size, end - size)
    words = source[start:end]
    if len(words) >= 2 * size and words.startswith(mark) and words.endswith(mark):
        return Marked(source[:start] + words[size:-size] + source[end:], start, end - 2 * size)
    return Marked(source[:start] + mark + words + mark + source[end:], start + size, end + size)


def with_link(source: str, start: int, end: int) -> Marked:
    """The selected words as a link, with its address selected, ready to be typed."""
    start, end = _trimmed(source, start, end)
    before = f"{source[:start]}[{source[start:end]}]("
    return Marked(f"{before}{_ADDRESS}){source[end:]}", len(before), len(before) + len(_ADDRESS))


def _trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    words = source[start:end]
    if not words.strip():
        return (start, end) if start == end else (end, end)
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
