"""Export: the note becomes a PDF beside the workspace's notes; an older PDF is never overwritten."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from briefing.problems import Place, Problem, error, has_errors
from briefing.text import Label
from briefing.workers.protocol import problem_from_json
from briefing_ui.background import Background
from briefing_ui.edition import Edition
from briefing_ui.jobs import Reply
from briefing_ui.notice import Choice, Notice, problem_notice
from briefing_ui.session import Session

KEY = "export"
_DONE = Label("Exported {name}.", "已匯出{name}。")
_OPEN = Label("Open", "開啟")
_FOLDER = Label("Show in folder", "在資料夾中顯示")
_BUSY = Label("Exporting the PDF", "正在匯出PDF")
_CANCEL = Label("Cancel", "取消")
_STOPPED = (
    Label("Not exported: the checks found {n} error.", "未匯出：檢查發現{n}個錯誤。"),
    Label("Not exported: the checks found {n} errors.", "未匯出：檢查發現{n}個錯誤。"),
)
_STOPPED_HINT = Label("Mend them, or export a draft with a watermark.", "請修正後再匯出，或匯出帶浮水印的草稿。")
_DRAFT = Label("Export a draft", "匯出草稿")
_SHOW = Label("Show the errors", "顯示錯誤")


class Export(QObject):
    """Exports the session's note. `written(str)` tells the path, `errors_wanted()` asks to show the checks."""

    written = Signal(str)
    errors_wanted = Signal()

    def __init__(self, session: Session, files: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._files = files

    def start(self, edition: Edition, stem: str, *, draft: bool = False) -> None:
        """Export an edition. Errors of the note stop it, unless it is a draft."""
        from briefing.store.notefile import note_bytes

        note, folder = self._session.note, self._session.workspace
        if note is None or folder is None:
            return
        self._session.notice(Notice(_BUSY, choices=(Choice(_CANCEL, self._cancel),), key=KEY))
        target = folder / "exports"
        name = f"{stem}{' draft' if draft else ''} {edition.name}"
        self._session.jobs.ask(
            "data",
            "view",
            edition.args(draft=draft, attach=True),
            partial(self._resolved, target, name, partial(self.start, edition, stem, draft=True), draft),
            body=note_bytes(note),
            key=KEY,
            long=True,
        )

    def _resolved(self, target: Path, name: str, as_draft: partial[None], draft: bool, reply: Reply) -> None:
        if not reply.ok:
            self._fail(reply.problems)
            return
        problems = tuple(problem_from_json(problem) for problem in reply.result["problems"])
        if has_errors(problems) and not draft:
            self._session.set_problems(problems)
            self._stop(sum(problem.severity == "error" for problem in problems), as_draft)
            return
        args = {**reply.result["request"], "draft": draft, "preview": False, "name": KEY}
        self._session.jobs.ask("render", "render", args, partial(self._rendered, target, name), key=KEY, long=True)

    def _rendered(self, target: Path, name: str, reply: Reply) -> None:
        if not reply.ok:
            self._fail(reply.problems)
            return
        body = reply.body
        self._files.run(lambda: write_new(target, name, body), self._written)

    def _written(self, made: Path | Problem) -> None:
        if isinstance(made, Problem):
            self._fail((made,))
            return
        choices = (
            Choice(_OPEN, partial(open_in_desktop, made)),
            Choice(_FOLDER, partial(open_in_desktop, made.parent)),
        )
        message = Label(_DONE.en.format(name=made.name), _DONE.zh.format(name=made.name))
        self._session.notice(Notice(message, tone="ok", choices=choices, key=KEY))
        self.written.emit(str(made))

    def _stop(self, count: int, as_draft: partial[None]) -> None:
        stopped = _STOPPED[count != 1]
        message = Label(stopped.en.format(n=count), stopped.zh.format(n=count))
        choices = (Choice(_SHOW, self.errors_wanted.emit), Choice(_DRAFT, as_draft))
        self._session.notice(Notice(message, _STOPPED_HINT, "error", choices, key=KEY))

    def _fail(self, problems: tuple[Problem, ...]) -> None:
        notice = problem_notice(problems[0])
        self._session.notice(Notice(notice.message, notice.hint, "error", key=KEY))

    def _cancel(self) -> None:
        self._session.jobs.cancel(KEY)


def write_new(folder: Path, stem: str, content: bytes) -> Path | Problem:
    """Write a file that was not there before, whole or not at all; a taken name gets a number."""
    from briefing.data.writing import write_file

    count = 1
    while (path := folder / f"{stem}{f' {count}' if count > 1 else ''}.pdf").exists():
        count += 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_file(path, content)
    except OSError as fault:
        return _unwritable(path, fault)
    return path


def open_in_desktop(path: Path) -> None:
    """Open a file or folder with the program that the desktop has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _unwritable(path: Path, fault: OSError) -> Problem:
    why = fault.strerror or str(fault)
    return error(
        "export.unwritable",
        Place(file=path.name),
        Label(f"{path.name} cannot be written: {why}.", f"無法寫入{path.name}：{why}。"),
        Label(
            "Make room or choose a workspace that can be written; the note is unharmed.",
            "請釋出空間或改用可寫入的工作區，報告未受影響。",
        ),
    )
