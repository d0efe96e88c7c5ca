"""What is said of files that wait for a refresh, and of what a refresh did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from briefing.text import Label
from briefing_ui.health.rows import State
from briefing_ui.health.words import COUNT, joined

LOOKING = Label("Looking into the watched folders", "正在檢視監看的資料夾")
CANCEL = Label("Cancel", "取消")
CANCELLED = Label(
    "The refresh was cancelled; what was read until then is kept.", "已取消更新；先前讀取的資料予以保留。"
)
ELSEWHERE_LOADED = Label("Others have loaded new data: F5 shows them.", "其他人已載入新資料：按F5顯示。")
REFRESH_NOW = Label("Refresh", "更新")
SHOW_HEALTH = Label("Data health", "資料狀態")
SHOW_REFUSED = Label("Show refused files", "檢視遭拒絕的檔案")
_NO_FOLDER = Label("No folder is watched; the store was read again.", "未監看任何資料夾，已重新讀取資料庫。")
_NOTHING_ONE = Label("Nothing is new in the watched folder.", "監看的資料夾沒有新資料。")
_NOTHING = Label("Nothing is new in {n} watched folders.", "{n}個監看的資料夾沒有新資料。")
_WAITS = Label("{name} is new or changed: F5 takes it in.", "{name}為新檔案或有變更：按F5讀取。")
_WAIT = Label("{n} files are new or changed: F5 takes them in.", "{n}個檔案為新檔案或有變更：按F5讀取。")
_READ_ONE = Label("1 file read", "讀取1個檔案")
_READ = Label("{n} files read", "讀取{n}個檔案")
_WAITING = Label("{n} new (F5)", "{n}個新檔（F5）")


def nothing_new(folders: int) -> Label:
    """That a refresh had nothing to read."""
    if not folders:
        return _NO_FOLDER
    return _NOTHING_ONE if folders == 1 else _with(_NOTHING, n=f"{folders:,}")


def waiting(files: Sequence[str]) -> Label:
    """That files wait for a refresh."""
    return _with(_WAITS, name=Path(files[0]).name) if len(files) == 1 else _with(_WAIT, n=f"{len(files):,}")


def waiting_count(count: int) -> Label:
    """The same for the status bar: `3 new (F5)`."""
    return _with(_WAITING, n=f"{count:,}")


def outcome(reports: Sequence[Mapping[str, Any]], counts: Mapping[State, int]) -> Label:
    """`12 files read · 3 late · 1 failed`: how many files came in, and how the data stand now."""
    read = len({(report["folder"], report["file"]) for report in reports if report["outcome"] == "loaded"})
    files = _READ_ONE if read == 1 else _with(_READ, n=f"{read:,}")
    told: tuple[State, ...] = ("late", "failed")
    return joined((files, *(_with(COUNT[state], n=f"{counts[state]:,}") for state in told if counts.get(state))))


def _with(words: Label, **filled: str) -> Label:
    return Label(words.en.format(**filled), words.zh.format(**filled))
