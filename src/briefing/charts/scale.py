"""The value axes: what range each covers, and the round values marked on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from briefing.charts.edge import AxisText
from briefing.charts.sight import Seen
from briefing.charts.value_ticks import MOST, step_decimals, tick_text, value_range, value_step, value_ticks
from briefing.series import Series
from briefing.text import Lang

_SPACING = 2.0
"""The least distance of two values on an axis, in lines of words."""

_ROOM_FOR_TWO = 3.0
"""From this height on, in lines of words, two values never touch."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis before it is placed. `series` gives the unit, None when its lines have several."""

    low: float
    high: float
    values: tuple[float, ...]
    decimals: int
    series: Series | None

    def y(self, value: float, top: float, bottom: float) -> float:
        """The height of a value between the plot's edges."""
        return bottom - (value - self.low) / (self.high - self.low) * (bottom - top)


def scales(shown: Sequence[Seen], places: tuple[float, float], height: float, line: float) -> tuple[Scale, ...]:
    """One scale for each axis that has a line in sight, the first axis first."""
    least = 2 if height >= _ROOM_FOR_TWO * line else 1
    most = max(least, min(MOST, int(height / (_SPACING * line))))
    return tuple(
        _scale([entry for entry in shown if entry.axis == axis], places, most)
        for axis in sorted({entry.axis for entry in shown})
    )


def axis_texts(scale: Scale, top: float, bottom: float, lang: Lang) -> tuple[AxisText, ...]:
    """The marked values with their words and heights."""
    return tuple(
        AxisText(value, scale.y(value, top, bottom), tick_text(value, scale.series, scale.decimals, lang))
        for value in scale.values
    )


def _scale(lines: Sequence[Seen], places: tuple[float, float], most: int) -> Scale:
    values = np.concatenate([line.values(places) for line in lines])
    decimals = min(line.series.decimals for line in lines)
    low, high = value_range(float(values.min()), float(values.max()), decimals)
    step = value_step(low, high, most)
    units = {line.series.unit for line in lines}
    unit = lines[0].series if len(units) == 1 else None
    return Scale(low, high, value_ticks(low, high, step), step_decimals(step), unit)
