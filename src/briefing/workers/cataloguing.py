"""What the data worker does with the catalogue: show an entry, try a change, keep it, take it back."""

from __future__ import annotations

from typing import Protocol

from briefing.data.catalogue_writing import Change, changed_entry, entry_row, forget_entry, read_change
from briefing.data.entry import Entry
from briefing.data.workspace import Workspace
from briefing.problems import Problem, Refused
from briefing.workers.asking import table, text
from briefing.workers.protocol import Answer, Job


class Desk(Protocol):
    """The workspace that is open, and that what is known of its data has changed."""

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises `Refused` when none is open."""
        ...

    def forget(self) -> None:
        """Read the catalogue again at the next question."""
        ...


def entry(desk: Desk, job: Job) -> Answer:
    """All that is known of the series `id`, and what is shipped of it; both empty for an unknown one."""
    from briefing.data.catalogue import load_catalogue

    series_id = text(job.args, "id")
    found, shipped = (load_catalogue(where).entry(series_id) for where in (desk.workspace, None))
    return Answer({"row": entry_row(found) if found else {}, "shipped": entry_row(shipped) if shipped else {}})


def attempt(desk: Desk, job: Job) -> Answer:
    """What the entry `id` would be after `change` (keys and values as typed), and what is wrong with that."""
    from briefing.metrics.declaring import check_entry

    try:
        made = changed_entry(desk.workspace, text(job.args, "id"), _change(job))
    except Refused as refused:
        return _told(None, refused.problems)
    return _told(made, check_entry(desk.workspace, made))


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


def _change(job: Job) -> Change:
    return read_change({str(key): str(value) for key, value in table(job.args, "change").items()})


def _told(made: Entry | None, problems: tuple[Problem, ...]) -> Answer:
    return Answer({"row": entry_row(made) if made else {}, "problems": [problem.as_json() for problem in problems]})
