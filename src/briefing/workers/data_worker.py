"""The data worker: opens the workspace, imports, resolves, checks, and makes the plain view of a note.

Cancelling is killing it; it keeps nothing that cannot be read again.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from briefing.data.health import Health, counted
from briefing.data.stores.opening import open_store
from briefing.data.tags import tag_label
from briefing.data.workspace import Workspace, create_workspace, find_workspace
from briefing.metrics.derived import Derived, open_source
from briefing.metrics.listing import facts, found
from briefing.metrics.record import missing
from briefing.metrics.registry import evaluate
from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.reference import Reference, parse_reference
from briefing.series import Series
from briefing.text import Label
from briefing.workers import cataloguing, intake, offering
from briefing.workers.asking import day, text, texts
from briefing.workers.limits import DATA, confine, grant_time
from briefing.workers.protocol import Answer, Handler, Job, serve

_EPOCH = np.datetime64("1970-01-01", "D")
_MOST_REVISED = 1000
"""A history that is replaced has as many revisions as days; nobody reads more of them."""
_MOST_FLAGS = 50
_LONG = frozenset({"import", "init_sample", "refresh"})


class Desk:
    """The workspace that is open, and the market as it was read last."""

    def __init__(self) -> None:
        self._workspace: Workspace | None = None
        self._as_of: date | None = None
        self._source: Derived | None = None
        self._token = ""
        self._then: tuple[tuple[date | None, str | None], Derived] | None = None

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises `Refused` when none is open."""
        if self._workspace is None:
            raise Refused(_nothing_open())
        return self._workspace

    @property
    def source(self) -> Derived:
        """The market of the open workspace. Raises `Refused` when there is none, or no data in it."""
        if self._source is None:
            self._token = open_store(self.workspace).token()
            self._source = open_source(self.workspace, self._as_of)
        return self._source

    @property
    def is_behind(self) -> bool:
        """Whether anything was loaded, hidden or shown since the market was read."""
        return bool(self._token) and open_store(self.workspace).changed_since(self._token)

    def source_at(self, as_of: date | None, vintage: str | None) -> Derived:
        """The market at the as-of date and vintage of a note; the last one asked for is kept."""
        if vintage is None and as_of in {None, self.source.as_of}:
            return self.source
        if self._then is None or self._then[0] != (as_of, vintage):
            self._then = (as_of, vintage), open_source(self.workspace, as_of, vintage)
        return self._then[1]

    def _asked(self, args: Mapping[str, Any]) -> Derived:
        """The market that a request asks for."""
        return self.source_at(day(args.get("as_of")), str(args["vintage"]) if args.get("vintage") else None)

    def forget(self) -> None:
        """Read the store again at the next question."""
        self._source = self._then = None
        self._token = ""

    def init(self, job: Job) -> Answer:
        """Make an empty workspace in `dir`."""
        return Answer({"workspace": str(create_workspace(Path(text(job.args, "dir"))).root)})

    def init_sample(self, job: Job) -> Answer:
        """The sample workspace in `dir`, made when it is not there, and its note."""
        from briefing.sample import SAMPLE_NOTE, open_sample

        job.report(0.0, Label("Making the sample workspace", "建立示範工作區"))
        workspace = open_sample(Path(text(job.args, "dir")))
        return Answer({"workspace": str(workspace.root), "note": str(workspace.notes / SAMPLE_NOTE)})

    def open(self, job: Job) -> Answer:
        """Open the `workspace` at `as_of` (absent: its newest observation); list its series, tags and problems.

        One that holds no data is open too, with nothing in its list.
        """
        self._workspace = find_workspace(Path(text(job.args, "workspace")))
        self._as_of = day(job.args.get("as_of"))
        self.forget()
        if not self._holds_data():
            nothing: dict[str, object] = {
                "as_of": None,
                "newest": None,
                "vintage": "",
                "series": [],
                "tags": {},
                "problems": [],
            }
            return Answer({"workspace": str(self.workspace.root), **nothing})
        listed = found(self.source, "")
        tags = sorted({tag for series in listed for tag in series.tags})
        return Answer(
            {
                "workspace": str(self.workspace.root),
                "as_of": self.source.as_of.isoformat(),
                "newest": self.source.newest().isoformat(),
                "vintage": self.source.vintage,
                "series": [facts(self.source, series) for series in listed],
                "tags": {tag: tag_label(tag).as_json() for tag in tags},
                "problems": [problem.as_json() for problem in self.source.market.problems],
            }
        )

    def _holds_data(self) -> bool:
        try:
            return bool(self.source.as_of)
        except Refused as refused:
            if [problem.check for problem in refused.problems] != ["market.empty"]:
                raise
            return False

    def movers(self, _job: Job) -> Answer:
        """What moved, the most unusual first."""
        from briefing.metrics.movers import movers

        rows = movers(self.source, (series.id for series in found(self.source, "")))
        return Answer({"rows": [row.as_json() for row in rows]})

    def revisions(self, job: Job) -> Answer:
        """The past values that loads after the vintage `since` (absent: all loads) changed, of one `series` or of all.

        `count` says how many there are, `rows` has those of the newest loads.
        """
        from briefing.metrics.revisions import revisions

        since = str(job.args["since"]) if job.args.get("since") else None
        only = str(job.args.get("series") or "")
        rows = [row for row in revisions(self._asked(job.args), since) if only in {"", row.series}]
        return Answer({"rows": [row.as_json() for row in rows[-_MOST_REVISED:]], "count": len(rows)})

    def health(self, _job: Job) -> Answer:
        """How every series and file stands at the as-of date, the worst first, and how many there are of each state.

        Of a row that has very many, the newest `flags` are told; `more_flags` counts the others.
        """
        from briefing.metrics.health import health

        rows = health(self.workspace, lambda: self.source)
        counts = {state.value: count for state, count in counted(rows).items()}
        return Answer({"rows": [_standing(row) for row in rows], "counts": counts})

    def series(self, job: Job) -> Answer:
        """For each of `ids` what is known, and n days since 1970 (int32) and n values (float64) as bytes."""
        source = self._asked(job.args)
        read = source.read(texts(job.args, "ids"))
        raw = b"".join(_packed(series) for series in read)
        return Answer({"series": [facts(source, series) for series in read]}, raw)

    def values(self, job: Job) -> Answer:
        """The value of each of `refs` at `as_of` and `vintage`."""
        source = self._asked(job.args)
        return Answer({"values": {text: _value(source, text) for text in texts(job.args, "refs")}})

    def complete(self, job: Job) -> Answer:
        """References that may follow what was `typed`, those of the series `ids` on screen first."""
        from briefing.metrics.completion import candidates

        source = self._asked(job.args)
        listed = candidates(source, text(job.args, "typed"), on_screen=texts(job.args, "ids"))
        return Answer({"candidates": [candidate.as_json() for candidate in listed]})

    def note(self, job: Job) -> Answer:
        """A note's bytes parsed and written again, so that the window reads only what it can trust."""
        from briefing.store.notefile import note_bytes, read_note

        note, problems = read_note(job.body, text(job.args, "name"))
        return Answer({"problems": [problem.as_json() for problem in problems]}, note_bytes(note))

    def check(self, job: Job) -> Answer:
        """Every problem of a note's bytes."""
        from briefing.render.edition import inspect_note
        from briefing.store.notefile import read_note

        note, _ = read_note(job.body, "note")
        problems = inspect_note(note, self.source_at(note.as_of, note.vintage))
        return Answer({"problems": [problem.as_json() for problem in problems]})

    def view(self, job: Job) -> Answer:
        """The request for the render worker, and every problem of the note."""
        from briefing.render.edition import edition_choice, prepare_edition
        from briefing.store.notefile import read_note

        note, _ = read_note(job.body, "note")
        choice = edition_choice(
            str(job.args.get("edition", "both")),
            str(job.args.get("layout", "stacked")),
            str(job.args.get("style") or note.style),
            draft=bool(job.args.get("draft", False)),
        )
        source = self.source_at(note.as_of, note.vintage)
        made = prepare_edition(note, source, choice, attach=bool(job.args.get("attach", False)))
        return Answer({"request": made.request, "problems": [problem.as_json() for problem in made.problems]})


def verbs(desk: Desk) -> dict[str, Handler]:
    """What the worker can do, by name."""
    return {
        "init": desk.init,
        "init_sample": desk.init_sample,
        "open": desk.open,
        "movers": desk.movers,
        "health": desk.health,
        "series": desk.series,
        "revisions": desk.revisions,
        "values": desk.values,
        "complete": desk.complete,
        "files": offering.files,
        "find_series": partial(offering.find_series, desk),
        "look_at": partial(intake.look_at, desk),
        "import": partial(intake.take_in, desk),
        "refresh": partial(intake.refresh, desk),
        "watch": partial(intake.watch, desk),
        "pending": partial(intake.pending, desk),
        "hide": partial(intake.hide, desk),
        "loads": partial(intake.loads, desk),
        "dismiss": partial(intake.dismiss, desk),
        "catalogue_entry": partial(cataloguing.entry, desk),
        "catalogue_try": partial(cataloguing.attempt, desk),
        "catalogue_declare": partial(cataloguing.declare, desk),
        "catalogue_forget": partial(cataloguing.forget, desk),
        "note": desk.note,
        "check": desk.check,
        "view": desk.view,
    }


def handlers(desk: Desk) -> dict[str, Handler]:
    """What the worker can do, each within its time."""
    return {
        name: _timed(verb, DATA.long_seconds if name in _LONG else DATA.seconds) for name, verb in verbs(desk).items()
    }


def _timed(verb: Handler, seconds: int) -> Handler:
    def handle(job: Job) -> Answer:
        grant_time(seconds)
        return verb(job)

    return handle


def _value(source: Derived, text: str) -> dict[str, object]:
    try:
        return evaluate(parse_reference(text, NOWHERE), source).as_json()
    except Refused as refused:
        return {**missing(Reference((), ""), refused.problems).as_json(), "ref": text}


def _standing(row: Health) -> dict[str, object]:
    short = replace(row, flags=row.flags[-_MOST_FLAGS:])
    return {**short.as_json(), "more_flags": len(row.flags) - len(short.flags)}


def _packed(series: Series) -> bytes:
    days = (series.dates - _EPOCH).astype("<i4")
    return days.tobytes() + series.values.astype("<f8").tobytes()


def _nothing_open() -> Problem:
    return error(
        "worker.workspace",
        NOWHERE,
        Label("No workspace is open.", "尚未開啟工作區。"),
        Label("Open the sample or a folder of your own first.", "請先開啟示範工作區或自己的資料夾。"),
    )


def main() -> None:
    """Serve on standard input and output until the window closes them."""
    confine(DATA)
    serve(handlers(Desk()), sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
