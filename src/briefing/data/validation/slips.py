"""Units that change: values that become a hundred, a thousand or ten thousand times what they were."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from briefing.data.validation.finding import Hit
from briefing.data.validation.rules import rule
from briefing.data.validation.subject import Subject
from briefing.problems import Severity
from briefing.series import Kind, Values
from briefing.text import Label

_POWERS = (2, 3, 4)
_NEAR = 0.08
"""How far the logarithm to base ten of a slip may lie from a whole number: a factor of 1.2."""

_EXACT = 0.009
"""The same for values of one day in two loads: a factor of 1.02."""

_MARGIN = 10.0
"""Of a slip the smaller value is at least so many ticks, so that rounding cannot pass for one."""

_APART = 50.0
"""Values that lie less than this factor apart are not looked at."""

STEADY = frozenset(Kind) - {Kind.COUNT, Kind.POSITION, Kind.MONEY, Kind.SPREAD}
"""Kinds whose values do not become a hundred times as large from one day to the next."""


@rule(
    "unit_stretch",
    Label("One unit in the whole file", "全檔單位一致"),
    Severity.WARNING,
    hint=Label(
        "See in which unit the source gives these days; they are marked as suspect.",
        "請確認這些日期的單位；已標記為存疑。",
    ),
    kinds=STEADY,
    least=3,
    doubts=True,
)
def unit_stretch(subject: Subject) -> Iterator[Hit]:
    """Stretches whose unit is another one than that of the rest; of two, the shorter one is doubted."""
    for start, stop, power in _stretches(subject):
        times = f"{10 ** abs(power):,}"
        yield Hit(
            start,
            stop,
            Label(
                f"is about {times} times" + (" less than" if power < 0 else "") + " what stands beside it",
                f"約為相鄰數值的{times}分之一" if power < 0 else f"約為相鄰數值的{times}倍",
            ),
        )


def _stretches(subject: Subject) -> Iterator[tuple[int, int, int]]:
    """Start, stop and power of ten of each stretch in another unit."""
    size, places = np.abs(subject.values), subject.far_moves
    same_side = np.sign(subject.values[places]) == np.sign(subject.values[places + 1])
    steps = np.zeros(len(size) - 1, dtype=np.int64)
    steps[places] = np.where(same_side, powers_of_ten(size[places], size[places + 1], subject.tick), 0)
    at = np.flatnonzero(steps)
    if not len(at):
        return
    levels = np.concatenate([[0], np.cumsum(steps)])
    usual = _most_common(levels)
    edges = [0, *(at + 1).tolist(), len(levels)]
    for start, stop in pairwise(edges):
        if levels[start] != usual:
            yield start, stop, int(levels[start] - usual)


def powers_of_ten(before: Values, after: Values, tick: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """For each pair the power of ten (2, 3, 4 or their negatives) by which it differs; 0 for none."""
    small, large = np.minimum(before, after), np.maximum(before, after)
    apart = (large > _APART * small) & (small > 0) & (large >= _MARGIN * tick)
    out = np.zeros(len(before), dtype=np.int64)
    if apart.any():
        logs = np.log10(after[apart] / before[apart])
        powers = np.round(logs)
        out[apart] = np.where((np.abs(logs - powers) <= _NEAR) & np.isin(np.abs(powers), _POWERS), powers, 0)
    return out


def _most_common(levels: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    found, counts = np.unique(levels, return_counts=True)
    return int(found[np.argmax(counts)])


@rule(
    "unit_slip",
    Label("The unit of the load before", "單位與先前載入者相同"),
    Severity.ERROR,
    hint=Label("Export it in the old unit, or under another series id.", "請以原單位匯出，或改用其他序列代碼。"),
)
def unit_slip(subject: Subject) -> Iterator[Hit]:
    """Values that are a power of ten of those that the store has, on the same days or on the days before."""
    power, row = _against_store(subject)
    if not power:
        return
    times = f"{10.0**power:g}"
    yield Hit(
        row,
        len(subject),
        Label(
            f"is {times} times what was loaded before; the unit has changed",
            f"為先前載入值的{times}倍，單位可能已改變",
        ),
    )


def _against_store(subject: Subject) -> tuple[int, int]:
    """The power of ten between store and file, and the first row that shows it; 0 for none."""
    here, there = subject.common
    power, first = factor_between(subject.known[1][there], subject.values[here])
    if power:
        return power, int(here[first])
    return (0, 0) if len(here) or subject.entry.kind not in STEADY else _after_store(subject)


def factor_between(before: Values, after: Values) -> tuple[int, int]:
    """The power of ten between the values of the same days from two loads, and the first that shows it; 0 for none."""
    was, now = np.abs(before), np.abs(after)
    usable = (was > 0) & (now > 0) & (was != now)
    if usable.any() and usable.sum() * 2 >= len(now):
        ratio = float(np.median(np.log10(now[usable] / was[usable])))
        power = round(ratio)
        if abs(power) in _POWERS and abs(ratio - power) <= _EXACT:
            return power, int(np.flatnonzero(usable)[0])
    return 0, 0


def _after_store(subject: Subject) -> tuple[int, int]:
    """The same for a file whose days follow on those of the store."""
    if not subject.led:
        return 0, 0
    pair = np.abs(subject.values[subject.led - 1 : subject.led + 1])
    return int(powers_of_ten(pair[:1], pair[1:], subject.tick)[0]), subject.led
