"""Loads data files into a workspace: recognised or refused, all or nothing, each load a vintage."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from briefing.data.catalogue import Catalogue, load_catalogue
from briefing.data.containers.opening import open_tables
from briefing.data.containers.passed_over import passed_over
from briefing.data.intake import import_words
from briefing.data.intake.admitting import judge
from briefing.data.intake.choices import UNDECIDED, Choices, checked_choices
from briefing.data.intake.folders import Folder, read_folders, write_folders
from briefing.data.intake.incoming import Incoming, read_table
from briefing.data.intake.loading import known_load
from briefing.data.intake.parts import remarks_on_parts, sorted_out, unused
from briefing.data.intake.refusals import remember
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.loads import Load
from briefing.data.sniffing import folder_of, name_of, read_bytes
from briefing.data.stores.contract import DataStore
from briefing.data.stores.opening import open_store
from briefing.data.vintages import checked_vintage, instant, vintage_now
from briefing.data.workspace import Workspace
from briefing.problems import Problem, Refused, has_errors

Progress = Callable[[int, int, str], None]
"""Is told how many files are done, how many there are, and the name of the one that is next."""


@dataclass(frozen=True)
class _Job:
    """What the import of every file needs to know."""

    workspace: Workspace
    store: DataStore
    catalogue: Catalogue
    choices: Choices
    vintage: str | None
    remembering: bool

    @cached_property
    def before(self) -> Sequence[Load]:
        """What the store had at the first file: whatever came since is known under the lock. Raises `Refused`."""
        return self.store.snapshot().loads

    @property
    def day(self) -> date:
        """The day of the loads."""
        return instant(self.vintage or vintage_now()).date()


def import_files(
    workspace: Workspace,
    paths: Iterable[Path],
    *,
    choices: Choices = UNDECIDED,
    vintage: str | None = None,
    progress: Progress | None = None,
    remembering: bool = True,
) -> list[ImportReport]:
    """Import files, and the files in folders, one after another; a refused file does not stop the next.

    `choices` is what a person decided where a file is not clear; it is remembered for the folder of each
    file that is loaded, unless `remembering` is false. `vintage` is the time of the load (default: now). There is a report for each table
    of each file. Raises `Refused` only when the workspace or an argument is unusable.
    """
    bound = checked_vintage(vintage) if vintage else None
    catalogue = load_catalogue(workspace)
    job = _Job(workspace, open_store(workspace), catalogue, checked_choices(choices), bound, remembering)
    files = [item for path in paths for item in files_of(path)]
    reports: list[ImportReport] = []
    for done, item in enumerate(files):
        if isinstance(item, ImportReport):
            reports.append(item)
            continue
        if progress is not None:
            progress(done, len(files), name_of(item))
        reports += _kept_in_mind(job, item, _import_file(job, item))
    return reports


def _stored_id(catalogue: Catalogue, series: str) -> str:
    entry = catalogue.entry(series) if series else None
    return entry.series_id if entry else series


def files_of(path: Path) -> list[Path | ImportReport]:
    """A file itself, or those in a folder; hidden ones are not looked at, others that hold no data are reported."""
    if not path.is_dir():
        return [path]
    try:
        inside = sorted(file for file in path.iterdir() if not file.name.startswith(".") and not file.is_dir())
    except OSError as fault:
        return [_refused(path, import_words.unreadable_folder(name_of(path), str(fault.strerror)))]
    out: list[Path | ImportReport] = []
    for file in inside:
        why = passed_over(file)
        if why is None:
            out.append(file)
        else:
            out.append(replace(_report(file), outcome=Outcome.PASSED_OVER, reason=why))
    if not any(isinstance(item, Path) for item in out):
        out.append(_refused(path, import_words.empty_folder(name_of(path))))
    return out


def _refused(path: Path, problem: Problem) -> ImportReport:
    return replace(_report(path), problems=(problem,))


def _report(path: Path) -> ImportReport:
    return ImportReport(file=name_of(path), outcome=Outcome.REFUSED, folder=str(folder_of(path)))


def _import_file(job: _Job, path: Path) -> list[ImportReport]:
    """The reports of the tables of a file: all of them are loaded, or none."""
    report = replace(_report(path), choices=job.choices)
    try:
        content = read_bytes(path)
        digest = hashlib.sha256(content).hexdigest()
        report = replace(report, sha256=digest, size=len(content))
        known = _known(job, job.before, digest)
        if known:
            return [_as_known(report, load) for load in known]
        folders = read_folders(job.workspace.folders)
        folder = folders.get(str(folder_of(path)), Folder())
        settled = folder.settled(job.choices, report.file)
        tables = open_tables(path, content, digest, encoding=settled.encoding)
        read = [
            read_table(table, job.catalogue, job.choices, folder) for table in tables if table.part not in settled.skip
        ]
        told, incoming = sorted_out(read)
        remarks = (*told, *remarks_on_parts(tables, settled.skip), *unused(job.choices, read))
        reports = _load(job, report, incoming, remarks)
    except Refused as refusal:
        return [replace(report, problems=refusal.problems)]
    return _remembered(job, reports, path)


def _known(job: _Job, loads: Sequence[Load], digest: str) -> tuple[Load, ...]:
    """The loads that brought exactly this file in the same way before."""
    choices = job.choices
    if choices != Choices(source=choices.source, as_id=choices.as_id, quote_date=choices.quote_date):
        return ()
    names = {choices.as_id, _stored_id(job.catalogue, choices.as_id)} - {""}
    found = known_load(loads, digest, choices.source or None, names, str(choices.quote_date or ""))
    if found is None:
        return ()
    return tuple(load for load in loads if load.load_id in (found.batch or (found.load_id,)))


def _as_known(report: ImportReport, load: Load) -> ImportReport:
    return replace(
        report,
        outcome=Outcome.KNOWN,
        part=load.part,
        recogniser=load.recogniser,
        dataset=load.dataset,
        vintage=load.vintage,
        load_id=load.load_id,
        series=tuple(sorted(load.series)),
    )


def _load(
    job: _Job, report: ImportReport, incoming: Sequence[Incoming], remarks: Sequence[Problem]
) -> list[ImportReport]:
    """Judge the tables under the lock of the store and write them, unless anything is wrong with one of them."""
    first, *others = incoming
    incoming = [replace(first, report=replace(first.report, problems=(*first.report.problems, *remarks))), *others]
    if any(has_errors(one.report.problems) for one in incoming):
        return _all_refused([one.report for one in incoming])
    with job.store.writing() as writer:
        known = _known(job, writer.snapshot.loads, report.sha256)
        if known:
            return [_as_known(report, load) for load in known]
        judged = [judge(one, job.catalogue, writer.snapshot, job.day) for one in incoming]
        if any(one.refused for one in judged):
            return _all_refused([report for one in judged for report in one.reports])
        return list(writer.write([arrival for one in judged for arrival in one.arrivals], job.vintage))


def _all_refused(reports: Sequence[ImportReport]) -> list[ImportReport]:
    """The reports of a file of which nothing is kept; a table that is right by itself says why it is not."""
    bad = [report.title for report in reports if has_errors(report.problems)]
    return [
        replace(report, rows_kept=0)
        if has_errors(report.problems)
        else replace(report, rows_kept=0, problems=(*report.problems, import_words.refused_with(report.title, bad[0])))
        for report in reports
    ]


def _kept_in_mind(job: _Job, path: Path, reports: list[ImportReport]) -> list[ImportReport]:
    """The reports of a file, after it was noted for the health of the data whether it was refused."""
    problem = remember(job.workspace, path, reports)
    if problem is None:
        return reports
    return [replace(reports[0], problems=(*reports[0].problems, problem)), *reports[1:]]


def _remembered(job: _Job, reports: list[ImportReport], path: Path) -> list[ImportReport]:
    """Keep what was chosen for the folder. When that fails, the load stands and the report says so."""
    first = reports[0]
    if first.outcome is not Outcome.LOADED or job.choices == UNDECIDED or not job.remembering:
        return reports
    file, place = job.workspace.folders, str(folder_of(path))
    # An underlying keeps the name it was given: its chain is no series of the catalogue.
    as_id = job.choices.as_id if first.chain else _stored_id(job.catalogue, job.choices.as_id)
    choices = replace(job.choices, as_id=as_id)
    try:
        folders = read_folders(file)
        folder = folders.get(place, Folder()).with_choices(choices, first.file, first.recogniser)
        write_folders(file, {**folders, place: folder})
    except OSError as fault:
        forgotten = import_words.forgotten(file, fault)
        return [replace(first, problems=(*first.problems, forgotten)), *reports[1:]]
    return reports
