"""Saving a note: at every instant the file on disk is one complete old or one complete new version.

Written to a temporary file beside it, synced, exchanged with the old one, and the folder synced. The
file is compared with what was last read before anything is written, and once more after the exchange.
A save that fails leaves the file as it was and puts the text in a second place.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefing.data.writing import sync_folder, write_all
from briefing.note import FORMAT, Note
from briefing.problems import Problem
from briefing.store import save_faults as faults
from briefing.store.exchange import appear, exchange
from briefing.store.notefile import format_of, note_bytes, read_note
from briefing.store.places import note_dir
from briefing.store.rescue import rescue
from briefing.store.versions import digest_of, keep

_TEMPORARY = re.compile(r"\.~[0-9a-f]{8}\.tmp")
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Saved:
    """A note that is on the disk: its bytes, their SHA-256 for the next save, and what is odd about it."""

    path: Path
    content: bytes
    digest: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A note that was not saved because the file is not the one that was read. `theirs` is what is in it."""

    path: Path
    theirs: bytes
    problem: Problem


@dataclass(frozen=True, slots=True)
class Linked:
    """A note that was not saved because its file has other names: a choice for the user."""

    path: Path
    links: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class NotSaved:
    """A note that the system would not take. `rescued` is the second place of its text, if any took it."""

    path: Path
    problem: Problem
    rescued: Path | None


Outcome = Saved | Conflict | Linked | NotSaved


def save(path: Path, note: Note, *, base: str | None, now: datetime, part_links: bool = False) -> Outcome:
    """Save a note to its file; never raises for what disks and other programs do.

    `base` is the SHA-256 of the bytes last read or saved, None for a file that must not exist yet.
    `now` dates the older version in the history. `part_links` is the user's yes to a hard link.
    """
    content = note_bytes(note)
    if read_note(content, path.name)[0] != note:
        rescued = rescue(content, path.name)
        return NotSaved(path, faults.not_readable(path, rescued), rescued)
    try:
        return _save(path, content, base, now, part_links=part_links)
    except OSError as fault:
        rescued = rescue(content, path.name)
        return NotSaved(path, faults.not_saved(path, fault, rescued), rescued)


def save_copy(path: Path, note: Note, now: datetime) -> Outcome:
    """Save a note beside its file as `X (conflict 2025-01-15 0730).brief`, or with a number after it."""
    return save(_free(conflict_path(path, now)), note, base=None, now=now)


def conflict_path(path: Path, now: datetime) -> Path:
    """The name of a conflict copy, the note's own name cut where the whole would be too long."""
    tail = f" (conflict {now:%Y-%m-%d %H%M}){path.suffix}"
    room = _LONGEST_NAME - 4 - len(tail.encode())
    return path.with_name(path.stem.encode()[:room].decode(errors="ignore") + tail)


def collect_orphans(folder: Path, before: float) -> tuple[Path, ...]:
    """Take away temporary files that a save left when it was killed, last changed before a Unix time.

    Each goes to the second place first; one that no place takes stays. Returns where they are now.
    """
    moved = []
    for orphan in sorted(folder.glob(".~*.tmp")):
        if _TEMPORARY.fullmatch(orphan.name) and orphan.stat().st_mtime < before:
            content = orphan.read_bytes()
            place = rescue(content, "unfinished.brief") if content else orphan
            if place is not None:
                orphan.unlink()
                moved.append(place)
    return tuple(place for place in moved if place.exists())


def _save(path: Path, content: bytes, base: str | None, now: datetime, *, part_links: bool) -> Outcome:
    target = path.resolve()
    old, status = _read(target)
    if old == content:
        return Saved(path, content, digest_of(content))
    if old is not None and digest_of(old) != base:
        return Conflict(path, old, faults.changed_on_disk(path))
    if status is not None and status.st_nlink > 1 and not part_links:
        return Linked(path, status.st_nlink, faults.linked(path, status.st_nlink))
    fresh = target.with_name(f".~{secrets.token_hex(4)}.tmp")
    try:
        _write(fresh, content, target, status)
        problems = _into_history(path, old, now)
        out = _brought_in(fresh, target, old)
    except FileExistsError:
        _remove(fresh)
        return Conflict(path, target.read_bytes(), faults.changed_on_disk(path))
    except OSError:
        _remove(fresh)
        raise
    if out is not None and out != old:
        copy = _set_aside(fresh, target, out, now)
        problems = (*problems, faults.written_between(path, copy))
    _remove(fresh)
    sync_folder(target.parent)
    return Saved(path, content, digest_of(content), problems)


def _read(target: Path) -> tuple[bytes | None, os.stat_result | None]:
    """The file as it is now; nothing when there is none in a folder that is there."""
    try:
        return target.read_bytes(), target.stat()
    except FileNotFoundError:
        target.parent.stat()
        return None, None


def _write(fresh: Path, content: bytes, target: Path, status: os.stat_result | None) -> None:
    mode = 0o666 if status is None else 0o600
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), mode)
    try:
        write_all(handle, content)
        if status is not None:
            _copy_rights(target, status, handle)
        os.fsync(handle)
    except OSError:
        with contextlib.suppress(OSError):
            os.close(handle)
        raise
    os.close(handle)


def _copy_rights(target: Path, status: os.stat_result, handle: int) -> None:
    """Group, mode and extended attributes; a group that is not ours to give stays behind."""
    if hasattr(os, "fchown") and status.st_gid != os.fstat(handle).st_gid:
        with contextlib.suppress(PermissionError):
            os.fchown(handle, -1, status.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(status.st_mode))
    if hasattr(os, "listxattr"):
        try:
            for name in os.listxattr(target):
                os.setxattr(handle, name, os.getxattr(target, name))
        except OSError as fault:
            if fault.errno not in {errno.ENOTSUP, errno.EPERM, errno.EACCES, errno.ENODATA}:
                raise


def _into_history(path: Path, old: bytes | None, now: datetime) -> tuple[Problem, ...]:
    if old is None:
        return ()
    try:
        keep(note_dir(path), old, now, pinned=format_of(old) < FORMAT)
    except OSError as fault:
        return (faults.no_history(path, fault),)
    return ()


def _brought_in(fresh: Path, target: Path, old: bytes | None) -> bytes | None:
    """Bring the new file under the note's name; what stood there in that very moment, where that can be known."""
    if old is None:
        if not appear(fresh, target):
            fresh.replace(target)
        return None
    if not exchange(fresh, target):
        fresh.replace(target)
        return None
    return fresh.read_bytes()


def _set_aside(fresh: Path, target: Path, out: bytes, now: datetime) -> Path:
    """Keep a version that somebody wrote in between: as a conflict copy, else in the second place, else as it is."""
    copy = _free(conflict_path(target, now))
    try:
        fresh.replace(copy)
    except OSError:
        return rescue(out, copy.name) or fresh.rename(fresh.with_suffix(".brief"))
    return copy


def _free(path: Path) -> Path:
    """The path, or one with a number after it where the name is taken."""
    target, count = path, 2
    while os.path.lexists(target):
        target, count = path.with_stem(f"{path.stem} {count}"), count + 1
    return target


def _remove(fresh: Path) -> None:
    with contextlib.suppress(OSError):
        fresh.unlink(missing_ok=True)
