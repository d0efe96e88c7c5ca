"""The names in a folder store at one moment."""

from __future__ import annotations

import contextlib
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
    """A file, by its whole path, and what tells whether it is still the one that was read."""

    name: str
    size: int
    mtime_ns: int

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return Path(self.name)


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
    before = look(data)
    for _ in range(_TRIES):
        now = look(data)
        if (now.partitions, now.hidings) == (before.partitions, before.hidings):
            return now
        before = now
    raise Refused(_busy(data))


def look(data: Path) -> Listing:
    """What one walk through a store sees; of a load that came meanwhile it may see a part. Raises `Refused` as `listing`."""
    closed: list[tuple[Path, str]] = []
    found = (file for folder in _datasets(data) for file in _below(folder, closed))
    partitions = sorted(file for file in found if file.name.endswith(".parquet"))
    hidings = sorted(file for file in _files(str(data / HIDDEN), closed) if file.name.endswith(".json"))
    return Listing(tuple(partitions), tuple(hidings), tuple(sorted(closed)))


def _datasets(data: Path) -> list[str]:
    try:
        return [entry.path for entry in os.scandir(data) if entry.name.startswith("dataset=")]
    except FileNotFoundError:
        return []
    except OSError as fault:
        raise Refused(_closed(data, fault)) from fault


def _below(folder: str, closed: list[tuple[Path, str]], depth: int = _DEPTH) -> Iterator[Found]:
    """The files in a folder and in those below it that are named like keys."""
    deeper: list[str] = []
    yield from _files(folder, closed, deeper)
    if depth:
        for inner in deeper:
            yield from _below(inner, closed, depth - 1)


def _files(folder: str, closed: list[tuple[Path, str]], deeper: list[str] | None = None) -> Iterator[Found]:
    try:
        for entry in os.scandir(folder):
            if entry.is_dir():
                if deeper is not None and "=" in entry.name:
                    deeper.append(entry.path)
            elif not entry.name.startswith("."):
                # One that is gone meanwhile, or a link that leads nowhere, hides none of the others.
                with contextlib.suppress(FileNotFoundError):
                    status = entry.stat()
                    yield Found(entry.path, status.st_size, status.st_mtime_ns)
    except FileNotFoundError:
        return
    except OSError as fault:
        closed.append((Path(folder), fault.strerror or str(fault)))


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
