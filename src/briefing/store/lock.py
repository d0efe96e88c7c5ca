"""Who has a note open: a courtesy between two programs, never what keeps a text safe."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from briefing.data.writing import write_file

_NAME = "open.json"


@dataclass(frozen=True, slots=True)
class Holder:
    """A program that has a note open: its machine, its process, and when that process started."""

    host: str
    pid: int
    started: int


def this_program() -> Holder:
    """The process that asks."""
    return Holder(socket.gethostname(), os.getpid(), _started(os.getpid()))


def holder(folder: Path) -> Holder | None:
    """Who has the note of a folder open; None when nobody does, or when that program has ended."""
    try:
        held = Holder(**json.loads((folder / _NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return held if is_alive(held) else None


def take(folder: Path) -> Holder | None:
    """Mark a note as open here; whoever has it open elsewhere is returned and keeps the mark.

    Raises `OSError` where the folder takes no file; the note can be used all the same.
    """
    other = holder(folder)
    if other is not None and other != this_program():
        return other
    write_file(folder / _NAME, json.dumps(asdict(this_program())).encode(), 0o600)
    return None


def give_back(folder: Path) -> None:
    """Take away the mark if it is ours."""
    if holder(folder) == this_program():
        (folder / _NAME).unlink(missing_ok=True)


def is_alive(held: Holder) -> bool:
    """Whether the process runs; one on another machine counts as running, because nobody can tell."""
    if held.host != socket.gethostname():
        return True
    try:
        os.kill(held.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _started(held.pid) == held.started


def _started(pid: int) -> int:
    """When a process started, in the system's own ticks; 0 where the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[19])
