"""A load against what was known before: what it adds, what it revises, what is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.data.stored import Stored
from briefing.data.tidy import Tidy
from briefing.series import as_date


@dataclass(frozen=True, slots=True)
class Revision:
    """A past value that a load changed. None is a value that is missing."""

    series: str
    date: str
    old: float | None
    new: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """`fresh` are the rows that go into the store: the added and the revised ones.

    `vanished` counts days inside the span of the load that were known and are not in it any more;
    they stay in the store.
    """

    fresh: Tidy
    added: int
    revised: tuple[Revision, ...]
    vanished: int


def compare(rows: Tidy, before: Mapping[str, Stored]) -> Comparison:
    """Compare tidy rows with the stored ones of the same dataset, series by series.

    A row whose flag alone has changed is kept too: the next day may show that a value was a spike, or whole.
    """
    keep = np.ones(len(rows), dtype=bool)
    added = vanished = 0
    revised: list[Revision] = []
    for name, place in rows.by_series():
        old = before.get(name)
        if old is None:
            added += _known(rows.values[place])
            continue
        dates, values = rows.dates[place], rows.values[place]
        common, at_new, at_old = np.intersect1d(dates, old.dates, assume_unique=True, return_indices=True)
        is_new = np.ones(len(dates), dtype=bool)
        is_new[at_new] = False
        was, now = old.values[at_old], values[at_new]
        differs = ~((was == now) | (np.isnan(was) & np.isnan(now)))
        changed = differs & np.isfinite(was)
        keep[place] = is_new
        marked = rows.flags[place][at_new] != old.flags[at_old]
        keep[place.start + at_new[differs | marked]] = True
        added += _known(values[is_new]) + int((differs & ~changed).sum())
        vanished += _gone(old, dates)
        revised += [
            revision(name, day, a, b) for day, a, b in zip(common[changed], was[changed], now[changed], strict=True)
        ]
    return Comparison(rows.where(keep), added, tuple(revised), vanished)


def _known(values: NDArray[np.float64]) -> int:
    return int(np.isfinite(values).sum())


def _gone(old: Stored, dates: NDArray[np.datetime64]) -> int:
    inside = (old.dates >= dates.min()) & (old.dates <= dates.max()) & np.isfinite(old.values)
    return int((inside & ~np.isin(old.dates, dates)).sum())


def revision(series: str, day: np.datetime64, old: float, new: float) -> Revision:
    """A revision of plain values; NaN is a value that is missing."""
    return Revision(series, as_date(day).isoformat(), _plain(old), _plain(new))


def _plain(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
