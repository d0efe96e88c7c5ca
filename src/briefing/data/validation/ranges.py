"""What values of a kind can be, and zeros that stand for missing values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from briefing.data.entry import Entry
from briefing.data.validation.finding import Hit
from briefing.data.validation.rules import rule
from briefing.data.validation.stretches import stretches
from briefing.data.validation.subject import Subject
from briefing.problems import Severity
from briefing.series import Kind
from briefing.text import Label

_INF = float("inf")
_RANGES: Mapping[Kind, tuple[float, float]] = MappingProxyType(
    {
        Kind.PRICE: (0.0, _INF),
        Kind.YIELD: (-5.0, 30.0),
        Kind.RATE: (-5.0, 30.0),
        Kind.SPREAD: (-500.0, 3000.0),
        Kind.INDEX: (0.0, _INF),
        Kind.VOLATILITY: (0.0, 250.0),
        Kind.PROBABILITY: (0.0, 100.0),
        Kind.COUNT: (0.0, _INF),
    }
)
"""The least and the greatest value of a kind, in its usual unit; an entry of the catalogue may have its own."""

_NEVER_ZERO = frozenset({Kind.PRICE, Kind.YIELD, Kind.INDEX, Kind.VOLATILITY, Kind.RATIO})
_FAR, _LOWEST = 10.0, 0.02
"""A series is never near zero when nearly all its values lie at least so many usual moves of a day away from it."""


def bounds(entry: Entry) -> tuple[float, float]:
    """The least and the greatest value that a series can have, in its shown unit."""
    low, high = _RANGES.get(entry.kind, (-_INF, _INF))
    if entry.kind is Kind.SPREAD and entry.unit == "%":
        low, high = low / 100, high / 100
    return (low if entry.low is None else entry.low), (high if entry.high is None else entry.high)


@rule(
    "range",
    Label("Values that a series of this kind can have", "數值在該類序列的合理範圍內"),
    Severity.ERROR,
    hint=Label(
        "Check the unit and the series id; the catalogue's “low” and “high” set other bounds for a series.",
        "請檢查單位與序列代碼；目錄的low與high可為序列另訂範圍。",
    ),
)
def in_range(subject: Subject) -> Iterator[Hit]:
    """Values outside the range of their kind."""
    low, high = bounds(subject.entry)
    if low == -_INF and high == _INF:
        return
    shown = subject.values * subject.entry.factor
    for start, stop in stretches((shown < low) | (shown > high)):
        value, edge = shown[start], low if shown[start] < low else high
        side, word = ("below", "低於") if value < low else ("above", "高於")
        unit = f" {subject.entry.unit}" if subject.entry.unit else ""
        yield Hit(
            start,
            stop,
            Label(
                f"is {value:g}{unit}, {side} {edge:g}: no {subject.entry.kind} is",
                f"為{value:g}{subject.entry.unit}，{word}{edge:g}，超出合理範圍",
            ),
        )


@rule(
    "zeros",
    Label("Zeros that stand for missing values", "以零代替的缺值"),
    Severity.WARNING,
    hint=Label(
        "Ask the source whether the value is missing; do not use it until then.",
        "請向來源確認是否為缺值，確認前勿使用。",
    ),
    kinds=_NEVER_ZERO,
    least=3,
    doubts=True,
)
def zeros(subject: Subject) -> Iterator[Hit]:
    """Zeros in a series that is never near zero."""
    for start, stop in stretches(stand_ins(subject)):
        yield Hit(start, stop, Label("is zero, where the series is never near zero", "為零，但序列從未接近零"))


def stand_ins(subject: Subject) -> NDArray[np.bool_]:
    """The zeros that cannot be values, shape (n,)."""
    zero: NDArray[np.bool_] = subject.values == 0
    if subject.entry.kind not in _NEVER_ZERO or not zero.any() or zero.all():
        return np.zeros(len(subject), dtype=bool)
    lowest = float(np.quantile(np.abs(subject.values[~zero]), _LOWEST))
    return zero if lowest >= _FAR * _quiet(subject) else np.zeros(len(subject), dtype=bool)


def _quiet(subject: Subject) -> float:
    """The size of a usual move from one value to the next, in the stored unit; at least a tick."""
    kept = subject.values[subject.values != 0]
    steps = np.abs(np.diff(kept))
    return max(float(np.median(steps)) if len(steps) else 0.0, subject.tick)
