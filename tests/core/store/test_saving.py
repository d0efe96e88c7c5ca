from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from briefing.blocks.pair import Pair
from briefing.note import Note, with_block
from briefing.store import exchange, saving
from briefing.store.notefile import note_bytes, read_note
from briefing.store.places import note_dir
from briefing.store.saving import Conflict, Linked, NotSaved, Saved, collect_orphans, conflict_path, save, save_copy
from briefing.store.versions import digest_of, versions
from briefing.text import Text


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def edited(note: Note, words: str) -> Note:
    return with_block(note, Pair(id="p0", text=Text(words, "改")))


def saved(path: Path, note: Note, base: str | None, now: datetime) -> Saved:
    outcome = save(path, note, base=base, now=now)
    assert isinstance(outcome, Saved)
    return outcome


@pytest.fixture
def first(desk: Path, note: Note, now: datetime) -> Saved:
    return saved(desk / "daily.brief", note, None, now)


def test_a_saved_note_is_in_its_file_and_nothing_lies_beside_it(first: Saved, note: Note) -> None:
    assert first.path.read_bytes() == first.content == note_bytes(note)
    assert names(first.path.parent) == ["daily.brief"]


def test_the_version_before_goes_into_the_history(first: Saved, note: Note, now: datetime) -> None:
    saved(first.path, edited(note, "New."), first.digest, now)
    assert [version.content() for version in versions(note_dir(first.path))] == [first.content]


def test_saving_what_is_there_already_writes_nothing(first: Saved, note: Note, now: datetime) -> None:
    before = first.path.stat()
    assert saved(first.path, note, first.digest, now).digest == first.digest
    assert first.path.stat().st_ino == before.st_ino


@pytest.mark.parametrize("base", [None, "0" * 64])
def test_a_file_that_another_program_changed_is_not_written(
    first: Saved, note: Note, now: datetime, base: str | None
) -> None:
    outcome = save(first.path, edited(note, "Mine."), base=base, now=now)
    assert isinstance(outcome, Conflict)
    assert outcome.theirs == first.path.read_bytes() == first.content
    assert outcome.problem.check == "save.conflict"


def test_a_change_of_the_same_size_and_time_is_found_by_its_content(first: Saved, note: Note, now: datetime) -> None:
    status = first.path.stat()
    first.path.write_bytes(first.content.replace(b"fell", b"rose"))
    os.utime(first.path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert first.path.stat().st_size == status.st_size
    assert isinstance(save(first.path, edited(note, "Mine."), base=first.digest, now=now), Conflict)


def test_a_new_time_on_the_same_bytes_is_no_conflict(first: Saved, note: Note, now: datetime) -> None:
    os.utime(first.path, (0, 0))
    saved(first.path, edited(note, "Mine."), first.digest, now)


def test_a_file_that_was_deleted_is_written_again(first: Saved, note: Note, now: datetime) -> None:
    first.path.unlink()
    assert saved(first.path, note, first.digest, now).path.exists()


def test_conflict_copies_are_named_by_the_minute_and_never_overwritten(first: Saved, note: Note, now: datetime) -> None:
    copies = [save_copy(first.path, edited(note, words), now) for words in ("One.", "Two.")]
    assert [copy.path.name for copy in copies] == [
        "daily (conflict 2025-01-15 0730).brief",
        "daily (conflict 2025-01-15 0730) 2.brief",
    ]
    assert all(isinstance(copy, Saved) for copy in copies)


def test_a_version_written_in_the_moment_of_saving_is_kept_as_a_conflict_copy(
    first: Saved, note: Note, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exchange.exchange

    def late(one: Path, other: Path) -> bool:
        other.write_bytes(b"theirs")
        return real(one, other)

    monkeypatch.setattr(saving, "exchange", late)
    outcome = saved(first.path, edited(note, "Mine."), first.digest, now)
    copy = first.path.with_name("daily (conflict 2025-01-15 0730).brief")
    assert copy.read_bytes() == b"theirs"
    assert first.path.read_bytes() == outcome.content
    assert copy.name in outcome.problems[0].message.en


def test_a_new_file_never_replaces_one_that_appeared_meanwhile(
    desk: Path, note: Note, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exchange.appear

    def late(one: Path, other: Path) -> bool:
        other.write_bytes(b"theirs")
        return real(one, other)

    monkeypatch.setattr(saving, "appear", late)
    outcome = save(desk / "new.brief", note, base=None, now=now)
    assert isinstance(outcome, Conflict)
    assert outcome.theirs == b"theirs"
    assert names(desk) == ["new.brief"]


def test_without_the_exchange_call_the_file_is_replaced(
    first: Saved, note: Note, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_call", lambda: None)
    outcome = saved(first.path, edited(note, "Mine."), first.digest, now)
    assert first.path.read_bytes() == outcome.content
    assert isinstance(save(first.path.with_name("b.brief"), note, base=None, now=now), Saved)


def test_a_symbolic_link_stays_and_its_target_is_replaced(first: Saved, note: Note, now: datetime) -> None:
    link = first.path.with_name("link.brief")
    link.symlink_to("daily.brief")
    outcome = saved(link, edited(note, "Mine."), first.digest, now)
    assert link.is_symlink()
    assert first.path.read_bytes() == outcome.content


def test_mode_and_extended_attributes_stay(first: Saved, note: Note, now: datetime) -> None:
    first.path.chmod(0o640)
    with_attribute = True
    try:
        os.setxattr(first.path, "user.tag", b"daily")
    except OSError:
        with_attribute = False
    saved(first.path, edited(note, "Mine."), first.digest, now)
    assert first.path.stat().st_mode & 0o777 == 0o640
    assert not with_attribute or os.getxattr(first.path, "user.tag") == b"daily"


def test_a_hard_link_is_a_choice(first: Saved, note: Note, now: datetime) -> None:
    other = first.path.with_name("other.brief")
    other.hardlink_to(first.path)
    outcome = save(first.path, edited(note, "Mine."), base=first.digest, now=now)
    assert isinstance(outcome, Linked)
    assert outcome.links == 2
    assert first.path.read_bytes() == first.content
    chosen = save(first.path, edited(note, "Mine."), base=first.digest, now=now, part_links=True)
    assert isinstance(chosen, Saved)
    assert other.read_bytes() == first.content


def test_a_name_of_255_bytes_saves_and_so_does_its_conflict_copy(desk: Path, note: Note, now: datetime) -> None:
    path = desk / ("市" * 83 + ".brief")
    assert len(path.name.encode()) == 255
    saved(path, note, None, now)
    copy = save_copy(path, note, now)
    assert isinstance(copy, Saved)
    assert len(conflict_path(path, now).name.encode()) <= 255


def test_a_note_that_would_not_read_back_is_not_saved(
    first: Saved, note: Note, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "read_note", lambda content, name: (replace(note, blocks=()), ()))
    outcome = save(first.path, edited(note, "Mine."), base=first.digest, now=now)
    assert isinstance(outcome, NotSaved)
    assert outcome.problem.check == "save.form"
    assert first.path.read_bytes() == first.content


CALLS = ("open", "write", "fsync", "rename")
ERRORS = {
    errno.ENOSPC: "save.full",
    errno.EDQUOT: "save.full",
    errno.EIO: "save.device",
    errno.EROFS: "save.read_only",
    errno.EACCES: "save.folder",
    errno.EMFILE: "save.handles",
    errno.ESTALE: "save.gone",
}


def failing(call: Callable[..., Any], folder: Path, number: int, wanted: list[int]) -> Callable[..., Any]:
    """A system call that fails at the k-th time it concerns the folder of the note."""

    def inner(*args: Any, **named: Any) -> Any:
        if _concerns(folder, args):
            wanted[0] -= 1
            if wanted[0] == 0:
                raise OSError(number, os.strerror(number))
        return call(*args, **named)

    return inner


def _concerns(folder: Path, args: tuple[Any, ...]) -> bool:
    named = args[0]
    path = Path(f"/proc/self/fd/{named}").readlink() if isinstance(named, int) else Path(named)
    return path.is_relative_to(folder)


@pytest.mark.parametrize("number", ERRORS)
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("kth", [1, 2])
def test_a_disk_that_refuses_leaves_a_whole_file_and_the_text_in_a_named_place(
    first: Saved, note: Note, now: datetime, monkeypatch: pytest.MonkeyPatch, call: str, number: int, kth: int
) -> None:
    after = edited(note, "Mine.")
    count = [kth]
    owner, name = (saving, "exchange") if call == "rename" else (os, call)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, failing(getattr(owner, name), first.path.parent, number, count))
        outcome = save(first.path, after, base=first.digest, now=now)
    assert first.path.read_bytes() in {first.content, note_bytes(after)}
    assert names(first.path.parent) == ["daily.brief"]
    if count[0] > 0:
        assert isinstance(outcome, Saved)
        return
    assert isinstance(outcome, NotSaved)
    assert outcome.problem.check == ERRORS[number]
    assert outcome.rescued is not None
    assert outcome.rescued.read_bytes() == note_bytes(after)
    assert str(outcome.rescued) in outcome.problem.message.en
    assert str(outcome.rescued) in outcome.problem.message.zh


def test_a_short_write_is_gone_on_with(
    first: Saved, note: Note, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:7]))
    assert saved(first.path, edited(note, "Mine."), first.digest, now).content == first.path.read_bytes()


def test_when_the_state_folder_is_full_too_the_next_place_takes_the_text(
    first: Saved, note: Note, now: datetime, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def full(path: Any, *args: Any, **named: Any) -> int:
        if isinstance(path, str | Path) and (state in Path(path).parents or first.path.parent in Path(path).parents):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, *args, **named)

    monkeypatch.setattr(os, "open", full)
    outcome = save(first.path, edited(note, "Mine."), base=first.digest, now=now)
    assert isinstance(outcome, NotSaved)
    assert outcome.rescued is not None
    assert outcome.rescued.parent.name == "runtime"


def test_when_no_place_takes_the_text_the_message_says_that_the_window_has_it(
    first: Saved, note: Note, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **named: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "open", full)
    outcome = save(first.path, edited(note, "Mine."), base=first.digest, now=now)
    assert isinstance(outcome, NotSaved)
    assert outcome.rescued is None
    assert "window" in outcome.problem.message.en


def test_a_history_that_cannot_be_written_is_a_warning_and_the_note_is_saved(
    first: Saved, note: Note, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **named: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(saving, "keep", full)
    outcome = saved(first.path, edited(note, "Mine."), first.digest, now)
    assert [problem.check for problem in outcome.problems] == ["save.history"]
    assert first.path.read_bytes() == outcome.content


def test_a_folder_that_is_gone_is_told_from_a_file_that_is_gone(first: Saved, note: Note, now: datetime) -> None:
    shutil.rmtree(first.path.parent)
    outcome = save(first.path, edited(note, "Mine."), base=first.digest, now=now)
    assert isinstance(outcome, NotSaved)
    assert outcome.problem.check == "save.gone"


def test_what_a_killed_save_left_behind_is_moved_to_the_second_place(desk: Path, note: Note) -> None:
    orphan, young, other = desk / ".~0123abcd.tmp", desk / ".~89abcdef.tmp", desk / ".~mine.tmp"
    for path, content in ((orphan, note_bytes(note)), (young, b"y"), (other, b"o")):
        path.write_bytes(content)
    os.utime(orphan, (1000, 1000))
    os.utime(other, (1000, 1000))
    (kept,) = collect_orphans(desk, before=2000)
    assert kept.read_bytes() == note_bytes(note)
    assert names(desk) == [young.name, other.name]


class TwoWriters(RuleBasedStateMachine):
    """Two programs with one note, and a third that writes as it likes: no accepted text ever disappears."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "n.brief"
        self.now = datetime.fromisoformat("2025-01-15T07:30:00+00:00")
        self.note = Note(date=self.now.date(), blocks=(Pair(id="p0"),))
        first = saved(self.path, self.note, None, self.now)
        self.bases = [first.digest, first.digest]
        self.accepted: set[bytes] = {first.content}

    @rule(who=st.integers(0, 1), word=st.integers(0, 8))
    def save(self, who: int, word: int) -> None:
        note = edited(self.note, f"word {word}")
        outcome = save(self.path, note, base=self.bases[who], now=self.now)
        if isinstance(outcome, Conflict):
            outcome = save_copy(self.path, note, self.now)
            self.bases[who] = digest_of(self.path.read_bytes())
        elif isinstance(outcome, Saved):
            self.bases[who] = outcome.digest
        assert isinstance(outcome, Saved)
        self.accepted.add(outcome.content)

    @rule(who=st.integers(0, 1))
    def read(self, who: int) -> None:
        self.bases[who] = digest_of(self.path.read_bytes())

    @rule(word=st.integers(0, 3))
    def write_from_outside(self, word: int) -> None:
        """An outside writer keeps no history, but what it replaces was saved by us."""
        held = self.path.read_bytes()
        if any(version.digest == digest_of(held) for version in versions(note_dir(self.path))):
            self.path.write_bytes(note_bytes(edited(self.note, f"outside {word}")))

    @invariant()
    def every_accepted_text_is_somewhere(self) -> None:
        there = {file.read_bytes() for file in self.folder.glob("*.brief")}
        there |= {version.content() for version in versions(note_dir(self.path))}
        assert self.accepted <= there

    @invariant()
    def every_file_is_whole(self) -> None:
        for file in self.folder.iterdir():
            read_note(file.read_bytes())

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


@pytest.mark.usefixtures("state")
def test_two_writers_on_one_file_lose_nothing() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(TwoWriters, settings=settings(max_examples=30, stateful_step_count=20, deadline=None))


ONE_SAVE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from briefing.store import saving
from briefing.store.notefile import read_note
saving.secrets.token_hex = lambda size: "0123abcd"
path = Path(sys.argv[1])
old = path.read_bytes()
note = read_note(Path(sys.argv[2]).read_bytes())[0]
print("ready", saving.save(path, note, base=saving.digest_of(old), now=datetime(2025, 1, 15, tzinfo=UTC)))
"""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("call", ["openat", "write", "fsync", "renameat2", "unlink"])
def test_killed_at_each_system_call_of_a_save_the_file_is_old_or_new(
    first: Saved, note: Note, tmp_path: Path, call: str
) -> None:
    wanted = tmp_path / "wanted"
    wanted.write_bytes(note_bytes(edited(note, "Mine.")))
    folder, fresh = first.path.parent, first.path.with_name(".~0123abcd.tmp")
    paths = [part for path in (folder, first.path, fresh) for part in ("-P", str(path))]
    killed = 0
    for kth in range(1, 10):
        first.path.write_bytes(first.content)
        fresh.unlink(missing_ok=True)
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={kth}"]
        command = ["strace", "-qq", "-f", "-e", "signal=none", *paths, *inject, sys.executable, "-c", ONE_SAVE]
        run = subprocess.run([*command, str(first.path), str(wanted)], capture_output=True, text=True, check=False)
        assert first.path.read_bytes() in {first.content, wanted.read_bytes()}
        if "ready" in run.stdout:
            break
        killed += 1
    assert "Saved(" in run.stdout
    assert killed > 0
