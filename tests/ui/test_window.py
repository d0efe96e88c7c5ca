from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk import FOUND, MARKET_VERBS, Renderer, TableJobs, completed, parsed
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from briefing.blocks.figure import Figure
from briefing.blocks.heading import Heading
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.pair import Pair
from briefing.note import Note
from briefing.settings import Settings
from briefing.store.notefile import note_bytes, read_note
from briefing.text import Text
from briefing_ui.actions import ACTIONS
from briefing_ui.recovery_page import RecoveryPage
from briefing_ui.settings_file import load_settings
from briefing_ui.window import MainWindow

pytestmark = pytest.mark.ui
NOTE = Note(
    date=date(2026, 3, 6),
    title=Text("Belly", "中天期"),
    blocks=(
        Heading(id="head0001", text=Text("Rates", "利率")),
        Pair(id="pair0001", text=Text("Yields fell.", "殖利率下跌。")),
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A note in a workspace."""
    (tmp_path / "w" / "notes").mkdir(parents=True)
    (tmp_path / "w" / "workspace.toml").touch()
    file = tmp_path / "w" / "notes" / "2026-03-06.brief"
    file.write_bytes(note_bytes(NOTE))
    return file


def verbs(path: Path) -> TableJobs:
    renderer = Renderer()
    made = {"view": renderer.view, "render": renderer.render, "pages": renderer.images, "note": parsed}
    jobs = TableJobs({**MARKET_VERBS, **made, "complete": completed, "warm": lambda *_: ({}, b"")})
    opened = jobs.verbs["open"]
    jobs.verbs["open"] = lambda args, body: opened({"workspace": str(path.parents[1])}, body)
    return jobs


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, path: Path) -> Iterator[MainWindow]:
    made = MainWindow(verbs(path), Settings(language="en", theme="light"), path)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.session.note is not None and not made.notes.files.busy, timeout=10_000)
    yield made
    made.close()


def press(window: MainWindow, keys: str) -> None:
    QTest.keySequence(QApplication.focusWidget() or window, QKeySequence(keys))


def test_the_window_shows_note_movers_charts_and_pages(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(window.proof.layout.sizes) == 3)
    assert window.session.note == NOTE
    assert len(window.movers.model.rows) == 3
    assert [spec.lines[0].series for spec in window.charts.specs() if spec] == ["UST10Y", "UST2Y", "VIX"]
    assert "2026-03-06.brief" in window.windowTitle()
    assert "6 Mar 2026" in window.status.as_of.text()
    assert window.status.fresh.text() == "2 fresh · 1 late"
    assert window.status.count.text() == "3 w · 7字"


def test_without_a_workspace_the_start_page_offers_three_ways(qapp: QApplication, qtbot: QtBot, path: Path) -> None:
    window = MainWindow(verbs(path), Settings(language="en"))
    qtbot.addWidget(window)
    window.show()
    start = window.desk.start
    assert start.isVisible()
    assert start.sample.text() == "Open the sample workspace"
    assert not any(dock.isVisible() for dock in window.docks.values())
    window.close()


def test_typing_lands_in_the_note_and_undo_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    window.go_to_block("pair0001")
    cell = QApplication.focusWidget()
    assert cell is not None
    QTest.keyClick(cell, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(cell, " Again.")
    assert window.session.note is not None
    assert window.session.note.blocks[1] == replace(NOTE.blocks[1], text=Text("Yields fell. Again.", "殖利率下跌。"))
    assert window.status.kept.text() == "In the journal"
    while window.session.can_undo:
        press(window, "Ctrl+Z")
    assert window.session.note == NOTE
    press(window, "Ctrl+Shift+Z")
    assert window.session.note != NOTE


def test_a_chart_is_dropped_into_the_note_and_undone(window: MainWindow) -> None:
    window.go_to_block("pair0001")
    window.charts.current_card.view.setFocus()
    press(window, "Ctrl+D")
    note = window.session.note
    assert note is not None
    figures = [block for block in note.blocks if isinstance(block, Figure)]
    assert [line.series for line in figures[0].chart.lines] == ["UST10Y"]
    press(window, "Ctrl+Z")
    assert window.session.note == NOTE


def test_a_mover_is_dropped_as_a_row_of_a_table(window: MainWindow) -> None:
    window.go_to_block("pair0001")
    window.show_pane("movers")
    QTest.keyClick(window.movers.view, Qt.Key.Key_Down)
    press(window, "Ctrl+D")
    note = window.session.note
    assert note is not None
    assert any(isinstance(block, MetricTable) for block in note.blocks)


def test_enter_on_a_mover_charts_it(window: MainWindow) -> None:
    window.show_pane("movers")
    QTest.keyClick(window.movers.view, Qt.Key.Key_Down)
    QTest.keyClick(window.movers.view, Qt.Key.Key_Return)
    spec = window.charts.current_spec()
    assert spec is not None
    assert spec.lines[0].series == "UST2Y"


def test_undo_over_text_and_chart_changes_ends_at_the_first_note(window: MainWindow) -> None:
    window.go_to_block("pair0001")
    QTest.keyClicks(QApplication.focusWidget(), "x")
    window.drop()
    window.go_to_block("head0001")
    QTest.keyClicks(QApplication.focusWidget(), "y")
    last = window.session.note
    while window.session.can_undo:
        window.undo()
    assert window.session.note == NOTE
    while window.session.can_redo:
        window.redo()
    assert window.session.note == last


def test_saving_and_exporting_by_key(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.go_to_block("head0001")
    QTest.keyClicks(QApplication.focusWidget(), "z")
    with qtbot.waitSignal(window.session.saved, timeout=5000):
        press(window, "Ctrl+S")
    assert read_note(path.read_bytes())[0] == window.session.note
    with qtbot.waitSignal(window.exports.written, timeout=5000):
        press(window, "Ctrl+Shift+E")
    assert (path.parents[1] / "exports" / "2026-03-06 both.pdf").exists()


def test_reopening_the_window_restores_the_unsaved_text(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.go_to_block("head0001")
    QTest.keyClicks(QApplication.focusWidget(), "q")
    typed = window.session.note
    window.close()
    assert read_note(path.read_bytes())[0] == NOTE
    again = MainWindow(verbs(path), Settings(language="en"), path)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again.session.note is not None and not again.notes.files.busy, timeout=10_000)
    assert again.session.note == typed
    assert any("recovered" in banner.words.text() for banner in again.desk.banners.shown())
    again.close()


def test_unsaved_text_of_another_note_is_offered_at_start(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.go_to_block("head0001")
    QTest.keyClicks(QApplication.focusWidget(), "q")
    typed = window.session.note
    window.close()
    again = MainWindow(verbs(path), Settings(language="en"))
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: bool(again.desk.banners.shown()), timeout=10_000)
    again.desk.banners.shown()[0].buttons[0].click()
    page = again.findChild(RecoveryPage)
    assert page is not None
    assert page.isVisible()
    assert "qRates" in page.recovered.toPlainText() or "Ratesq" in page.recovered.toPlainText()
    assert "Rates" in page.saved.toPlainText()
    page.open_button.click()
    qtbot.waitUntil(lambda: again.session.note == typed, timeout=10_000)
    assert read_note(path.read_bytes())[0] == NOTE
    again.close()


def test_the_language_changes_at_once_and_for_good(window: MainWindow) -> None:
    window.set_language("zh-Hant-TW")
    assert window.menus_["file"].title() == "檔案"
    assert window.docks["movers"].windowTitle() == "異動"
    assert window.status.offline.text() == "離線"
    assert load_settings().language == "zh"


def test_the_theme_changes_at_once_and_for_good(window: MainWindow) -> None:
    window.set_theme("dark")
    assert window.palette().window().color().name().upper() == window.session.look.tokens.bg
    assert load_settings().theme == "dark"
    assert window.actions_["view.dark"].isChecked()


def test_problems_are_counted_and_walked_by_key(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.session.problems == (FOUND,))
    assert window.docks["checks"].windowTitle() == "Checks 1"
    press(window, "F8")
    assert window.checks.current == 0


def test_panes_are_walked_through_by_key(window: MainWindow) -> None:
    window.show_pane("movers")
    visited = []
    for _ in range(4):
        visited.append(window.panes.focused())
        press(window, "F6")
    assert visited == ["movers", "series", "charts", "editor"]
    press(window, "Shift+F6")
    assert window.panes.focused() == "editor"


@pytest.mark.parametrize(
    ("key", "shown", "hidden"), [("Alt+1", "movers", ""), ("Alt+3", "preview", "movers"), ("Alt+4", "checks", "series")]
)
def test_arrangements_come_by_key(window: MainWindow, key: str, shown: str, hidden: str) -> None:
    before = window.session.note
    press(window, key)
    assert window.docks[shown].isVisible()
    assert not hidden or not window.docks[hidden].isVisible()
    assert window.session.note is before
    press(window, "Alt+2")
    assert all(
        dock.isVisible() or dock in {window.docks["inspector"], window.docks["glossary"]}
        for dock in window.docks.values()
    )


def test_the_palette_finds_and_runs_a_command(window: MainWindow) -> None:
    press(window, "Ctrl+Shift+P")
    box = window.palette_box
    QTest.keyClicks(box.line, "dark")
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert window.session.look.theme in {"dark", "contrast-dark"}


def test_the_palette_charts_a_series_by_its_chinese_name(window: MainWindow) -> None:
    press(window, "Ctrl+P")
    box = window.palette_box
    box.line.setText("美國2年期")
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    spec = window.charts.current_spec()
    assert spec is not None
    assert spec.lines[0].series == "UST2Y"


def test_every_control_in_sight_has_an_accessible_name(window: MainWindow) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QAbstractScrollArea)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and isinstance(widget, kinds)
        and _is_own(widget)
        and not (widget.accessibleName() or _text(widget))
    ]
    assert nameless == [], nameless


def test_an_error_of_the_program_is_told_and_loses_no_text(
    window: MainWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = ValueError("planted")
    window.incidents.take(fault, fault.__traceback__)
    assert any("error of its own" in banner.words.text() for banner in window.desk.banners.shown())
    assert window.session.note == NOTE
    assert "planted" in capsys.readouterr().err


def test_every_action_that_calls_something_can_be_triggered(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("close", "open_sample"):
        monkeypatch.setattr(MainWindow, name, lambda self: None)
    for name in ("getOpenFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *args: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: "")
    for row in ACTIONS:
        if row.call is not None:
            window.actions_[row.id].trigger()
    window.notes.files.drain()
    QApplication.processEvents()
    for box in window.findChildren(QWidget):
        if box.isWindow() and box is not window:
            box.close()


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def _is_own(widget: QWidget) -> bool:
    """Not a part that Qt puts into a control by itself."""
    name = widget.objectName()
    parent = widget.parent()
    if name.startswith("qt_") or isinstance(parent, QComboBox | QLineEdit | QAbstractItemView):
        return False
    inside = parent.parent() if parent is not None else None
    return not isinstance(inside, QComboBox) and type(widget).__name__ not in {
        "QTabBar",
        "ScrollLeftButton",
        "CloseButton",
    }
