"""Names in rows above the plot, where there are too many lines to name each at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.charts.contrast import legible
from briefing.charts.edge import KEY, PAD
from briefing.charts.lettering import Lettering, Run
from briefing.charts.palette import Palette
from briefing.charts.picture import Key, Mark, Name
from briefing.charts.sight import Seen
from briefing.charts.typeface import fitted

_BETWEEN = 1.1
"""The space between two entries, in ems."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in the legend: its name, and muted notes behind it."""

    seen: Seen
    names: tuple[Run, ...]
    notes: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """The names, and the height that they take."""

    names: tuple[Name, ...]
    height: float


def legend(entries: Sequence[Entry], room: float, letters: Lettering, palette: Palette) -> Legend:
    """Entries set from left to right, broken into rows. A name wider than a row is shortened."""
    out: list[Name] = []
    lead = (KEY + PAD) * letters.size
    left, middle = 0.0, letters.line / 2
    for entry in entries:
        names = _fitted(entry.names, room - lead, letters)
        gap: tuple[Run, ...] = ((" ", "en"),) if entry.notes else ()
        wide = lead + letters.width_of([*names, *gap, *entry.notes])
        if left and left + wide > room:
            left, middle = 0.0, middle + letters.line
        out.append(_name(Entry(entry.seen, (*names, *gap), entry.notes), left, middle, letters, palette))
        left += wide + _BETWEEN * letters.size
    return Legend(tuple(out), middle + letters.line / 2 if entries else 0.0)


def _name(entry: Entry, left: float, middle: float, letters: Lettering, palette: Palette) -> Name:
    look = entry.seen
    key = Key(left, left + KEY * letters.size, middle, look.colour, look.dash)
    start = left + (KEY + PAD) * letters.size
    ink = legible(look.colour, palette.ground, palette.ink)
    marks: list[Mark] = list(letters.marks(entry.names, start, middle, ink))
    after = marks[-1].box.right if marks else start
    marks += letters.marks(entry.notes, after, middle, palette.muted)
    return Name(look.series.id, key, tuple(mark for mark in marks if mark.text.strip()))


def _fitted(runs: Sequence[Run], room: float, letters: Lettering) -> tuple[Run, ...]:
    if letters.width_of(runs) <= room:
        return tuple(runs)
    text, lang = runs[0]
    return ((fitted(text, letters.size, room), lang),)
