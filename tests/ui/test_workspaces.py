from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk import MARKET_VERBS, TableJobs, opened
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.note import Note
from briefing.store.notefile import note_bytes, read_note
from briefing_ui.note_desk import NoteDesk
from briefing_ui.notice import Notice
from briefing_ui.session import Session
from briefing_ui.workspaces import INSIDE, Workspaces, newest_note

pytestmark = pytest.mark.ui


def report(name: str, outcome: str = "loaded", **more: Any) -> dict[str, Any]:
    """A report as the data worker sends it, of a table without anything to tell."""
    both = {"en": f"{name}: {outcome}.", "zh": f"{name}：{outcome}。"}
    return {
        "file": name,
        "folder": "/inbox",
        "part": "",
        "outcome": outcome,
        "sha256": "00",
        "load_id": 1,
        "summary": both,
        "sentence": None,
        "label": None,
        "names": {},
        "reason": {"en": "", "zh": ""},
        "series": [],
        "spans": {},
        "rows": {"read": 0, "kept": 0, "refused": 0, "passed": 0},
        "missing": {},
        "markers": {},
        "added": 0,
        "revised": [],
        "more_revised": 0,
        "vanished": 0,
        "doubts": [],
        "refused": [],
        "more_refused": 0,
        "findings": [],
        "skipped": [],
        "problems": [],
    } | more


class Room:
    """A session whose data worker makes folders and imports files."""

    def __init__(self, tmp_path: Path) -> None:
        self.imports: list[Mapping[str, Any]] = []
        self.outcome = "loaded"
        self.stored = False
        verbs = {
            "open": self.open,
            "init": self.init,
            "init_sample": self.sample,
            "files": self.files,
            "import": self.take,
            "note": self.note,
        }
        self.session = Session(TableJobs({**MARKET_VERBS, **verbs}))
        self.notes = NoteDesk(self.session)
        self.ways = Workspaces(self.session, self.notes)
        self.banners: list[Notice] = []
        self.session.noticed.connect(self.banners.append)

    def init(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        Path(args["dir"], "notes").mkdir(parents=True)
        Path(args["dir"], "workspace.toml").touch()
        return {"workspace": args["dir"]}, b""

    def sample(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        self.init(args, body)
        note = Path(args["dir"], "notes", "morning.brief")
        note.write_bytes(note_bytes(Note(date=date(2026, 3, 6))))
        return {"workspace": args["dir"], "note": str(note)}, b""

    def open(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        result, raw = opened(args, body)
        return (result if self.stored else {**result, "as_of": None, "newest": None, "series": []}), raw

    def files(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        found = (file for folder in args["paths"] for file in Path(folder).glob("*.csv"))
        return {"files": sorted(map(str, found))}, b""

    def take(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        self.imports.append(args)
        self.stored = self.outcome == "loaded"
        return {"reports": [report(Path(path).name, self.outcome) for path in args["paths"]]}, b""

    def note(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        return {"problems": []}, note_bytes(read_note(body)[0])


@pytest.fixture
def room(qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.notes.close()


def test_the_sample_is_opened_with_its_note(room: Room, qtbot: QtBot) -> None:
    with qtbot.waitSignal(room.notes.opened, timeout=5000):
        room.ways.open_sample()
    assert room.notes.path is not None
    assert room.notes.path.name == "morning.brief"
    assert room.session.note == Note(date=date(2026, 3, 6))


def test_a_workspace_is_opened_with_its_newest_note(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    room.init({"dir": str(tmp_path / "w")}, b"")
    for day in (date(2026, 3, 5), date(2026, 3, 6)):
        (tmp_path / "w" / "notes" / f"{day}.brief").write_bytes(note_bytes(Note(date=day)))
    with qtbot.waitSignal(room.notes.opened, timeout=5000):
        room.ways.open(tmp_path / "w")
    assert room.session.note == Note(date=date(2026, 3, 6))


def test_a_new_workspace_is_empty_and_a_workspace_without_notes_begins_one(room: Room, tmp_path: Path) -> None:
    room.ways.create(tmp_path / "mine")
    assert room.session.workspace == tmp_path / "mine"
    assert room.session.listing.entries == ()
    room.stored = True
    room.ways.open(tmp_path / "mine")
    assert room.session.note is not None
    assert room.session.note.date == date(2026, 3, 6)


def test_a_folder_of_data_files_gets_a_workspace_inside_and_is_read(room: Room, tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "readme.md"):
        (tmp_path / name).touch()
    room.ways.open_data_folder(tmp_path)
    assert room.session.workspace == tmp_path / INSIDE
    assert room.imports[0]["paths"] == [str(tmp_path)]
    assert room.session.note is not None


def test_a_folder_without_data_files_says_so(room: Room, tmp_path: Path) -> None:
    room.ways.open_data_folder(tmp_path)
    assert room.banners[-1].tone == "warning"
    assert room.imports == []


def test_files_dropped_on_an_open_workspace_are_imported_with_a_card_each(
    room: Room, tmp_path: Path, qtbot: QtBot
) -> None:
    room.ways.create(tmp_path / "mine")
    heard: list[list[Mapping[str, Any]]] = []
    room.ways.imported.connect(heard.append)
    files = [tmp_path / "DGS10.csv", tmp_path / "VIX.csv"]
    for file in files:
        file.touch()
    room.ways.take(files)
    assert [[row["file"] for row in reports] for reports in heard] == [["DGS10.csv", "VIX.csv"]]


def test_a_dropped_note_is_opened(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    note = tmp_path / "x.brief"
    note.write_bytes(note_bytes(Note(date=date(2025, 1, 15))))
    with qtbot.waitSignal(room.notes.opened, timeout=5000):
        room.ways.take([note])
    assert room.session.note == Note(date=date(2025, 1, 15))


def test_refused_files_leave_the_data_as_they_were(room: Room, tmp_path: Path) -> None:
    room.ways.create(tmp_path / "mine")
    room.outcome = "refused"
    asked = len(room.session.jobs.asked)
    room.ways.import_files([tmp_path / "x.csv"])
    assert "open" not in [verb for verb, _ in room.session.jobs.asked[asked:]]


def test_a_workspace_without_notes_has_no_newest(tmp_path: Path) -> None:
    assert newest_note(tmp_path) is None
