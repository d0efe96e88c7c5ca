"""A value in words: by its unit, with a sign, or in one of the forms `abs`, `verb`, `move`."""

from __future__ import annotations

from briefing import numbers
from briefing.metrics.metric import Metric
from briefing.series import Series
from briefing.text import Label


def write(entry: Metric, value: float, series: Series, form: str = "") -> Label:
    """The value of a metric on a (first) series; directions take the words of the series' kind."""
    shape = entry.shape_for(series)
    if form == "verb":
        return numbers.direction(value, series.kind, shape.unit, shape.decimals).verb
    if form == "move":
        return numbers.move(value, series.kind, shape.unit, shape.decimals)
    if entry.signed:
        writer = numbers.size if form == "abs" else numbers.change
        return writer(value, shape.unit, shape.decimals)
    return numbers.level(abs(value) if form == "abs" else value, shape.kind, shape.unit, shape.decimals)


def level_of(series: Series, value: float) -> Label:
    """A level of a series."""
    return numbers.level(value, series.kind, series.unit, series.decimals)


def change_of(series: Series, value: float) -> Label:
    """A signed change of a series."""
    return numbers.change(value, series.delta_unit, series.decimals)
