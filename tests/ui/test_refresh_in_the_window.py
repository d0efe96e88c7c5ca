"""F5 in the real window with the real workers: a file that lands in a watched folder is told, read and shown."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from briefing.data.intake.importing import import_files
from briefing.data.intake.refreshing import watch, watched
from briefing.data.workspace import Workspace, create_workspace
from briefing.settings import Settings
from briefing_ui.jobs import Jobs
from briefing_ui.look import load_fonts
from briefing_ui.window import MainWindow

pytestmark = [pytest.mark.ui, pytest.mark.slow]

DAYS = "observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n"
ONE_MORE = "2025-01-15,4.66\n"


def put(path: Path, text: str) -> None:
    """Write a file that came to rest long ago."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1_700_000_000 + len(text), 1_700_000_000 + len(text)))


def wait(done: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen"
        QTest.qWait(10)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    place = tmp_path / "inbox"
    place.mkdir()
    return place


@pytest.fixture
def workspace(tmp_path: Path, inbox: Path) -> Workspace:
    """A workspace with two days of one yield, and a watched folder with the file of them."""
    made = create_workspace(tmp_path / "desk")
    put(inbox / "DGS10.csv", DAYS)
    import_files(made, [inbox / "DGS10.csv"])
    watch(made, inbox)
    return made


@pytest.fixture
def window(qapp: QApplication, workspace: Workspace) -> Iterator[MainWindow]:
    """The window on the workspace, nothing waiting."""
    load_fonts()
    made = MainWindow(Jobs(), Settings(language="en", theme="light"), workspace.root)
    made.show()
    made.activateWindow()
    wait(lambda: bool(made.session.market.movers) and bool(made.refreshing.watching.folders))
    QTest.keyClick(made, Qt.Key.Key_F5)
    wait(lambda: not made.refreshing.running and not made.session.jobs.busy("data"))
    yield made
    made.close()
    assert [thread.name for thread in threading.enumerate() if thread.name == "watching"] == []


def banners(window: MainWindow) -> list[str]:
    return [banner.words.text().partition("\n")[0] for banner in window.desk.banners.shown()]


def last_mover(window: MainWindow) -> str:
    text: str = window.session.market.movers[0]["last_text"]["en"]
    return text


def test_a_file_that_changes_is_told_and_read_at_f5_only(window: MainWindow, inbox: Path) -> None:
    assert last_mover(window) == "4.78%"
    put(inbox / "DGS10.csv", DAYS + ONE_MORE)
    wait(lambda: banners(window) == ["DGS10.csv is new or changed: F5 takes it in."])
    assert window.status.waiting.isVisible()
    assert window.status.waiting.text() == "1 new (F5)"
    assert last_mover(window) == "4.78%"
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert last_mover(window) == "4.78%"  # the old value stays until the new one is there
    wait(lambda: last_mover(window) == "4.66%")
    wait(lambda: banners(window) == ["1 file read"])
    wait(lambda: not window.status.waiting.isVisible())
    row = next(at for at, mover in enumerate(window.session.market.movers) if mover["series"] == "DGS10")
    assert "4.66%" in [str(window.movers.model.index(row, column).data()) for column in range(3)]


def test_a_refused_file_leads_to_its_card_and_to_the_health_of_the_data(window: MainWindow, inbox: Path) -> None:
    put(inbox / "DGS2.csv", "observation_date,DGS2\n2025-01-13,many\n")
    QTest.keyClick(window, Qt.Key.Key_F5)
    wait(lambda: banners(window) == ["0 files read · 1 failed"])
    (banner,) = window.desk.banners.shown()
    banner.buttons[1].click()
    wait(window.health.isVisible)
    assert window.status.fresh.text() == "1 fresh · 1 failed"


def test_a_cancelled_refresh_leaves_the_window_as_it_was(window: MainWindow, inbox: Path) -> None:
    put(inbox / "DGS10.csv", DAYS + ONE_MORE)
    QTest.keyClick(window, Qt.Key.Key_F5)
    window.refreshing.cancel()
    wait(lambda: not window.session.jobs.busy("data"))
    assert last_mover(window) in {"4.78%", "4.66%"}
    QTest.keyClick(window, Qt.Key.Key_F5)
    wait(lambda: last_mover(window) == "4.66%")


def test_a_folder_that_is_chosen_is_watched_at_once(
    window: MainWindow, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    put(more / "DGS2.csv", DAYS.replace("DGS10", "DGS2"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(more))
    window.actions_["data.watch"].trigger()
    wait(lambda: banners(window) == ["DGS2.csv is new or changed: F5 takes it in."])
    assert more in watched(workspace)
    assert more in window.refreshing.watching.folders


def kept_waiting() -> float:
    """The seconds for which this thread was ready while other programs had the processor, where the system tells."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except OSError:
        return 0.0


@pytest.mark.bench
def test_the_event_loop_never_waits_while_a_hundred_files_are_read(window: MainWindow, inbox: Path) -> None:
    days = [f"{2016 + at // 336}-{at // 28 % 12 + 1:02d}-{at % 28 + 1:02d}" for at in range(2500)]
    for number in range(100):
        rows = "".join(f"{day},4.{(at * at + number) % 97:02d}\n" for at, day in enumerate(days))
        put(inbox / f"DGS10 {number}.csv", f"observation_date,DGS10\n{rows}")
    wait(lambda: bool(banners(window)))
    stamps: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: stamps.append(time.perf_counter() - kept_waiting()))
    timer.start(5)
    QTest.qWait(50)
    QTest.keyClick(window, Qt.Key.Key_F5)
    wait(lambda: not window.refreshing.running and not window.session.jobs.busy("data"), seconds=200)
    timer.stop()
    longest = max(later - earlier for earlier, later in pairwise(stamps))
    print(f"the longest gap was {longest * 1000:.0f} ms")
    assert longest <= 0.1
