"""Units as headings and rows of units write them, held against what the catalogue says of a series."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from briefing.data.entry import Entry

_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "%": ("%", "％", "percent", "per cent", "pct", "percentage", "% p.a.", "% pa", "百分比", "%年率"),
        "bp": ("bp", "bps", "basis point", "basis points", "基點", "個基點", "基点", "bp."),
        "points": ("points", "point", "pts", "pt", "index", "index points", "vol", "點", "指數", "点", "指数"),
        "USD mn": ("usd mn", "usd million", "usd millions", "millions of dollars", "mil. $", "百萬美元", "百万美元"),
        "USD bn": ("usd bn", "usd billion", "usd billions", "billions of dollars", "bil. $", "十億美元", "十亿美元"),
        "USD": ("usd", "$", "us$", "us dollars", "dollars", "u$", "美元"),
        "": ("unit", "units", "local", "currency", "單位", "单位", "幣別", "none", "n/a", "-"),
    }
)
_UNIT_OF: Mapping[str, str] = MappingProxyType({word: unit for unit, words in _WORDS.items() for word in words})
_BRACKETS = re.compile(r"(?P<name>.*\S)\s*[(（\[［](?P<unit>[^()（）\[\]［］]+)[)）\]］]", re.DOTALL)


def unit_in(cell: str) -> str | None:
    """The unit that a cell names, "" for a word that names none; None for a cell that is no word of units."""
    return _UNIT_OF.get(" ".join(cell.lower().split()))


def name_and_unit(heading: str) -> tuple[str, str]:
    """A heading such as “UST10Y (%)” in its two parts; one without a unit is a name alone."""
    match = _BRACKETS.fullmatch(heading)
    unit = unit_in(match["unit"]) if match else None
    return (match["name"], unit) if match and unit else (heading, "")


def contradicts(unit: str, entry: Entry) -> bool:
    """Whether values in a unit cannot be what the catalogue stores of a series.

    A unit that is not said contradicts nothing; index points and a price are in whatever unit they are,
    but neither is a percentage, and a volatility in per cent is one in points.
    """
    stored = entry.stored_unit
    if unit in {"", stored}:
        return False
    if stored == "points":
        return unit != "%"
    return stored in {"%", "bp"} or unit in {"%", "bp"} or (stored.startswith("USD") and unit.startswith("USD"))
