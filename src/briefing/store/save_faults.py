"""Why a note could not be saved, and where its text is, in words."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from briefing.problems import Place, Problem, error, warning
from briefing.text import Label


@dataclass(frozen=True, slots=True)
class _Cause:
    check: str
    message: Label
    hint: Label


_FULL = _Cause(
    "save.full",
    Label("the disk is full", "磁碟空間已滿"),
    Label("Make room; the note can then be saved as before.", "請釋出磁碟空間，之後即可照常儲存。"),
)
_DEVICE = _Cause(
    "save.device",
    Label("the disk reported an error", "磁碟回報錯誤"),
    Label("Save to another disk, and have this one checked.", "請另存至其他磁碟，並檢查此磁碟。"),
)
_FOLDER = _Cause(
    "save.folder",
    Label("its folder does not allow new files", "所在資料夾不允許建立檔案"),
    Label(
        "Save it under another folder, or ask for the right to write here.",
        "請另存至其他資料夾，或申請此處的寫入權限。",
    ),
)
_READ_ONLY = _Cause(
    "save.read_only",
    Label("the disk is read-only", "磁碟為唯讀"),
    Label("Save it somewhere else.", "請另存至其他位置。"),
)
_GONE = _Cause(
    "save.gone",
    Label("its folder is not there any more", "所在資料夾已不存在或無法連線"),
    Label(
        "Connect the disk or share again and save, or save somewhere else.",
        "請重新連接磁碟或網路資料夾後儲存，或另存至其他位置。",
    ),
)
_NAME = _Cause(
    "save.name",
    Label("the name is too long or holds a sign that is not allowed here", "檔名過長或含有此處不允許的字元"),
    Label("Choose another name.", "請改用其他檔名。"),
)
_HANDLES = _Cause(
    "save.handles",
    Label("too many files are open", "開啟的檔案過多"),
    Label("Close other files or programs and save again.", "請關閉其他檔案或程式後再儲存。"),
)
_OTHER = _Cause(
    "save.failed",
    Label("the system refused", "系統拒絕寫入"),
    Label("Try again, or save somewhere else.", "請再試一次，或另存至其他位置。"),
)
_CAUSES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EIO: _DEVICE,
    errno.EACCES: _FOLDER,
    errno.EPERM: _FOLDER,
    errno.EROFS: _READ_ONLY,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ESTALE: _GONE,
    errno.ENODEV: _GONE,
    errno.ENOTCONN: _GONE,
    errno.ENAMETOOLONG: _NAME,
    errno.EINVAL: _NAME,
    errno.EMFILE: _HANDLES,
    errno.ENFILE: _HANDLES,
}


def not_saved(path: Path, fault: OSError, rescued: Path | None) -> Problem:
    """A save that the system refused. `rescued` is the second place, if there was one."""
    cause = _CAUSES.get(fault.errno or 0, _OTHER)
    detail = f" ({fault.strerror})" if cause is _OTHER and fault.strerror else ""
    whole = Label(
        f"Not saved: {path.name}: {cause.message.en}{detail}.", f"未儲存：{path.name}：{cause.message.zh}{detail}。"
    )
    return error(cause.check, Place(file=path.name), _with_whereabouts(whole, rescued), cause.hint)


def not_readable(path: Path, rescued: Path | None) -> Problem:
    """A note whose written form did not read back as the same note."""
    return error(
        "save.form",
        Place(file=path.name),
        _with_whereabouts(
            Label(
                f"Not saved: {path.name}: its written form would not read back as the same note.",
                f"未儲存：{path.name}：寫出的內容無法還原為同一份報告。",
            ),
            rescued,
        ),
        Label("Undo the last change and save again.", "請復原上一步後再儲存。"),
    )


def linked(path: Path, links: int) -> Problem:
    """A file with several names."""
    return warning(
        "save.linked",
        Place(file=path.name),
        Label(
            f"{path.name} has {links} names (hard links); saving would part this one from the others.",
            f"{path.name}有{links}個名稱（硬連結），儲存會使此名稱與其他名稱脫離。",
        ),
        Label("Part it from them, or save under another name.", "請選擇脫離連結，或另存新檔。"),
    )


def changed_on_disk(path: Path) -> Problem:
    """A file that somebody else wrote since it was read."""
    return error(
        "save.conflict",
        Place(file=path.name),
        Label(
            f"{path.name} was changed on disk since it was read; nothing was written.",
            f"{path.name}在讀取之後已被其他程式更動，因此未寫入任何內容。",
        ),
        Label(
            "Save yours as a conflict copy, merge block by block, or take theirs with yours in the history.",
            "請將您的版本存為衝突複本、逐段合併，或採用對方版本並將您的版本保留於歷史紀錄。",
        ),
    )


def written_between(path: Path, copy: Path) -> Problem:
    """A file that somebody else wrote in the very moment of saving."""
    return warning(
        "save.conflict",
        Place(file=path.name),
        Label(
            f"Another program wrote {path.name} while it was saved; its version is kept as {copy.name}.",
            f"儲存{path.name}時另有程式寫入，其版本已保留為{copy.name}。",
        ),
        Label("Compare the two files.", "請比對這兩個檔案。"),
    )


def no_history(path: Path, fault: OSError) -> Problem:
    """A save whose older version could not be put into the history."""
    reason = fault.strerror or str(fault)
    return warning(
        "save.history",
        Place(file=path.name),
        Label(
            f"{path.name} is saved, but its older version could not be put into the history ({reason}).",
            f"{path.name}已儲存，但先前的版本無法存入歷史紀錄（{reason}）。",
        ),
        Label("Make room on the disk that holds your user folder.", "請在使用者資料夾所在的磁碟釋出空間。"),
    )


def _with_whereabouts(message: Label, rescued: Path | None) -> Label:
    if rescued is None:
        return Label(
            f"{message.en} Nothing on disk was lost; the text is still in the window.",
            f"{message.zh}磁碟上原有的內容並未遺失，文字仍在視窗中。",
        )
    return Label(
        f"{message.en} Nothing on disk was lost; the text is in {rescued} and still in the window.",
        f"{message.zh}磁碟上原有的內容並未遺失，文字已存於{rescued}，並仍在視窗中。",
    )
