"""Files that appear whole or not at all: temporary name, fsync, rename, fsync of the folder."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path


def write_file(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Write or replace one file. On `OSError` nothing of it is left and an older file is untouched."""
    write_files({target: content}, mode)


def write_files(contents: Mapping[Path, bytes], mode: int = 0o644) -> None:
    """Write several files; none is visible before the bytes of all are on the disk.

    They appear in the order given, so the one that makes the others count comes last. On `OSError`
    new files and folders are taken away again.
    """
    made: list[Path] = []
    fresh: dict[Path, Path] = {}
    appeared: list[Path] = []
    try:
        for target, content in contents.items():
            make_folder(target.parent, made)
            fresh[target] = target.with_name(f".~{secrets.token_hex(4)}.tmp")
            _write_synced(fresh[target], content, mode)
        for target, temporary in fresh.items():
            if not os.path.lexists(target):
                appeared.append(target)
            temporary.replace(target)
            sync_folder(target.parent)
    except OSError:
        for path in (*fresh.values(), *reversed(appeared)):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it, their names durable; what is new is added to `made`. Raises `OSError`."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        with contextlib.suppress(FileExistsError):
            one.mkdir()
            made.append(one)
        sync_folder(one.parent)


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
