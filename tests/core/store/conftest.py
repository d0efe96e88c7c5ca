from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefing.blocks.pair import Pair
from briefing.note import Note
from briefing.store import journal
from briefing.text import Text


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder and second places of the test's own."""
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    (tmp_path / "home").mkdir()
    (tmp_path / "runtime").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "runtime"))
    yield tmp_path / "state"
    assert set() == journal.OPEN, "a journal was left open"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder of the user's notes."""
    folder = tmp_path / "notes"
    folder.mkdir()
    return folder


@pytest.fixture
def now() -> datetime:
    return datetime(2025, 1, 15, 7, 30, tzinfo=UTC)


@pytest.fixture
def note() -> Note:
    words = (Text("Yields fell.", "殖利率下滑。"), Text("Stocks rose.", "股市上漲。"))
    return Note(date=date(2025, 1, 15), blocks=tuple(Pair(id=f"p{at}", text=text) for at, text in enumerate(words)))
