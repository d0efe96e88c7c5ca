from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk import MARKET_VERBS, TableJobs
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.note import Note
from briefing.problems import NOWHERE, Place, Problem, Refused, error
from briefing.text import Label
from briefing_ui.background import Background
from briefing_ui.edition import Edition
from briefing_ui.exporting import KEY, Export, write_new
from briefing_ui.notice import Notice
from briefing_ui.session import Session

pytestmark = pytest.mark.ui
WRONG = error("wrong", Place(block="a"), Label("Wrong.", "有誤。"), Label("Mend it.", "請修正。"))


class Room:
    """A session whose workers find and render what the test wants."""

    def __init__(self, workspace: Path) -> None:
        self.found: tuple[Problem, ...] = ()
        self.refusal: Refused | None = None
        self.rendered: list[Mapping[str, Any]] = []
        self.session = Session(TableJobs({**MARKET_VERBS, "view": self.view, "render": self.render}))
        self.session.open_workspace(workspace)
        self.session.show_note(Note(date=date(2026, 3, 6)))
        self.files = Background()
        self.export = Export(self.session, self.files)
        self.banners: list[Notice] = []
        self.session.noticed.connect(self.banners.append)

    def view(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        return {"request": {"view": dict(args)}, "problems": [problem.as_json() for problem in self.found]}, b""

    def render(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        self.rendered.append(args)
        if self.refusal is not None:
            raise self.refusal
        return {"pages": [], "anchors": [], "problems": []}, b"%PDF-fake"


@pytest.fixture
def room(qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.files.finish()


def test_an_export_lies_in_the_workspace_under_the_name_of_note_and_edition(
    room: Room, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(room.export.written, timeout=5000) as written:
        room.export.start(Edition("both"), "2026-03-06")
    target = tmp_path / "exports" / "2026-03-06 both.pdf"
    assert written.args == [str(target)]
    assert target.read_bytes() == b"%PDF-fake"
    assert [choice.label.en for choice in room.banners[-1].choices] == ["Open", "Show in folder"]


def test_an_exported_pdf_is_never_overwritten(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    for _ in range(2):
        with qtbot.waitSignal(room.export.written, timeout=5000):
            room.export.start(Edition("en"), "x")
    assert sorted(path.name for path in (tmp_path / "exports").iterdir()) == ["x en 2.pdf", "x en.pdf"]


def test_an_export_carries_attachments_and_is_no_preview(room: Room, qtbot: QtBot) -> None:
    with qtbot.waitSignal(room.export.written, timeout=5000):
        room.export.start(Edition(), "x")
    assert room.rendered[0]["view"]["attach"] is True
    assert room.rendered[0]["preview"] is False


def test_errors_of_the_note_stop_an_export_and_a_draft_can_be_made(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    room.found = (WRONG,)
    room.export.start(Edition(), "x")
    assert room.rendered == []
    assert not (tmp_path / "exports").exists()
    assert room.session.problems == (WRONG,)
    stop = room.banners[-1]
    assert stop.message.en == "Not exported: the checks found 1 error."
    with qtbot.waitSignal(room.export.written, timeout=5000):
        stop.choices[1].call()
    assert room.rendered[0]["draft"] is True
    assert (tmp_path / "exports" / "x draft both.pdf").exists()


def test_a_renderer_that_refuses_leaves_nothing_behind(room: Room, tmp_path: Path) -> None:
    room.refusal = Refused(error("glyph", NOWHERE, Label("No glyph.", "缺字。"), Label("Replace.", "請替換。")))
    room.export.start(Edition(), "x")
    assert not (tmp_path / "exports").exists()
    assert (room.banners[-1].message.en, room.banners[-1].key) == ("No glyph.", KEY)


def test_a_folder_that_cannot_be_written_is_a_clear_message(tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("a file where the folder should be")
    made = write_new(tmp_path / "exports", "x", b"%PDF")
    assert isinstance(made, Problem)
    assert "cannot be written" in made.message.en
