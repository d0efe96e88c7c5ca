"""What a metric is: its words, its needs, the shape of its result, and what its function sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from inspect import signature
from types import MappingProxyType
from typing import Literal

from briefing.metrics.deltas import is_relative
from briefing.metrics.windows import Role, Starts, Window
from briefing.problems import Problem
from briefing.series import Dates, Kind, Series, Values, as_date
from briefing.text import Label

Form = Literal["abs", "verb", "move"]
Fact = str | float | int | bool | None
Kinds = frozenset[Kind]
ANY: Kinds = frozenset(Kind)
PRICES: Kinds = frozenset({Kind.PRICE, Kind.INDEX})
VOLATILITIES: Kinds = frozenset({Kind.VOLATILITY, Kind.INDEX})

_NO_FACTS: Mapping[str, Fact] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shape:
    """What the result of a metric is: its kind, unit, unit of changes, decimals."""

    kind: Kind
    unit: str
    delta_unit: str
    decimals: int


Rule = Shape | Literal["level", "delta"]
"""A fixed shape, or that of the (first) series: as it is, or that of its changes."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a metric's function works.

    `dates`, shape (n,), are those of the arrays: joint ones for several series. `starts`, shape
    (n,), is the index at which each date's window starts, or -1 where no value is wanted or the
    history is too short. `series` are the inputs, for their kinds and units only.
    """

    dates: Dates
    series: tuple[Series, ...]
    window: Window
    starts: Starts


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric's value at one date, for the function that puts it into words."""

    at: At
    arrays: tuple[Values, ...]
    index: int
    value: float

    @property
    def start(self) -> int:
        """The index at which the window starts."""
        return int(self.at.starts[self.index])

    def day(self, index: int) -> date:
        """The date of an index."""
        return as_date(self.at.dates[index])


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a value: in a sentence, in a table's cell (`short`), and the facts behind them."""

    text: Label
    short: Label
    facts: Mapping[str, Fact] = field(default_factory=lambda: _NO_FACTS)


Kernel = Callable[..., Values]
Teller = Callable[[Measured], Told | Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """An entry of the table.

    `kernel(*arrays)` or `kernel(*arrays, at=At)` gives an array over dates, NaN where undefined.
    `kinds` names the kinds admitted for each input. `told` writes phrases; without it the value is written by its unit,
    with a sign when `signed`. `conventions` are the choices behind the number, for its reader.
    `share` is the part of a sample that must be there. `reason` says why a value may be undefined.
    """

    name: str
    family: str
    label: Label
    doc: Label
    source: str
    kernel: Kernel
    kinds: tuple[Kinds, ...]
    shape: Rule
    role: Role
    default_window: str
    signed: bool
    forms: tuple[Form, ...]
    history: bool
    told: Teller | None
    share: float
    reason: Label
    conventions: Mapping[str, str]
    example: str

    def run(self, arrays: tuple[Values, ...], at: At) -> Values:
        """The values over the dates of `at`; only a function that asks for `at` receives it."""
        if _asks_where(self.kernel):
            return self.kernel(*arrays, at=at)
        return self.kernel(*arrays)

    @property
    def needs(self) -> int:
        """How many series it takes."""
        return len(self.kinds)

    def shape_for(self, series: Series) -> Shape:
        """The shape of the result for a (first) series."""
        if isinstance(self.shape, Shape):
            return self.shape
        if self.shape == "level":
            return Shape(series.kind, series.unit, series.delta_unit, series.decimals)
        return _shape_of_changes(series)


@cache
def _asks_where(kernel: Kernel) -> bool:
    return "at" in signature(kernel).parameters


def _shape_of_changes(series: Series) -> Shape:
    unit = series.delta_unit
    if unit == "bp":
        return Shape(Kind.SPREAD, "bp", "bp", 1)
    if is_relative(series) or unit == "pp":
        return Shape(Kind.RATIO, "%" if is_relative(series) else "pp", "pp", 2)
    return Shape(series.kind, unit, unit, series.decimals)
