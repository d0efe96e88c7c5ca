"""The file of the note on the desk: opened, journalled at each change, saved, compared with the disk."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from briefing.note import Note
from briefing.problems import Place, Problem, error
from briefing.text import Label
from briefing.workers.protocol import problem_from_json
from briefing_ui.background import Background
from briefing_ui.jobs import Reply
from briefing_ui.notice import Choice, Notice, problem_notice
from briefing_ui.session import Session

if TYPE_CHECKING:
    from briefing.data.holder import Holder
    from briefing.store.journal import Journal
    from briefing.store.recovery import Recovered
    from briefing.store.saving import Outcome

T = TypeVar("T")
_ORPHAN_AGE = 3600.0
"""Seconds after which a temporary file of a save belongs to nobody: no save takes as long."""

CONFLICT = "note.conflict"
JOURNAL = "note.journal"
RECOVERED = "note.recovered"

_KEEP_BOTH = Label("Save mine as a copy", "將我的版本另存副本")
_TAKE_THEIRS = Label("Open theirs, keep mine as a copy", "開啟對方版本，並保留我的副本")
_RELOAD = Label("Open it again", "重新開啟")
_PART = Label("Save here only", "只儲存此處")
_KEEP_SAVED = Label("Keep the saved text", "保留已儲存的文字")
_RECOVERED_HINT = Label(
    "It is on the desk as unsaved changes; the file is as it was.", "已復原為未儲存的變更，檔案維持原狀。"
)
_AGAIN = Label("Try again", "重試")
_COPY = Label("Copy all text", "複製全部文字")
_CHANGED = Label("Another program has changed {name}.", "其他程式已變更{name}。")
_CHANGED_HINT = Label("Nothing was overwritten. Both versions are kept.", "未覆寫任何內容，兩個版本都會保留。")
_OPEN_ELSEWHERE = Label("{name} is open in another window.", "{name}已在另一個視窗開啟。")
_OPEN_ELSEWHERE_HINT = Label(
    "Both may type; whoever saves second keeps a copy of each version.", "雙方皆可編輯，較晚儲存者會保留兩個版本。"
)
_COPIED = Label("Your version was saved as {name}.", "您的版本已另存為{name}。")


def _now() -> datetime:
    return datetime.now().astimezone()


class NoteDesk(QObject):
    """Knows the note's path and the digest of its file as it was last read or saved.

    `opened()` tells that a note is on the desk, `kept_changed(bool)` whether the file holds all of it.
    """

    opened = Signal()
    kept_changed = Signal(bool)

    def __init__(self, session: Session, parent: QObject | None = None, *, now: Callable[[], datetime] = _now) -> None:
        super().__init__(parent)
        self._session = session
        self._now = now
        self.files = Background(self)
        self.path: Path | None = None
        self._digest: str | None = None
        self._saved: Note | None = None
        self._journal: Journal | None = None
        self._saving = False
        self._marked: Path | None = None
        self._turn = 0
        session.note_changed.connect(self._changed)

    @property
    def is_saved(self) -> bool:
        """Whether the file holds the note as it stands."""
        return self._session.note == self._saved

    def open(self, path: Path) -> None:
        """Open a note. The file is read in the background and parsed by the data worker."""

        def parse(content: bytes | OSError) -> None:
            if isinstance(content, OSError):
                self._session.notice(problem_notice(_unreadable(path, content)))
                return
            args = {"name": path.name}
            self._session.jobs.ask(
                "data", "note", args, lambda reply: self._parsed(path, content, reply), body=content, key="note"
            )

        self.files.run(lambda: _read(path), parse)

    def begin(self, note: Note) -> None:
        """Put a new note on the desk; it has no file until it is saved."""
        from briefing.store.journal import begin, origin_of_new

        self._leave()
        self.path, self._digest, self._saved = None, None, None
        token = secrets.token_hex(8)
        self._show(note)
        self.files.run(
            lambda: _tried(lambda: begin(origin_of_new(token), note)), partial(self._journal_begun, self._turn)
        )

    def save(self, *, part_links: bool = False) -> None:
        """Save the note to its file, in the background. A note without one gets one in the workspace."""
        from briefing.store.notefile import note_bytes
        from briefing.store.saving import save

        note = self._session.note
        if note is None or self._saving:
            return
        path = self.path or self._new_path(note)
        if path is None:
            return
        self._saving = True
        if self._journal is not None:
            self._journal.about_to_save(note_bytes(note))
        digest, now = self._digest, self._now()
        self.files.run(
            lambda: save(path, note, base=digest, now=now, part_links=part_links),
            lambda outcome: self._saved_as(note, outcome),
        )

    def compare_with_disk(self) -> None:
        """Look whether another program changed the file; nothing is written."""
        path, digest = self.path, self._digest
        if path is None or digest is None or self._saving:
            return

        def compared(content: bytes | OSError) -> None:
            from briefing.store.versions import digest_of

            changed = isinstance(content, bytes) and digest_of(content) != digest
            if changed and self.path == path and self._digest == digest and not self._saving:
                self._tell_changed(path)

        self.files.run(lambda: _read(path), compared)

    def close(self) -> None:
        """Close the journal and wait for what is being written. Asks nothing: reopening restores."""
        self.files.drain()
        self._leave()
        self.files.finish()

    def open_recovered(self, entry: Recovered) -> None:
        """Put recovered text on the desk as unsaved changes; the file stays as it is."""
        from briefing.store.recovery import reopen

        self._leave()
        self.path, self._saved, self._digest = entry.path, entry.saved, entry.digest
        self._show(entry.note)
        self._tell_recovered(entry)
        self.files.run(lambda: _tried(lambda: reopen(entry)), partial(self._journal_begun, self._turn))

    def _parsed(self, path: Path, content: bytes, reply: Reply) -> None:
        if not reply.ok:
            self._refuse(path, content, reply.problems)
            return
        from briefing.store.notefile import read_note
        from briefing.store.recovery import recoverable_of

        note, _ = read_note(reply.body, path.name)
        found = tuple(problem_from_json(problem) for problem in reply.result["problems"])
        self.files.run(lambda: recoverable_of(path), lambda entry: self._arrived(path, content, note, found, entry))

    def _arrived(
        self, path: Path, content: bytes, note: Note, found: tuple[Problem, ...], entry: Recovered | None
    ) -> None:
        from briefing.store.journal import begin, origin_of
        from briefing.store.versions import digest_of

        self._session.show_problems(found)
        if entry is not None:
            self.open_recovered(entry)
            return
        self._leave()
        self.path, self._digest, self._saved = path, digest_of(content), note
        self._show(note)
        self.files.run(
            lambda: _tried(lambda: begin(origin_of(path, content), note)), partial(self._journal_begun, self._turn)
        )
        self._marked = path
        self.files.run(lambda: _tried(lambda: _taken(path)), partial(self._tell_holder, path))

    def _tell_holder(self, path: Path, other: Holder | OSError | None) -> None:
        """Say that another program has the note open; saving stays safe all the same."""
        if isinstance(other, OSError) or other is None:
            return
        message = Label(_OPEN_ELSEWHERE.en.format(name=path.name), _OPEN_ELSEWHERE.zh.format(name=path.name))
        self._session.notice(Notice(message, _OPEN_ELSEWHERE_HINT, "warning", key="note.open_elsewhere"))

    def _tell_recovered(self, entry: Recovered) -> None:
        saved = entry.saved
        keep_saved = self._while_open(lambda: self._keep_saved(entry, saved) if saved is not None else None)
        choices = (Choice(_KEEP_SAVED, keep_saved),) if saved is not None else ()
        self._session.notice(Notice(entry.summary, _RECOVERED_HINT, "warning", choices, key=RECOVERED))
        self._session.show_problems(entry.problems)

    def _while_open(self, call: Callable[[], None]) -> Callable[[], None]:
        """The call, doing nothing once another note is on the desk: its banner may still be there."""
        turn = self._turn
        return lambda: call() if turn == self._turn else None

    def _keep_saved(self, entry: Recovered, saved: Note) -> None:
        """Back to the saved text; the recovered one goes into the history and can be undone to."""
        from briefing.store.notefile import note_bytes
        from briefing.store.versions import keep

        now = self._now()
        self.files.run(lambda: _tried(lambda: keep(entry.origin.folder, note_bytes(entry.note), now)), self._kept_aside)
        self._session.edit(lambda _: saved)

    def put_aside(self, entry: Recovered) -> None:
        """Leave a note's file as it is; its recovered text goes into the history."""
        from briefing.store.recovery import keep_saved

        now = self._now()
        self.files.run(lambda: _tried(lambda: keep_saved(entry, now)), self._kept_aside)

    def _kept_aside(self, outcome: OSError | None) -> None:
        if isinstance(outcome, OSError):
            self._session.notice(problem_notice(_no_journal(outcome)))

    def _refuse(self, path: Path, content: bytes, problems: tuple[Problem, ...]) -> None:
        from briefing.store.salvage import salvage

        copy = Choice(_COPY, lambda: QGuiApplication.clipboard().setText(salvage(content)))
        for problem in problems:
            notice = problem_notice(problem)
            self._session.notice(Notice(notice.message, notice.hint, notice.tone, (copy,), key=f"open {path}"))

    def _show(self, note: Note) -> None:
        self._session.show_note(note)
        self.opened.emit()
        self.kept_changed.emit(self.is_saved)

    def _journal_begun(self, turn: int, journal: Journal | OSError) -> None:
        """Take a journal into use; what was typed while it was begun is recorded at once."""
        from briefing.store.journal import retire

        if turn != self._turn:
            if not isinstance(journal, OSError):
                self.files.run(journal.close, lambda _: None)
            return
        if isinstance(journal, OSError):
            self._session.notice(problem_notice(_no_journal(journal)))
            return
        note = self._session.note
        fault = _tried(lambda: journal.adopt(note)) if note is not None else None
        if fault is not None:
            self._session.notice(problem_notice(_no_journal(fault)))
            self.files.run(journal.close, lambda _: None)
            return
        old, self._journal = self._journal, journal
        if old is not None:
            self.files.run(lambda: _tried(lambda: retire(old, journal)), self._kept_aside)

    def _follow(self, path: Path, content: bytes, note: Note) -> None:
        """Go on in a fresh journal after a save."""
        from briefing.store.journal import begin, follow, origin_of

        old = self._journal

        def next_one() -> Journal:
            origin = origin_of(path, content)
            return begin(origin, note) if old is None else follow(old, origin, note)

        self.files.run(lambda: _tried(next_one), partial(self._journal_begun, self._turn))

    def _changed(self, old: Note | None, new: Note | None) -> None:
        if old is None or new is None or self._journal is None:
            return
        before = self._journal.problem
        self._journal.record(new)
        problem = self._journal.problem
        if problem is not None and problem is not before:
            copy = Choice(_COPY, self.copy_all)
            notice = problem_notice(problem)
            self._session.notice(Notice(notice.message, notice.hint, notice.tone, (copy,), key=JOURNAL))
        self.kept_changed.emit(self.is_saved)

    def copy_all(self) -> None:
        """Put the whole note on the clipboard, as the text of its file."""
        from briefing.store.notefile import note_bytes

        if self._session.note is not None:
            QGuiApplication.clipboard().setText(note_bytes(self._session.note).decode())

    def _saved_as(self, note: Note, outcome: Outcome) -> None:
        from briefing.store.saving import Conflict, Linked, Saved

        self._saving = False
        if isinstance(outcome, Saved):
            path, content = outcome.path, outcome.content
            self.path, self._digest, self._saved = path, outcome.digest, note
            self._session.show_problems(outcome.problems)
            self._follow(path, content, note)
            self._session.saved.emit(str(path))
            self.kept_changed.emit(self.is_saved)
        elif isinstance(outcome, Conflict):
            self._tell_conflict(outcome.problem)
        else:
            notice = problem_notice(outcome.problem)
            more = (
                Choice(_PART, lambda: self.save(part_links=True))
                if isinstance(outcome, Linked)
                else Choice(_AGAIN, self.save)
            )
            self._session.notice(
                Notice(notice.message, notice.hint, notice.tone, (more, Choice(_COPY, self.copy_all)), key="save")
            )

    def _tell_conflict(self, problem: Problem) -> None:
        notice = problem_notice(problem)
        choices = (Choice(_KEEP_BOTH, self._while_open(self._save_copy)), Choice(_TAKE_THEIRS, self._take_theirs()))
        self._session.notice(Notice(notice.message, notice.hint, "warning", choices, key=CONFLICT))

    def _tell_changed(self, path: Path) -> None:
        message = Label(_CHANGED.en.format(name=path.name), _CHANGED.zh.format(name=path.name))
        if self.is_saved:
            choices: tuple[Choice, ...] = (Choice(_RELOAD, lambda: self.open(path)),)
        else:
            choices = (Choice(_KEEP_BOTH, self._while_open(self._save_copy)), Choice(_TAKE_THEIRS, self._take_theirs()))
        self._session.notice(Notice(message, _CHANGED_HINT, "warning", choices, key=CONFLICT))

    def _take_theirs(self) -> Callable[[], None]:
        return self._while_open(lambda: self._save_copy(then_open=True))

    def _save_copy(self, *, then_open: bool = False) -> None:
        from briefing.store.saving import Saved, save_copy

        note, path, now = self._session.note, self.path, self._now()
        if note is None or path is None:
            return

        def copied(outcome: Outcome) -> None:
            if not isinstance(outcome, Saved):
                self._saved_as(note, outcome)
                return
            name = outcome.path.name
            self._session.notice(Notice(Label(_COPIED.en.format(name=name), _COPIED.zh.format(name=name)), tone="ok"))
            self.open(path if then_open else outcome.path)

        self.files.run(lambda: save_copy(path, note, now), copied)

    def _leave(self) -> None:
        self._turn += 1
        journal, self._journal = self._journal, None
        if journal is not None:
            drop = self.is_saved
            self.files.run(lambda: journal.close(drop=drop), lambda _: None)
        left, self._marked = self._marked, None
        if left is not None:
            self.files.run(lambda: _tried(lambda: _given_back(left)), lambda _: None)

    def _new_path(self, note: Note) -> Path | None:
        folder = self._session.workspace
        if folder is None:
            return None
        notes = folder / "notes"
        stem, count = note.date.isoformat(), 1
        while (path := notes / f"{stem}{f' {count}' if count > 1 else ''}.brief").exists():
            count += 1
        return path


def _taken(path: Path) -> Holder | None:
    """Clear away what killed programs left beside the note and among the journals, and mark the note as open."""
    from briefing.store.lock import take
    from briefing.store.places import note_dir
    from briefing.store.recovery import discard_empty
    from briefing.store.saving import collect_orphans

    collect_orphans(path.parent, time.time() - _ORPHAN_AGE)
    discard_empty()
    return take(note_dir(path))


def _given_back(path: Path) -> None:
    from briefing.store.lock import give_back
    from briefing.store.places import note_dir

    give_back(note_dir(path))


def _read(path: Path) -> bytes | OSError:
    return _tried(path.read_bytes)


def _tried(call: Callable[[], T]) -> T | OSError:
    try:
        return call()
    except OSError as fault:
        return fault


def _unreadable(path: Path, fault: OSError) -> Problem:
    why = fault.strerror or str(fault)
    return error(
        "note.unreadable",
        Place(file=path.name),
        Label(f"{path.name} cannot be read: {why}.", f"無法讀取{path.name}：{why}。"),
        Label("Look whether it is still there and may be read.", "請確認檔案仍在原處且可讀取。"),
    )


def _no_journal(fault: OSError) -> Problem:
    why = fault.strerror or str(fault)
    return error(
        "note.journal",
        Place(),
        Label(f"Typing cannot be recorded: {why}.", f"無法記錄輸入內容：{why}。"),
        Label("Save the note often until the state folder can be written.", "在狀態資料夾可寫入之前，請經常儲存報告。"),
    )
