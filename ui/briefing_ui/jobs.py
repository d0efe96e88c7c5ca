"""Work for the two warm workers. Nothing here waits: an answer comes as a call, later."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from briefing.workers.client import worker_command
from briefing.workers.limits import DATA, RENDER
from briefing.workers.protocol import Progress
from briefing_ui.task import OnReply, Reply, Task
from briefing_ui.worker import Worker

__all__ = ["Jobs", "OnReply", "Reply", "WorkerName"]

WorkerName = Literal["data", "render"]
COMMANDS: Mapping[WorkerName, tuple[str, ...]] = {
    "data": tuple(worker_command("briefing.workers.data_worker")),
    "render": tuple(worker_command("briefing.workers.render_worker")),
}
_PATIENCE = 3
"""Workers limit their own processor time; the wall clock only catches one that hangs, not a busy machine."""


class Jobs(QObject):
    """The two workers.

    `said(Label)` is a line for the status bar, `progressed(str, Progress)` tells how far the job
    with a key is, `busy_changed(str, bool)` whether a worker is at work.
    """

    said = Signal(object)
    progressed = Signal(str, object)
    busy_changed = Signal(str, bool)

    def __init__(
        self, parent: QObject | None = None, *, commands: Mapping[WorkerName, tuple[str, ...]] = COMMANDS
    ) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._workers = {name: self._worker(name, command) for name, command in commands.items()}

    def start(self) -> None:
        """Start the workers, so that they are warm when they are needed."""
        for worker in self._workers.values():
            worker.start()

    def ask(
        self,
        worker: WorkerName,
        verb: str,
        args: Mapping[str, Any],
        on_reply: OnReply,
        *,
        body: bytes = b"",
        key: str = "",
        long: bool = False,
    ) -> None:
        """Ask for a job. `on_reply` is called once, unless a newer job with the same key overtakes it.

        `long` is for what the user asked for and waits for.
        """
        limits = RENDER if worker == "render" else DATA
        seconds = (limits.long_seconds if long else limits.seconds) * _PATIENCE
        task = Task(next(self._numbers), verb, args, body, key, seconds, on_reply)
        self._workers[worker].put(task)

    def always_first(self, worker: WorkerName, verb: str, args: Mapping[str, Any]) -> None:
        """What a worker is told again whenever it had to be started anew."""
        self._workers[worker].prologue = (verb, dict(args))

    def cancel(self, key: str) -> None:
        """Stop the job with this key: its worker is ended and started again."""
        for worker in self._workers.values():
            worker.cancel(key)

    def busy(self, worker: WorkerName) -> bool:
        """Whether a worker has something to do."""
        return self._workers[worker].busy

    def log(self, worker: WorkerName) -> str:
        """The last lines that a worker wrote to its error output."""
        return self._workers[worker].log

    def stop(self) -> None:
        """End both workers for good."""
        for worker in self._workers.values():
            worker.stop()

    def _worker(self, name: WorkerName, command: tuple[str, ...]) -> Worker:
        worker = Worker(name, command, self)
        worker.said.connect(self.said)
        worker.progressed.connect(self._progress)
        worker.busy_changed.connect(lambda busy: self.busy_changed.emit(name, busy))
        return worker

    def _progress(self, key: str, progress: Progress) -> None:
        self.progressed.emit(key, progress)
