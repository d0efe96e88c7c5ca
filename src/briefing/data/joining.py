"""One series from the sources that hold it, in the order the catalogue gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from briefing.data.entry import Entry
from briefing.data.partitions import Partition
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


def stored_by_series(table: pa.Table, found: Sequence[Partition]) -> dict[str, dict[str, Stored]]:
    """What the rows of some partitions come to; by series, then by dataset.

    `found` is sorted by vintage and load, so that of a day's rows the one of the last partition counts.
    """
    if not table.num_rows:
        return {}
    series = table.column("series_id").combine_chunks().dictionary_encode()
    names = series.dictionary.to_pylist()
    files = _array(table.column("file_index").combine_chunks()).astype(np.int64)
    datasets = sorted({item.load.dataset for item in found})
    dataset_of = np.array([datasets.index(item.load.dataset) for item in found])
    keys = dataset_of[files] * len(names) + _array(series.indices)
    order = np.argsort(keys, kind="stable")
    edges = np.flatnonzero(np.diff(keys[order])) + 1
    dates = _array(table.column("obs_date").combine_chunks().view("int32")).astype("datetime64[D]")
    values = _array(table.column("value").combine_chunks())
    out: dict[str, dict[str, Stored]] = {}
    for rows in np.split(order, edges):
        dataset, name = divmod(int(keys[rows[0]]), len(names))
        stored = _newest(dates[rows], values[rows], files[rows], found)
        out.setdefault(names[name], {})[datasets[dataset]] = stored
    return out


def _array(column: pa.Array) -> NDArray[Any]:
    """A column without nulls as numpy. Arrow's own `to_numpy` would import pandas to ask about it."""
    return np.from_dlpack(column)


def _newest(dates: Dates, values: Values, files: NDArray[np.int64], found: Sequence[Partition]) -> Stored:
    """The last partition's value of each day, sorted by day."""
    vintage = max(found[place].load.vintage for place in np.unique(files).tolist())
    if (np.diff(dates) > np.timedelta64(0)).all():
        return Stored(dates, values, vintage, revised=False)
    order = np.lexsort((files, dates))
    dates, values = dates[order], values[order]
    again = dates[1:] == dates[:-1]
    last = np.append(~again, [True])
    return Stored(dates[last], values[last], vintage, revised=bool((again & np.isfinite(values[:-1])).any()))


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
