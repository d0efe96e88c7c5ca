from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from briefing_ui import app
from briefing_ui.jobs import Jobs
from briefing_ui.settings_file import settings_path
from briefing_ui.window import MainWindow

pytestmark = pytest.mark.ui


@pytest.fixture
def started(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[MainWindow]]:
    """The windows that the program opened, with neither workers nor hooks of its own."""
    found: list[MainWindow] = []

    def run() -> int:
        found.extend(
            window for window in QApplication.topLevelWidgets() if isinstance(window, MainWindow) and window.isVisible()
        )
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(run))
    monkeypatch.setattr("briefing_ui.report.Incidents.install", lambda self: None)
    monkeypatch.setattr(Jobs, "start", lambda self: None)
    yield found
    for window in found:
        window.close()
        window.deleteLater()
    qInstallMessageHandler(None)


def test_the_program_opens_its_window_and_gives_the_exit_code(started: list[MainWindow]) -> None:
    assert app.main([]) == 0
    assert started[0].desk.start.isVisible()


def test_a_settings_file_that_cannot_be_read_is_told_and_the_defaults_apply(
    started: list[MainWindow], state: Path
) -> None:
    settings_path().write_text("theme = 'pink'\n", encoding="utf-8")
    assert app.main([]) == 0
    assert any("pink" in banner.words.text() for banner in started[0].desk.banners.shown())


def test_settings_that_were_kept_apply(started: list[MainWindow], state: Path) -> None:
    settings_path().write_text('language = "zh"\ntheme = "dark"\nup_down = "red-up"\n', encoding="utf-8")
    app.main([])
    session = started[0].session
    assert (session.lang, session.look.theme, session.look.up_down) == ("zh-Hant-TW", "dark", "red-up")
