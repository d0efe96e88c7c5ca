from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.ui
HEAVY = ("pandas", "scipy", "weasyprint", "duckdb", "exchange_calendars", "pyarrow", "statsmodels", "jinja2")

_PROBE = """
import sys
from pathlib import Path
from briefing.resources import use_private_fonts
use_private_fonts()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from briefing.settings import Settings
from briefing_ui.jobs import Jobs
from briefing_ui.look import load_fonts
from briefing_ui.window import MainWindow
app = QApplication([])
load_fonts()
fake = (sys.executable, {fake!r})
window = MainWindow(Jobs(commands={{"data": fake, "render": fake}}), Settings())
wake = window.wake
def woken():
    print("painted", *sorted({{name.split(".")[0] for name in sys.modules}}))
    wake()
    print("awake", *sorted({{name.split(".")[0] for name in sys.modules}}))
    window.close()
    app.quit()
window.wake = woken
window.show()
sys.exit(app.exec())
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The packages of a fresh program, when it was painted first and when it was awake."""
    folder = tmp_path_factory.mktemp("state")
    fake = str(Path(__file__).parent / "fake_worker.py")
    environment = {**os.environ, "BRIEFING_STATE": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _PROBE.format(fake=fake)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    return {words[0]: set(words[1:]) for words in lines}


def test_nothing_heavy_is_imported_before_the_first_paint(loaded: dict[str, set[str]]) -> None:
    assert loaded["painted"] & {*HEAVY, "pyqtgraph"} == set()


def test_what_workers_need_never_comes_into_the_window(loaded: dict[str, set[str]]) -> None:
    assert loaded["awake"] & set(HEAVY) == set()


def test_the_charts_come_right_after_the_first_paint(loaded: dict[str, set[str]]) -> None:
    assert "pyqtgraph" in loaded["awake"]
