"""The sample workspace in the real window with the real workers."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from legibility import faults
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from briefing.blocks.pair import Pair
from briefing.data.intake.choices import Choices
from briefing.settings import Settings
from briefing_ui.jobs import Jobs
from briefing_ui.look import load_fonts
from briefing_ui.window import MainWindow

pytestmark = [pytest.mark.ui, pytest.mark.slow]


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """The window on a sample workspace of its own, with its pages in sight."""
    os.environ["BRIEFING_STATE"] = str(tmp_path_factory.mktemp("state"))
    load_fonts()
    made = MainWindow(Jobs(), Settings(language="en", theme="light"))
    made.show()
    wait(lambda: made._charts is not None)
    made.open_sample()
    wait(lambda: bool(made.proof.images))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def state(window: MainWindow) -> Path:
    """All tests of this file share the state folder of the window."""
    return Path(os.environ["BRIEFING_STATE"])


def wait(done: Callable[[], bool], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "the window did not get ready"
        QTest.qWait(10)


def quiet(window: MainWindow) -> None:
    jobs = window.session.jobs
    wait(lambda: not (jobs.busy("data") or jobs.busy("render") or window.notes.files.busy))
    QTest.qWait(60)


@pytest.mark.parametrize("lang", ["en", "zh-Hant-TW"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (1920, 1080)])
def test_no_words_are_cut_and_no_controls_overlap(
    window: MainWindow, size: tuple[int, int], theme: str, lang: str
) -> None:
    window.resize(*size)
    window.arrange("compose")
    window.set_theme(theme)
    window.set_language(lang)
    quiet(window)
    found = faults(window)
    assert found == [], "\n".join(found)


def test_the_finder_of_faults_finds_a_cut_word_and_an_overlap(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(200, 100)
    button = QPushButton("A long button", room)
    button.setGeometry(0, 0, 30, 24)
    label = QLabel("Words", room)
    label.setGeometry(10, 10, 100, 24)
    room.show()
    assert len(faults(room)) == 2


def test_a_key_reaches_the_real_page(window: MainWindow) -> None:
    quiet(window)
    note = window.session.note
    assert note is not None
    block = next(block for block in note.blocks if isinstance(block, Pair))
    before = window.proof.layout.name
    window.activateWindow()
    window.go_to_block(block.id)
    wait(lambda: QApplication.focusWidget() is not None)
    QTest.keyClicks(QApplication.focusWidget(), "Now ")
    wait(lambda: window.proof.layout.name != before)
    assert window.proof.layout.boxes_of(block.id)
    window.undo()
    assert window.session.note == note


@pytest.mark.bench
def test_the_event_loop_never_waits_while_data_are_read_and_pages_made(window: MainWindow, tmp_path: Path) -> None:
    quiet(window)
    rows = "\n".join(f"{2000 + at // 336}-{at // 28 % 12 + 1:02d}-{at % 28 + 1:02d},{at % 97}.5" for at in range(8000))
    file = tmp_path / "EXTRA.csv"
    file.write_text(f"observation_date,EXTRA\n{rows}\n", encoding="utf-8")
    stamps: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: stamps.append(time.perf_counter()))
    timer.start(5)
    QTest.qWait(50)
    window.workspaces.import_files([file], Choices(as_id="EXTRA"))
    window.proof.make()
    quiet(window)
    timer.stop()
    gaps = [later - earlier for earlier, later in pairwise(stamps)]
    assert max(gaps) <= 0.1, f"the longest gap was {max(gaps) * 1000:.0f} ms"


def test_the_real_export_is_a_pdf_in_the_workspace(window: MainWindow, qtbot: QtBot) -> None:
    window.show_desk()
    with qtbot.waitSignal(window.exports.written, timeout=60_000) as written:
        window.export()
    assert Path(written.args[0]).read_bytes().startswith(b"%PDF-")
