"""What tests of the window share: an offscreen platform, a private state folder, a worker of their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from briefing.resources import use_private_fonts
from briefing_ui.jobs import Jobs

use_private_fonts()

FAKE_WORKER = str(Path(__file__).parent / "fake_worker.py")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own."""
    folder = tmp_path / "state"
    monkeypatch.setenv("BRIEFING_STATE", str(folder))
    return folder


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    """Jobs whose both workers are the fake one."""
    command = (sys.executable, FAKE_WORKER)
    made = Jobs(commands={"data": command, "render": command})
    yield made
    made.stop()
