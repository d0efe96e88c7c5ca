"""Numbers as files write them, by a strict grammar of our own."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from briefing.text import Label

_THIRTY_SECONDS = re.compile(r"(?P<sign>-?)(?P<whole>\d+)-(?P<ticks>[0-2]\d|3[01])(?P<part>\+|[0-7])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """One way to write numbers: its name in `folders.toml`, its words, and its decimal sign.

    The other of the two signs may group thousands.
    """

    name: str
    label: Label
    decimal: str

    @property
    def group(self) -> str:
        """The sign that groups thousands."""
        return "," if self.decimal == "." else "."


POINT = NumberStyle("point", Label("decimal point", "小數點為「.」"), ".")
COMMA = NumberStyle("comma", Label("decimal comma", "小數點為「,」"), ",")
NUMBER_STYLES: Mapping[str, NumberStyle] = MappingProxyType({style.name: style for style in (POINT, COMMA)})


def _pattern(style: NumberStyle) -> re.Pattern[str]:
    point, group = re.escape(style.decimal), re.escape(style.group)
    digits = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{point}\d*)?|{point}\d+"
    return re.compile(
        rf"(?P<open>\()?(?P<sign>[+\-−]?)(?P<digits>{digits})(?P<power>[eE][+-]?\d+)?(?P<percent>%)?(?(open)\))",
        re.ASCII,
    )


_PATTERNS = {style: _pattern(style) for style in (POINT, COMMA)}
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def read_number(text: str, style: NumberStyle = POINT) -> float | None:
    """A trimmed cell as a finite number, or None when it is not one.

    Thousands signs count only when every group has three digits; `(1.2)` is negative; a percent sign
    divides nothing. Infinity, hexadecimal, underscores and spaces inside are no numbers.
    """
    if style is POINT and _PLAIN.fullmatch(text):
        value = float(text)
        return value if math.isfinite(value) else None
    match = _PATTERNS[style].fullmatch(text)
    if match is None or (match["open"] and match["sign"]):
        return None
    digits = match["digits"].replace(style.group, "").replace(style.decimal, ".")
    value = float(digits + (match["power"] or ""))
    if not math.isfinite(value):
        return None
    return -value if match["open"] or match["sign"] in {"-", "−"} else value


def read_thirty_seconds(text: str) -> float | None:
    """A bond price such as `107-11+` (107 + 11.5/32) or `107-112` (11 and 2/8 32nds), or None."""
    match = _THIRTY_SECONDS.fullmatch(text)
    if match is None:
        return None
    eighths = 4 if match["part"] == "+" else int(match["part"] or 0)
    value = int(match["whole"]) + (int(match["ticks"]) + eighths / 8) / 32
    return -value if match["sign"] else value


def is_percent(text: str) -> bool:
    """Whether a number is written with a percent sign."""
    return text.rstrip(")").endswith("%")
