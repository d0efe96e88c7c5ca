"""The typing journal: each change is in it, by one write, before the next key; on the disk within 250 ms.

A killed program loses nothing that was recorded; a power cut at most what was typed since the last
sync, which a thread of its own starts 200 ms after the first byte that has none, however long the typing
goes on. It takes no lock that the typing waits for.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from dataclasses import asdict, dataclass
from errno import ENOSPC
from pathlib import Path
from queue import Empty, SimpleQueue

from briefing import __version__
from briefing.data.holder import this_program
from briefing.data.writing import sync_folder, write_file
from briefing.note import Note
from briefing.problems import Problem
from briefing.store import journal_faults as faults
from briefing.store.changes import change, whole
from briefing.store.frames import Kind, Payload, Record, frame, header
from briefing.store.places import journal_dirs, note_dir, second_dirs, unnamed_dir
from briefing.store.versions import digest_of

SYNC_AFTER = 0.2
"""Seconds from the first unsynced byte to the start of the sync."""

WHOLE_EVERY = 256 * 1024
"""Bytes of records after which the whole note is written again, which bounds the replay."""

_SUFFIX = ".journal"
_PENDING = ".pending"

OPEN: set[Path] = set()
"""The journals that this program writes now."""

_sync = getattr(os, "fdatasync", os.fsync)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a journal is about: the note's file (None while it has none), its folder, and the bytes it began from."""

    folder: Path
    path: Path | None
    base: bytes


def origin_of(path: Path, base: bytes) -> Origin:
    """The origin of a note that lies in a file. Raises `OSError`."""
    return Origin(note_dir(path), path.resolve(), base)


def origin_of_new(token: str) -> Origin:
    """The origin of a note that has no file yet. Raises `OSError`."""
    return Origin(unnamed_dir(token), None, b"")


class Journal:
    """The open journal of one note.

    `lineage` names the line of files that one opening of a note writes, so that two programs with
    the same note never touch each other's; the file of the highest `generation` is the one that counts.
    """

    def __init__(self, origin: Origin, note: Note, lineage: str, generation: int, file: Path) -> None:
        self.origin = origin
        self.lineage = lineage
        self.generation = generation
        self.file = file
        self._note = note
        self._sequence = 1
        self._since_whole = 0
        self._problem: Problem | None = None
        self._is_stuck = False
        self._handle = os.open(file, os.O_WRONLY | os.O_APPEND)
        self._syncing = _Syncing()
        OPEN.add(file)

    @property
    def problem(self) -> Problem | None:
        """What is wrong with the journal for as long as it lasts: it went to a second place, or nowhere."""
        if self._syncing.fault is not None:
            self._move(self._syncing.fault)
        return self._problem

    def record(self, note: Note) -> None:
        """Write what changed since the last record; an equal note writes nothing. Never raises."""
        if note is self._note or note == self._note:
            return
        kind, payload = whole(note) if self._since_whole > WHOLE_EVERY else change(self._note, note)
        self._note = note
        if kind is Kind.NOTE:
            self._since_whole = 0
        fault = self._syncing.fault or (OSError(ENOSPC, os.strerror(ENOSPC)) if self._is_stuck else None)
        if fault is None:
            self._append(kind, payload)
        else:
            self._move(fault)

    def about_to_save(self, content: bytes) -> None:
        """Note down which bytes a save is going to write, so that recovery knows them as our own."""
        if not self._is_stuck:
            self._append(Kind.SAVING, {"digest": digest_of(content)})

    def adopt(self, note: Note) -> None:
        """Take a journal made by `follow` into use, in the thread that types: what was typed meanwhile, then the name.

        Raises `OSError`; the journal that it follows is then still the one that counts.
        """
        self.record(note)
        OPEN.discard(self.file)
        if self.file.suffix == _PENDING:
            self.file = self.file.rename(self.file.with_suffix(_SUFFIX))
        OPEN.add(self.file)

    def close(self, *, drop: bool = False) -> None:
        """Sync and close. `drop` removes the whole lineage, for a note that its own file holds in full."""
        self._syncing.stop()
        with contextlib.suppress(OSError):
            _sync(self._handle)
        os.close(self._handle)
        OPEN.discard(self.file)
        if self.file.suffix == _PENDING:
            self.file.unlink(missing_ok=True)
        if drop:
            discard(self.origin.folder.name, self.lineage)

    def _append(self, kind: Kind, payload: Payload) -> None:
        data = frame(Record(self._sequence + 1, kind, payload))
        try:
            written = os.write(self._handle, data)
        except OSError as fault:
            self._move(fault)
            return
        if written < len(data):
            self._move(OSError(ENOSPC, os.strerror(ENOSPC)))
            return
        self._sequence += 1
        self._since_whole += len(data)
        self._syncing.ask(self._handle)

    def _move(self, fault: OSError) -> None:
        """Go on in a second place with the whole note; what was recorded before stays where it is.

        Where no place takes it, each further change tries again.
        """
        self._syncing.stop()
        self._is_stuck = not self._moved(fault)
        if self._is_stuck:
            self._problem = faults.nowhere(self.origin.path, fault)
        self._syncing = _Syncing()

    def _moved(self, fault: OSError) -> bool:
        for folder in (*second_dirs(self.origin.folder.name), self.origin.folder):
            try:
                file = _write(folder, self.origin, self.lineage, self.generation + 1, self._note)
                handle = os.open(file, os.O_WRONLY | os.O_APPEND)
            except OSError:
                continue
            os.close(self._handle)
            OPEN.discard(self.file)
            OPEN.add(file)
            self._handle, self.file, self.generation = handle, file, self.generation + 1
            self._sequence, self._since_whole = 1, 0
            self._problem = faults.second_place(self.origin.path, file, fault)
            return True
        return False


def begin(origin: Origin, note: Note, *, lineage: str = "", generation: int = 1) -> Journal:
    """Start a journal with the whole note, on the disk when this returns. Raises `OSError`.

    `lineage` and `generation` are given where it takes the place of a journal that nobody writes any more.
    """
    lineage = lineage or secrets.token_hex(4)
    return Journal(origin, note, lineage, generation, _write(origin.folder, origin, lineage, generation, note))


def follow(old: Journal, origin: Origin, note: Note) -> Journal:
    """Prepare the journal after a save, in any thread; it counts once it is adopted. Raises `OSError`."""
    generation = old.generation + 1
    file = _write(origin.folder, origin, old.lineage, generation, note, _PENDING)
    return Journal(origin, note, old.lineage, generation, file)


def retire(old: Journal, fresh: Journal) -> None:
    """Close a journal that another one followed, and remove its files once the other's name is on the disk.

    Raises `OSError`.
    """
    sync_folder(fresh.file.parent)
    old.close()
    discard(old.origin.folder.name, old.lineage, but=fresh.file)


def rebased(old: Journal, origin: Origin, note: Note) -> Journal:
    """Go on in a fresh journal after a save, all in one thread. Raises `OSError`."""
    fresh = follow(old, origin, note)
    fresh.adopt(note)
    retire(old, fresh)
    return fresh


def discard(identity: str, lineage: str, *, but: Path | None = None) -> None:
    """Remove the files of a lineage wherever they are, all but one."""
    for folder in journal_dirs():
        if folder.name == identity:
            for file in folder.glob(f"{lineage}-*"):
                if file != but:
                    file.unlink(missing_ok=True)


def _write(folder: Path, origin: Origin, lineage: str, generation: int, note: Note, suffix: str = _SUFFIX) -> Path:
    """A new journal file with its header and one record that holds the whole note."""
    head = {
        "format": 1,
        "program": __version__,
        "identity": origin.folder.name,
        "lineage": lineage,
        "generation": generation,
        "path": str(origin.path) if origin.path else None,
        "digest": digest_of(origin.base),
        "writer": asdict(this_program()),
    }
    file = folder / f"{lineage}-{generation:06d}{suffix}"
    kind, payload = whole(note)
    write_file(file, header(head, origin.base) + frame(Record(1, kind, payload)), 0o600)
    return file


class _Syncing:
    """A thread that syncs a file soon after it was asked to. Asking never waits."""

    def __init__(self) -> None:
        self.fault: OSError | None = None
        self._asked: SimpleQueue[int | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="journal-sync", daemon=True)
        self._thread.start()

    def ask(self, handle: int) -> None:
        """Have a file synced within `SYNC_AFTER`."""
        self._asked.put(handle)

    def stop(self) -> None:
        """End the thread after a sync that is under way."""
        self._stopping.set()
        self._asked.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (handle := self._asked.get()) is not None and not self._stopping.wait(SYNC_AFTER):
            with contextlib.suppress(Empty):
                while self._asked.get_nowait() is not None:
                    pass
            if self._stopping.is_set():
                return
            try:
                _sync(handle)
            except OSError as fault:
                self.fault = fault
                return
