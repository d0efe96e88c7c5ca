"""Folders are watched from threads that end, and changes are told once they have come to rest."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing_ui import watching
from briefing_ui.network_folders import has_to_be_polled, kind_of
from briefing_ui.watching import Watching

pytestmark = pytest.mark.ui

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
//server/desk /mnt/desk cifs rw 0 0
server:/data /mnt/desk/data nfs4 rw 0 0
me@host:/x /home/me/remote\040files fuse.sshfs rw 0 0
/dev/sdb1 /mnt/over ext4 rw 0 0
server:/over /mnt/over nfs rw 0 0
"""


@pytest.fixture
def watcher(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watching]:
    """A watcher that is quick, and leaves no thread behind."""
    monkeypatch.setattr(watching, "DEBOUNCE", 20)
    monkeypatch.setattr(watching, "_LOOK_AGAIN", 100)
    monkeypatch.setattr(watching, "_POLL", 20)
    made = Watching()
    made._rest.setInterval(60)
    yield made
    made.stop()
    assert [thread.name for thread in threading.enumerate() if thread.name == "watching"] == []


def settled(watcher: Watching, folder: Path, qtbot: QtBot) -> None:
    """Wait for the one word that every watch begins with."""
    with qtbot.waitSignal(watcher.happened, timeout=10_000):
        watcher.follow([folder])


@pytest.mark.parametrize("polled", [False, True])
def test_a_new_file_is_told(
    watcher: Watching, tmp_path: Path, qtbot: QtBot, polled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "has_to_be_polled", lambda _folder: polled)
    settled(watcher, tmp_path, qtbot)
    with qtbot.waitSignal(watcher.happened, timeout=10_000):
        (tmp_path / "DGS10.csv").write_text("observation_date,DGS10\n", encoding="utf-8")


def test_a_file_that_grows_is_told_once_it_is_at_rest(watcher: Watching, tmp_path: Path, qtbot: QtBot) -> None:
    settled(watcher, tmp_path, qtbot)
    watcher._rest.setInterval(400)
    told: list[int] = []
    watcher.happened.connect(lambda: told.append(size()))

    def size() -> int:
        return (tmp_path / "day.csv").stat().st_size

    with qtbot.waitSignal(watcher.happened, timeout=10_000), (tmp_path / "day.csv").open("w") as file:
        for _ in range(5):
            file.write("a row\n")
            file.flush()
            qtbot.wait(100)
    assert told == [30]


def test_a_folder_that_never_rests_does_not_put_it_off_for_ever(
    watcher: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("briefing_ui.watching.time.monotonic", lambda: now[0])
    restarts: list[float] = []
    monkeypatch.setattr(watcher._rest, "start", lambda: restarts.append(now[0]))
    while now[0] < 100.0 + 2 * watching.MOST / 1000:
        watcher._stir()
        now[0] += 0.5
    assert restarts[-1] == 100.0 + (watching.MOST - watching.STEADY) / 1000 - 0.5


def test_a_folder_that_comes_back_is_watched_again(watcher: Watching, tmp_path: Path, qtbot: QtBot) -> None:
    drive = tmp_path / "drive"
    watcher.follow([drive])
    with qtbot.waitSignal(watcher.happened, timeout=10_000):
        drive.mkdir()
    qtbot.wait(300)
    with qtbot.waitSignal(watcher.happened, timeout=10_000):
        (drive / "DGS10.csv").write_text("observation_date,DGS10\n", encoding="utf-8")


def test_other_folders_take_the_place_of_those_before(watcher: Watching, tmp_path: Path, qtbot: QtBot) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    settled(watcher, first, qtbot)
    settled(watcher, second, qtbot)
    assert watcher.folders == (second,)
    with qtbot.assertNotEmitted(watcher.happened, wait=400):
        (first / "a.csv").touch()


def test_nothing_is_told_once_it_is_over(watcher: Watching, tmp_path: Path, qtbot: QtBot) -> None:
    settled(watcher, tmp_path, qtbot)
    watcher.stop()
    with qtbot.assertNotEmitted(watcher.happened, wait=300):
        (tmp_path / "a.csv").touch()


def test_a_watch_that_the_system_refuses_becomes_looking(
    watcher: Watching, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import watchfiles

    real = watchfiles.watch
    asked: list[bool] = []

    def refused(*folders: Path, force_polling: bool, **options: Any) -> Any:
        asked.append(force_polling)
        if not force_polling:
            raise RuntimeError("OS file watch limit reached")
        return real(*folders, force_polling=True, **options)

    monkeypatch.setattr(watchfiles, "watch", refused)
    settled(watcher, tmp_path, qtbot)
    with qtbot.waitSignal(watcher.happened, timeout=10_000):
        (tmp_path / "a.csv").touch()
    assert asked[:2] == [False, True]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me/data", "ext4"),
        ("/mnt/desk/inbox", "cifs"),
        ("/mnt/desk/data/in", "nfs4"),
        ("/mnt/desktop", "ext4"),
        ("/home/me/remote files/in", "fuse.sshfs"),
        ("/mnt/over/in", "nfs"),
    ],
)
def test_the_kind_of_file_system_is_that_of_the_deepest_mount(folder: str, kind: str) -> None:
    assert kind_of(Path(folder), MOUNTS) == kind


def test_a_share_is_polled_and_a_disk_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr("briefing_ui.network_folders.MOUNTS", mounts)
    assert [has_to_be_polled(Path(name)) for name in ("/mnt/desk/x", "/home/me", "//server/desk/x")] == [
        True,
        False,
        True,
    ]
