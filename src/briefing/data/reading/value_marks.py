"""What a format says of single values beyond their number: forecasts, and repeats on closed days."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from briefing.data.calendars import closed
from briefing.data.entry import Entry
from briefing.data.reading.plans import Plan
from briefing.data.reading.rows import Reading
from briefing.data.tidy import Tidy
from briefing.problems import Place, Problem, info
from briefing.text import Label


def with_marks(reading: Reading, plan: Plan) -> Reading:
    """The same rows, where those that the shape marks carry their flag."""
    if not plan.shape.marked:
        return reading
    rows = reading.rows
    flags = rows.flags.copy()
    for name, place in rows.by_series():
        columns = {at for at, entry in plan.columns.items() if entry.series_id == name}
        for flag in set(plan.shape.marked.values()):
            lines = [line for (line, at), one in plan.shape.marked.items() if at in columns and one is flag]
            flags[place][np.isin(rows.lines[place], lines) & np.isfinite(rows.values[place])] = flag
    return replace(reading, rows=replace(rows, flags=flags))


def without_padding(reading: Reading, plan: Plan, title: str) -> tuple[Reading, tuple[Problem, ...]]:
    """Leave out values of closed days that repeat the value before; an info counts them.

    Such a value is no observation. One that differs stays: the rules have to judge it.
    """
    if not plan.shape.padded:
        return reading, ()
    rows = reading.rows
    entries = {entry.series_id: entry for entry in (*plan.columns.values(), *plan.series.values())}
    padded = np.zeros(len(rows), dtype=bool)
    for name, place in rows.by_series():
        padded[place] = _padded(rows, place, entries[name])
    count = int(padded.sum())
    if not count:
        return reading, ()
    return replace(reading, rows=rows.where(~padded)), (_left_out(title, count),)


def _padded(rows: Tidy, place: slice, entry: Entry) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    values = rows.values[place]
    repeats = np.zeros(len(values), dtype=bool)
    if entry.freq == "D":
        repeats[1:] = values[1:] == values[:-1]
        repeats[repeats] = closed(entry.calendar, rows.dates[place][repeats])
    return repeats


def _left_out(title: str, count: int) -> Problem:
    return info(
        "import.padded",
        Place(file=title),
        Label(
            f"{title}: {count:,} values on closed days repeat the value before and were left out.",
            f"{title}：休市日有{count:,}個數值重複前值，已略過。",
        ),
        Label("The vendor fills closed days; these are no observations.", "資料商會填補休市日，並非實際觀測值。"),
    )
