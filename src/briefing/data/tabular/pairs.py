"""Names of pairs of columns: a date and a value side by side, the series above them both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.data.reading.grid import Row
from briefing.data.tabular.header import Header
from briefing.data.tabular.unit_words import name_and_unit
from briefing.data.tabular.words import LEVEL_WORDS

_ABOVE = 3


def named_pairs(rows: Sequence[Row], header: Header, dates: Sequence[int], values: Sequence[int]) -> Header:
    """The header with the names that stand above the pairs, where it has only words such as “close” over the values.

    A row above it names the pairs when it has one name over each of them and nothing else.
    """
    if header.at is None or len(dates) < 2 or len(values) != len(dates):
        return header
    if not all(header.headings[at].lower() in LEVEL_WORDS for at in values):
        return header
    pairs = list(zip(dates, values, strict=True))
    for row in reversed(rows[max(0, header.at - _ABOVE) : header.at]):
        cells = (*row.cells, *("",) * (len(header.headings) - len(row.cells)))
        names = [cells[date] or cells[value] for date, value in pairs]
        if all(names) and sum(map(bool, cells)) == len(pairs):
            headings = list(header.headings)
            units = list(header.units)
            for (_, value), name in zip(pairs, names, strict=True):
                headings[value], units[value] = name_and_unit(name)
            return replace(header, headings=tuple(headings), units=tuple(units))
    return header
