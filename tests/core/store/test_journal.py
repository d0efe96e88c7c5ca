from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.blocks.figure import Figure
from briefing.blocks.heading import Heading
from briefing.blocks.pair import Pair
from briefing.charts.spec import ChartSpec, Line
from briefing.note import Note, with_block, with_inserted, with_moved, without_block
from briefing.store import journal as journals
from briefing.store.changes import applied, change, size_of
from briefing.store.frames import Frames, Kind, Record, frame, frames, header
from briefing.store.journal import Journal, begin, follow, origin_of, rebased, retire
from briefing.store.notefile import note_bytes
from briefing.text import Text


def typed(note: Note, words: str) -> Note:
    return with_block(note, Pair(id="p0", text=Text(words, "殖利率下滑。")))


def held(journal: Journal) -> Frames:
    found = frames(journal.file.read_bytes())
    assert found is not None
    return found


@pytest.fixture
def journal(desk: Path, note: Note) -> Iterator[Journal]:
    opened = begin(origin_of(desk / "daily.brief", note_bytes(note)), note)
    yield opened
    if opened.file in journals.OPEN:
        opened.close()


def test_a_key_is_one_small_record_that_is_in_the_file_at_once(journal: Journal, note: Note) -> None:
    before = journal.file.stat().st_size
    journal.record(typed(note, "Yields fell. X"))
    assert journal.file.stat().st_size - before < 150
    assert held(journal).records[-1].payload == {
        "changes": [{"id": "p0", "path": "text", "side": "en", "at": 12, "removed": "", "inserted": " X"}]
    }


def test_the_header_holds_the_note_as_it_was(journal: Journal, note: Note) -> None:
    found = held(journal)
    assert found.base == note_bytes(note)
    assert found.head["path"] == str(journal.origin.path)


def test_an_equal_note_writes_nothing(journal: Journal, note: Note) -> None:
    before = journal.file.stat().st_size
    journal.record(replace(note))
    assert journal.file.stat().st_size == before


def test_the_whole_note_is_written_again_after_so_many_bytes(
    journal: Journal, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "WHOLE_EVERY", 500)
    for count in range(40):
        journal.record(typed(note, "x" * count))
    kinds = [record.kind for record in held(journal).records]
    assert kinds.count(Kind.NOTE) > 2
    assert kinds.count(Kind.CHANGES) > kinds.count(Kind.NOTE)


def test_the_file_is_private(journal: Journal) -> None:
    assert journal.file.stat().st_mode & 0o777 == 0o600
    assert journal.file.parent.stat().st_mode & 0o777 == 0o700


def test_a_fresh_journal_after_a_save_takes_the_place_of_the_old_one(journal: Journal, note: Note) -> None:
    after = typed(note, "Saved.")
    journal.record(after)
    assert journal.origin.path is not None
    fresh = rebased(journal, origin_of(journal.origin.path, note_bytes(after)), after)
    assert [file.name for file in fresh.file.parent.glob("*.journal")] == [fresh.file.name]
    assert held(fresh).base == note_bytes(after)
    assert fresh.generation == journal.generation + 1
    fresh.close(drop=True)
    assert list(fresh.file.parent.glob("*.journal")) == []


def test_what_is_typed_while_the_next_journal_is_made_is_in_the_one_that_counts(journal: Journal, note: Note) -> None:
    saved, later = typed(note, "Saved."), typed(note, "Saved. And on.")
    journal.record(saved)
    fresh = follow(journal, journal.origin, saved)
    assert [file.name for file in fresh.file.parent.glob("*.journal")] == [journal.file.name]
    journal.record(later)
    fresh.adopt(later)
    assert held(fresh).records[-1].payload["changes"][0]["inserted"] == " And on."
    retire(journal, fresh)
    assert [file.name for file in fresh.file.parent.iterdir()] == [fresh.file.name]
    fresh.close(drop=True)


def test_a_prepared_journal_that_is_not_wanted_leaves_nothing(journal: Journal, note: Note) -> None:
    follow(journal, journal.origin, note).close()
    assert [file.name for file in journal.file.parent.iterdir()] == [journal.file.name]


def test_two_programs_with_one_note_write_two_journals(journal: Journal, note: Note) -> None:
    other = begin(journal.origin, note)
    other.record(typed(note, "Other."))
    other.close(drop=True)
    assert journal.file.exists()


def wait_for(happened: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while not happened() and time.monotonic() < until:
        threading.Event().wait(0.005)
    return happened()


def test_the_disk_has_the_first_key_within_a_quarter_of_a_second_though_typing_goes_on(
    journal: Journal, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[float] = []
    monkeypatch.setattr(journals, "_sync", lambda handle: synced.append(time.monotonic()))
    started = time.monotonic()
    count = 0
    while len(synced) < 3 and time.monotonic() - started < 5:
        count += 1
        journal.record(typed(note, "x" * count))
        threading.Event().wait(0.002)
    assert len(synced) == 3
    assert synced[0] - started >= journals.SYNC_AFTER
    assert journals.SYNC_AFTER + 0.05 <= 0.25


def test_typing_never_waits_for_a_sync_that_hangs(
    journal: Journal, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging, release = threading.Event(), threading.Event()
    monkeypatch.setattr(journals, "SYNC_AFTER", 0.0)
    monkeypatch.setattr(journals, "_sync", lambda handle: (hanging.set(), release.wait(10)))
    journal.record(typed(note, "a"))
    assert hanging.wait(5)
    journal.record(typed(note, "ab"))
    assert held(journal).records[-1].payload["changes"][0]["inserted"] == "b"
    release.set()


def full(*args: Any, **named: Any) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_journal_on_a_full_disk_goes_on_in_a_second_place_with_all_of_the_text(
    journal: Journal, note: Note, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, handle, real = journal.file, journal._handle, os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda to, data: full() if to == handle else real(to, data))
        journal.record(typed(note, "Kept."))
    journal.record(typed(note, "Kept too."))
    assert journal.file != first
    assert journal.file.is_relative_to(tmp_path / "runtime")
    assert [record.kind for record in held(journal).records] == [Kind.NOTE, Kind.CHANGES]
    assert journal.problem is not None
    assert journal.problem.check == "journal.moved"


def test_a_record_that_was_only_half_written_moves_the_journal_too(
    journal: Journal, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle, real = journal._handle, os.write
    monkeypatch.setattr(os, "write", lambda to, data: real(to, data[:9] if to == handle else data))
    journal.record(typed(note, "Kept."))
    assert journal.problem is not None
    assert held(journal).records[-1].payload["note"] == note_bytes(typed(note, "Kept.")).decode()


def test_a_sync_that_fails_moves_the_journal_at_the_next_look(
    journal: Journal, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    first = journal.file
    monkeypatch.setattr(journals, "SYNC_AFTER", 0.0)
    monkeypatch.setattr(journals, "_sync", broken)
    journal.record(typed(note, "Kept."))
    assert wait_for(lambda: journal._syncing.fault is not None)
    assert journal.problem is not None
    assert journal.file != first


def test_when_no_place_takes_the_journal_it_says_so_and_tries_again_at_each_key(
    journal: Journal, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        journal.record(typed(note, "One."))
        journal.record(typed(note, "Two."))
        assert journal.problem is not None
        assert journal.problem.check == "journal.nowhere"
    journal.record(typed(note, "Three."))
    assert journal.problem.check == "journal.moved"
    assert "Three." in held(journal).records[-1].payload["note"]


DAY = date(2025, 1, 15)
CHART = ChartSpec(lines=(Line(series="VIX"),), range="1M")
IDS = st.sampled_from(["a", "b", "c"])
EDITS = st.one_of(
    st.tuples(st.just("type"), IDS, st.text(max_size=5)),
    st.tuples(st.just("swap"), IDS, st.integers(0, 2)),
    st.tuples(st.just("move"), IDS, st.integers(-2, 2)),
    st.tuples(st.just("title"), IDS, st.text(max_size=5)),
    st.tuples(st.just("remove"), IDS, st.just(0)),
    st.tuples(st.just("insert"), IDS, st.just(0)),
)


def after(note: Note, edit: tuple[str, str, Any]) -> Note:
    kind, block_id, value = edit
    here = {block.id for block in note.blocks}
    if kind == "title":
        return replace(note, title=Text(value, value))
    if kind == "insert":
        return note if block_id in here else with_inserted(note, Pair(id=block_id))
    if block_id not in here:
        return note
    if kind == "type":
        return with_block(note, Pair(id=block_id, text=Text(value, "同"), bullet=1))
    if kind == "swap":
        others = (Heading(id=block_id, level=2), Figure(id=block_id, chart=CHART), Pair(id=block_id, synced_zh="同"))
        return with_block(note, others[value])
    return with_moved(note, block_id, value) if kind == "move" else without_block(note, block_id)


@given(st.lists(EDITS, max_size=12))
@settings(deadline=None)
def test_the_records_of_any_edits_lead_from_the_first_note_to_the_last(edits: list[tuple[str, str, Any]]) -> None:
    written = replayed = Note(date=DAY)
    for edit in edits:
        following = after(written, edit)
        replayed = applied(replayed, *change(written, following))
        written = following
    assert replayed == written


@given(st.text(), st.text())
def test_added_and_removed_characters_balance(was: str, now: str) -> None:
    before, later = (Note(date=DAY, blocks=(Pair(id="a", text=Text(words)),)) for words in (was, now))
    added, removed = size_of(before, later)
    assert added - removed == len(later.blocks[0].text.en) - len(before.blocks[0].text.en)  # type: ignore[attr-defined]


RECORDS = [Record(7, Kind.NOTE, {"note": "x"}), Record(8, Kind.CHANGES, {"changes": []}), Record(9, Kind.SAVING, {})]
WHOLE = header({"a": 1}, b"base") + b"".join(frame(record) for record in RECORDS)


def test_frames_read_back_as_they_were_written() -> None:
    assert frames(WHOLE) == Frames({"a": 1}, b"base", tuple(RECORDS), b"")


def test_a_journal_that_is_cut_anywhere_gives_every_whole_record() -> None:
    ends = [len(header({"a": 1}, b"base") + b"".join(frame(r) for r in RECORDS[:n])) for n in range(4)]
    for length in range(len(WHOLE)):
        found = frames(WHOLE[:length])
        if length < ends[0]:
            assert found is None
        else:
            assert found is not None
            assert len(found.records) == sum(1 for end in ends[1:] if end <= length)


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_one_damaged_byte_is_never_read_as_something_else(at: int, by: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[at] ^= by
    found = frames(bytes(damaged))
    if found is not None:
        assert found.records == tuple(RECORDS)[: len(found.records)]
        assert len(found.records) < len(RECORDS)
        assert found.rest


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(content: bytes) -> None:
    for start in (b"", WHOLE[:8], header({}, b"")):
        frames(start + content)


def test_a_gap_in_the_sequence_ends_the_reading() -> None:
    content = header({}, b"") + frame(RECORDS[0]) + frame(RECORDS[2])
    found = frames(content)
    assert found is not None
    assert found.records == (RECORDS[0],)
    assert found.rest == frame(RECORDS[2])
