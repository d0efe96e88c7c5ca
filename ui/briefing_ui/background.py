"""File work that must not keep the window waiting: one thread, one thing after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

Call = Callable[[], Any]
Then = Callable[[Any], None]


class Background(QObject):
    """Runs calls in a thread of its own; what they give comes back in the thread of the window.

    An error that a call raises is raised again in the window's thread, where the hooks see it.
    """

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="files")
        self._waiting = 0
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a call runs or waits."""
        return self._waiting > 0

    def run(self, call: Call, then: Then) -> None:
        """Run a call; `then` gets its result, later, in the window's thread."""
        self._waiting += 1
        self._thread.submit(call).add_done_callback(lambda future: self._done.emit(future, then))

    def finish(self) -> None:
        """Wait until everything is done; only for closing the window."""
        self._thread.shutdown(wait=True)

    def _deliver(self, future: Future[Any], then: Then) -> None:
        self._waiting -= 1
        then(future.result())
