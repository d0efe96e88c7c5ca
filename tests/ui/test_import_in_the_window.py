"""From a folder that is dropped on a window without a workspace to a mapped file, with the real data worker."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from importing import drop_files
from overnight import create_overnight
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.settings import Settings
from briefing_ui.jobs import Jobs
from briefing_ui.look import load_fonts
from briefing_ui.window import MainWindow
from briefing_ui.workspaces import INSIDE

pytestmark = [pytest.mark.ui, pytest.mark.slow]


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    load_fonts()
    made = MainWindow(Jobs(), Settings(language="en", theme="light"))
    qtbot.addWidget(made)
    made.show()
    wait(lambda: made._charts is not None)
    yield made
    made.close()


def wait(done: Callable[[], bool], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "the window did not get ready"
        QTest.qWait(10)


def test_a_dropped_folder_becomes_a_workspace_and_what_is_not_clear_is_mapped(
    window: MainWindow, tmp_path: Path
) -> None:
    folder = create_overnight(tmp_path)
    assert window.desk.start.isVisible()
    drop_files(window, folder)
    page = window.desk.imports
    wait(lambda: bool(page.cards) and bool(window.session.listing.entries))
    assert window.session.workspace == folder / INSIDE
    assert groups(window) == {
        "house view.csv": "refused",
        "morning mail.txt": "refused",
        "DGS10.csv": "flagged",
        "DGS30.csv": "flagged",
        "bdh.xlsx": "flagged",
        "README.md": "left",
    }
    wait(lambda: bool(window.movers.model.rows) and window.session.note is not None)
    dialog = window.intake.mapping
    assert dialog is not None
    wait(lambda: dialog.questions.count() == 2)
    for heading in ("House yield", "Our spread"):
        dialog.columns.go_to(heading)
        QTest.mouseClick(dialog.leave_button, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    wait(dialog.import_button.isEnabled)
    QTest.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    wait(lambda: groups(window).get("house view.csv") in {"read", "flagged"})
    assert len(page.cards) == 6
    assert groups(window)["morning mail.txt"] == "refused"


def groups(window: MainWindow) -> dict[str, str]:
    """Where the card of each file stands."""
    return {card.report["file"]: card.group for card in window.desk.imports.cards}
