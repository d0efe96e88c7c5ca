from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from desk import MARKET_VERBS, TableJobs
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.blocks.heading import Heading
from briefing.data import holder
from briefing.data.writing import write_file
from briefing.note import Note, new_id
from briefing.store import lock
from briefing.store.notefile import note_bytes, read_note
from briefing.store.places import note_dir
from briefing.store.recovery import recoverable, recoverable_of
from briefing.text import Text
from briefing_ui.note_desk import CONFLICT, RECOVERED, NoteDesk
from briefing_ui.notice import Notice
from briefing_ui.session import Session

pytestmark = pytest.mark.ui
NOTE = Note(date=date(2026, 3, 6), blocks=(Heading(id="head0001", text=Text("Rates", "利率")),))


def parsed(args: Mapping[str, object], body: bytes) -> tuple[dict[str, object], bytes]:
    note, problems = read_note(body, str(args["name"]))
    return {"problems": [problem.as_json() for problem in problems]}, note_bytes(note)


def titled(words: str) -> Callable[[Note], Note]:
    return lambda note: replace(note, title=Text(words))


class Room:
    """A session with one note desk, and the banners that were shown."""

    def __init__(self, workspace: Path) -> None:
        self.session = Session(TableJobs({**MARKET_VERBS, "note": parsed}))
        self.session.open_workspace(workspace)
        self.desk = NoteDesk(self.session, now=lambda: datetime(2026, 3, 6, 7, 30, tzinfo=UTC))
        self.banners: list[Notice] = []
        self.session.noticed.connect(self.banners.append)

    def banner(self, key: str) -> Notice:
        return next(notice for notice in reversed(self.banners) if notice.key == key)

    def choose(self, key: str, number: int) -> None:
        self.banner(key).choices[number].call()


@pytest.fixture
def make(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[], Room]]:
    (tmp_path / "notes").mkdir()
    rooms: list[Room] = []

    def made() -> Room:
        rooms.append(Room(tmp_path))
        return rooms[-1]

    yield made
    for room in rooms:
        room.desk.close()


@pytest.fixture
def path(tmp_path: Path, make: object) -> Path:
    file = tmp_path / "notes" / "2026-03-06.brief"
    file.write_bytes(note_bytes(NOTE))
    return file


@pytest.fixture
def room(make: Callable[[], Room], path: Path, qtbot: QtBot) -> Room:
    made = make()
    made.desk.open(path)
    settle(made, qtbot)
    assert made.session.note == NOTE
    return made


def settle(room: Room, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not room.desk.files.busy, timeout=10_000)


def test_a_note_is_opened_and_is_saved(room: Room) -> None:
    assert room.desk.is_saved


def test_saving_writes_the_file_and_says_so(room: Room, path: Path, qtbot: QtBot) -> None:
    room.session.edit(titled("New"))
    assert not room.desk.is_saved
    with qtbot.waitSignal(room.session.saved, timeout=10_000):
        room.desk.save()
    settle(room, qtbot)
    assert read_note(path.read_bytes())[0].title == Text("New")
    assert room.desk.is_saved


def test_what_is_typed_while_saving_is_kept_and_still_unsaved(room: Room, path: Path, qtbot: QtBot) -> None:
    room.session.edit(titled("First"))
    room.desk.save()
    room.session.edit(titled("Second"))
    settle(room, qtbot)
    assert read_note(path.read_bytes())[0].title == Text("First")
    assert not room.desk.is_saved
    room.desk.close()
    entry = recoverable_of(path)
    assert entry is not None
    assert entry.note.title == Text("Second")


def test_closing_asks_nothing_and_reopening_restores_the_unsaved_text(
    room: Room, path: Path, make: Callable[[], Room], qtbot: QtBot
) -> None:
    room.session.edit(titled("Unsaved"))
    room.desk.close()
    assert read_note(path.read_bytes())[0] == NOTE
    again = make()
    again.desk.open(path)
    qtbot.waitUntil(lambda: again.session.note is not None, timeout=10_000)
    settle(again, qtbot)
    assert again.session.note == titled("Unsaved")(NOTE)
    assert not again.desk.is_saved
    assert "recovered" in again.banner(RECOVERED).message.en


def test_what_is_typed_before_the_journal_is_there_survives_closing(make: Callable[[], Room], qtbot: QtBot) -> None:
    room = make()
    room.desk.begin(NOTE)
    room.session.edit(titled("Quick"))
    room.desk.close()
    assert [entry.note.title for entry in recoverable()] == [Text("Quick")]


def test_what_was_restored_and_saved_is_not_restored_again(
    room: Room, path: Path, make: Callable[[], Room], qtbot: QtBot
) -> None:
    room.session.edit(titled("Unsaved"))
    room.desk.close()
    again = make()
    again.desk.open(path)
    qtbot.waitUntil(lambda: again.session.note is not None, timeout=10_000)
    settle(again, qtbot)
    again.desk.save()
    settle(again, qtbot)
    again.desk.close()
    assert read_note(path.read_bytes())[0].title == Text("Unsaved")
    assert recoverable() == ()


def test_keeping_the_saved_text_can_be_undone(room: Room, path: Path, make: Callable[[], Room], qtbot: QtBot) -> None:
    room.session.edit(titled("Unsaved"))
    room.desk.close()
    again = make()
    again.desk.open(path)
    qtbot.waitUntil(lambda: again.session.note is not None, timeout=10_000)
    again.choose(RECOVERED, 0)
    settle(again, qtbot)
    assert again.session.note == NOTE
    again.session.undo()
    assert again.session.note == titled("Unsaved")(NOTE)


def test_the_banner_of_one_note_does_nothing_to_another(
    room: Room, path: Path, make: Callable[[], Room], qtbot: QtBot
) -> None:
    room.session.edit(titled("Typed"))
    room.desk.close()
    again = make()
    again.desk.open(path)
    settle(again, qtbot)
    other = path.with_name("other.brief")
    other.write_bytes(note_bytes(replace(NOTE, title=Text("Another"))))
    again.desk.open(other)
    settle(again, qtbot)
    again.choose(RECOVERED, 0)
    settle(again, qtbot)
    assert again.session.note is not None
    assert again.session.note.title.en == "Another"


def test_a_file_changed_by_another_program_is_never_overwritten(room: Room, path: Path, qtbot: QtBot) -> None:
    theirs = note_bytes(titled("Theirs")(NOTE))
    path.write_bytes(theirs)
    room.session.edit(titled("Mine"))
    room.desk.save()
    settle(room, qtbot)
    assert path.read_bytes() == theirs
    room.choose(CONFLICT, 0)
    settle(room, qtbot)
    copy = path.with_name("2026-03-06 (conflict 2026-03-06 0730).brief")
    assert path.read_bytes() == theirs
    assert read_note(copy.read_bytes())[0].title == Text("Mine")


def test_taking_theirs_keeps_mine_as_a_copy(room: Room, path: Path, qtbot: QtBot) -> None:
    path.write_bytes(note_bytes(titled("Theirs")(NOTE)))
    room.session.edit(titled("Mine"))
    room.desk.save()
    settle(room, qtbot)
    room.choose(CONFLICT, 1)
    qtbot.waitUntil(lambda: room.session.note is not None and room.session.note.title == Text("Theirs"), timeout=10_000)
    copies = list(path.parent.glob("*conflict*.brief"))
    assert [read_note(copy.read_bytes())[0].title for copy in copies] == [Text("Mine")]


def test_a_change_on_disk_is_told_when_the_window_is_looked_at_again(room: Room, path: Path, qtbot: QtBot) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Rates", b"Rated"))
    room.desk.compare_with_disk()
    settle(room, qtbot)
    room.choose(CONFLICT, 0)
    qtbot.waitUntil(lambda: room.session.note != NOTE, timeout=10_000)
    assert room.session.note is not None
    assert room.session.note.blocks[0] == Heading(id="head0001", text=Text("Rated", "利率"))


def test_the_same_bytes_with_a_new_time_are_no_conflict(room: Room, path: Path, qtbot: QtBot) -> None:
    path.write_bytes(path.read_bytes())
    room.desk.compare_with_disk()
    settle(room, qtbot)
    assert [notice for notice in room.banners if notice.key == CONFLICT] == []


def test_a_new_note_gets_a_file_in_the_workspace_when_it_is_saved(
    make: Callable[[], Room], tmp_path: Path, qtbot: QtBot
) -> None:
    room = make()
    room.desk.begin(replace(NOTE, blocks=(Heading(id=new_id(), text=Text("Mine")),)))
    settle(room, qtbot)
    room.session.edit(titled("New"))
    room.desk.save()
    settle(room, qtbot)
    assert [file.name for file in (tmp_path / "notes").iterdir()] == ["2026-03-06.brief"]
    room.desk.close()
    assert recoverable() == ()


def test_a_second_new_note_of_a_day_gets_another_name(room: Room, path: Path, qtbot: QtBot) -> None:
    room.desk.begin(NOTE)
    room.desk.save()
    settle(room, qtbot)
    assert sorted(file.name for file in path.parent.iterdir()) == ["2026-03-06 2.brief", "2026-03-06.brief"]


def test_a_new_note_that_was_never_saved_is_found_again(make: Callable[[], Room], qtbot: QtBot) -> None:
    room = make()
    room.desk.begin(NOTE)
    settle(room, qtbot)
    room.session.edit(titled("Never saved"))
    room.desk.close()
    assert [entry.note.title for entry in recoverable()] == [Text("Never saved")]


def test_a_damaged_note_is_refused_and_its_text_can_be_copied(
    make: Callable[[], Room], path: Path, qtbot: QtBot
) -> None:
    path.write_bytes(path.read_bytes()[:-20])
    room = make()
    room.desk.open(path)
    settle(room, qtbot)
    assert room.session.note is None
    assert room.banners[-1].tone == "error"
    room.banners[-1].choices[0].call()
    assert "Rates" in QGuiApplication.clipboard().text()


def test_a_note_that_is_not_there_is_a_clear_message(make: Callable[[], Room], tmp_path: Path, qtbot: QtBot) -> None:
    room = make()
    room.desk.open(tmp_path / "nowhere.brief")
    settle(room, qtbot)
    assert room.banners[-1].message.en.startswith("nowhere.brief cannot be read")


def test_a_disk_that_refuses_keeps_the_text_and_offers_to_try_again(
    room: Room, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    room.session.edit(titled("Precious"))
    with monkeypatch.context() as patched:
        patched.setattr("briefing.store.saving._write", full)
        room.desk.save()
        settle(room, qtbot)
    assert path.read_bytes() == before
    assert room.session.note == titled("Precious")(NOTE)
    assert "disk" in room.banner("save").message.en
    room.choose("save", 0)
    settle(room, qtbot)
    assert read_note(path.read_bytes())[0].title == Text("Precious")


def test_a_note_with_two_names_on_the_disk_is_a_choice(room: Room, path: Path, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "other.brief"
    other.hardlink_to(path)
    room.session.edit(titled("Mine"))
    room.desk.save()
    settle(room, qtbot)
    assert read_note(path.read_bytes())[0] == NOTE
    room.choose("save", 0)
    settle(room, qtbot)
    assert read_note(path.read_bytes())[0].title == Text("Mine")
    assert read_note(other.read_bytes())[0] == NOTE


def test_a_note_open_in_another_program_is_told(make: Callable[[], Room], path: Path, qtbot: QtBot) -> None:
    other = replace(holder.this_program(), pid=os.getppid(), started=holder._started(os.getppid()))
    write_file(note_dir(path) / "open.json", json.dumps(asdict(other)).encode())
    room = make()
    room.desk.open(path)
    settle(room, qtbot)
    assert room.banner("note.open_elsewhere").message.en == "2026-03-06.brief is open in another window."


def test_opening_marks_the_note_and_closing_takes_the_mark_away(room: Room, path: Path) -> None:
    assert lock.holder(note_dir(path)) == holder.this_program()
    room.desk.close()
    assert lock.holder(note_dir(path)) is None


def test_what_a_killed_save_left_beside_the_note_is_moved_to_a_second_place(
    make: Callable[[], Room], path: Path, qtbot: QtBot
) -> None:
    orphan = path.with_name(".~0123abcd.tmp")
    orphan.write_bytes(b"half a note")
    os.utime(orphan, (0, 0))
    room = make()
    room.desk.open(path)
    settle(room, qtbot)
    assert not orphan.exists()
