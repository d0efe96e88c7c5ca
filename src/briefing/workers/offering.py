"""What the data worker offers to choose from: the files of folders, and the series of the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from briefing.data.entry import Entry
from briefing.data.workspace import Workspace
from briefing.workers.asking import text, texts
from briefing.workers.protocol import Answer, Job

_MOST = 40


class Desk(Protocol):
    """The workspace that is open."""

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises `Refused` when none is open."""
        ...


def files(job: Job) -> Answer:
    """The files among `paths` and in the folders among them that may hold data; no workspace has to be open."""
    from briefing.data.intake.importing import files_of

    found = (item for path in texts(job.args, "paths") for item in files_of(Path(path)))
    return Answer({"files": [str(item) for item in found if isinstance(item, Path)]})


def find_series(desk: Desk, job: Job) -> Answer:
    """Series of the catalogue that what was `typed` may mean, the closest first, stored or not."""
    from briefing.data.catalogue import load_catalogue

    catalogue, typed = load_catalogue(desk.workspace), text(job.args, "typed").strip()
    exact = catalogue.entry(typed) or catalogue.entry(typed.upper())
    others = catalogue.search(typed, "zh-Hant-TW" if job.args.get("lang") == "zh" else "en")
    found = [*([exact] if exact else []), *(entry for entry in others if entry is not exact)]
    return Answer({"series": [_told(entry) for entry in found[:_MOST]]})


def _told(entry: Entry) -> dict[str, object]:
    return {"id": entry.series_id, "name": entry.name.as_json(), "unit": entry.unit}
