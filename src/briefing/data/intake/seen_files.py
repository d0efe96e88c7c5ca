"""Which files of watched folders were read, with the size and time that they had: kept so that they need not be read again."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from briefing.data.workspace import Workspace
from briefing.data.writing import write_file
from briefing.resources import cache_dir

_COARSE = 2_000_000_000
"""Some file systems tell times of change in steps of two seconds; nanoseconds."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The size and the time of the last change of a file, in bytes and nanoseconds."""

    size: int
    changed: int

    @property
    def age(self) -> float:
        """Seconds since the last change, by the clock of this machine."""
        return (time.time_ns() - self.changed) / 1e9


@dataclass(frozen=True, slots=True)
class Read:
    """What a file was when it was read; `sha256` is empty for one that was refused."""

    stamp: Stamp
    sha256: str


Seen = Mapping[Path, Read]


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file; None when it is gone. One that may not be looked at has a stamp that no file has."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        return Stamp(-1, -1)
    return Stamp(status.st_size, status.st_mtime_ns)


def read_seen(workspace: Workspace) -> Seen:
    """The files that were read before; none when nobody remembers."""
    try:
        told = json.loads(_record(workspace).read_bytes())
        return {
            Path(name): Read(Stamp(int(size), int(changed)), str(digest))
            for name, (size, changed, digest) in told.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_seen(workspace: Workspace, seen: Seen) -> None:
    """Remember the files that were read.

    One that was changed just before is left out: another change within the same tick of the clock would not show.
    """
    now = time.time_ns()
    told = {
        str(path): (read.stamp.size, read.stamp.changed, read.sha256)
        for path, read in seen.items()
        if now - read.stamp.changed > _COARSE
    }
    with contextlib.suppress(OSError):  # files that nobody remembers are read once more
        write_file(_record(workspace), json.dumps(told).encode(), 0o600)


def _record(workspace: Workspace) -> Path:
    digest = blake2b(os.fsencode(workspace.root), digest_size=8).hexdigest()
    return cache_dir() / "seen" / f"{digest}.json"
