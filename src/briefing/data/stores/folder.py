"""The store in a folder: of the workspace, or one that a desk shares on a file server."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from briefing.data.stores import lock_faults
from briefing.data.stores.compacting import Compaction, compact
from briefing.data.stores.contents import contents
from briefing.data.stores.contract import PATIENCE, StoreFacts, StoreFault
from briefing.data.stores.folder_snapshot import FolderSnapshot
from briefing.data.stores.folder_writer import FolderWriter
from briefing.data.stores.leftovers import clear_leftovers
from briefing.data.stores.listing import look
from briefing.data.stores.lock import Held, Lock, break_lock, locked
from briefing.data.stores.quarantine import damaged_files, set_aside
from briefing.data.vintages import LATEST, Bound
from briefing.data.writing import make_folder
from briefing.problems import Refused
from briefing.text import Label


class FolderStore:
    """A `DataStore` in a folder. Many may read at any time; one at a time writes."""

    def __init__(self, data: Path, *, shared: bool = False) -> None:
        self.data = data.resolve()
        self._shared = shared

    @property
    def facts(self) -> StoreFacts:
        """What this store is and allows."""
        kind = (
            Label("shared folder", "共用資料夾") if self._shared else Label("folder of the workspace", "工作區資料夾")
        )
        return StoreFacts(kind, str(self.data), writable=os.access(self.data, os.W_OK), remote=self._shared)

    def snapshot(self, bound: Bound = LATEST) -> FolderSnapshot:
        """The store as it is now."""
        return FolderSnapshot(contents(self.data), bound)

    @contextlib.contextmanager
    def writing(self, wait: float = PATIENCE) -> Iterator[FolderWriter]:
        """The lock of writers: one at a time, over all programs that use the folder."""
        with self._alone(wait) as lock:
            yield FolderWriter(self.data, lock)

    def compact(self, dataset: str | None = None) -> tuple[Compaction, ...]:
        """One file for many, in one dataset or in all. Raises `Refused` as `compacting.compact` does."""
        with self._alone() as lock:
            return compact(self.data, lock, dataset)

    def set_aside(self, name: str) -> StoreFault:
        """Move a damaged file into quarantine; gives what was wrong with it and the series that it held."""
        with self._alone() as lock:
            return set_aside(self.data, lock, name)

    def damaged(self) -> tuple[StoreFault, ...]:
        """Every file that cannot be read to its end."""
        return damaged_files(self.data)

    def break_lock(self) -> Held | None:
        """Take the writers' lock away, whoever has it: only when a person said so."""
        return break_lock(self.data)

    def token(self) -> str:
        """What changes whenever something was loaded, hidden or shown: it is made of the names in the folder."""
        found = look(self.data)
        files = (f"{one.name} {one.size} {one.mtime_ns}" for one in (*found.partitions, *found.hidings))
        names = "\n".join([*files, *(str(folder) for folder, _ in found.closed)])
        return blake2b(names.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    def changed_since(self, token: str) -> bool:
        """Whether anything was loaded, hidden or shown since the token was given."""
        return self.token() != token

    @contextlib.contextmanager
    def _alone(self, wait: float = PATIENCE) -> Iterator[Lock]:
        """The lock, after what a writer left that was killed has been cleared away."""
        try:
            make_folder(self.data, [])
        except OSError as fault:
            raise Refused(lock_faults.unwritable(self.data, fault)) from fault
        with locked(self.data, wait) as lock:
            if lock.after_death:
                clear_leftovers(self.data)
            yield lock
