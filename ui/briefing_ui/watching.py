"""Watches folders from threads of its own, and tells when something in them has changed and come to rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from briefing_ui.network_folders import has_to_be_polled

DEBOUNCE, STEADY, MOST = 500, 1000, 10_000
"""Changes so close together are one; files are at rest after so long, and told after so long at the latest; milliseconds."""
_STEP = 50
_POLL = 2000
_LOOK_AGAIN = 5000
_PATIENCE = 2.0

Identity = tuple[int, int]


class Watching(QObject):
    """`happened()` tells, in the window's thread, that files in the folders came, went or changed."""

    happened = Signal()
    _stirred = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders: tuple[Path, ...] = ()
        self._threads: list[threading.Thread] = []
        self._over = threading.Event()
        self._since = 0.0
        self._rest = QTimer(self, singleShot=True, interval=STEADY)
        self._rest.timeout.connect(self._rested)
        self._stirred.connect(self._stir, Qt.ConnectionType.QueuedConnection)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that are watched now."""
        return self._folders

    def follow(self, folders: Sequence[Path]) -> None:
        """Watch these folders from now on and no others; one that is not there is waited for."""
        if tuple(folders) == self._folders:
            return
        self.stop()
        self._folders = tuple(folders)
        self._over = threading.Event()
        loud = [folder for folder in folders if not has_to_be_polled(folder)]
        silent = [folder for folder in folders if folder not in loud]
        for group, polling in ((loud, False), (silent, True)):
            if group:
                self._start(group, polling=polling)

    def stop(self) -> None:
        """Watch nothing, and end the threads."""
        self._over.set()
        self._rest.stop()
        for thread in self._threads:
            thread.join(_PATIENCE)
        self._threads, self._folders, self._since = [], (), 0.0

    def _start(self, folders: Sequence[Path], *, polling: bool) -> None:
        # A daemon: one that hangs at a share that does not answer must not keep the program from ending.
        thread = threading.Thread(
            target=_watch,
            args=(tuple(folders), self._over, self._stirred.emit),
            kwargs={"polling": polling},
            name="watching",
            daemon=True,
        )
        thread.start()
        self._threads.append(thread)

    def _stir(self) -> None:
        now = time.monotonic()
        self._since = self._since or now
        if (now - self._since) * 1000 < MOST - STEADY:
            self._rest.start()

    def _rested(self) -> None:
        self._since = 0.0
        self.happened.emit()


def _watch(folders: Sequence[Path], over: threading.Event, tell: Callable[[], None], *, polling: bool) -> None:
    """Tell of changes until it is over. A folder that goes, comes or is put in another's place counts as one."""
    there = _there(folders)
    while not over.is_set():
        try:
            if there:
                _until_others(folders, there, over, tell, polling=polling)
            else:
                over.wait(_LOOK_AGAIN / 1000)
        except (OSError, RuntimeError):
            # The system has no more watches to give, or a folder went in between: look from time to time.
            polling = True
            over.wait(_LOOK_AGAIN / 1000)
        now = _there(folders)
        if now != there and not over.is_set():
            tell()
        there = now


def _until_others(
    folders: Sequence[Path],
    there: Mapping[Path, Identity],
    over: threading.Event,
    tell: Callable[[], None],
    *,
    polling: bool,
) -> None:
    """Tell of changes until other folders can be reached, or it is over."""
    from watchfiles import watch

    begun = False
    for changes in watch(
        *there,
        watch_filter=None,
        debounce=DEBOUNCE,
        step=_STEP,
        stop_event=over,
        rust_timeout=_LOOK_AGAIN,
        yield_on_timeout=True,
        raise_interrupt=False,
        force_polling=polling,
        poll_delay_ms=_POLL,
        recursive=False,
        ignore_permission_denied=True,
    ):
        # What changed between the last look and the first watch is seen by telling once more.
        if changes or not begun:
            tell()
        begun = True
        if _there(folders) != there:
            return


def _there(folders: Sequence[Path]) -> dict[Path, Identity]:
    """The folders that can be reached, with what tells whether they are still the same."""
    found: dict[Path, Identity] = {}
    for folder in folders:
        try:
            status = folder.stat()
        except OSError:
            continue
        found[folder] = (status.st_dev, status.st_ino)
    return found
