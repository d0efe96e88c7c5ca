"""What the root of an option says: its underlying, when it settles, how it is exercised, what it delivers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class OptionRoot:
    """The terms of a class of options.

    `settle` is AM (the opening of the expiry day) or PM, `style` is E or A. An `adjusted` class delivers
    something else than `multiplier` units since a split, merger or special dividend.
    """

    name: str
    underlying: str
    settle: str
    style: str
    multiplier: float
    adjusted: bool = False


def _index(
    underlying: str, am: str = "", pm: str = "", style: str = "E", multiplier: float = 100.0
) -> list[OptionRoot]:
    return [
        OptionRoot(name, underlying, settle, style, multiplier)
        for names, settle in ((am, "AM"), (pm, "PM"))
        for name in names.split()
    ]


_INDICES: Mapping[str, OptionRoot] = MappingProxyType(
    {
        root.name: root
        for root in (
            *_index("SPX", am="SPX", pm="SPXW SPXPM"),
            *_index("XSP", pm="XSP"),
            *_index("NANOS", pm="NANOS", multiplier=1.0),
            *_index("NDX", am="NDX", pm="NDXP"),
            *_index("XND", pm="XND"),
            *_index("RUT", am="RUT", pm="RUTW"),
            *_index("MRUT", pm="MRUT"),
            *_index("DJX", am="DJX", pm="DJXW"),
            *_index("VIX", am="VIX VIXW"),
            *_index("OEX", pm="OEX", style="A"),
            *_index("XEO", pm="XEO"),
            *_index("MXEA", am="MXEA", pm="MXEAW"),
            *_index("MXEF", am="MXEF", pm="MXEFW"),
        )
    }
)
_ROOT = re.compile(r"[A-Z0-9][A-Z0-9.]{0,9}", re.ASCII)
_NUMBERED = re.compile(r"([A-Z.]+)(\d)")
_MINI = "7"


def read_root(text: str) -> str | None:
    """A root or ticker as a file or a person writes it, in capitals and without the caret of an index; None for none."""
    name = text.strip().removeprefix("^").upper()
    return name if _ROOT.fullmatch(name) else None


def option_root(name: str) -> OptionRoot:
    """The terms of a root: those of the index options in the table, of shares and funds for every other.

    A digit at the end marks an adjusted class (`SOYB1`), a 7 one of ten units.
    """
    known = _INDICES.get(name)
    if known is not None:
        return known
    match = _NUMBERED.fullmatch(name)
    if match is None:
        return OptionRoot(name, name, "PM", "A", 100.0)
    base = option_root(match[1])
    mini = match[2] == _MINI
    return OptionRoot(name, base.underlying, base.settle, base.style, 10.0 if mini else base.multiplier, not mini)
