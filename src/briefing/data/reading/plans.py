"""How a table is read, with nothing left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from briefing.data.dates.date_text import DateStyle
from briefing.data.entry import Entry
from briefing.data.reading.number_text import NumberStyle
from briefing.data.reading.shape import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One date style, one number style, and an entry of the catalogue for everything that is read.

    `columns` are the entries by the index of the column; `series`, for a long table, by the name that
    `series_of` gives. What stands in neither is not read. `decided` is what a person decided on headings
    of this table, as in `Choices.columns`.
    """

    shape: Shape
    dates: DateStyle
    numbers: NumberStyle
    columns: Mapping[int, Entry] = field(default_factory=lambda: MappingProxyType({}))
    series: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    decided: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
