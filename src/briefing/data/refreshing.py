"""The morning refresh: what is new or changed in the watched folders comes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefing.data.folders import Folder, read_folders, write_folders
from briefing.data.importing import Progress, files_of, import_files
from briefing.data.report import ImportReport, Outcome
from briefing.data.sniffing import name_of
from briefing.data.workspace import Workspace
from briefing.problems import Place, Problem, Refused, error, warning
from briefing.text import Label


@dataclass(slots=True)
class Seen:
    """The files that were read before in this process, with their size and time; a refused one is not among them."""

    stamps: dict[Path, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The reports of the files that were read, how many there was nothing new in, and folders that are not there."""

    reports: tuple[ImportReport, ...]
    unchanged: int
    problems: tuple[Problem, ...]


def watched(workspace: Workspace) -> tuple[Path, ...]:
    """The folders that a refresh looks into, sorted. Raises `Refused` for an unreadable folders.toml."""
    folders = read_folders(workspace.folders)
    return tuple(Path(name) for name in sorted(folders) if folders[name].watch)


def unreachable(workspace: Workspace) -> tuple[Problem, ...]:
    """The watched folders that cannot be reached now. Raises `Refused` for an unreadable folders.toml."""
    return tuple(_unreachable(folder) for folder in watched(workspace) if not folder.is_dir())


def watch(workspace: Workspace, folder: Path, *, on: bool = True) -> None:
    """Watch a folder from now on, or no longer. Raises `Refused` for what is no folder, or cannot be kept."""
    place = folder.resolve()
    if on and not place.is_dir():
        raise Refused(_gone(place))
    folders = read_folders(workspace.folders)
    known = folders.get(str(place), Folder())
    if known.watch == on:
        return
    try:
        write_folders(workspace.folders, {**folders, str(place): replace(known, watch=on)})
    except OSError as fault:
        raise Refused(_not_kept(workspace.folders, fault)) from fault


def refresh(
    workspace: Workspace, *, seen: Seen | None = None, vintage: str | None = None, progress: Progress | None = None
) -> Refreshed:
    """Import what is new or changed in the watched folders; a folder or file that fails does not stop the others.

    `seen` is kept by a process that refreshes more than once: what has its old size and time is not read again.
    Raises `Refused` as `import_files` does.
    """
    memory = seen or Seen()
    problems: list[Problem] = []
    stamps = {file: stamp for folder in watched(workspace) for file, stamp in _files(folder, problems)}
    fresh = [file for file, stamp in stamps.items() if memory.stamps.get(file) != stamp]
    reports = import_files(workspace, fresh, vintage=vintage, progress=progress)
    refused = {_place(report) for report in reports if report.outcome is Outcome.REFUSED}
    memory.stamps |= {file: stamps[file] for file in fresh if (file.parent, name_of(file)) not in refused}
    told = tuple(report for report in reports if report.outcome is not Outcome.KNOWN)
    return Refreshed(told, len(stamps) - len({_place(report) for report in told}), tuple(problems))


def _place(report: ImportReport) -> tuple[Path, str]:
    return Path(report.folder), report.file


def _files(folder: Path, problems: list[Problem]) -> Iterator[tuple[Path, tuple[int, int]]]:
    """The files of a watched folder that may hold data, with size and time."""
    if not folder.is_dir():
        problems.append(_unreachable(folder))
        return
    for item in files_of(folder):
        if isinstance(item, Path):
            try:
                stat = item.stat()
            except FileNotFoundError:  # taken away since the folder was listed
                continue
            yield item, (stat.st_size, stat.st_mtime_ns)


def _gone(folder: Path) -> Problem:
    return error(
        "watch.folder",
        Place(file=str(folder)),
        Label(f"There is no folder {folder}.", f"沒有資料夾{folder}。"),
        Label("Choose a folder that is there.", "請選擇存在的資料夾。"),
    )


def _unreachable(folder: Path) -> Problem:
    return warning(
        "watch.unreachable",
        Place(file=str(folder)),
        Label(f"The watched folder {folder} cannot be reached.", f"無法連上監看的資料夾{folder}。"),
        Label(
            "Connect the drive and refresh again, or stop watching it.", "請連上磁碟後再次更新，或停止監看該資料夾。"
        ),
    )


def _not_kept(path: Path, fault: OSError) -> Problem:
    return error(
        "watch.kept",
        Place(file=str(path)),
        Label(f"{path.name} cannot be written: {fault.strerror}.", f"無法寫入{path.name}：{fault.strerror}。"),
        Label("Make room, or ask for the right to write there.", "請騰出空間，或取得寫入權限。"),
    )
