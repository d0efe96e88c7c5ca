"""Which program holds something that only one may have, and whether it still runs."""

from __future__ import annotations

import getpass
import os
import socket
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Holder:
    """A program: its machine, its process, and when that process started."""

    host: str
    pid: int
    started: int


def this_program() -> Holder:
    """The process that asks."""
    return Holder(socket.gethostname(), os.getpid(), _started(os.getpid()))


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


def user_name() -> str:
    """Who runs this program; empty where the system does not know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _started(pid: int) -> int:
    """When a process started, in the system's own ticks; 0 where the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[19])
