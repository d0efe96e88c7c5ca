"""How wide words are: advance widths of the fonts that the page and the screen use."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from briefing.resources import asset

CAP_HEIGHT = 0.714
"""The height of capitals and figures of Noto Sans in ems; Noto Sans TC stands on the same baseline."""


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """The width of a line of text, in the unit of `size`. Kerning is not applied."""
    return size * sum(_advance(char) for char in text)


def fitted(text: str, size: float, room: float) -> str:
    """The text, or as much of its beginning as fits with an ellipsis after it."""
    if width(text, size) <= room:
        return text
    end = len(text)
    while end and width(text[:end].rstrip() + "…", size) > room:
        end -= 1
    return text[:end].rstrip() + "…"


@cache
def _advance(char: str) -> float:
    found = _widths("NotoSans-Regular.ttf").get(ord(char))
    if found is not None:
        return found
    if unicodedata.east_asian_width(char) in "WF":
        # Every such glyph of Noto Sans TC is one em wide; its tables take 0.2 s to read.
        return 1.0
    return _widths("NotoSansTC-Regular.ttf").get(ord(char), 1.0)


@cache
def _widths(file: str) -> dict[int, float]:
    """The advance width in ems of each character that a font has."""
    from fontTools.ttLib import TTFont

    with TTFont(asset("fonts", file), lazy=True) as font:
        em = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        return {code: advances[name][0] / em for code, name in font.getBestCmap().items()}
