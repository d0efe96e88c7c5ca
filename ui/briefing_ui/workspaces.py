"""The ways into a workspace: the sample, a new one, a folder of data files, files that are dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from briefing.resources import state_dir
from briefing.text import Label
from briefing_ui.jobs import Reply
from briefing_ui.note_desk import NoteDesk
from briefing_ui.notice import Choice, Notice
from briefing_ui.session import Session

IMPORT = "import"
INSIDE = "Market Briefing"
_DATA_FILES = {".csv", ".txt", ".tsv"}
_READING = Label("Reading {n} files", "正在讀取{n}個檔案")
_CANCEL = Label("Cancel", "取消")
_NOTHING = Label("There are no data files in {name}.", "{name}中沒有資料檔案。")
_NOTHING_HINT = Label("Files of data end in .csv, .tsv or .txt.", "資料檔案的副檔名為.csv、.tsv或.txt。")
_FIRST = Label("Open a workspace first.", "請先開啟工作區。")


class Workspaces(QObject):
    """Opens workspaces and fills them.

    `ready()` tells that a workspace is open, `imported(list[Path], list[dict])` what an import did.
    """

    ready = Signal()
    imported = Signal(object, object)

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
        files = data_files(folder)
        if not files:
            message = Label(_NOTHING.en.format(name=folder.name), _NOTHING.zh.format(name=folder.name))
            self._session.notice(Notice(message, _NOTHING_HINT, "warning", key=IMPORT))
            return
        self._make(inside, files)

    def take(self, paths: Sequence[Path]) -> None:
        """Take what was dropped on the window: a note or a workspace is opened, data files are imported."""
        notes = [path for path in paths if path.suffix == ".brief" or (path / "workspace.toml").exists()]
        if notes:
            self.open(notes[0])
            return
        files = [path for path in paths if path.is_file()]
        files += [path for folder in paths if folder.is_dir() for path in data_files(folder)]
        if self._session.workspace is not None:
            self.import_files(files)
        elif len(paths) == 1 and paths[0].is_dir():
            self.open_data_folder(paths[0])
        elif files:
            self._make(files[0].parent / INSIDE, files)

    def import_files(self, paths: Sequence[Path], *, source: str = "", as_id: str = "") -> None:
        """Import files into the open workspace."""
        if self._session.workspace is None:
            self._session.notice(Notice(_FIRST, tone="warning", key=IMPORT))
            return
        if not paths:
            return
        words = Label(_READING.en.format(n=len(paths)), _READING.zh.format(n=len(paths)))
        self._session.notice(Notice(words, choices=(Choice(_CANCEL, self._cancel),), key=IMPORT))
        args = {"paths": [str(path) for path in paths], "choices": {"source": source, "as": as_id}}
        self._session.jobs.ask(
            "data", "import", args, lambda reply: self._imported(list(paths), reply), key=IMPORT, long=True
        )

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
                self._session.open_empty(Path(reply.result["workspace"]))
                self.ready.emit()
                self.import_files(files)

        self._session.jobs.ask("data", "init", {"dir": str(folder)}, made, key="init", long=True)

    def _opened(self, note: Path | None) -> None:
        self.ready.emit()
        if note is not None:
            self._notes.open(note)
        elif self._session.note is None:
            self.begin_note()

    def _imported(self, paths: list[Path], reply: Reply) -> None:
        if not self._session.accept(reply):
            return
        reports: list[Mapping[str, Any]] = list(reply.result["reports"])
        self.imported.emit(paths, reports)
        if any(report["outcome"] == "loaded" for report in reports):
            self._session.refresh(lambda _: self._filled())

    def _filled(self) -> None:
        if self._session.note is None:
            self.begin_note()

    def _cancel(self) -> None:
        self._session.jobs.cancel(IMPORT)


def data_files(folder: Path) -> list[Path]:
    """The data files of a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _DATA_FILES)


def newest_note(workspace: Path) -> Path | None:
    """The note of a workspace with the last name; notes are named by their dates."""
    return max((workspace / "notes").glob("*.brief"), default=None)
