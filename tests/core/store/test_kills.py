"""What a killed program leaves: with the real store nothing is torn or lost; without protection something is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

TYPIST = Path(__file__).with_name("typist.py")
MEMORY = Path("/dev/shm")  # noqa: S108 - what a kill leaves is the same on every file system, and this one is fast
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a kill needs fork and SIGKILL"),
]


@pytest.fixture
def bench() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder)


def start(folder: Path, rounds: int, store: str) -> subprocess.Popen[str]:
    folder.mkdir()
    environment = {**os.environ, "BRIEFING_STATE": str(folder / "state"), "TMPDIR": str(folder)}
    command = [sys.executable, str(TYPIST), str(folder), str(rounds), store]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def result(run: subprocess.Popen[str]) -> dict[str, int]:
    out, _ = run.communicate(timeout=240)
    assert run.returncode == 0
    found: dict[str, int] = json.loads(out)
    return found


def test_200_kills_while_typing_and_saving_tear_no_file_and_lose_no_key(bench: Path) -> None:
    runs = [start(bench / name, 100, "real") for name in ("one", "other")]
    found = [result(run) for run in runs]
    print(found)
    assert [entry["torn"] for entry in found] == [0, 0]
    assert [entry["lost"] for entry in found] == [0, 0]
    assert sum(entry["keys"] for entry in found) > 400


@pytest.mark.parametrize(("store", "damage"), [("in-place", "torn"), ("debounced", "lost")])
def test_without_the_protection_the_same_kills_do_damage(bench: Path, store: str, damage: str) -> None:
    turns = (result(start(bench / f"{store}{turn}", 12, store)) for turn in range(10))
    assert any(found[damage] > 0 for found in turns)
