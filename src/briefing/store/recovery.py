"""Text that was typed and not saved when a program ended: found, shown, opened again or kept aside.

Nothing here writes to a note's file. Killed at any point and repeated, each act gives the same text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefing.data.holder import Holder, is_alive, this_program
from briefing.note import Note
from briefing.problems import Place, Problem, Refused, warning
from briefing.store.changes import applied, size_of, without_words
from briefing.store.fields import Unfit
from briefing.store.frames import HEAD, Frames, Kind, frames
from briefing.store.journal import OPEN, Journal, Origin, begin, discard
from briefing.store.notefile import note_bytes, read_note
from briefing.store.places import journal_dirs, note_dir
from briefing.store.rescue import rescue
from briefing.store.versions import digest_of, keep
from briefing.text import Label


@dataclass(frozen=True, slots=True)
class Recovered:
    """A note as it was at the last key, beside what its file holds.

    `path` is None for a note that never had a file, `saved` for a file that is not there or cannot
    be read. `changed` says that somebody else wrote the file since. `typed` is for display only.
    `digest` is what the next save must compare the file with: not what somebody else wrote there.
    `rest` is what stands in the journal from the first bad record on.
    """

    journal: Path
    origin: Origin
    lineage: str
    generation: int
    note: Note
    saved: Note | None
    added: int
    removed: int
    changed: bool
    digest: str | None
    typed: datetime
    rest: bytes = b""

    @property
    def path(self) -> Path | None:
        """The note's file."""
        return self.origin.path

    @property
    def name(self) -> Label:
        """The name of the note, or its title while it has no file."""
        if self.path is not None:
            return Label(self.path.name, self.path.name)
        title = self.note.title
        return Label(title.en or title.zh or "Untitled note", title.zh or title.en or "未命名報告")

    @property
    def summary(self) -> Label:
        """One line: which note, and how much was typed since it was saved."""
        since = Label("; its file changed since", "，檔案其後已被更動") if self.changed else Label("", "")
        return Label(
            f"{self.name.en}: recovered {self.added} characters typed after the last save, "
            f"{self.removed} removed{since.en}.",
            f"{self.name.zh}：已復原上次儲存後輸入的{self.added}個字元，刪除{self.removed}個{since.zh}。",
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the journal could not give back."""
        return (_unread(self.name, len(self.rest)),) if self.rest else ()

    def as_json(self) -> dict[str, object]:
        """The printed form of `briefing recover --json`; `content` is the recovered note file."""
        return {
            "name": {"en": self.name.en, "zh": self.name.zh},
            "path": str(self.path) if self.path else None,
            "journal": str(self.journal),
            "added": self.added,
            "removed": self.removed,
            "changed": self.changed,
            "typed": self.typed.isoformat(timespec="seconds"),
            "problems": [problem.as_json() for problem in self.problems],
            "content": note_bytes(self.note).decode(),
        }


def recoverable() -> tuple[Recovered, ...]:
    """Every note whose journal holds more than its file, and that no program writes any more."""
    found = (_recovered(file, held) for file, held in _newest().values() if not _is_held(file, held))
    return tuple(entry for entry in found if entry is not None)


def recoverable_of(path: Path) -> Recovered | None:
    """What was typed into the note at a path and not saved; of several, what was typed last."""
    own = [entry for entry in recoverable() if entry.origin.folder == note_dir(path)]
    return max(own, key=lambda entry: entry.typed, default=None)


def reopen(entry: Recovered) -> Journal:
    """Open recovered text as unsaved changes, in a new journal; then the old one goes. Raises `OSError`."""
    _put_rest_aside(entry)
    fresh = begin(entry.origin, entry.note, lineage=entry.lineage, generation=entry.generation + 1)
    discard(entry.origin.folder.name, entry.lineage, but=fresh.file)
    return fresh


def keep_saved(entry: Recovered, now: datetime) -> None:
    """Leave the file as it is; the recovered text goes into the history, not away. Raises `OSError`."""
    _put_rest_aside(entry)
    keep(entry.origin.folder, note_bytes(entry.note), now)
    discard(entry.origin.folder.name, entry.lineage)


def discard_empty() -> None:
    """Remove journals whose writer has ended and that hold nothing more than the file."""
    for file, held in _newest().values():
        if not _is_held(file, held) and _recovered(file, held) is None:
            discard(held.head["identity"], held.head["lineage"])


def _newest() -> dict[tuple[str, str], tuple[Path, Frames]]:
    """Of each lineage the journal of the highest generation; a file without a whole header is no journal of ours."""
    newest: dict[tuple[str, str], tuple[Path, Frames]] = {}
    for file in (file for folder in journal_dirs() for file in sorted(folder.glob("*.journal"))):
        held = frames(file.read_bytes())
        if held is None or not held.records or not held.head.keys() >= HEAD:
            continue
        key = held.head["identity"], held.head["lineage"]
        if key not in newest or newest[key][1].head["generation"] < held.head["generation"]:
            newest[key] = file, held
    return newest


def _is_held(file: Path, held: Frames) -> bool:
    writer = Holder(**held.head["writer"])
    return file in OPEN if writer == this_program() else is_alive(writer)


def _recovered(file: Path, held: Frames) -> Recovered | None:
    note, rest = _replayed(held)
    path = Path(held.head["path"]) if held.head["path"] else None
    if note is None:
        return None
    content = _content(path)
    if content == note_bytes(note):
        return None
    own = {digest_of(held.base), *(r.payload["digest"] for r in held.records if r.kind is Kind.SAVING)}
    saved = _read(held.base if content is None else content)
    if saved == note or (path is None and note == without_words(note)):
        return None
    added, removed = size_of(saved or without_words(note), note)
    changed = content is not None and digest_of(content) not in own
    known = held.base if changed else content
    return Recovered(
        journal=file,
        origin=Origin(_own_folder(file, held), path, held.base),
        lineage=held.head["lineage"],
        generation=held.head["generation"],
        note=note,
        saved=saved,
        added=added,
        removed=removed,
        changed=changed,
        digest=digest_of(known) if known else None,
        typed=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        rest=rest,
    )


def _replayed(held: Frames) -> tuple[Note | None, bytes]:
    """The note after every record that fits, and what did not fit as bytes."""
    note: Note | None = None
    for at, record in enumerate(held.records):
        try:
            if record.kind is Kind.NOTE:
                note = applied(note or _EMPTY, record.kind, record.payload)
            elif note is not None:
                note = applied(note, record.kind, record.payload)
        except (Refused, Unfit, KeyError, ValueError):
            unfit = [json.dumps(dict(late.payload), ensure_ascii=False) for late in held.records[at:]]
            return note, "\n".join(unfit).encode() + held.rest
    return note, held.rest


_EMPTY = Note(date=datetime(1970, 1, 1, tzinfo=UTC).date())


def _own_folder(file: Path, held: Frames) -> Path:
    """The note's folder in the state folder, also for a journal that had to go to a second place."""
    folders: Iterator[Path] = (folder for folder in journal_dirs() if folder.name == held.head["identity"])
    return next((folder for folder in folders if folder.parent.name == "notes"), file.parent)


def _content(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError:
        return None


def _read(content: bytes) -> Note | None:
    try:
        return read_note(content)[0] if content else None
    except Refused:
        return None


def _put_rest_aside(entry: Recovered) -> None:
    if entry.rest:
        rescue(entry.rest, f"{entry.journal.stem}.rest")


def _unread(name: Label, size: int) -> Problem:
    return warning(
        "journal.cut",
        Place(file=name.en),
        Label(
            f"The last {size} bytes of the typing journal of {name.en} are damaged and were put aside.",
            f"{name.zh}的輸入紀錄末尾{size}個位元組已損毀，已另行存放。",
        ),
        Label("Everything before them is recovered.", "其之前的內容均已復原。"),
    )
