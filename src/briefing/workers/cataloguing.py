"""What the data worker does with the catalogue: show an entry, try a change, keep it, take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from briefing.data.catalogue_writing import Change, changed_entry, entry_row, forget_entry, own_row, read_change
from briefing.data.entry import Entry
from briefing.data.workspace import Workspace
from briefing.problems import Problem, Refused
from briefing.series import Series
from briefing.workers.asking import table, text
from briefing.workers.protocol import Answer, Job

if TYPE_CHECKING:
    from briefing.metrics.derived import Derived

_RECENT = 120


class Desk(Protocol):
    """The workspace that is open, and that what is known of its data has changed."""

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises `Refused` when none is open."""
        ...

    @property
    def source(self) -> Derived:
        """The market of the open workspace. Raises `Refused` when there is none, or no data in it."""
        ...

    def forget(self) -> None:
        """Read the catalogue again at the next question."""
        ...


def entry(desk: Desk, job: Job) -> Answer:
    """All that is known of the series `id`, what of it is shipped, and what the workspace says itself.

    Each is empty for a series that is unknown there.
    """
    from briefing.data.catalogue import load_catalogue

    series_id = text(job.args, "id")
    found, shipped = (load_catalogue(where).entry(series_id) for where in (desk.workspace, None))
    rows = {name: entry_row(one) if one else {} for name, one in (("row", found), ("shipped", shipped))}
    return Answer({**rows, "own": own_row(desk.workspace, series_id)})


def attempt(desk: Desk, job: Job) -> Answer:
    """What the entry `id` would be after `change` (keys and values as typed), and what is wrong with that.

    `last` and `recent` are the last value and the newest values (at most 120) that its formula gives.
    """
    from briefing.metrics.declaring import try_entry

    try:
        made = changed_entry(desk.workspace, text(job.args, "id"), _change(job))
    except Refused as refused:
        return _told(None, refused.problems)
    series, problems = try_entry(desk.workspace, made, lambda: desk.source)
    told = _told(made, problems)
    return told if series is None else Answer({**told.result, **_outcome(series)})


def declare(desk: Desk, job: Job) -> Answer:
    """Keep `change` of the entry `id`. Refused as a whole when anything is wrong with it."""
    from briefing.metrics.declaring import declare as keep

    made, problems = keep(desk.workspace, text(job.args, "id"), _change(job))
    desk.forget()
    return _told(made, problems)


def forget(desk: Desk, job: Job) -> Answer:
    """Take the workspace's own words of the series `id` away."""
    forget_entry(desk.workspace, text(job.args, "id"))
    desk.forget()
    return Answer({})


def _outcome(series: Series) -> dict[str, object]:
    from briefing.metrics.words import level_of

    last = series.last_date
    return {
        "last": {"date": last.isoformat(), "text": level_of(series, float(series.values[-1])).as_json()}
        if last
        else None,
        "recent": series.values[-_RECENT:].tolist(),
    }


def _change(job: Job) -> Change:
    return read_change({str(key): str(value) for key, value in table(job.args, "change").items()})


def _told(made: Entry | None, problems: tuple[Problem, ...]) -> Answer:
    return Answer({"row": entry_row(made) if made else {}, "problems": [problem.as_json() for problem in problems]})
