"""One series from the sources that hold it, in the order the catalogue gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from briefing.data.entry import Entry
from briefing.series import Dates, Kind, Values

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one dataset holds of a series: sorted dates, finite values in the stored unit, shape (n,)."""

    dates: Dates
    values: Values
    vintage: str
    revised: bool


NOTHING = Part(np.empty(0, dtype="datetime64[D]"), np.empty(0, dtype=np.float64), "", revised=False)


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """The newest known value of each day in one dataset; NaN for a value that is known to be missing."""

    dates: Dates
    values: Values
    vintage: str
    revised: bool

    def part(self) -> Part:
        """The values without the missing ones."""
        known = np.isfinite(self.values)
        return Part(self.dates[known], self.values[known], self.vintage, self.revised)


def stored_by_series(table: pa.Table) -> dict[str, dict[str, Stored]]:
    """What a table sorted by dataset, series and date holds; by series, then by dataset."""
    if not table.num_rows:
        return {}
    datasets = table.column("dataset").combine_chunks().dictionary_encode()
    series = table.column("series_id").combine_chunks().dictionary_encode()
    codes = datasets.indices.to_numpy().astype(np.int64) * len(series.dictionary) + series.indices.to_numpy()
    starts = np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1])
    ends = np.append(starts[1:], len(codes))
    dates = table.column("obs_date").cast("int32").to_numpy().astype("datetime64[D]")
    values, loads = table.column("value").to_numpy(), table.column("loads").to_numpy()
    vintages = table.column("vintage").combine_chunks().dictionary_encode()
    names = vintages.dictionary.to_pylist()
    places = vintages.indices.to_numpy()
    found: dict[str, dict[str, Stored]] = {}
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        rows = slice(start, end)
        newest = max(names[place] for place in np.unique(places[rows]))
        stored = Stored(dates[rows], values[rows], newest, bool((loads[rows] > 1).any()))
        found.setdefault(series[start].as_py(), {})[datasets[start].as_py()] = stored
    return found


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
    order = np.argsort(dates)
    return Part(
        dates[order], values[order], max(first.vintage, second.vintage), revised=first.revised or second.revised
    )
