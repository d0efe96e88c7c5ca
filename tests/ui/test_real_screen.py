"""The program as a person meets it: a real window on a virtual screen, driven by keys and mouse from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.sample import open_sample

pytestmark = [pytest.mark.ui, pytest.mark.slow]

TITLE_AT = (600, 592)
"""Where the English title stands in a window of 1440 by 900 that was never arranged otherwise."""

NOTE = """\
format = 1

[note]
date = 2026-03-06
as_of = 2026-03-06
title_en = "Quiet"
title_zh = "平靜"

[[block]]
id = "p1quiet1"
type = "pair"
en = "The 10-year is {UST10Y.change.1d|move}."
zh = "10年期殖利率{UST10Y.change.1d|move}。"

[[block]]
id = "d1quiet1"
type = "disclosure"
"""


def within(seconds: float, happened: Callable[[], bool], what: str) -> None:
    """Wait until something has happened; fail with its name when it does not."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"not within {seconds:g} s: {what}"
        time.sleep(0.05)


@dataclass(frozen=True)
class Screen:
    """A virtual screen, and the workspace and the state of the person before it."""

    display: str
    folder: Path

    @property
    def note(self) -> Path:
        return self.folder / "desk" / "notes" / "quiet.brief"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def errors(self) -> Path:
        return self.folder / "stderr.txt"

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
            "BRIEFING_STATE": str(self.state),
        }

    def xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment(), capture_output=True, text=True, timeout=20, check=False
        )
        return done.stdout.strip()

    def window(self, name: str) -> str:
        """The number of the window in sight whose title has this in it, or nothing."""
        return self.xdotool("search", "--onlyvisible", "--name", name)

    def take_keyboard(self) -> None:
        """Give the window the keyboard, as a window manager would."""
        self.xdotool("windowfocus", "--sync", self.window("quiet.brief"))

    def press_in_title(self) -> None:
        """Press behind the words of the title."""
        self.take_keyboard()
        self.xdotool("mousemove", *map(str, TITLE_AT), "click", "1", "key", "--clearmodifiers", "ctrl+End")

    def type(self, words: str) -> None:
        self.xdotool("type", "--delay", "8", words)

    def press(self, key: str) -> None:
        self.xdotool("key", "--clearmodifiers", key)

    def saved(self, words: str) -> Callable[[], bool]:
        return lambda: words in self.note.read_text(encoding="utf-8")

    def journalled(self, words: str) -> Callable[[], bool]:
        return lambda: any(words.encode() in path.read_bytes() for path in self.state.glob("notes/*/*.journal"))

    def exported(self) -> list[Path]:
        return sorted((self.folder / "desk" / "exports").glob("*.pdf"))


@contextmanager
def program(screen: Screen) -> Iterator[subprocess.Popen[bytes]]:
    """The program with the note open. Afterwards nothing of it is left, whatever happened."""
    with screen.errors.open("ab") as errors:
        started = subprocess.Popen(
            [sys.executable, "-m", "briefing", "app", str(screen.note)],
            env=screen.environment(),
            stdout=errors,
            stderr=errors,
            start_new_session=True,
        )
    try:
        within(20, lambda: bool(screen.window("quiet.brief")), "a window with the note in its title")
        yield started
    finally:
        end_all(started)


def end_all(started: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started."""
    try:
        os.killpg(started.pid, signal.SIGKILL)
    except ProcessLookupError:
        assert started.poll() is not None
    started.wait(timeout=10)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A screen of this test's own; the X server itself chooses a number that is free."""
    open_sample(tmp_path / "desk")
    reading, writing = os.pipe()
    with (tmp_path / "xvfb.txt").open("wb") as log:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
            pass_fds=(writing,),
            stdout=log,
            stderr=log,
        )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, (tmp_path / "xvfb.txt").read_text()
        made = Screen(f":{number}", tmp_path)
        made.note.write_text(NOTE, encoding="utf-8")
        yield made
    finally:
        server.terminate()
        server.wait(timeout=10)


def test_what_is_typed_in_the_window_is_saved_and_exported_and_nothing_is_complained_about(screen: Screen) -> None:
    with program(screen) as running:
        screen.press_in_title()
        screen.type(" before the storm")
        within(10, screen.journalled("before the storm"), "the typed words in the journal")
        assert not screen.saved("before the storm")(), "typing alone does not write the note"
        screen.press("ctrl+s")
        within(10, screen.saved('title_en = "Quiet before the storm"'), "the typed words in the note")

        screen.press("ctrl+shift+e")
        within(20, lambda: bool(screen.exported()), "an exported PDF")
        assert screen.exported()[0].read_bytes().startswith(b"%PDF-")

        screen.press("ctrl+q")
        assert running.wait(timeout=10) == 0
    assert screen.errors.read_text(encoding="utf-8") == ""


def test_what_was_typed_when_the_program_was_killed_is_there_when_it_is_opened_again(screen: Screen) -> None:
    with program(screen) as running:
        screen.press_in_title()
        screen.type(" until it was killed")
        within(10, screen.journalled("until it was killed"), "the typed words in the journal")
        running.kill()
        running.wait(timeout=10)
    assert not screen.saved("until it was killed")()

    with program(screen):
        screen.take_keyboard()
        screen.press("ctrl+s")
        within(10, screen.saved('title_en = "Quiet until it was killed"'), "the restored words in the note")
