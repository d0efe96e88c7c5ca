"""What goes wrong with the typing journal, in words."""

from __future__ import annotations

from pathlib import Path

from briefing.problems import Place, Problem, error, warning
from briefing.text import Label


def second_place(path: Path | None, file: Path, fault: OSError) -> Problem:
    """A journal that had to move."""
    why = fault.strerror or str(fault)
    return warning(
        "journal.moved",
        Place(file=path.name if path else None),
        Label(
            f"The typing journal could not be written ({why}); typing is now kept in {file.parent}.",
            f"無法寫入輸入紀錄（{why}），輸入內容改存於{file.parent}。",
        ),
        Label("Make room on the disk and save the note.", "請釋出磁碟空間並儲存報告。"),
    )


def nowhere(path: Path | None, fault: OSError) -> Problem:
    """A journal that no place takes: the text is in the window alone."""
    why = fault.strerror or str(fault)
    return error(
        "journal.nowhere",
        Place(file=path.name if path else None),
        Label(
            f"What you type is not being kept anywhere but in this window ({why}).",
            f"目前輸入的內容僅存在於此視窗（{why}）。",
        ),
        Label(
            "Copy all text to another program now, then make room on the disk.",
            "請立即將全部文字複製到其他程式，再釋出磁碟空間。",
        ),
    )
