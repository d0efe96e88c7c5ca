"""The morning refresh: what is new or changed in the watched folders comes in."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.data.intake.folders import Folder, read_folders, write_folders
from briefing.data.intake.importing import Progress, files_of, import_files
from briefing.data.intake.refresh_words import gone, growing, not_kept, unreachable
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.intake.seen_files import Read, Seen, Stamp, read_seen, stamp_of, write_seen
from briefing.data.sniffing import name_of
from briefing.data.stores.opening import open_store
from briefing.data.workspace import Workspace
from briefing.problems import Problem, Refused

STEADY = 1.0
"""A file is read when it has not changed for so long; seconds."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The reports of the files that were read, and how many there was nothing new in.

    `problems` name folders that are out of reach, and files that are still being written.
    """

    reports: tuple[ImportReport, ...]
    unchanged: int
    problems: tuple[Problem, ...]


def watched(workspace: Workspace) -> tuple[Path, ...]:
    """The folders that a refresh looks into, sorted. Raises `Refused` for an unreadable folders.toml."""
    folders = read_folders(workspace.folders)
    return tuple(Path(name) for name in sorted(folders) if folders[name].watch)


def watch(workspace: Workspace, folder: Path, *, on: bool = True) -> None:
    """Watch a folder from now on, or no longer. Raises `Refused` for what is no folder, or cannot be kept."""
    place = folder.resolve()
    if on and not place.is_dir():
        raise Refused(gone(place))
    folders = read_folders(workspace.folders)
    known = folders.get(str(place), Folder())
    if known.watch == on:
        return
    try:
        write_folders(workspace.folders, {**folders, str(place): replace(known, watch=on)})
    except OSError as fault:
        raise Refused(not_kept(workspace.folders, fault)) from fault


def out_of_reach(workspace: Workspace) -> tuple[Problem, ...]:
    """The watched folders that cannot be looked into now. Raises `Refused` for an unreadable folders.toml."""
    return _look(watched(workspace))[1]


def refresh(
    workspace: Workspace, *, everything: bool = False, vintage: str | None = None, progress: Progress | None = None
) -> Refreshed:
    """Import what is new or changed in the watched folders; a folder or file that fails does not stop the others.

    A file with the size and time that it had before is not opened, unless `everything` is asked for or the store
    has lost it; one that was refused is tried again. Raises `Refused` as `import_files` does.
    """
    there, problems = _look(watched(workspace))
    seen: Seen = {} if everything else read_seen(workspace)
    kept = _hashes(workspace)
    fresh = [file for file, stamp in there.items() if not _is_kept(seen.get(file), stamp, kept)]
    ready = _steady(fresh, there)
    unready = [file for file in fresh if file not in ready]
    reports = import_files(workspace, list(ready), vintage=vintage, progress=progress)
    told = tuple(report for report in reports if report.outcome is not Outcome.KNOWN)
    old = {file: read for file, read in seen.items() if file in there}
    write_seen(workspace, {**old, **_read_now(ready, reports)})
    return Refreshed(
        told,
        len(there) - len(unready) - len({_place(report) for report in told}),
        (*problems, *map(growing, unready)),
    )


def pending(workspace: Workspace) -> tuple[Path, ...]:
    """The files in watched folders that are new or changed since they were read or refused; none of them is opened.

    Raises `Refused` when the store or folders.toml cannot be read.
    """
    there, _ = _look(watched(workspace))
    seen, kept = read_seen(workspace), _hashes(workspace)
    return tuple(file for file, stamp in there.items() if not _is_known(seen.get(file), stamp, kept))


def _look(folders: Iterable[Path]) -> tuple[dict[Path, Stamp], tuple[Problem, ...]]:
    """The files of folders that may hold data, and a problem for each folder that is out of reach."""
    there: dict[Path, Stamp] = {}
    problems = []
    for folder in folders:
        try:
            os.scandir(folder).close()
        except OSError as fault:
            problems.append(unreachable(folder, fault))
            continue
        for item in files_of(folder):
            stamp = stamp_of(item) if isinstance(item, Path) else None
            if isinstance(item, Path) and stamp is not None:
                there[item] = stamp
    return there, tuple(problems)


def _steady(files: Iterable[Path], stamps: Mapping[Path, Stamp]) -> dict[Path, Stamp]:
    """The files that are not being written, with what they are now; one that changed just before is looked at again."""
    young = [age for file in files if 0 <= (age := stamps[file].age) < STEADY]
    if young:
        time.sleep(STEADY - min(young))
    return {file: stamps[file] for file in files if not young or stamp_of(file) == stamps[file]}


def _read_now(ready: Mapping[Path, Stamp], reports: Iterable[ImportReport]) -> Seen:
    digests = {_place(report): _digest(report) for report in reports}
    return {file: Read(stamp, digests.get((file.parent, name_of(file)), "")) for file, stamp in ready.items()}


def _digest(report: ImportReport) -> str:
    return "" if report.outcome is Outcome.REFUSED else report.sha256


def _hashes(workspace: Workspace) -> frozenset[str]:
    """Of the files that the store has, hidden ones too: what a person took out of sight does not come back by itself."""
    view = open_store(workspace).snapshot()
    return frozenset(load.sha256 for load in (*view.loads, *view.hidden))


def _is_kept(before: Read | None, stamp: Stamp, kept: frozenset[str]) -> bool:
    return before is not None and before.stamp == stamp and before.sha256 in kept


def _is_known(before: Read | None, stamp: Stamp, kept: frozenset[str]) -> bool:
    return before is not None and before.stamp == stamp and (not before.sha256 or before.sha256 in kept)


def _place(report: ImportReport) -> tuple[Path, str]:
    return Path(report.folder), report.file
