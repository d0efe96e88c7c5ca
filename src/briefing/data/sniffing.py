"""A file's bytes: only regular files of sensible size, never waited for, and named when Excel has them."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from briefing.data.containers.refusing import refused
from briefing.problems import Refused
from briefing.text import Label

LOCK = "~$"
"""How the names of Excel's locks begin."""
_MOST_BYTES = 200_000_000
_CLOSE = Label("Save and close it in Excel, then import it.", "請在Excel中存檔並關閉後，再行匯入。")
_ALLOW = Label(
    "Ask for the right to read it, or copy it to a folder of your own.", "請取得讀取權限，或複製至自己的資料夾。"
)
_AGAIN = Label("Import it again when the program that writes it has finished.", "請待寫入該檔的程式完成後，再次匯入。")


def name_of(path: Path) -> str:
    """A file's name as text; bytes of it that are no UTF-8 become U+FFFD."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def folder_of(path: Path) -> Path:
    """The folder that a file lies in, links followed; that of the link itself where links lead in circles."""
    try:
        return path.resolve().parent
    except (OSError, RuntimeError):
        return path.absolute().parent


@contextlib.contextmanager
def open_handle(handle: int) -> Iterator[os.stat_result]:
    """What an open file is; it is closed at the end, whatever it was."""
    try:
        yield os.fstat(handle)
    finally:
        os.close(handle)


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of sensible size. Raises `Refused`; never waits for a pipe."""
    name = name_of(path)
    if name.startswith(LOCK):
        raise refused(name, "is a lock that Excel leaves while a workbook is open", "是Excel開啟活頁簿時留下的鎖定檔")
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except PermissionError as fault:
        if not is_held(path):
            raise refused(name, "cannot be opened: Permission denied", "無法開啟：沒有讀取權限", hint=_ALLOW) from fault
        raise refused(
            name, "is open in Excel, which does not share it", "正由Excel開啟且未共用", hint=_CLOSE
        ) from fault
    except FileNotFoundError as fault:
        raise refused(
            name, "cannot be opened: No such file or directory", "無法開啟：沒有這個檔案", hint=_missing(path)
        ) from fault
    except OSError as fault:
        raise _unopened(name, fault) from fault
    with open_handle(handle) as found:
        if not stat.S_ISREG(found.st_mode):
            raise refused(name, "is not a regular file", "不是一般檔案")
        if found.st_size > _MOST_BYTES:
            raise refused(name, "is larger than 200 MB", "超過200 MB")
        try:
            content, again = _read(handle), _read(handle)
        except OSError as fault:
            raise refused(name, f"cannot be read: {fault.strerror}", f"無法讀取：{fault.strerror}") from fault
        # A second look tells a file that is being written, even where size and time stay the same.
        if again != content or not _is_still(path, handle, found):
            raise refused(name, "was changed while it was read", "讀取期間檔案遭變更", hint=_AGAIN)
        return content


def is_held(path: Path) -> bool:
    """Whether Excel or LibreOffice has left the mark beside a file that it is open."""
    marks = (f"{LOCK}{path.name}", f".~lock.{path.name}#")
    return any(os.path.lexists(path.with_name(mark)) for mark in marks)


def _unopened(name: str, fault: OSError) -> Refused:
    return refused(name, f"cannot be opened: {fault.strerror}", f"無法開啟：{fault.strerror}")


def _missing(path: Path) -> Label:
    """What to do about a file that is not there, with the whole path that was looked for."""
    return Label(f"See whether {path.absolute()} is the right path.", f"請確認路徑{path.absolute()}是否正確。")


def _read(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    with os.fdopen(handle, "rb", closefd=False) as file:
        return file.read(_MOST_BYTES)


def _is_still(path: Path, handle: int, before: os.stat_result) -> bool:
    """Whether an open file is as it was, and still the one that has the name."""
    now = os.fstat(handle)
    if (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        return False
    try:
        named = path.stat()
    except OSError:
        return False
    return (named.st_dev, named.st_ino) == (now.st_dev, now.st_ino)
