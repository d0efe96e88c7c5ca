"""What a recogniser says about a grid: where the dates and the values are, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from briefing.data.catalogue import Catalogue
from briefing.data.reading.cells import Places
from briefing.data.reading.grid import Grid
from briefing.data.tidy import Flag
from briefing.problems import Problem
from briefing.text import Label


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a recogniser looks at: a file as a grid, and the catalogue that knows ids."""

    grid: Grid
    catalogue: Catalogue


_QUOTED = 4

NamesOf = Callable[[tuple[str, ...]], str | None]
"""Gives the series id of a row from its cells; None for a row whose series is not wanted."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values. `series` is the id that the file itself gives; None when it gives none.

    `role` is empty for the level or close, else that of a companion such as OPEN, HIGH or VOLUME. `dates` is the column of
    dates that belongs to this one alone, where a table has several; None for the table's own. In such a
    pair a row whose date and value are both blank is no row.
    """

    index: int
    heading: str
    series: str | None = None
    role: str = ""
    dates: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One reading of a grid.

    `first` is the first row of data and `end` one past the last (None: to the end of the grid); the rows
    in `skip` between them are none. `width` is the number of cells of each row, `dates` the column of
    dates in one of `styles`. `names` says which series a row of a long table belongs to: the column of
    ids, or a function of the row's cells that gives a key; with a key the series is the key itself, or
    `KEY_SERIES` for a column that names a series.

    `evidence` is what the header and signature cells are worth, `cap` the most that the whole score can
    be. `strip` are marks taken off dates. `local_numbers` lets the decimal sign be read off the file.
    `sentinels` are words for a missing value that only this format uses. `source_note` is what the file
    says of its source, such as the footer that `end` leaves out. `problems` are what is wrong before any
    row is read; an error among them refuses the table.

    `grid` is the same table laid out anew, where a row of the file is not a row of data; its rows keep
    the lines of the file, and all places above are places in it. `marked` are cells, by line and column,
    whose values the file marks, such as forecasts. `padded` says that the format repeats the last value
    on days without one.
    """

    first: int
    width: int
    dates: int
    columns: tuple[Column, ...]
    styles: tuple[str, ...]
    evidence: float
    saw: Label
    cap: float = 1.0
    names: int | NamesOf | None = None
    end: int | None = None
    skip: frozenset[int] = frozenset()
    strip: str = ""
    local_numbers: bool = False
    sentinels: frozenset[str] = frozenset()
    source_note: Label | None = None
    doubts: tuple[Label, ...] = ()
    problems: tuple[Problem, ...] = ()
    grid: Grid | None = None
    marked: Mapping[tuple[int, int], Flag] = field(default_factory=lambda: MappingProxyType({}))
    padded: bool = False

    @property
    def nameless(self) -> bool:
        """Whether the file does not say which series it holds."""
        return self.names is None and any(column.series is None for column in self.columns)

    def places(self, grid: Grid) -> Places:
        """The places of the rows of data in the grid, in the order of the file."""
        end = len(grid.rows) if self.end is None else self.end
        return np.array([at for at in range(self.first, end) if at not in self.skip], dtype=np.int64)


def header_of(cells: tuple[str, ...]) -> Label:
    """The sentence that quotes a header row, shortened."""
    words = ",".join(cells[:6]) + (",…" if len(cells) > 6 else "")
    return Label(f"Header “{words}”", f"標題列「{words}」")


def quoting(what: Label, names: Sequence[str]) -> Label:
    """The sentence that quotes the first of some names: `Bloomberg tickers “SPX Index, VIX Index”`."""
    more = len(names) > _QUOTED
    en, zh = ", ".join(names[:_QUOTED]), "、".join(names[:_QUOTED])
    return Label(f"{what.en} “{en}{' …' if more else ''}”", f"{what.zh}「{zh}{'……' if more else ''}」")
