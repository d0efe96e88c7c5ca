"""A note that was exported can be made again with the same numbers, whatever was loaded since."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from briefing.blocks.disclosure import Disclosure
from briefing.blocks.pair import Pair
from briefing.data.intake.importing import import_files
from briefing.data.stores.opening import open_store
from briefing.data.workspace import Workspace, create_workspace
from briefing.metrics.derived import open_source
from briefing.note import Note
from briefing.render.edition import EditionChoice, prepare_edition, write_edition
from briefing.store.notefile import note_bytes, read_note
from briefing.text import Text

FIRST, SECOND = "20250115T210000Z", "20250116T210000Z"
TEXT = Text(
    "Tens closed at {UST10Y.last}, {UST10Y.change.1d} on the day.",
    "十年期收{UST10Y.last}，單日變動{UST10Y.change.1d}。",
)
NOTE = Note(
    date=date(2025, 1, 15),
    title=Text("Morning", "晨報"),
    blocks=(Pair(id="p1", text=TEXT, synced_en=TEXT.en, synced_zh=TEXT.zh), Disclosure(id="d1")),
)
Load = Callable[[str, str], None]


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "desk")


@pytest.fixture
def load(desk: Workspace, tmp_path: Path) -> Load:
    def loaded(rows: str, vintage: str) -> None:
        path = tmp_path / "DGS10.csv"
        path.write_text(f"observation_date,DGS10\n{rows}", encoding="utf-8")
        (report,) = import_files(desk, [path], vintage=vintage)
        assert report.load_id, report.problems

    return loaded


def attached(note: Note, desk: Workspace) -> tuple[dict[str, Any], Note, str]:
    """The manifest and the note that travel in a PDF, and the hash of what is printed."""
    source = open_source(desk, note.as_of, note.vintage)
    made = prepare_edition(note, source, EditionChoice(), attach=True)
    texts = {one["name"]: one["text"] for one in made.request["attachments"]}
    return json.loads(texts["manifest.json"]), read_note(texts["note.brief"].encode())[0], made.request["view"]["hash"]


def test_the_note_in_a_pdf_is_pinned_to_what_was_loaded_then(desk: Workspace, load: Load) -> None:
    load("2025-01-14,4.78\n2025-01-15,4.66\n", FIRST)
    manifest, note, _ = attached(NOTE, desk)
    assert (manifest["as_of"], manifest["vintage"]) == ("2025-01-15", f"{FIRST}-1")
    assert (note.as_of, note.vintage) == (date(2025, 1, 15), f"{FIRST}-1")


def test_a_pinned_note_has_the_same_numbers_after_a_revision_and_a_new_day(desk: Workspace, load: Load) -> None:
    load("2025-01-14,4.78\n2025-01-15,4.66\n", FIRST)
    manifest, pinned, printed = attached(NOTE, desk)
    load("2025-01-14,4.80\n2025-01-15,4.61\n2025-01-16,4.62\n", SECOND)
    again, _, printed_again = attached(pinned, desk)
    assert again["values"] == manifest["values"]
    assert printed_again == printed
    now, _, _ = attached(NOTE, desk)
    assert [one["text"]["en"] for one in now["values"]] == ["4.62%", "+1bp"]
    assert [one["text"]["en"] for one in again["values"]] == ["4.66%", "−12bp"]


def test_a_pin_stays_although_more_was_loaded_in_the_same_second(desk: Workspace, load: Load) -> None:
    load("2025-01-14,4.78\n2025-01-15,4.66\n", FIRST)
    manifest, pinned, _ = attached(NOTE, desk)
    load("2025-01-14,4.80\n2025-01-15,4.61\n", FIRST)
    assert attached(pinned, desk)[0]["values"] == manifest["values"]


def test_a_pin_stays_although_its_load_was_hidden_later(desk: Workspace, load: Load) -> None:
    load("2025-01-14,4.78\n2025-01-15,4.66\n", FIRST)
    load("2025-01-14,4.80\n2025-01-15,4.61\n", SECOND)
    manifest, pinned, _ = attached(NOTE, desk)
    with open_store(desk).writing() as writer:
        writer.hide([2])
    assert attached(pinned, desk)[0]["values"] == manifest["values"]
    assert attached(NOTE, desk)[0]["values"][0]["text"]["en"] == "4.66%"


def test_the_pdf_of_a_vintage_has_the_numbers_of_then(desk: Workspace, load: Load, tmp_path: Path) -> None:
    load("2025-01-14,4.78\n2025-01-15,4.66\n", FIRST)
    load("2025-01-14,4.80\n2025-01-15,4.61\n", SECOND)
    note, pdf = tmp_path / "note.brief", tmp_path / "note.pdf"
    note.write_bytes(note_bytes(NOTE))
    write_edition(desk, note, pdf, EditionChoice(draft=True), vintage=FIRST)
    with pikepdf.open(io.BytesIO(pdf.read_bytes())) as opened:
        manifest = json.loads(opened.attachments["manifest.json"].get_file().read_bytes())
    assert [one["text"]["en"] for one in manifest["values"]] == ["4.66%", "−12bp"]
    assert manifest["vintage"] == f"{FIRST}-1"


def test_a_note_file_keeps_its_vintage() -> None:
    pinned = Note(date=date(2025, 1, 15), vintage=f"{FIRST}-118")
    assert f'vintage = "{FIRST}-118"'.encode() in note_bytes(pinned)
    assert read_note(note_bytes(pinned))[0] == pinned
