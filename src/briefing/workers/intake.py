"""What the data worker does with files: look at one, take files in, refresh watched folders, undo a load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from briefing.data.workspace import Workspace
from briefing.text import Label
from briefing.workers.asking import text, texts, whole_numbers
from briefing.workers.protocol import Answer, Job
from briefing.workers.telling import refused_told, told


class Desk(Protocol):
    """The workspace that is open, whether its data have changed, and that they have."""

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises `Refused` when none is open."""
        ...

    @property
    def is_behind(self) -> bool:
        """Whether anything was loaded, hidden or shown since the market was read."""
        ...

    def forget(self) -> None:
        """Read the store again at the next question."""
        ...


def look_at(desk: Desk, job: Job) -> Answer:
    """What the file `path` would become with `choices`, and every question that is open."""
    from briefing.data.intake.choices import choices_from_json
    from briefing.data.intake.previewing import look_at as look

    preview = look(desk.workspace, Path(text(job.args, "path")), choices_from_json(job.args.get("choices") or {}))
    return Answer({"preview": preview.as_json()})


def take_in(desk: Desk, job: Job) -> Answer:
    """Import the files and folders `paths`; `choices` decide where a file is not clear.

    They are remembered for the folders of the files, unless `remember` is false.
    """
    from briefing.data.intake.choices import choices_from_json
    from briefing.data.intake.importing import import_files

    paths = [Path(path) for path in texts(job.args, "paths")]
    choices = choices_from_json(job.args.get("choices") or {})
    remembering = job.args.get("remember", True) is True
    try:
        reports = import_files(desk.workspace, paths, choices=choices, progress=_teller(job), remembering=remembering)
    finally:
        desk.forget()
    return Answer({"reports": told(desk.workspace, reports)})


def refresh(desk: Desk, job: Job) -> Answer:
    """Take in what is new in the watched folders. The store is read again in any case: others may have loaded.

    `everything` true reads files again that have not changed. The reports of refused files are told in full.
    """
    from briefing.data.intake.refreshing import refresh as run

    try:
        done = run(desk.workspace, everything=job.args.get("everything") is True, progress=_teller(job))
    finally:
        desk.forget()
    problems = [problem.as_json() for problem in done.problems]
    return Answer(
        {"reports": refused_told(desk.workspace, done.reports), "unchanged": done.unchanged, "problems": problems}
    )


def pending(desk: Desk, _job: Job) -> Answer:
    """What a refresh would bring: the `files` that it would read in its `folders`, and whether others loaded data."""
    from briefing.data.intake.refreshing import pending as waiting
    from briefing.data.intake.refreshing import watched

    folders, files = watched(desk.workspace), waiting(desk.workspace)
    return Answer(
        {
            "folders": [str(folder) for folder in folders],
            "files": [str(file) for file in files],
            "elsewhere": desk.is_behind,
        }
    )


def watch(desk: Desk, job: Job) -> Answer:
    """Watch the folder `path` from now on, or no longer when `on` is false; without a `path` only list them."""
    from briefing.data.intake.refreshing import watch as keep
    from briefing.data.intake.refreshing import watched

    if job.args.get("path"):
        keep(desk.workspace, Path(text(job.args, "path")), on=job.args.get("on", True) is True)
    return Answer({"folders": [str(folder) for folder in watched(desk.workspace)]})


def hide(desk: Desk, job: Job) -> Answer:
    """Take the loads `load_ids` out of sight, or show them again when `hidden` is false."""
    from briefing.data.stores.opening import open_store

    try:
        with open_store(desk.workspace).writing() as writer:
            writer.hide(whole_numbers(job.args, "load_ids"), hidden=job.args.get("hidden", True) is True)
    finally:
        desk.forget()
    return Answer({})


def loads(desk: Desk, _job: Job) -> Answer:
    """What entered the store, the newest first; `hidden` says what is out of sight."""
    from briefing.data.stores.opening import open_store

    view = open_store(desk.workspace).snapshot()
    listed = sorted((*view.loads, *view.hidden), key=lambda load: load.order, reverse=True)
    hidden = {load.load_id for load in view.hidden}
    return Answer({"loads": [{**load.as_json(), "hidden": load.load_id in hidden} for load in listed]})


def dismiss(desk: Desk, job: Job) -> Answer:
    """Speak no more of the refused file `path`, until it is refused again."""
    from briefing.data.intake.refusals import forget

    forget(desk.workspace, Path(text(job.args, "path")))
    return Answer({})


def _teller(job: Job) -> Callable[[int, int, str], None]:
    def tell(done: int, count: int, name: str) -> None:
        job.report(done / count, Label(f"Reading {name}, {done + 1} of {count}", f"讀取{name}（{done + 1}／{count}）"))

    return tell
