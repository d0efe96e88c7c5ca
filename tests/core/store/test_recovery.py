from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from briefing.blocks.pair import Pair
from briefing.data import holder
from briefing.note import Note, with_block
from briefing.problems import Refused
from briefing.store import journal as journals
from briefing.store import lock
from briefing.store.frames import Kind, Record, frame, frames, header
from briefing.store.journal import Journal, begin, discard, origin_of, origin_of_new
from briefing.store.notefile import note_bytes, read_note
from briefing.store.opening import open_note
from briefing.store.places import note_dir
from briefing.store.recovery import discard_empty, keep_saved, recoverable, recoverable_of, reopen
from briefing.store.saving import Saved, save
from briefing.store.versions import digest_of, versions
from briefing.text import Text


def typed(note: Note, words: str) -> Note:
    return with_block(note, Pair(id="p0", text=Text(words, "殖利率下滑。")))


def ended(path: Path, before: Note, after: Note) -> Journal:
    """A program that opened a note, typed, and ended without saving."""
    journal = begin(origin_of(path, path.read_bytes()), before)
    journal.record(after)
    journal.close()
    return journal


@pytest.fixture
def path(desk: Path, note: Note) -> Path:
    file = desk / "daily.brief"
    file.write_bytes(note_bytes(note))
    return file


def test_text_that_was_typed_and_not_saved_is_found_with_its_size(path: Path, note: Note) -> None:
    ended(path, note, typed(note, "Yields fell hard."))
    (entry,) = recoverable()
    assert entry.note == typed(note, "Yields fell hard.")
    assert entry.saved == note
    assert (entry.added, entry.removed, entry.changed) == (5, 0, False)
    assert entry.summary.en == "daily.brief: recovered 5 characters typed after the last save, 0 removed."
    assert entry.summary.zh == "daily.brief：已復原上次儲存後輸入的5個字元，刪除0個。"
    assert entry.problems == ()


def test_nothing_is_found_where_the_file_holds_all(path: Path, note: Note) -> None:
    ended(path, note, note)
    assert recoverable() == ()


def test_typing_that_was_taken_back_is_nothing_to_recover(path: Path, note: Note) -> None:
    journal = begin(origin_of(path, path.read_bytes()), note)
    journal.record(typed(note, "x"))
    journal.record(note)
    journal.close()
    assert recoverable() == ()


def test_a_note_that_is_open_here_is_not_offered(path: Path, note: Note) -> None:
    journal = begin(origin_of(path, path.read_bytes()), note)
    journal.record(typed(note, "open"))
    assert recoverable() == ()
    journal.close()
    assert len(recoverable()) == 1


def test_a_note_that_another_living_program_writes_is_not_offered(
    path: Path, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = holder.Holder(holder.this_program().host, os.getppid(), holder._started(os.getppid()))
    monkeypatch.setattr(journals, "this_program", lambda: parent)
    ended(path, note, typed(note, "elsewhere"))
    assert recoverable() == ()


def test_a_save_that_was_killed_before_its_journal_followed_is_not_a_change_by_others(
    path: Path, note: Note, now: datetime
) -> None:
    after = typed(note, "Saved.")
    journal = begin(origin_of(path, path.read_bytes()), note)
    journal.record(after)
    journal.about_to_save(note_bytes(after))
    outcome = save(path, after, base=digest_of(journal.origin.base), now=now)
    assert isinstance(outcome, Saved)
    journal.close()
    assert recoverable() == ()
    later = typed(note, "Saved. And more.")
    journal = begin(journal.origin, later, lineage=journal.lineage, generation=2)
    journal.about_to_save(note_bytes(after))
    journal.close()
    (entry,) = recoverable()
    assert not entry.changed
    assert entry.digest == outcome.digest


def test_a_file_that_others_changed_is_told_and_the_next_save_finds_the_conflict(path: Path, note: Note) -> None:
    ended(path, note, typed(note, "Mine."))
    path.write_bytes(note_bytes(typed(note, "Theirs.")))
    (entry,) = recoverable()
    assert entry.changed
    assert entry.digest == digest_of(note_bytes(note))
    assert "changed since" in entry.summary.en


def test_a_note_without_a_file_is_recovered_under_its_title(note: Note) -> None:
    origin = origin_of_new("t0")
    journal = begin(origin, Note(date=note.date))
    journal.close()
    assert recoverable() == ()
    journal = begin(origin, typed(note, "New."))
    journal.close()
    (entry,) = recoverable()
    assert (entry.path, entry.saved) == (None, None)
    assert entry.name.zh == "未命名報告"


def test_a_note_whose_file_is_gone_is_recovered_against_what_it_was(path: Path, note: Note) -> None:
    ended(path, note, typed(note, "Kept."))
    path.unlink()
    (entry,) = recoverable()
    assert entry.saved == note
    assert entry.note == typed(note, "Kept.")


def test_opening_the_note_again_gives_its_unsaved_text(path: Path, note: Note) -> None:
    ended(path, note, typed(note, "Kept."))
    recovered = recoverable_of(path)
    assert open_note(path).note == note
    assert recovered is not None
    assert recovered.note == typed(note, "Kept.")


def test_a_journal_of_another_version_is_left_alone(path: Path, note: Note) -> None:
    journal = ended(path, note, typed(note, "Kept."))
    held = frames(journal.file.read_bytes())
    assert held is not None
    head = {key: value for key, value in held.head.items() if key != "generation"}
    journal.file.write_bytes(header(head, held.base) + b"".join(frame(record) for record in held.records))
    assert recoverable() == ()
    assert journal.file.exists()


def test_a_pipe_is_no_note_and_is_not_waited_for(desk: Path) -> None:
    os.mkfifo(desk / "pipe.brief")
    with pytest.raises(Refused, match="no regular file"):
        open_note(desk / "pipe.brief")


def test_a_note_that_cannot_be_opened_says_why(desk: Path) -> None:
    (desk / "bad.brief").write_bytes(b"{")
    for name, check in (("none.brief", "note.open"), ("bad.brief", "note.file"), (".", "note.open")):
        with pytest.raises(Refused) as caught:
            open_note(desk / name)
        assert caught.value.problems[0].check == check


def test_recovered_text_is_opened_in_a_new_journal_and_the_file_stays(path: Path, note: Note) -> None:
    old = ended(path, note, typed(note, "Kept."))
    (entry,) = recoverable()
    journal = reopen(entry)
    assert not old.file.exists()
    assert path.read_bytes() == note_bytes(note)
    journal.record(typed(note, "Kept. More."))
    journal.close()
    (again,) = recoverable()
    assert again.note == typed(note, "Kept. More.")


def test_keeping_the_saved_text_puts_the_other_into_the_history(path: Path, note: Note, now: datetime) -> None:
    ended(path, note, typed(note, "Aside."))
    (entry,) = recoverable()
    keep_saved(entry, now)
    assert recoverable() == ()
    assert [version.content() for version in versions(note_dir(path))] == [note_bytes(typed(note, "Aside."))]


def test_a_damaged_end_is_put_aside_and_said(path: Path, note: Note, state: Path) -> None:
    journal = ended(path, note, typed(note, "Kept."))
    with journal.file.open("ab") as file:
        file.write(b"torn record")
    (entry,) = recoverable()
    assert entry.note == typed(note, "Kept.")
    assert "11 bytes" in entry.problems[0].message.en
    reopen(entry).close()
    assert [file.read_bytes() for file in (state / "rescued").iterdir()] == [b"torn record"]


def test_a_record_that_does_not_fit_ends_the_replay(path: Path, note: Note) -> None:
    journal = ended(path, note, typed(note, "Kept."))
    wrong = {"changes": [{"id": "p0", "path": "text", "side": "en", "at": 0, "removed": "other", "inserted": "x"}]}
    with journal.file.open("ab") as file:
        file.write(frame(Record(3, Kind.CHANGES, wrong)))
    (entry,) = recoverable()
    assert entry.note == typed(note, "Kept.")
    assert b"other" in entry.rest


def test_what_is_no_journal_is_passed_over(path: Path, note: Note) -> None:
    ended(path, note, typed(note, "Kept."))
    (note_dir(path) / "0-0.journal").write_bytes(b"MBJ1 nothing")
    assert len(recoverable()) == 1


def test_a_journal_in_a_second_place_is_found(path: Path, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = begin(origin_of(path, path.read_bytes()), note)
    real, handle = os.write, journal._handle
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda to, data: real(to, data[:3] if to == handle else data))
        journal.record(typed(note, "Far away."))
    journal.close()
    (entry,) = recoverable()
    assert entry.note == typed(note, "Far away.")
    assert entry.origin.folder == note_dir(path)
    reopen(entry).close(drop=True)
    assert recoverable() == ()


def test_a_step_back_of_the_clock_changes_nothing(path: Path, note: Note) -> None:
    old = ended(path, note, typed(note, "Old."))
    fresh = begin(old.origin, typed(note, "New."), lineage=old.lineage, generation=2)
    fresh.close()
    os.utime(fresh.file, (1, 1))
    (entry,) = recoverable()
    assert entry.note == typed(note, "New.")


class Killed(BaseException):
    """The program is gone."""


CALLS = ("open", "write", "fsync", "close", "replace", "unlink", "rename")


@pytest.mark.parametrize("act", [reopen, "keep"])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("kth", range(1, 6))
def test_recovery_that_is_killed_anywhere_and_repeated_gives_the_same_text(
    path: Path, note: Note, now: datetime, monkeypatch: pytest.MonkeyPatch, act: Any, call: str, kth: int
) -> None:
    ended(path, note, typed(note, "Kept."))
    (entry,) = recoverable()
    count = [kth]

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def inner(*args: Any, **named: Any) -> Any:
            count[0] -= 1
            if count[0] == 0:
                raise Killed
            return real(*args, **named)

        return inner

    with monkeypatch.context() as patch, contextlib.suppress(Killed):
        patch.setattr(os, call, dying(getattr(os, call)))
        _done(entry, act, now)
    journals.OPEN.clear()
    for again in recoverable():
        assert again.note == typed(note, "Kept.")
        _done(again, act, now)
    kept = [read_note(version.content())[0] for version in versions(note_dir(path))]
    held = [entry.note for entry in recoverable()]
    assert (held if act is reopen else kept) == [typed(note, "Kept.")]
    assert path.read_bytes() == note_bytes(note)


def _done(entry: Any, act: Any, now: datetime) -> None:
    if act is reopen:
        reopen(entry).close()
    else:
        keep_saved(entry, now)


def test_journals_that_hold_nothing_more_are_cleared_away(path: Path, note: Note, desk: Path) -> None:
    empty = ended(path, note, note)
    other = desk / "other.brief"
    other.write_bytes(note_bytes(note))
    full = ended(other, note, typed(note, "Kept."))
    discard_empty()
    assert not empty.file.exists()
    assert full.file.exists()


def test_the_list_is_json_and_holds_the_whole_text(path: Path, note: Note) -> None:
    ended(path, note, typed(note, "Kept."))
    (entry,) = json.loads(json.dumps([entry.as_json() for entry in recoverable()]))
    assert entry["path"] == str(path)
    assert (entry["added"], entry["removed"], entry["changed"]) == (4, 11, False)
    assert read_note(entry["content"].encode())[0] == typed(note, "Kept.")


def test_of_two_programs_that_ended_the_one_that_typed_last_comes_first(path: Path, note: Note) -> None:
    one, other = ended(path, note, typed(note, "One.")), ended(path, note, typed(note, "Other."))
    os.utime(one.file, (100, 100))
    os.utime(other.file, (200, 200))
    assert len(recoverable()) == 2
    entry = recoverable_of(path)
    assert entry is not None
    assert entry.note == typed(note, "Other.")
    discard(note_dir(path).name, other.lineage)
    assert len(recoverable()) == 1


def test_a_lock_names_who_has_the_note_open(tmp_path: Path) -> None:
    assert lock.take(tmp_path) is None
    assert lock.holder(tmp_path) == holder.this_program()
    assert lock.take(tmp_path) is None
    lock.give_back(tmp_path)
    assert lock.holder(tmp_path) is None


def test_the_lock_of_another_living_program_is_left_alone(tmp_path: Path) -> None:
    host, parent = holder.this_program().host, os.getppid()
    other = {"host": host, "pid": parent, "started": holder._started(parent)}
    (tmp_path / "open.json").write_text(json.dumps(other))
    assert lock.take(tmp_path) == holder.Holder(**other)
    lock.give_back(tmp_path)
    assert lock.holder(tmp_path) == holder.Holder(**other)


@pytest.mark.parametrize(
    "left",
    [
        '{"host": "%s", "pid": 999999999, "started": 1}',
        '{"host": "%s", "pid": 1, "started": 123456789}',
        "not json",
        '{"host": "%s"}',
    ],
)
def test_the_lock_of_a_program_that_has_ended_counts_for_nothing(tmp_path: Path, left: str) -> None:
    (tmp_path / "open.json").write_text(left.replace("%s", holder.this_program().host))
    assert lock.holder(tmp_path) is None
    assert lock.take(tmp_path) is None


def test_the_lock_of_another_machine_is_believed(tmp_path: Path) -> None:
    (tmp_path / "open.json").write_text('{"host": "elsewhere.example", "pid": 1, "started": 1}')
    assert lock.take(tmp_path) == holder.Holder("elsewhere.example", 1, 1)
