"""What is said of watched folders and of files that are not read yet."""

from __future__ import annotations

from pathlib import Path

from briefing.data.sniffing import name_of
from briefing.problems import Place, Problem, error, warning
from briefing.text import Label


def gone(folder: Path) -> Problem:
    """A folder that is to be watched and is not there."""
    return error(
        "watch.folder",
        Place(file=str(folder)),
        Label(f"There is no folder {folder}.", f"沒有資料夾{folder}。"),
        Label("Choose a folder that is there.", "請選擇存在的資料夾。"),
    )


def unreachable(folder: Path, fault: OSError) -> Problem:
    """A watched folder that cannot be looked into."""
    why = fault.strerror or str(fault)
    return warning(
        "watch.unreachable",
        Place(file=str(folder)),
        Label(f"The watched folder {folder} cannot be reached ({why}).", f"無法連上監看的資料夾{folder}（{why}）。"),
        Label(
            "Connect the drive and refresh again, or stop watching it.", "請連上磁碟後再次更新，或停止監看該資料夾。"
        ),
    )


def growing(file: Path) -> Problem:
    """A file that somebody is writing."""
    name = name_of(file)
    return warning(
        "watch.growing",
        Place(file=str(file)),
        Label(f"{name} is still being written; it was left for the next time.", f"{name}仍在寫入中，留待下次讀取。"),
        Label("Refresh again in a moment.", "請稍後再次更新。"),
    )


def not_kept(path: Path, fault: OSError) -> Problem:
    """The list of watched folders cannot be written."""
    return error(
        "watch.kept",
        Place(file=str(path)),
        Label(f"{path.name} cannot be written: {fault.strerror}.", f"無法寫入{path.name}：{fault.strerror}。"),
        Label("Make room, or ask for the right to write there.", "請騰出空間，或取得寫入權限。"),
    )
