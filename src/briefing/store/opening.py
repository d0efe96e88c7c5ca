"""Opening a note from its file."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from briefing.note import Note
from briefing.problems import Place, Problem, Refused, error
from briefing.store.notefile import read_note
from briefing.text import Label


@dataclass(frozen=True, slots=True)
class Opened:
    """A note as its file holds it, with what is odd about the file."""

    note: Note
    problems: tuple[Problem, ...]


def open_note(path: Path) -> Opened:
    """Open a note file. Raises `Refused` when there is none, or it cannot be read."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise Refused(_unreadable(path, OSError(errno.EINVAL, "no regular file")))
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Refused(_unreadable(path, fault)) from fault
    note, problems = read_note(content, path.name)
    return Opened(note, problems)


def _unreadable(path: Path, fault: OSError) -> Problem:
    why = {
        errno.ENOENT: Label("there is no such file", "找不到此檔案"),
        errno.EACCES: Label("you may not read it", "沒有讀取權限"),
        errno.EISDIR: Label("it is a folder", "這是資料夾"),
        errno.EINVAL: Label("it is no regular file", "這不是一般檔案"),
    }.get(fault.errno or 0, Label(fault.strerror or "the system refused", "系統拒絕讀取"))
    return error(
        "note.open",
        Place(file=path.name),
        Label(f"{path.name} cannot be opened: {why.en}.", f"無法開啟{path.name}：{why.zh}。"),
        Label("Choose another file.", "請選擇其他檔案。"),
    )
