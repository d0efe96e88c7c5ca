"""File work that must not keep the window waiting: one thread, one thing after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

Call = Callable[[], Any]
Then = Callable[[Any], None]


class Background(QObject):
    """Runs calls in a thread of its own; what they give comes back, in order, in the thread of the window.

    An error that a call raises is raised again in the window's thread, where the hooks see it.
    """

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="files")
        self._waiting: deque[tuple[Future[Any], Then]] = deque()
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a call runs, waits, or has not been delivered."""
        return bool(self._waiting)

    def run(self, call: Call, then: Then) -> None:
        """Run a call; `then` gets its result, later, in the window's thread."""
        future = self._thread.submit(call)
        self._waiting.append((future, then))
        future.add_done_callback(lambda _: self._woken.emit())

    def drain(self) -> None:
        """Wait for everything that was asked, and deliver it; only for closing the window."""
        while self._waiting:
            future, then = self._waiting.popleft()
            then(future.result())

    def finish(self) -> None:
        """Deliver everything and end the thread for good."""
        self.drain()
        self._thread.shutdown(wait=True)

    def _deliver(self) -> None:
        while self._waiting and self._waiting[0][0].done():
            future, then = self._waiting.popleft()
            then(future.result())
