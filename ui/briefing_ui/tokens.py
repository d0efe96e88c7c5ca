"""Every colour of the interface, by theme. No other file of the window names one."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Theme = Literal["light", "dark", "contrast-light", "contrast-dark"]
UpDown = Literal["default", "red-up", "green-up", "mono"]
THEMES: tuple[Theme, ...] = ("light", "dark", "contrast-light", "contrast-dark")
UP_DOWN: tuple[UpDown, ...] = ("default", "red-up", "green-up", "mono")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as `#rrggbb`. `ink` and `muted` are read on `surface`.

    `paper` is the page of the preview, which stays white in every theme.
    """

    bg: str
    surface: str
    raised: str
    line: str
    border: str
    ink: str
    muted: str
    accent: str
    focus: str
    ok: str
    warn: str
    error: str
    selection: str
    selection_ink: str
    highlight: str
    highlight_ink: str
    paper: str = "#FFFFFF"


TOKENS: MappingProxyType[Theme, Tokens] = MappingProxyType(
    {
        "light": Tokens(
            bg="#F4F6F8",
            surface="#FFFFFF",
            raised="#FFFFFF",
            line="#D5DBE1",
            border="#7D8893",
            ink="#1B232C",
            muted="#5A6672",
            accent="#005AA0",
            focus="#0067B1",
            ok="#00696B",
            warn="#8A5A00",
            error="#B3261E",
            selection="#D6E6F5",
            selection_ink="#1B232C",
            highlight="#FFF1A8",
            highlight_ink="#1B232C",
        ),
        "dark": Tokens(
            bg="#0F1317",
            surface="#14181D",
            raised="#1D232A",
            line="#2E363F",
            border="#76818C",
            ink="#E4E8EC",
            muted="#9DA8B3",
            accent="#56B4E9",
            focus="#7CC4F0",
            ok="#2BC79A",
            warn="#E8B04A",
            error="#FF7B72",
            selection="#1F3B52",
            selection_ink="#E4E8EC",
            highlight="#4A4316",
            highlight_ink="#E4E8EC",
        ),
        "contrast-light": Tokens(
            bg="#FFFFFF",
            surface="#FFFFFF",
            raised="#FFFFFF",
            line="#000000",
            border="#000000",
            ink="#000000",
            muted="#333333",
            accent="#003F7F",
            focus="#000000",
            ok="#004D40",
            warn="#5C3B00",
            error="#8E0000",
            selection="#003F7F",
            selection_ink="#FFFFFF",
            highlight="#FFE94D",
            highlight_ink="#000000",
        ),
        "contrast-dark": Tokens(
            bg="#000000",
            surface="#000000",
            raised="#000000",
            line="#FFFFFF",
            border="#FFFFFF",
            ink="#FFFFFF",
            muted="#D6D6D6",
            accent="#7CD0FF",
            focus="#FFFF00",
            ok="#5FE3B5",
            warn="#FFD166",
            error="#FF9A94",
            selection="#7CD0FF",
            selection_ink="#000000",
            highlight="#5C5200",
            highlight_ink="#FFFFFF",
        ),
    }
)

DIRECTION: MappingProxyType[tuple[UpDown, bool], tuple[str, str]] = MappingProxyType(
    {
        ("default", False): ("#0067B1", "#C4500A"),
        ("default", True): ("#56B4E9", "#FF8A3D"),
        ("red-up", False): ("#C62828", "#00796B"),
        ("red-up", True): ("#FF6B6B", "#2BC79A"),
        ("green-up", False): ("#00796B", "#C62828"),
        ("green-up", True): ("#2BC79A", "#FF6B6B"),
        ("mono", False): ("#111111", "#6B7580"),
        ("mono", True): ("#F2F4F6", "#8A949E"),
    }
)
"""The colours of up and down, by preset and whether the theme is dark."""
