"""Which past values were changed by which load."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefing.data.intake.comparing import Revision, revision
from briefing.data.loads import Load
from briefing.data.stored import Rows
from briefing.data.vintages import Bound


@dataclass(frozen=True, slots=True)
class Change:
    """A past value that a load changed. `revision` has the series, the date, the old and the new value."""

    load: Load
    revision: Revision

    def as_json(self) -> dict[str, object]:
        """The printed form of `briefing revisions --json`."""
        return {
            "series": self.revision.series,
            "date": self.revision.date,
            "old": self.revision.old,
            "new": self.revision.new,
            "dataset": self.load.dataset,
            "vintage": self.load.vintage,
            "load_id": self.load.load_id,
            "file": self.load.file,
        }


def changes_in(rows: Rows, after: Bound | None) -> tuple[Change, ...]:
    """The values that loads after a bound (None: all loads) put over other ones, by load, series and date.

    A value that stood for a missing one was added, not changed; one that became missing changed to None.
    """
    datasets = np.unique([load.dataset for load in rows.loads], return_inverse=True)[1].astype(np.int64)
    keys = datasets[rows.ranks] * len(rows.names) + rows.series
    order = np.lexsort((rows.ranks, rows.dates, keys))
    keys, dates, values, ranks = keys[order], rows.dates[order], rows.values[order], rows.ranks[order]
    late = np.array([after is None or not after.admits(*load.order) for load in rows.loads], dtype=bool)
    again = (keys[1:] == keys[:-1]) & (dates[1:] == dates[:-1])
    changed = again & np.isfinite(values[:-1]) & (values[1:] != values[:-1]) & late[ranks[1:]]
    found = [
        Change(
            rows.loads[int(ranks[at + 1])],
            revision(rows.names[int(keys[at]) % len(rows.names)], dates[at], values[at], values[at + 1]),
        )
        for at in np.flatnonzero(changed).tolist()
    ]
    return tuple(sorted(found, key=lambda one: (one.load.order, one.revision.series, one.revision.date)))
