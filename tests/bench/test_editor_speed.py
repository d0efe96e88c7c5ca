"""How long the editor takes over a note of sixty pairs: opening it, and from a key to its paint."""

import os
import time
from datetime import date
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from briefing.blocks.heading import Heading
from briefing.blocks.pair import Pair
from briefing.note import Note
from briefing.resources import use_private_fonts
from briefing.text import Text
from briefing_ui import look
from briefing_ui.panels.editor import EditorPanel
from briefing_ui.session import Session

pytestmark = [pytest.mark.bench, pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)]

EN = "The 10-year yield stands at {UST10Y.last} after **another** day of selling; the curve moved ==little==. "
ZH = "10年期殖利率報{UST10Y.last}，**再度**遭逢賣壓；殖利率曲線變動==有限==。"
MOST_OPENING = 0.3
MOST_KEY_P95 = 0.05


use_private_fonts()


class NoJobs(QObject):
    """Workers that never answer."""

    said = Signal(object)

    def ask(self, *asked: Any, **options: Any) -> None:
        """Nothing comes of it."""


def sixty_pairs() -> Note:
    """Sixty pairs of two to four lines, with a heading above each ten."""
    blocks: list[Pair | Heading] = []
    for number in range(60):
        if number % 10 == 0:
            blocks.append(Heading(id=f"h{number}", text=Text(f"Part {number}", f"第{number}節")))
        text = Text(EN * (1 + number % 3), ZH * (1 + number % 3))
        blocks.append(Pair(id=f"p{number}", text=text, synced_en=text.en, synced_zh=text.zh))
    return Note(date=date(2026, 3, 6), title=Text("Long", "長篇"), blocks=tuple(blocks))


@pytest.fixture
def panel(qapp: QApplication, qtbot: QtBot) -> EditorPanel:
    look.load_fonts()
    look.apply(qapp, look.Look())
    made = EditorPanel(Session(NoJobs()))
    qtbot.addWidget(made)
    made.resize(720, 320)
    made.show()
    qapp.processEvents()
    return made


class Painted(QObject):
    """Notes when a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_opening_a_long_note(panel: EditorPanel, qapp: QApplication, benchmark: BenchmarkFixture) -> None:
    session, note = panel._session, sixty_pairs()

    def opened() -> None:
        session.show_note(note)
        panel.grab()

    def emptied() -> None:
        session.show_note(None)
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    benchmark.pedantic(opened, setup=emptied, rounds=8, warmup_rounds=1)
    assert benchmark.disabled or benchmark.stats["median"] <= MOST_OPENING


def test_from_key_to_paint(panel: EditorPanel, qapp: QApplication, benchmark: BenchmarkFixture) -> None:
    session = panel._session
    session.show_note(sixty_pairs())
    while any(not view.filled for view in panel._blocks.views):
        qapp.processEvents()
    cell = panel._blocks.view("p20").cell("text", "en")
    panel._caret.put(cell)
    painted = Painted()
    cell.viewport().installEventFilter(painted)
    spent: list[float] = []

    def key() -> None:
        before, start = painted.count, time.perf_counter()
        QTest.keyClick(cell, Qt.Key.Key_X)
        while painted.count == before:
            qapp.processEvents()
        spent.append(time.perf_counter() - start)

    benchmark.pedantic(key, rounds=120, warmup_rounds=5)
    p95 = sorted(spent)[int(len(spent) * 0.95)]
    benchmark.extra_info["p95"] = p95
    assert benchmark.disabled or p95 <= MOST_KEY_P95
