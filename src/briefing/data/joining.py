"""One series from the sources that hold it, in the order the catalogue gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from briefing.data.entry import Entry
from briefing.data.stored import Stored
from briefing.data.tidy import Flag, Flags
from briefing.series import Dates, Kind, Values


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one dataset holds of a series: sorted dates, finite values in the stored unit, shape (n,); codes of `Flag`."""

    dates: Dates
    values: Values
    flags: Flags
    vintage: str
    revised: bool

    def days(self, flag: Flag) -> Dates:
        """The days whose values have a flag."""
        marked: Dates = self.dates[self.flags == flag]
        return marked


def known(stored: Stored) -> Part:
    """The values without the missing ones."""
    there = np.isfinite(stored.values)
    return Part(stored.dates[there], stored.values[there], stored.flags[there], stored.vintage, stored.revised)


NOTHING = Part(
    np.empty(0, dtype="datetime64[D]"), np.empty(0, dtype=np.float64), np.empty(0, dtype=np.uint8), "", revised=False
)


def joined(entry: Entry, parts: Mapping[str, Part]) -> Part:
    """The parts of a series as one.

    A published figure (a yield, a spread, an index) is the same whoever passes it on: each day comes
    from the first source that has it. A price is not: sources differ in adjustment, so all of it
    comes from the first source that has any.
    """
    order = _order(entry, parts)
    if not order:
        return NOTHING
    if entry.kind in {Kind.PRICE, Kind.COUNT} or len(order) == 1:
        return parts[order[0]]
    out = parts[order[0]]
    for name in order[1:]:
        out = _filled(out, parts[name])
    return out


def _order(entry: Entry, parts: Mapping[str, Part]) -> list[str]:
    """The sources with values: those of the catalogue in its order, then others, the newest first."""
    held = {name for name, part in parts.items() if len(part.dates)}
    listed = [name for name in entry.sources if name in held]
    others = sorted(held - set(listed), key=lambda name: (parts[name].vintage, name), reverse=True)
    return listed + others


def _filled(first: Part, second: Part) -> Part:
    fresh = ~np.isin(second.dates, first.dates)
    if not fresh.any():
        return first
    dates = np.concatenate([first.dates, second.dates[fresh]])
    values = np.concatenate([first.values, second.values[fresh]])
    flags = np.concatenate([first.flags, second.flags[fresh]])
    order = np.argsort(dates)
    vintage, revised = max(first.vintage, second.vintage), first.revised or second.revised
    return Part(dates[order], values[order], flags[order], vintage, revised)
