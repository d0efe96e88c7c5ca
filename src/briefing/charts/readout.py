"""What a crosshair reads: the day, and of each line the last value at or before it and its change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

import numpy as np

from briefing.charts.trace import Trace
from briefing.charts.weekdays import day_at
from briefing.charts.words import change_of
from briefing.marks import CAVEATS
from briefing.metrics.words import level_of
from briefing.numbers import MISSING, change, day, sign_of, weekday_day
from briefing.series import Series, as_date
from briefing.text import Label

_NOTHING = Label("", "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A line at the crosshair. `when` is its day in brackets where that is an earlier one.

    `moved` is the change from the observation before, with its sign; `tone` the sign. `caveat` says what
    the value is when it is not plainly observed.
    """

    series: str
    name: Label
    value: Label
    moved: Label
    tone: int
    when: Label
    caveat: Label = _NOTHING


@dataclass(frozen=True, slots=True)
class Readout:
    """The day at the crosshair with its weekday, and the readings in the order of the lines."""

    day: Label
    readings: tuple[Reading, ...]


def readout(lines: Sequence[tuple[Series, Trace]], place: float) -> Readout:
    """Read all lines at a place of the date axis."""
    shown = day_at(place)
    return Readout(weekday_day(shown), tuple(_reading(series, trace, place, shown) for series, trace in lines))


def beside(trace: Trace, place: float, step: int) -> float:
    """The place of the next (1) or previous (-1) observation; the same place at the ends."""
    if step > 0:
        index = int(np.searchsorted(trace.x, place + 1e-6, side="right"))
    else:
        index = int(np.searchsorted(trace.x, place - 1e-6, side="left")) - 1
    return float(trace.x[index]) if 0 <= index < len(trace) else place


def _reading(series: Series, trace: Trace, place: float, shown: date) -> Reading:
    at = int(np.searchsorted(trace.x, place + 1e-6, side="right")) - 1
    if at < 0:
        return Reading(series.id, series.short, MISSING, _NOTHING, 0, _NOTHING)
    value, own = float(trace.y[at]), as_date(trace.days[at])
    difference = change_of(series, float(trace.y[at - 1]), value) if at else float("nan")
    moved, tone = _NOTHING, 0
    if isfinite(difference):
        moved = change(difference, series.delta_unit, series.decimals)
        tone = sign_of(difference, series.delta_unit, series.decimals)
    when = _NOTHING if own == shown else _bracketed(own, shown)
    return Reading(series.id, series.short, level_of(series, value), moved, tone, when, _caveat(series, own))


def _caveat(series: Series, day: date) -> Label:
    found = [CAVEATS[doubt.caveat] for doubt in series.doubts(day)]
    if not found:
        return _NOTHING
    return Label(", ".join(one.en for one in found), "，".join(one.zh for one in found))


def _bracketed(own: date, shown: date) -> Label:
    words = day(own)
    if own.year == shown.year:
        words = Label(words.en.rsplit(" ", 1)[0], f"{own.month}月{own.day}日")
    return Label(f"({words.en})", f"（{words.zh}）")
