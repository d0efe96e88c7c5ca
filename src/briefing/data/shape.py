"""What a recogniser says about a grid: where the dates and the values are, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.data.catalogue import Catalogue
from briefing.data.grid import Grid
from briefing.text import Label


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a recogniser looks at: a file as a grid, and the catalogue that knows ids."""

    grid: Grid
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values. `series` is the id that the file itself gives; None when it gives none.

    `role` is empty for the level or close, else OPEN, HIGH, LOW, ADJ or VOLUME.
    """

    index: int
    heading: str
    series: str | None = None
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One reading of a grid.

    `first` is the first row of data, `width` the number of cells of each row, `dates` the column of
    dates in one of `styles`, `names` the column of series ids in a long table. `evidence` is what the
    header and signature cells are worth, `cap` the most that the whole score can be. `strip` are
    marks taken off dates. `local_numbers` lets the decimal sign be read off the file.
    """

    first: int
    width: int
    dates: int
    columns: tuple[Column, ...]
    styles: tuple[str, ...]
    evidence: float
    saw: Label
    cap: float = 1.0
    names: int | None = None
    strip: str = ""
    local_numbers: bool = False
    doubts: tuple[Label, ...] = ()

    @property
    def nameless(self) -> bool:
        """Whether the file does not say which series it holds."""
        return self.names is None and any(column.series is None for column in self.columns)


def header_of(cells: tuple[str, ...]) -> Label:
    """The sentence that quotes a header row, shortened."""
    words = ",".join(cells[:6]) + (",…" if len(cells) > 6 else "")
    return Label(f"Header “{words}”", f"標題列「{words}」")
