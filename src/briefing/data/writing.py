"""Files that appear whole or not at all: temporary name, fsync, rename, fsync of the folder."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_file(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Write or replace one file. On `OSError` nothing of it is left and an older file is untouched."""
    write_files({target: content}, mode)


def write_files(contents: dict[Path, bytes], mode: int = 0o644) -> None:
    """Write several files; none is visible before the bytes of all are on the disk.

    They appear in the order given, so the one that matters most comes first. Raises `OSError`.
    """
    fresh: dict[Path, Path] = {}
    try:
        for target, content in contents.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh[target] = target.with_name(f".~{secrets.token_hex(4)}.tmp")
            _write_synced(fresh[target], content, mode)
        for target, temporary in fresh.items():
            temporary.replace(target)
            sync_folder(target.parent)
    except OSError:
        for temporary in fresh.values():
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        raise


def _write_synced(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), mode)
    try:
        write_all(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)


def write_all(handle: int, content: bytes) -> None:
    """Write until every byte is taken: one call may take fewer."""
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system has such a call."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
