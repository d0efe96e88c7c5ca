"""The names in a folder store at one moment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

HIDDEN = "hidden"
"""The folder of decisions to hide loads."""
_TRIES = 20
_DEPTH = 3
"""Folders below that of a dataset: root, quote date and vintage."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file and what tells whether it is still the one that was read."""

    path: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Partitions and decisions to hide, sorted by path; `closed` has each folder that the system does not open, and why."""

    partitions: tuple[Found, ...] = ()
    hidings: tuple[Found, ...] = ()
    closed: tuple[tuple[Path, str], ...] = ()


def listing(data: Path) -> Listing:
    """What lies in a store now.

    Looked at until two looks agree: files only appear, so what both saw was all there was in between,
    and a load that spans several files is seen whole or not at all. Raises `Refused` for a store that
    cannot be opened, or is written all the time.
    """
    before = _look(data)
    for _ in range(_TRIES):
        now = _look(data)
        if (now.partitions, now.hidings) == (before.partitions, before.hidings):
            return now
        before = now
    raise Refused(_busy(data))


def _look(data: Path) -> Listing:
    closed: list[tuple[Path, str]] = []
    partitions = sorted(
        file for folder in _datasets(data) for file in _below(folder, closed) if file.path.suffix == ".parquet"
    )
    hidings = sorted(_files(data / HIDDEN, closed)) if (data / HIDDEN).is_dir() else []
    hidings = [file for file in hidings if file.path.suffix == ".json"]
    return Listing(tuple(partitions), tuple(hidings), tuple(sorted(closed)))


def _datasets(data: Path) -> list[Path]:
    try:
        return [Path(entry.path) for entry in os.scandir(data) if entry.name.startswith("dataset=")]
    except FileNotFoundError:
        return []
    except OSError as fault:
        raise Refused(_closed(data, fault)) from fault


def _below(folder: Path, closed: list[tuple[Path, str]], depth: int = _DEPTH) -> Iterator[Found]:
    """The files in a folder and in those below it that are named like keys."""
    deeper: list[Path] = []
    yield from _files(folder, closed, deeper)
    if depth:
        for inner in deeper:
            yield from _below(inner, closed, depth - 1)


def _files(folder: Path, closed: list[tuple[Path, str]], deeper: list[Path] | None = None) -> Iterator[Found]:
    try:
        for entry in os.scandir(folder):
            if entry.is_dir():
                if deeper is not None and "=" in entry.name:
                    deeper.append(Path(entry.path))
            elif not entry.name.startswith("."):
                status = entry.stat()
                yield Found(Path(entry.path), status.st_size, status.st_mtime_ns)
    except FileNotFoundError:
        return
    except OSError as fault:
        closed.append((folder, fault.strerror or str(fault)))


def _closed(data: Path, fault: OSError) -> Problem:
    return error(
        "store.closed",
        Place(file=str(data)),
        Label(f"The data in {data} cannot be read: {fault.strerror}.", f"無法讀取{data}中的資料：{fault.strerror}。"),
        Label(
            "Mend the rights to the folder, or connect the disk or share.", "請修正資料夾權限，或連接磁碟或網路資料夾。"
        ),
    )


def _busy(data: Path) -> Problem:
    return error(
        "store.busy",
        Place(file=str(data)),
        Label(f"{data} is being written all the time.", f"{data}持續有資料寫入。"),
        Label("Try again when the import has finished.", "請於匯入完成後再試。"),
    )
