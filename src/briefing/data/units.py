"""Units of stored and shown values, and what a kind is measured in unless an entry says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from briefing.series import Kind


class Measure(NamedTuple):
    """The unit of a level, the unit of a change, and the decimals of a level."""

    unit: str
    delta_unit: str
    decimals: int


MEASURES: Mapping[Kind, Measure] = MappingProxyType(
    {
        Kind.PRICE: Measure("", "%", 2),
        Kind.YIELD: Measure("%", "bp", 2),
        Kind.RATE: Measure("%", "bp", 2),
        Kind.SPREAD: Measure("bp", "bp", 0),
        Kind.INDEX: Measure("points", "points", 2),
        Kind.VOLATILITY: Measure("points", "points", 2),
        Kind.RATIO: Measure("x", "x", 2),
        Kind.POSITION: Measure("contracts", "contracts", 0),
        Kind.PROBABILITY: Measure("%", "pp", 1),
        Kind.MONEY: Measure("USD bn", "USD bn", 1),
        Kind.COUNT: Measure("", "", 0),
    }
)

_FACTORS: Mapping[tuple[str, str], float] = MappingProxyType(
    {
        ("%", "bp"): 100.0,
        ("bp", "%"): 0.01,
        ("fraction", "%"): 100.0,
        ("USD", "USD bn"): 1e-9,
        ("USD k", "USD bn"): 1e-6,
        ("USD mn", "USD bn"): 1e-3,
        ("USD tn", "USD bn"): 1e3,
    }
)


def factor(stored: str, shown: str) -> float | None:
    """What a value in the stored unit is multiplied by to be in the shown one; None when that is unknown."""
    return 1.0 if stored == shown else _FACTORS.get((stored, shown))
