"""The values of one series, from wherever in the file, as sorted rows with each day once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.data.calendars import closed
from briefing.data.dates.periods import blanks_between, period_ends
from briefing.data.entry import Entry
from briefing.data.reading.faults import Fault, stands_twice
from briefing.data.tidy import Flag, Lines, SeriesRows
from briefing.series import Dates, Values, as_date


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one column holds of a series: columns of equal length, in the order of the file."""

    heading: str
    dates: Dates
    values: Values
    lines: Lines


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """The rows of a series. `merged` counts values that stood twice and were equal; conflicts are `faults`."""

    rows: SeriesRows
    merged: int
    faults: tuple[Fault, ...]


def series_rows(entry: Entry, parts: Sequence[Part]) -> Merged:
    """Sort and join the parts of a series. Days become the ends of their periods; blank holidays are flagged."""
    days, values, lines = _joined(parts)
    blank = blanks_between(days, values, entry.freq)
    if blank.any():
        days, values, lines = days[~blank], values[~blank], lines[~blank]
    dates = period_ends(days, entry.freq)
    if _rising(dates):
        return Merged(SeriesRows(entry.series_id, dates, values, _flags(entry, dates, values), lines), 0, ())
    order = np.argsort(dates, kind="stable")
    dates, values, lines = dates[order], values[order], lines[order]
    first = np.concatenate([[True], dates[1:] != dates[:-1]])
    faults = tuple(_conflicts(parts[-1].heading, dates, values, lines, first))
    merged = int((~first).sum()) - len(faults)
    dates, values, lines = dates[first], values[first], lines[first]
    return Merged(SeriesRows(entry.series_id, dates, values, _flags(entry, dates, values), lines), merged, faults)


def _joined(parts: Sequence[Part]) -> tuple[Dates, Values, Lines]:
    if len(parts) == 1:
        return parts[0].dates, parts[0].values, parts[0].lines
    return (
        np.concatenate([part.dates for part in parts]),
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.lines for part in parts]),
    )


def _rising(dates: Dates) -> bool:
    return bool((dates[1:] > dates[:-1]).all())


def _conflicts(heading: str, dates: Dates, values: Values, lines: Lines, first: NDArray[np.bool_]) -> Iterator[Fault]:
    """The later values of a day that are not the day's first one."""
    kept = np.flatnonzero(first)[np.cumsum(first) - 1]
    same = (values == values[kept]) | (np.isnan(values) & np.isnan(values[kept]))
    for at in np.flatnonzero(~same).tolist():
        line = int(lines[at])
        yield Fault(line, heading, stands_twice(as_date(dates[at]), int(lines[kept[at]]), line))


def _flags(entry: Entry, dates: Dates, values: Values) -> NDArray[np.uint8]:
    gaps = np.flatnonzero(np.isnan(values))
    flags = np.full(len(values), Flag.OK, dtype=np.uint8)
    if len(gaps):
        flags[gaps] = np.where(closed(entry.calendar, dates[gaps]), Flag.HOLIDAY, Flag.MISSING)
    return flags
