"""The ways into a workspace: the sample, a new one, a folder of data files, files that are dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from briefing.data.intake.choices import UNDECIDED, Choices
from briefing.resources import state_dir
from briefing.text import Label
from briefing_ui.dropping import is_ours
from briefing_ui.jobs import Reply
from briefing_ui.note_desk import NoteDesk
from briefing_ui.notice import Choice, Notice
from briefing_ui.session import Session

IMPORT = "import"
INSIDE = "Market Briefing"
_READING = Label("Reading {name}", "正在讀取{name}")
_READING_MANY = Label("Reading {n} files and folders", "正在讀取{n}個檔案與資料夾")
_CANCEL = Label("Cancel", "取消")
_NOTHING = Label("There are no data files in {name}.", "{name}中沒有資料檔案。")
_NOTHING_HINT = Label(
    "Notes, pictures and hidden files are left alone. Choose the folder that holds the tables.",
    "說明文件、圖片與隱藏檔不會讀取。請選擇存放資料表的資料夾。",
)
_FIRST = Label("Open a workspace first.", "請先開啟工作區。")


class Workspaces(QObject):
    """Opens workspaces and fills them.

    `ready()` tells that a workspace is open, `read()` that an import is over however it
    ended, `imported(list[dict])` what it did.
    """

    ready = Signal()
    read = Signal()
    imported = Signal(object)
    hid = Signal(object, bool)
    watched = Signal(object)

    def __init__(self, session: Session, notes: NoteDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._notes = notes

    def open(self, path: Path) -> None:
        """Open a note with its workspace, or a workspace with its newest note."""
        if path.suffix == ".brief":
            self._session.open_workspace(path.parent, lambda _: self._opened(path))
        else:
            self._session.open_workspace(path, lambda result: self._opened(newest_note(Path(result["workspace"]))))

    def open_sample(self) -> None:
        """Open the sample workspace, made afresh the first time."""
        folder = state_dir() / "sample"
        self._session.jobs.ask("data", "init_sample", {"dir": str(folder)}, self._sample_made, key="init", long=True)

    def create(self, folder: Path) -> None:
        """Make an empty workspace and open it."""
        self._make(folder, ())

    def open_data_folder(self, folder: Path) -> None:
        """Open the workspace of a folder of data files; the first time one is made inside it and filled."""
        inside = folder / INSIDE
        if (inside / "workspace.toml").exists():
            self.open(inside)
            return
        args = {"paths": [str(folder)]}
        self._session.jobs.ask("data", "files", args, lambda reply: self._looked(folder, reply), key="files", long=True)

    def take(self, paths: Sequence[Path]) -> None:
        """Take what was dropped on the window: a note or a workspace is opened, data files are imported."""
        ours = [path for path in paths if is_ours(path)]
        if ours:
            self.open(ours[0])
        elif self._session.workspace is not None:
            self.import_files(paths)
        elif len(paths) == 1 and paths[0].is_dir():
            self.open_data_folder(paths[0])
        elif paths:
            self._make(paths[0].parent / INSIDE, paths)

    def import_files(self, paths: Sequence[Path], choices: Choices = UNDECIDED, *, remember: bool = True) -> None:
        """Import files and the files of folders into the open workspace; `choices` decide what is not clear."""
        if self._session.workspace is None:
            self._session.notice(Notice(_FIRST, tone="warning", key=IMPORT))
            return
        if not paths:
            return
        label = _READING if len(paths) == 1 else _READING_MANY
        words = Label(*(side.format(name=paths[0].name, n=len(paths)) for side in (label.en, label.zh)))
        self._session.notice(Notice(words, choices=(Choice(_CANCEL, self._cancel),), key=IMPORT))
        args = {"paths": [str(path) for path in paths], "choices": choices.as_json(), "remember": remember}
        self._session.jobs.ask("data", "import", args, self._imported, key=IMPORT, long=True)

    def hide(self, load_ids: Sequence[int], *, hidden: bool) -> None:
        """Take loads out of sight, or show them again; `hid(list[int], bool)` tells when that is done."""

        def done(reply: Reply) -> None:
            if self._session.accept(reply):
                self.hid.emit(list(load_ids), hidden)
                self._session.refresh()

        args = {"load_ids": list(load_ids), "hidden": hidden}
        self._session.jobs.ask("data", "hide", args, done, long=True)

    def watch(self, folder: Path | None = None, *, on: bool = True) -> None:
        """Watch a folder or leave it; `watched(list[Path])` tells which are watched now. Without one only tell."""

        def done(reply: Reply) -> None:
            if self._session.accept(reply):
                self.watched.emit([Path(name) for name in reply.result["folders"]])

        args = {"path": str(folder), "on": on} if folder is not None else {}
        self._session.jobs.ask("data", "watch", args, done)

    def begin_note(self) -> None:
        """Put a new note on the desk, dated at the newest observation."""
        from briefing.blocks.beginning import first_note

        day = self._session.listing.newest
        if day is not None:
            self._notes.begin(first_note(day))

    def _sample_made(self, reply: Reply) -> None:
        if self._session.accept(reply):
            self.open(Path(reply.result["note"]))

    def _make(self, folder: Path, files: Sequence[Path]) -> None:
        def made(reply: Reply) -> None:
            if self._session.accept(reply):
                self._session.show_note(None)
                self._session.open_workspace(Path(reply.result["workspace"]), lambda _: begun())

        def begun() -> None:
            self.ready.emit()
            self.import_files(files)

        self._session.jobs.ask("data", "init", {"dir": str(folder)}, made, key="init", long=True)

    def _opened(self, note: Path | None) -> None:
        self.ready.emit()
        if note is not None:
            self._notes.open(note)
        elif self._session.note is None:
            self.begin_note()

    def _looked(self, folder: Path, reply: Reply) -> None:
        if not self._session.accept(reply):
            return
        if not reply.result["files"]:
            message = Label(_NOTHING.en.format(name=folder.name), _NOTHING.zh.format(name=folder.name))
            self._session.notice(Notice(message, _NOTHING_HINT, "warning", key=IMPORT))
            return
        self._make(folder / INSIDE, [folder])

    def _imported(self, reply: Reply) -> None:
        self.read.emit()
        if not self._session.accept(reply):
            return
        reports: list[Mapping[str, Any]] = list(reply.result["reports"])
        self.imported.emit(reports)
        if any(report["outcome"] == "loaded" for report in reports):
            self._session.refresh(lambda _: self._filled())

    def _filled(self) -> None:
        if self._session.note is None:
            self.begin_note()

    def _cancel(self) -> None:
        self._session.jobs.cancel(IMPORT)


def newest_note(workspace: Path) -> Path | None:
    """The note of a workspace with the last name; notes are named by their dates."""
    return max((workspace / "notes").glob("*.brief"), default=None)
