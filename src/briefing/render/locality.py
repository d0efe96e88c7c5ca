"""How far the rules of a style sheet reach: whether one part of a note can change the look of another."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

_REACHING = re.compile(
    r":(?:nth-|first-(?:child|of)|last-|only-|empty|has\()|~|counter-(?:reset|increment|set)|target-|\bfloat\s*:"
    r"|position\s*:\s*absolute|footnote|\d(?:vw|vh|vmin|vmax)\b|break-before\s*:\s*avoid"
)
_HOLDING = re.compile(r"([^{}]+)\{[^{}]*break-after\s*:\s*avoid")
_NAME = re.compile(r"\.?[A-Za-z][\w-]*")


@lru_cache(maxsize=8)
def is_local(sheet: str) -> bool:
    """Whether, by this sheet, the parts of a note touch only what comes right after them."""
    return _REACHING.search(sheet) is None


@lru_cache(maxsize=8)
def held_names(sheet: str) -> frozenset[str]:
    """The tags and classes (with their dot) of what may not stand last on a page."""
    lists = (match.group(1) for match in _HOLDING.finditer(sheet))
    selectors = (selector.split()[-1] for names in lists for selector in names.split(",") if selector.strip())
    return frozenset(name for selector in selectors for name in _NAME.findall(selector))


def is_held(element: Element, names: frozenset[str]) -> bool:
    """Whether an element goes by one of these tags and classes."""
    classes = (f".{name}" for name in element.get("class", "").split())
    return not names.isdisjoint({element.tag, *classes})
