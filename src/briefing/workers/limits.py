"""What a worker may use of the machine, where the system can hold it to that."""

from __future__ import annotations

import sys
from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one process: memory and file size in bytes, open files, seconds of processor time a job.

    `long_seconds` is for what the user asked for and waits for: an export, an import.
    """

    memory: int
    file_size: int
    open_files: int
    seconds: int
    long_seconds: int


RENDER = Limits(memory=1536 * _MEGABYTE, file_size=64 * _MEGABYTE, open_files=64, seconds=10, long_seconds=60)
DATA = Limits(memory=2048 * _MEGABYTE, file_size=1024 * _MEGABYTE, open_files=256, seconds=30, long_seconds=300)


def confine(limits: Limits) -> bool:
    """Hold this process to its limits for good. False where the system has none (Windows)."""
    if sys.platform == "win32":
        return False
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        _lower(kind, most)
    return True


def grant_time(seconds: int) -> None:
    """Allow this process some seconds of processor time from now on; beyond them the system ends it.

    The limit counts the whole life of a process, so only the soft one is moved.
    """
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _lower(kind: int, most: int) -> None:
    """Set a limit, never above what the process may have already."""
    import resource

    _, hard = resource.getrlimit(kind)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (bound, bound))
