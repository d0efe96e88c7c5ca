"""What the partitions of a folder say of themselves, read once for each file and kept for the next program.

The copy in the user's cache folder can be deleted at any time. A file is known by its name, size and
time; one that differs is read again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from briefing.data.stores.listing import Found
from briefing.data.stores.partitions import Partition, partition_of, read_metadata
from briefing.data.writing import write_file
from briefing.problems import Refused
from briefing.resources import cache_dir

_ENOUGH = 64
"""New files that are worth writing the copy again."""

_Entry = tuple[int, int, Mapping[str, Any]]


class Index:
    """The partitions of one store by file. Shared by all that read the store in this process."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._read: dict[Found, Partition] = {}
        self._copy = _Copy(data)

    def partition(self, found: Found) -> Partition:
        """The partition in a file. Raises `Refused` for a damaged one, `FileNotFoundError` for one that is gone."""
        known = self._read.get(found)
        if known is None:
            known = partition_of(found.path, self._told(found))
            self._read[found] = known
        return known

    def remembered(self, path: Path) -> frozenset[str]:
        """The series that a file, or the files below a folder, held when they could last be read."""
        told = [self._copy.entries[name][2] for name in self._copy.entries if (self.data / name).is_relative_to(path)]
        read = [item.load.series for found, item in self._read.items() if found.path.is_relative_to(path)]
        return frozenset(series for one in (*(entry["series"] for entry in told), *read) for series in one)

    def keep(self) -> None:
        """Write the copy again when much is new. A cache folder that takes nothing costs only time."""
        self._copy.keep()

    def _told(self, found: Found) -> Mapping[str, Any]:
        name = str(found.path.relative_to(self.data))
        size, mtime_ns, told = self._copy.entries.get(name, (0, 0, {}))
        if (size, mtime_ns) == (found.size, found.mtime_ns):
            return told
        if not found.path.exists():
            raise FileNotFoundError(found.path)
        told = read_metadata(found.path)
        self._copy.add(name, (found.size, found.mtime_ns, told))
        return told


class _Copy:
    def __init__(self, data: Path) -> None:
        self.entries: dict[str, _Entry] = {}
        self._new = 0
        self._path: Path | None = None
        with contextlib.suppress(Refused):
            name = blake2b(str(data).encode(), digest_size=8).hexdigest()
            self._path = cache_dir() / "stores" / f"{name}.json"
            self.entries = _entries(self._path)

    def add(self, name: str, entry: _Entry) -> None:
        self.entries[name] = entry
        self._new += 1

    def keep(self) -> None:
        if self._path is None or self._new < _ENOUGH:
            return
        with contextlib.suppress(OSError):
            write_file(self._path, json.dumps(self.entries, ensure_ascii=False).encode(), 0o600)
            self._new = 0


def _entries(path: Path) -> dict[str, _Entry]:
    """The copy; none when it is not there or is not what was written."""
    try:
        raw = json.loads(path.read_bytes())
        return {name: (size, mtime_ns, _checked(told)) for name, (size, mtime_ns, told) in raw.items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}


def _checked(told: Any) -> Mapping[str, Any]:
    partition_of(Path(), told)
    return dict(told)


@lru_cache(maxsize=32)
def index_of(data: Path) -> Index:
    """The index of the store in a resolved folder."""
    return Index(data)
