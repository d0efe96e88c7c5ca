"""The colours of charts: five series colours that hold for colour-blind readers, by theme."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Dash = Literal["solid", "dash", "dot"]
PaletteName = Literal["print", "light", "dark", "contrast-light", "contrast-dark"]

_DASHES: tuple[Dash, ...] = ("solid", "dash", "dot")
_LIGHT_FIVE = ("#005AA0", "#E0641A", "#111111", "#84929F", "#7A1F5C")
_DARK_FIVE = ("#56B4E9", "#FF8A3D", "#F2F4F6", "#6C757D", "#7171F4")
_SOLID: tuple[Dash, ...] = ("solid",) * 5


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme as `#rrggbb`. `dashes` are those of the first five lines."""

    ground: str
    ink: str
    muted: str
    grid: str
    series: tuple[str, ...]
    dashes: tuple[Dash, ...] = _SOLID

    def line(self, index: int) -> tuple[str, Dash]:
        """The colour and dash of the n-th line. After the fifth the dash changes, never the hues."""
        turn, at = divmod(index, len(self.series))
        if turn == 0:
            return self.series[at], self.dashes[at]
        return self.series[at], _DASHES[turn % len(_DASHES)]


PALETTES: MappingProxyType[PaletteName, Palette] = MappingProxyType(
    {
        "print": Palette(
            ground="#FFFFFF",
            ink="#111111",
            muted="#555555",
            grid="#C9D3DB",
            series=_LIGHT_FIVE,
            # In greyscale, grey is as light as orange, and plum as dark as blue.
            dashes=("solid", "solid", "solid", "dash", "dot"),
        ),
        "light": Palette(ground="#FFFFFF", ink="#1B232C", muted="#5A6672", grid="#D5DBE1", series=_LIGHT_FIVE),
        "dark": Palette(ground="#14181D", ink="#E4E8EC", muted="#9DA8B3", grid="#2E363F", series=_DARK_FIVE),
        "contrast-light": Palette(
            ground="#FFFFFF",
            ink="#000000",
            muted="#333333",
            grid="#767676",
            series=("#005AA0", "#B84A00", "#000000", "#66727D", "#7A1F5C"),
        ),
        "contrast-dark": Palette(
            ground="#000000",
            ink="#FFFFFF",
            muted="#D6D6D6",
            grid="#8A8A8A",
            series=("#56B4E9", "#FF8A3D", "#F2F4F6", "#6F7880", "#7171F4"),
        ),
    }
)
"""`print` is for the page, whatever the theme of the screen; the others are named as the themes are."""
