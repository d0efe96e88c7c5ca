"""Contrast of two colours after WCAG 2, and the ink that can be read on a fill."""

from __future__ import annotations

from functools import lru_cache

TEXT = 4.5
"""The least contrast of text with its ground."""

LINE = 3.0
"""The least contrast of a line with its ground."""


@lru_cache(maxsize=256)
def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, 0 for black and 1 for white."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(fill: str) -> str:
    """Black or white, whichever reads better on the fill; never under 4.5."""
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, fill))


def legible(colour: str, ground: str, otherwise: str) -> str:
    """The colour itself where text in it can be read on the ground, else the other one."""
    return colour if contrast(colour, ground) >= TEXT else otherwise


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
