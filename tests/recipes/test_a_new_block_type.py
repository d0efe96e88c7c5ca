"""To add a block type: one file with its fields and its `resolve`. The rest follows by itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

import briefing.blocks
from briefing.blocks.registry import BLOCK_TYPES, resolve, texts, type_of, with_side
from briefing.note import Note, with_block
from briefing.store.changes import applied, change
from briefing.store.notefile import note_bytes, read_note
from briefing.text import Text

FILE = '''
"""A sentence in large letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.blocks.context import Context, Resolved
from briefing.blocks.prose import resolve_text
from briefing.blocks.registry import authored, block_type, resolve, setting
from briefing.note import Block
from briefing.text import Label, Text


@block_type("pull_quote", Label("Pull quote", "引言"), Label("A sentence in large letters.", "放大的句子。"))
@dataclass(frozen=True, kw_only=True)
class PullQuote(Block):
    """A sentence in large letters."""

    text: Text = authored(Label("Sentence", "句子"))
    speaker: Text = authored(Label("Speaker", "出處"))
    place: Literal["left", "right"] = setting(Label("Place", "位置"), default="left")


@resolve.register
def _(block: PullQuote, context: Context) -> Resolved:
    sides, problems = resolve_text(block.text, context, block.id, "text")
    return Resolved({"type": "pull_quote", "id": block.id, "text": sides, "place": block.place}, problems)
'''


class Nothing:
    """A market without series."""

    as_of = date(2025, 1, 15)

    def series(self, series_id: str) -> object:
        raise AssertionError(series_id)

    def events(self, name: str) -> tuple[date, ...]:
        raise AssertionError(name)


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The file lies in a folder of the package, and the package is read again."""
    (tmp_path / "pull_quote.py").write_text(FILE, encoding="utf-8")
    monkeypatch.setattr(briefing.blocks, "__path__", [*briefing.blocks.__path__, str(tmp_path)])
    spec = briefing.blocks.__spec__
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(briefing.blocks)
    yield sys.modules["briefing.blocks.pull_quote"]
    BLOCK_TYPES.pop("pull_quote")
    sys.modules.pop("briefing.blocks.pull_quote")
    resolve._clear_cache()


def test_one_file_adds_a_block_type_to_menu_form_file_and_page(added: ModuleType) -> None:
    block = added.PullQuote(id="q1", text=Text("Patience.", "耐心。"), speaker=Text("Chair", "主席"), place="right")

    assert BLOCK_TYPES["pull_quote"].label.zh == "引言"
    assert type_of(block).name == "pull_quote"

    form = {entry.name: entry.metadata["label"].en for entry in fields(block) if entry.metadata}
    assert form == {"text": "Sentence", "speaker": "Speaker", "place": "Place"}
    assert [entry.path for entry in texts(block)] == ["text", "speaker"]
    assert with_side(block, "speaker", "en", "Vice chair").speaker == Text("Vice chair", "主席")

    note = Note(date=date(2025, 1, 15), blocks=(block,))
    written = note_bytes(note).decode()
    lines = 'en = "Patience."\nzh = "耐心。"\nspeaker_en = "Chair"\nspeaker_zh = "主席"\nplace = "right"\n'
    assert f'type = "pull_quote"\n{lines}' in written
    assert read_note(written.encode()) == (note, ())

    later = with_block(note, with_side(block, "text", "zh", "要有耐心。"))
    assert applied(note, *change(note, later)) == later

    from briefing.blocks.context import Context

    found = resolve(block, Context(source=Nothing()))  # type: ignore[arg-type]
    assert found.view is not None
    assert (found.view["type"], found.view["place"]) == ("pull_quote", "right")
    assert [run["text"] for run in found.view["text"]["zh"]] == ["耐心。"]
