"""A dated series: what metrics and charts see. No pandas, no guessing of kind or unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from briefing.problems import Problem
from briefing.text import Label

Dates = NDArray[np.datetime64]
Values = NDArray[np.float64]


class Kind(StrEnum):
    """What a series measures. Declared by the catalogue, never read off the values."""

    PRICE = "price"
    YIELD = "yield"
    RATE = "rate"
    SPREAD = "spread"
    INDEX = "index"
    VOLATILITY = "volatility"
    RATIO = "ratio"
    POSITION = "position"
    PROBABILITY = "probability"
    MONEY = "money"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Late:
    """A series whose last observation is older than it should be at `as_of`."""

    last: date
    sessions: int
    """Sessions of the series' own calendar missed beyond its release lag and tolerated age."""
    freq: str = "D"
    """D, W, M or Q: a session of a weekly series is a week."""

    def as_json(self) -> dict[str, object]:
        """The day, the sessions and what they are, as every printed form has them."""
        return {"last": self.last.isoformat(), "sessions": self.sessions, "freq": self.freq}


class Caveat(StrEnum):
    """What keeps a value from being plainly observed: a check doubted it, or the source calls it so."""

    SUSPECT = "suspect"
    ESTIMATE = "estimate"
    FORECAST = "forecast"


Caveats = Mapping[Caveat, Dates]
"""The dates under each caveat, sorted; only caveats with dates are there."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A day whose value has a caveat."""

    series: str
    caveat: Caveat
    day: date

    def as_json(self) -> dict[str, object]:
        """The printed form in a value, a mover and a listed series."""
        return {"series": self.series, "caveat": self.caveat.value, "date": self.day.isoformat()}


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Sorted unique dates with finite values (missing ones dropped), and what they mean.

    `dates`: shape (n,), datetime64[D]. `values`: shape (n,), float64, in `unit`.
    Changes are in `delta_unit`: for unit "%" and delta unit "bp" a change is 100 times the
    difference. `decimals` is how the level is printed. `short` is the name in tags and tables.
    `vintage` is the newest load among the values, `revised` whether any value was revised.
    `caveats` are the days whose values are suspect, estimated or forecast; days outside `dates` mean nothing.
    `pauses` are the closed weekdays of the calendar in long steps between observations, where no value is missing.
    `problems` say what of the store could not be read, so that values may be missing or out of date.
    """

    id: str
    name: Label
    short: Label
    kind: Kind
    unit: str
    delta_unit: str
    decimals: int
    calendar: str
    source: Label
    dates: Dates
    values: Values
    as_of: date
    vintage: str = ""
    revised: bool = False
    late: Late | None = None
    tags: tuple[str, ...] = ()
    caveats: Caveats = field(default_factory=dict)
    pauses: tuple[date, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.dates)

    def doubts(self, *days: date | None) -> tuple[Doubt, ...]:
        """The caveats that stand on some days, by day."""
        wanted = sorted({day for day in days if day is not None})
        return tuple(
            Doubt(self.id, caveat, day)
            for day in wanted
            for caveat, marked in self.caveats.items()
            if np.datetime64(day, "D") in marked
        )

    def until(self, day: date) -> Series:
        """The observations up to and including a day."""
        end = int(np.searchsorted(self.dates, np.datetime64(day, "D"), side="right"))
        return replace(self, dates=self.dates[:end], values=self.values[:end], as_of=day)

    @property
    def last_date(self) -> date | None:
        """The date of the last observation, or None for an empty series."""
        return as_date(self.dates[-1]) if len(self.dates) else None


def as_date(day: np.datetime64) -> date:
    """A numpy day as a date."""
    found: date = day.astype("datetime64[D]").item()
    return found


def most_late(parts: Iterable[Late | None]) -> Late | None:
    """How late something is that is computed from several series: as late as the series that ends first."""
    return min((late for late in parts if late is not None), key=lambda late: late.last, default=None)


def joined_caveats(parts: Iterable[Caveats]) -> Caveats:
    """The caveats of what is computed from several series: a day that is doubted in one is doubted."""
    found: dict[Caveat, Dates] = {}
    for part in parts:
        for caveat, days in part.items():
            found[caveat] = np.union1d(found[caveat], days) if caveat in found else days
    return MappingProxyType(found)


def joined_problems(parts: Iterable[Series]) -> tuple[Problem, ...]:
    """What of the store could not be read for any of several series, each problem once."""
    return tuple(dict.fromkeys(problem for part in parts for problem in part.problems))


class SeriesSource(Protocol):
    """Where series come from, at one as-of date and vintage.

    `series` takes a source's id or an alias (`UST10Y`) and raises `Refused` with a problem
    when there is none. `events` gives the dates of a named calendar (`fomc`), sorted.
    """

    @property
    def as_of(self) -> date:
        """The last observation date admitted."""
        ...

    def series(self, series_id: str) -> Series:
        """A series by id or alias. Raises `Refused`."""
        ...

    def events(self, name: str) -> tuple[date, ...]:
        """The dates of a named calendar, sorted. Raises `Refused`."""
        ...
