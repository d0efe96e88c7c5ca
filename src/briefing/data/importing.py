"""Loads data files into a workspace: recognised or refused, all or nothing, each load a vintage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.data.catalogue import Catalogue, load_catalogue
from briefing.data.checking import check_changes, check_values, check_whole, faults_as_problems
from briefing.data.choosing import chosen_candidate
from briefing.data.comparing import compare
from briefing.data.containers.opening import open_tables
from briefing.data.containers.table import Table
from briefing.data.folders import Folder, read_folders, with_choice, write_folders
from briefing.data.loading import known_load, stored_values, write_load
from briefing.data.partitions import Partition, partitions
from briefing.data.planning import plan
from briefing.data.reading import Plan, Reading, read_rows
from briefing.data.recognising import Candidate
from briefing.data.report import ImportReport, Outcome
from briefing.data.shape import Sheet
from briefing.data.sniffing import name_of, read_bytes
from briefing.data.vintages import checked_vintage
from briefing.data.workspace import Workspace
from briefing.problems import Place, Problem, Refused, error, has_errors, warning
from briefing.text import Label

_ENDINGS = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class _Job:
    """What the import of every file needs to know."""

    workspace: Workspace
    catalogue: Catalogue
    source: str | None
    as_id: str | None
    vintage: str | None


def import_files(
    workspace: Workspace,
    paths: Iterable[Path],
    *,
    source: str | None = None,
    as_id: str | None = None,
    vintage: str | None = None,
) -> list[ImportReport]:
    """Import files, and the tables in folders, one after another; a refused file does not stop the next.

    `source` names the format and `as_id` the series when a file does not say; both are remembered for
    the folder. `vintage` is the time of the load (default: now). Raises `Refused` only when the
    workspace or an argument is unusable; a file that is refused has a report that says why.
    """
    bound = checked_vintage(vintage) if vintage else None
    job = _Job(workspace, load_catalogue(workspace), source, as_id, bound)
    return [report for path in paths for report in _import_path(job, path)]


def _import_path(job: _Job, path: Path) -> list[ImportReport]:
    """The reports of a file, or of the tables in a folder; one that holds none is refused like a file."""
    if not path.is_dir():
        return [_import_file(job, path)]
    try:
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in _ENDINGS and not file.is_dir())
    except OSError as fault:
        return [_refused_folder(path, f"cannot be opened: {fault.strerror}", f"無法開啟：{fault.strerror}")]
    if not files:
        endings = ", ".join(_ENDINGS)
        return [_refused_folder(path, f"holds no table ({endings})", f"沒有表格檔（{endings}）")]
    return [_import_file(job, file) for file in files]


def _refused_folder(path: Path, en: str, zh: str) -> ImportReport:
    name = name_of(path)
    problem = error(
        "import.folder",
        Place(file=name),
        Label(f"The folder {name} {en}.", f"資料夾{name}{zh}。"),
        Label("Name a folder with data files in it that you may read.", "請指定含有資料檔且可讀取的資料夾。"),
    )
    return ImportReport(file=name, outcome=Outcome.REFUSED, problems=(problem,))


def _import_file(job: _Job, path: Path) -> ImportReport:
    choices = {key: value for key, value in (("source", job.source), ("as", job.as_id)) if value}
    report = ImportReport(file=name_of(path), outcome=Outcome.REFUSED, choices=choices)
    try:
        content = read_bytes(path)
        digest = hashlib.sha256(content).hexdigest()
        report = replace(report, sha256=digest, size=len(content))
        stored = partitions(job.workspace.data)
        known = known_load(stored, digest, job.source, _id(job))
        if known is not None:
            return replace(
                report,
                outcome=Outcome.KNOWN,
                recogniser=known.recogniser,
                dataset=known.dataset,
                vintage=known.vintage,
                load_id=known.load_id,
                series=tuple(sorted(known.series)),
            )
        (table,) = open_tables(path, content, digest)
        return _import_new(job, report, table, stored)
    except Refused as refusal:
        return replace(report, problems=refusal.problems)


def _id(job: _Job) -> str | None:
    entry = job.catalogue.entry(job.as_id) if job.as_id else None
    return entry.series_id if entry else job.as_id


def _import_new(job: _Job, report: ImportReport, file: Table, stored: Sequence[Partition]) -> ImportReport:
    folder = read_folders(job.workspace.folders).get(str(file.folder), Folder())
    sheet = Sheet(file.grid, job.catalogue)
    chosen = chosen_candidate(sheet, job.source, folder.source or None)
    report = replace(
        report,
        encoding=file.encoding,
        recogniser=chosen.recogniser.name,
        version=chosen.recogniser.version,
        score=chosen.score.value,
        reason=chosen.score.reason,
        doubts=chosen.score.doubts,
        dataset=chosen.recogniser.name,
    )
    try:
        reading = read_rows(sheet.grid, _plan(job, sheet, chosen, folder))
        return _load(job, _with_reading(report, file, sheet, reading, job.catalogue), reading, file, stored)
    except Refused as refusal:
        return replace(report, problems=refusal.problems)


def _plan(job: _Job, sheet: Sheet, chosen: Candidate, folder: Folder) -> Plan:
    return plan(
        sheet,
        chosen,
        as_id=job.as_id or folder.ids.get(sheet.grid.name),
        named=chosen.recogniser.name in {job.source, folder.source},
        date_style=folder.dates or None,
    )


def _with_reading(
    report: ImportReport, file: Table, sheet: Sheet, reading: Reading, catalogue: Catalogue
) -> ImportReport:
    problems = (
        *faults_as_problems(file.name, reading),
        *check_whole(file, sheet.grid, reading),
        *check_values(file.name, reading.rows, catalogue),
    )
    return replace(
        report,
        rows_read=reading.rows_read,
        rows_kept=reading.rows_kept,
        refused=reading.faults,
        missing=reading.missing,
        merged=reading.merged,
        series=tuple(name for name, _ in reading.rows.by_series()),
        problems=problems,
    )


def _load(job: _Job, report: ImportReport, reading: Reading, file: Table, stored: Sequence[Partition]) -> ImportReport:
    """Write what the reading adds or revises, unless anything is wrong with it: then nothing is kept."""
    if has_errors(report.problems):
        return replace(report, rows_kept=0)
    comparison = compare(reading.rows, stored_values(job.workspace, stored, report.dataset, report.series))
    problems = (*report.problems, *check_changes(file.name, comparison))
    if has_errors(problems):
        return replace(report, rows_kept=0, problems=problems)
    report = replace(
        report,
        added=comparison.added,
        revised=comparison.revised,
        vanished=comparison.vanished,
        problems=problems,
    )
    report = write_load(job.workspace, report, comparison.fresh, stored, job.vintage)
    return _remembered(job, report, file) if job.source or job.as_id else report


def _remembered(job: _Job, report: ImportReport, file: Table) -> ImportReport:
    """Keep the user's choice for the folder. When that fails, the load stands and the report says so."""
    path = job.workspace.folders
    choices = with_choice(read_folders(path), str(file.folder), report.recogniser, file.name, _id(job))
    try:
        write_folders(path, choices)
    except OSError as fault:
        return replace(report, problems=(*report.problems, _forgotten(path, fault)))
    return report


def _forgotten(path: Path, fault: OSError) -> Problem:
    return warning(
        "import.forgotten",
        Place(file=str(path)),
        Label(
            f"The choice could not be kept in {path.name}: {fault.strerror}.",
            f"無法將選擇寫入{path.name}：{fault.strerror}。",
        ),
        Label("The file was loaded; choose again next time.", "檔案已載入，下次請重新選擇。"),
    )
