"""The newest known value of each day, from rows that came with several loads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.data.loads import Load
from briefing.data.tidy import Flags
from briefing.series import Dates, Values

Held = Mapping[str, Mapping[str, "Stored"]]
"""What is known of some series: by series, then by the dataset that holds it."""


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """The newest known value of each day in one dataset, sorted by day.

    `values` is in the stored unit, NaN for a value that is known to be missing; `flags` are codes of
    `Flag`. `vintage` is the newest load among the rows, `revised` whether a value stood there before
    another one.
    """

    dates: Dates
    values: Values
    flags: Flags
    vintage: str
    revised: bool


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows as they come out of a store: columns of equal length n, in any order.

    `names[series[i]]` is the series of row i, `loads[ranks[i]]` its load; `loads` stand in their order.
    """

    names: Sequence[str]
    series: NDArray[np.int64]
    dates: Dates
    values: Values
    flags: Flags
    loads: Sequence[Load]
    ranks: NDArray[np.int64]


def stored_by_series(rows: Rows) -> dict[str, dict[str, Stored]]:
    """What rows come to, by series, then by dataset: of a day's rows the one of the last load counts."""
    if not len(rows.dates):
        return {}
    datasets = sorted({load.dataset for load in rows.loads})
    dataset_of = np.array([datasets.index(load.dataset) for load in rows.loads], dtype=np.int64)
    keys = dataset_of[rows.ranks] * len(rows.names) + rows.series
    out: dict[str, dict[str, Stored]] = {}
    for key, places in _groups(keys):
        dataset, name = divmod(key, len(rows.names))
        out.setdefault(rows.names[name], {})[datasets[dataset]] = _newest(rows, places)
    return out


def _groups(keys: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.intp] | slice]]:
    """Each key and the places of its rows; a slice where they stand together."""
    edges = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    heads = keys[np.concatenate([np.zeros(1, dtype=np.intp), edges])]
    if len(np.unique(heads)) == len(heads):
        bounds = [0, *edges.tolist(), len(keys)]
        for key, start, end in zip(heads.tolist(), bounds[:-1], bounds[1:], strict=True):
            yield key, slice(start, end)
        return
    order = np.argsort(keys, kind="stable")
    for places in np.split(order, np.flatnonzero(np.diff(keys[order])) + 1):
        yield int(keys[places[0]]), places


def _newest(rows: Rows, places: NDArray[np.intp] | slice) -> Stored:
    dates, values, flags, ranks = rows.dates[places], rows.values[places], rows.flags[places], rows.ranks[places]
    vintage = rows.loads[int(ranks.max())].vintage
    if (dates[1:] > dates[:-1]).all():
        return Stored(dates, values, flags, vintage, revised=False)
    order = np.lexsort((ranks, dates))
    dates, values, flags = dates[order], values[order], flags[order]
    again = dates[1:] == dates[:-1]
    last = np.append(~again, [True])
    revised = bool((again & np.isfinite(values[:-1]) & (values[1:] != values[:-1])).any())
    return Stored(dates[last], values[last], flags[last], vintage, revised)
