from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk import FOUND, MARKET_VERBS, Renderer, TableJobs
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.blocks.heading import Heading
from briefing.note import Note, with_block
from briefing.problems import NOWHERE, Refused, error
from briefing.text import Label, Text
from briefing.workers.protocol import Broken
from briefing_ui.edition import Edition
from briefing_ui.page_view import GAP
from briefing_ui.panels.preview import PreviewPanel
from briefing_ui.proof import Box, Layout, Proof, images_from, layout_from
from briefing_ui.session import Session

pytestmark = pytest.mark.ui
NOTE = Note(date=date(2026, 3, 6), blocks=(Heading(id="head0001", text=Text("Rates", "利率")),))


@pytest.fixture
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture
def session(qapp: QApplication, renderer: Renderer, tmp_path: Path) -> Session:
    verbs = {"view": renderer.view, "render": renderer.render, "pages": renderer.images}
    made = Session(TableJobs({**MARKET_VERBS, **verbs}))
    made.open_workspace(tmp_path)
    made.show_note(NOTE)
    return made


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> PreviewPanel:
    proof = Proof(session)
    made = PreviewPanel(session, proof)
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    proof.make()
    return made


def proof_of(panel: PreviewPanel) -> Proof:
    return panel._proof


def test_a_change_of_the_note_makes_new_pages_a_moment_later(session: Session, qtbot: QtBot) -> None:
    proof = Proof(session)
    with qtbot.waitSignal(proof.laid_out, timeout=2000):
        session.edit(lambda note: with_block(note, Heading(id="head0001", text=Text("FX", "外匯"))))
    assert len(proof.layout.sizes) == 3


def test_many_keys_in_a_row_make_the_pages_once(session: Session, qtbot: QtBot) -> None:
    proof = Proof(session)
    made: list[bool] = []
    proof.laid_out.connect(lambda: made.append(True))
    for count in range(20):
        text = Text("x" * count, "")
        session.edit(lambda note, text=text: with_block(note, Heading(id="head0001", text=text)))
    qtbot.waitUntil(lambda: bool(made), timeout=2000)
    assert made == [True]


def test_what_resolving_found_becomes_the_problems_of_the_note(session: Session) -> None:
    Proof(session).make()
    assert session.problems == (FOUND,)


def test_only_the_pages_in_sight_are_drawn(panel: PreviewPanel, renderer: Renderer, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: 1 in proof_of(panel).images)
    assert {page for page, _ in renderer.drawn} == {1}
    panel.view.go_to_page(3)
    qtbot.waitUntil(lambda: 3 in proof_of(panel).images)
    assert panel.view.page == 3
    assert panel.where.text() == "Page 3 / 3"


def test_a_new_layout_keeps_the_place_where_one_reads(panel: PreviewPanel, renderer: Renderer) -> None:
    panel.view.go_to_page(2)
    before = panel.view.verticalScrollBar().value()
    renderer.pages = 5
    proof_of(panel).make()
    assert panel.view.verticalScrollBar().value() == before
    assert panel.where.text() == "Page 2 / 5"


def test_the_block_under_the_caret_comes_into_sight_and_is_marked(panel: PreviewPanel, session: Session) -> None:
    session.select(block="head0001")
    view = panel.view
    bottom = view._place(2).top() + 120 * view.scale - view.verticalScrollBar().value()
    assert 0 < bottom <= view.viewport().height()
    assert [mark.box.page for mark in panel.view._marks] == [2]


def test_the_page_does_not_follow_when_that_is_switched_off(panel: PreviewPanel, session: Session) -> None:
    panel.follow.click()
    session.select(block="head0001")
    assert panel.view.page == 1


def test_a_click_on_the_page_tells_the_block(panel: PreviewPanel, renderer: Renderer, qtbot: QtBot) -> None:
    renderer.boxes = [{"block": "head0001", "page": 1, "x": 50.0, "y": 100.0, "width": 300.0, "height": 20.0}]
    proof_of(panel).make()
    place = QPoint(GAP + round(60 * panel.view.scale), GAP + round(105 * panel.view.scale))
    with qtbot.waitSignal(panel.block_clicked) as clicked:
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == ["head0001"]


def test_zooming_keeps_the_middle_and_draws_at_the_new_scale(
    panel: PreviewPanel, renderer: Renderer, qtbot: QtBot
) -> None:
    panel.view.go_to_page(2)
    old = panel.view.scale
    wheel = QWheelEvent(
        QPointF(100, 100),
        QPointF(panel.view.mapToGlobal(QPoint(100, 100))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(panel.view.viewport(), wheel)
    assert panel.view.scale > old
    assert panel.view.page == 2
    qtbot.waitUntil(lambda: renderer.drawn[-1][1] == panel.view.scale)
    panel.fit.click()
    assert panel.view.scale == pytest.approx(old)


def test_the_keys_of_pages_walk_through_them(panel: PreviewPanel) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_PageDown)
    QTest.keyClick(panel.view, Qt.Key.Key_PageDown)
    assert panel.view.page == 3
    QTest.keyClick(panel.view, Qt.Key.Key_PageUp)
    assert panel.view.page == 2


def test_when_rendering_fails_the_last_good_page_stays_with_the_reason(panel: PreviewPanel, renderer: Renderer) -> None:
    renderer.refusal = Refused(error("t", NOWHERE, Label("No glyph.", "缺字。"), Label("Replace.", "請替換。")))
    proof_of(panel).make()
    assert len(proof_of(panel).layout.sizes) == 3
    assert panel.strip.isVisible()
    assert "No glyph." in panel.strip.text()
    renderer.refusal = None
    proof_of(panel).make()
    assert not panel.strip.isVisible()


def test_another_edition_is_made_at_once(panel: PreviewPanel, session: Session) -> None:
    proof_of(panel).set_edition(Edition("en", "columns"))
    asked = [args for verb, args in session.jobs.asked if verb == "view"]
    assert (asked[-1]["edition"], asked[-1]["layout"]) == ("en", "columns")


def test_the_page_stays_white_in_the_dark(panel: PreviewPanel, session: Session, qtbot: QtBot) -> None:
    from briefing_ui.look import Look

    session.set_look(Look("dark"))
    proof_of(panel).images.clear()
    shot = panel.view.viewport().grab().toImage()
    assert shot.pixelColor(shot.width() // 2, shot.height() // 2).name() == "#ffffff"
    assert shot.pixelColor(2, shot.height() // 2).name().upper() == session.look.tokens.bg


def test_the_block_nearest_above_a_place_is_meant_when_none_is_hit() -> None:
    layout = Layout("x", ((595, 842),), (Box("a", 1, 50, 100, 300, 20), Box("b", 1, 50, 300, 300, 20)))
    assert layout.block_at(1, 60, 110) == "a"
    assert layout.block_at(1, 60, 200) == "a"
    assert layout.block_at(1, 60, 700) == "b"
    assert layout.block_at(1, 60, 50) is None


@pytest.mark.parametrize(
    "pages", [[], [{"width": 0, "height": 10}], [{"width": 56_693, "height": 842}], [{"width": "x"}]]
)
def test_pages_beyond_all_bounds_are_no_layout(pages: list[dict[str, Any]]) -> None:
    with pytest.raises(Broken):
        layout_from("x", {"pages": pages, "anchors": []})


@pytest.mark.parametrize(("width", "height", "size"), [(2, 2, 15), (0, 2, 0), (5000, 5000, 100_000_000)])
def test_an_image_of_another_size_than_announced_is_never_built(width: int, height: int, size: int) -> None:
    with pytest.raises(Broken):
        images_from([{"page": 1, "width": width, "height": height}], bytes(size))
