"""Files of a folder or an archive that nobody means to import: hidden ones, Excel's locks, notes, pictures."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePosixPath

from briefing.data.containers.other_kinds import other_kind
from briefing.data.sniffing import LOCK, name_of, open_handle
from briefing.text import Label

_NOTE = re.compile(r"(?:readme|manifest|licen[cs]e|copying|changelog|notice)(?:[._-].*)?|.*\.md", re.IGNORECASE)
_BEGINNING = 4096
_HIDDEN = Label("a hidden file", "隱藏檔")
_LOCK = Label("a lock that Excel leaves while a workbook is open", "Excel開啟活頁簿時留下的鎖定檔")
_NOTES = Label("notes about the data", "說明文件")


def named_no_table(name: str) -> Label | None:
    """Why a file with this name holds no data; None when it may. Folders in the name count when they are hidden."""
    parts = PurePosixPath(name).parts
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return _HIDDEN
    if parts and parts[-1].startswith(LOCK):
        return _LOCK
    return _NOTES if parts and _NOTE.fullmatch(parts[-1]) else None


def passed_over(path: Path) -> Label | None:
    """Why a file of a folder is not tried when the folder is imported; None when it is to be tried.

    Looks at the name and the first bytes. A file that cannot be opened is tried: that says why.
    """
    return named_no_table(name_of(path)) or other_kind(_beginning(path))


def _beginning(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return b""
    with open_handle(handle) as found:
        return os.read(handle, _BEGINNING) if stat.S_ISREG(found.st_mode) else b""
