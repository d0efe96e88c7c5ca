"""The symbol of a listed option: root, expiry, call or put, strike: `SPXW220207C02400000`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from briefing.data.dates.date_text import DATE_STYLES

_SYMBOL = re.compile(r"([A-Z0-9][A-Z0-9.]{0,5}) *(\d{6})([CP])(\d{8})", re.ASCII)
_OLD = re.compile(r"([A-Z]{1,5}\d?)(\d{2})(\d{2})([A-X])(\d+(?:\.\d+)?)(-[A-Z0-9])?", re.ASCII)
_CENTURY = "20"


@dataclass(frozen=True, slots=True)
class OptionSymbol:
    """What a symbol says. `strike` is in points. `exchange` is set for the quote of one exchange alone."""

    root: str
    expiry: date
    cp: str
    strike: float
    exchange: str = ""

    @property
    def text(self) -> str:
        """The symbol in its common spelling, without padding."""
        return f"{self.root}{self.expiry:%y%m%d}{self.cp}{round(self.strike * 1000):08d}"


def read_symbol(text: str) -> OptionSymbol | None:
    """Read the common spelling, with or without padding of the root; None when it is none."""
    match = _SYMBOL.fullmatch(text)
    if match is None:
        return None
    expiry = DATE_STYLES["compact"].read(_CENTURY + match[2], None)
    return OptionSymbol(match[1], expiry, match[3], int(match[4]) / 1000) if expiry else None


def read_old_symbol(text: str) -> OptionSymbol | None:
    """Read the spelling of older files, `SPX1821L100` or `IBM1327X125-E`: year, day, a letter for month and side."""
    match = _OLD.fullmatch(text)
    if match is None:
        return None
    letter = ord(match[4]) - ord("A")
    month, side = letter % 12 + 1, "C" if letter < 12 else "P"
    expiry = DATE_STYLES["iso"].read(f"{_CENTURY}{match[2]}-{month}-{match[3]}", None)
    exchange = (match[6] or "").removeprefix("-")
    return OptionSymbol(match[1], expiry, side, float(match[5]), exchange) if expiry else None
