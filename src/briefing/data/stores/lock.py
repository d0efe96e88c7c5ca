"""One writer at a time: a lock file beside the data, for local folders and for file servers.

It is made by a hard link, or where there are none by exclusive creation; both are atomic on NFS and SMB.
The writer touches it every few seconds, so that one who waits can tell a writer that works from one that
is gone. A lock whose process is known to have ended on this machine is taken over; any other is broken
only when a person says so.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefing.data.holder import Holder, is_alive, this_program, user_name
from briefing.data.stores import lock_faults as faults
from briefing.data.writing import write_all
from briefing.problems import Refused

LOCK = "writer.lock"
_BEAT = 2.0
_POLL = 0.05
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL})


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds the lock: the program, its user, and since when by that machine's clock."""

    holder: Holder
    user: str
    since: str
    key: str


@contextlib.contextmanager
def locked(data: Path, wait: float) -> Iterator[Lock]:
    """Hold the lock of a store. Raises `Refused` when it cannot be made, or is held longer than `wait` seconds."""
    path = data / LOCK
    mine = Held(this_program(), user_name(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), secrets.token_hex(8))
    try:
        after_death = _acquire(path, mine, wait)
    except OSError as fault:
        raise Refused(faults.unwritable(data, fault)) from fault
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(path, stop), daemon=True)
    beat.start()
    try:
        yield Lock(path, mine, after_death)
    finally:
        stop.set()
        beat.join()
        if read_lock(path) == mine:
            with contextlib.suppress(OSError):
                path.unlink()


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock as its holder has it; `after_death` says that the holder before ended without giving it back."""

    path: Path
    mine: Held
    after_death: bool

    def check(self) -> None:
        """Raise `Refused` when somebody broke the lock, so that nothing is written without it."""
        if read_lock(self.path) != self.mine:
            raise Refused(faults.broken(self.path))


def read_lock(path: Path) -> Held | None:
    """Who holds the lock; None when nobody does, or the file does not say."""
    try:
        told = json.loads(path.read_bytes())
        return Held(Holder(**told.pop("holder")), **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def break_lock(data: Path) -> Held | None:
    """Take the lock away, whoever holds it: only when a person said so. Raises `Refused` when there is none."""
    path = data / LOCK
    held = read_lock(path)
    try:
        path.unlink()
    except FileNotFoundError as fault:
        raise Refused(faults.no_lock(data)) from fault
    except OSError as fault:
        raise Refused(faults.unwritable(data, fault)) from fault
    return held


def _acquire(path: Path, mine: Held, wait: float) -> bool:
    """Get the lock; gives whether it was taken from a program that has ended. Raises `OSError`, `Refused`."""
    fresh = path.with_name(f".~{mine.key[:8]}.tmp")
    content = json.dumps(asdict(mine)).encode()
    until, seen, beats, after_death = time.monotonic() + wait, None, 0, False
    try:
        while not _made(path, fresh, content):
            held = read_lock(path)
            if held is not None and not is_alive(held.holder) and _taken_from_the_dead(path, held):
                after_death = True
                continue
            now = _touched(path)
            beats += seen is not None and now != seen
            seen = now
            if time.monotonic() >= until:
                raise Refused(faults.held(path, held, wait, beating=beats > 0))
            time.sleep(_POLL)
    finally:
        fresh.unlink(missing_ok=True)
    return after_death


def _made(path: Path, fresh: Path, content: bytes) -> bool:
    """Whether the lock is ours now. Raises `OSError`."""
    if not fresh.exists():
        _create(fresh, content)
    try:
        os.link(fresh, path)
    except (FileExistsError, FileNotFoundError):
        # Held by somebody; or ours was cleared away as a leftover, and is made again.
        return False
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        try:
            _create(path, content)
        except FileExistsError:
            return False
    return True


def _create(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    try:
        write_all(handle, content)
    finally:
        os.close(handle)


def _taken_from_the_dead(path: Path, held: Held) -> bool:
    """Remove the lock of a process that has ended. Only one of those who see it may: the file itself is locked for that."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file.fileno()).st_nlink and read_lock(path) == held:
                path.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _touched(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _beat(path: Path, stop: threading.Event) -> None:
    while not stop.wait(_BEAT):
        with contextlib.suppress(OSError):
            os.utime(path)
