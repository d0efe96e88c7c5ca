"""Round values for an axis: at most six, at steps of 1, 2, 2.5 or 5 times a power of ten."""

from __future__ import annotations

import math

from briefing.numbers import level, with_unit, written
from briefing.series import Kind, Series
from briefing.text import Lang

MOST = 6
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_BESIDE_NUMBER = frozenset({"%", "x"})
"""Units that are written with each number, being short and the same in print anywhere."""


def value_range(least: float, greatest: float, decimals: int) -> tuple[float, float]:
    """The values at the edges of a plot: a little more than the data, never empty."""
    spread = greatest - least
    if spread <= 0 or spread < 1e-9 * max(abs(least), abs(greatest)):
        spread = max(4 * 10.0**-decimals, abs(greatest) * 0.02)
        middle = (least + greatest) / 2
        return middle - spread / 2, middle + spread / 2
    return least - spread * 0.06, greatest + spread * 0.06


def value_step(low: float, high: float, most: int) -> float:
    """The least round step at which no more than `most` multiples lie between the edges."""
    power = 10.0 ** math.floor(math.log10((high - low) / max(most, 1)))
    for factor in (*_STEPS, 20.0, 25.0, 50.0, 100.0):
        if math.floor(high / (power * factor)) - math.ceil(low / (power * factor)) + 1 <= most:
            return power * factor
    return power * 1000.0


def value_ticks(low: float, high: float, step: float) -> tuple[float, ...]:
    """The multiples of the step between the edges, from low to high."""
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    places = step_decimals(step) + 2
    return tuple(round(index * step, places) + 0.0 for index in range(first, last + 1))


def step_decimals(step: float) -> int:
    """How many decimals are needed to tell multiples of a step apart."""
    places = 0
    while places < 12 and abs(round(step, places) - step) > step * 1e-9:
        places += 1
    return places


def tick_text(value: float, series: Series | None, decimals: int, lang: Lang) -> str:
    """A value beside an axis: `4.5%`, `83`, `5,800`, `$82bn`. Words of a unit are left to the subtitle.

    Without a series, bare digits: the lines of the axis have several units.
    """
    if series is not None and series.kind is Kind.MONEY:
        return level(value, series.kind, series.unit, decimals).of(lang)
    digits = written(value, decimals)
    if series is None or series.unit not in _BESIDE_NUMBER:
        return digits
    return with_unit(digits, series.unit).en
