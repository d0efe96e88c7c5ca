"""One worker process and the jobs that wait for it."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.text import Label
from briefing.workers.client import worker_environment
from briefing.workers.protocol import Answer, Broken, Message, answer_of, progress_of
from briefing_ui.inbox import Inbox
from briefing_ui.task import Reply, Task

_KEPT_LOG = 16_384
_PROLOGUE = 0
_QUICK_DEATH = 5.0
_PATIENCE_AT_END = 2000
_MOST_QUICK_DEATHS = 3
_NAMES = {"data": Label("The data worker", "資料背景程序"), "render": Label("The preview", "預覽")}


class Worker(QObject):
    """Starts its process when it is first needed, and again when it died.

    A job that its process did not survive is tried once more; then it is answered with a problem.
    Jobs run one after the other, so a waiting one is simply replaced by a newer one of its key.
    """

    said = Signal(object)
    progressed = Signal(str, object)
    busy_changed = Signal(bool)

    def __init__(self, name: str, command: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._command = command
        self._process: QProcess | None = None
        self._inbox = Inbox()
        self._waiting: deque[Task] = deque()
        self._current: Task | None = None
        self._overtaken = False
        self._tried = False
        self._ready = False
        self._over = False
        self._started_at = 0.0
        self._quick_deaths = 0
        self._log = b""
        self._fate = Label("", "")
        self.prologue: tuple[str, Mapping[str, Any]] | None = None
        self._limit = QTimer(self, singleShot=True)
        self._limit.timeout.connect(self._too_long)

    @property
    def busy(self) -> bool:
        """Whether there is a job, running or waiting."""
        return self._current is not None or bool(self._waiting)

    @property
    def log(self) -> str:
        """The end of what the process wrote to its error output."""
        return self._log.decode("utf-8", errors="replace")

    def start(self) -> None:
        """Start the process unless it runs."""
        if self._process is not None:
            return
        self._inbox, self._ready, self._started_at = Inbox(), False, time.monotonic()
        process = QProcess(self)
        process.setProcessEnvironment(_environment())
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_log)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        self._process = process
        process.start(self._command[0], list(self._command[1:]))
        if self._process is process:
            self._greet()

    def put(self, task: Task) -> None:
        """Take a job, in place of one with the same key. After the end nothing is taken any more."""
        if self._over:
            return
        was_busy = self.busy
        if task.key:
            self._waiting = deque(waiting for waiting in self._waiting if waiting.key != task.key)
            if self._current is not None and self._current.key == task.key:
                self._overtaken = True
        self._waiting.append(task)
        if not was_busy:
            self.busy_changed.emit(True)
        self._next()

    def cancel(self, key: str) -> None:
        """Drop the jobs with a key; one that runs takes its process with it."""
        self._waiting = deque(task for task in self._waiting if task.key != key)
        if self._current is not None and self._current.key == key:
            self._current = None
            self._drop_process()
            self._next()
        if not self.busy:
            self.busy_changed.emit(False)

    def stop(self) -> None:
        """End the process for good and forget every job."""
        self._over = True
        self._waiting.clear()
        self._current = None
        process = self._process
        self._drop_process()
        if process is not None:
            process.waitForFinished(_PATIENCE_AT_END)

    def _greet(self) -> None:
        if self.prologue is None:
            self._ready = True
        else:
            verb, args = self.prologue
            self._send(_PROLOGUE, verb, args, b"")

    def _next(self) -> None:
        if self._current is not None or not self._waiting:
            return
        self._current, self._overtaken, self._tried = self._waiting.popleft(), False, False
        self._run()

    def _run(self) -> None:
        if self._process is None:
            self.start()
        if self._ready:
            self._send_current()

    def _send_current(self) -> None:
        if self._current is not None:
            task = self._current
            self._limit.start(round(task.seconds * 1000))
            self._send(task.number, task.verb, task.args, task.body)

    def _send(self, number: int, verb: str, args: Mapping[str, Any], body: bytes) -> None:
        head = {"id": number, "verb": verb, "args": dict(args), "bytes": len(body)}
        if self._process is not None:
            self._process.write(json.dumps(head, ensure_ascii=False, allow_nan=False).encode() + b"\n" + body)

    def _read(self) -> None:
        if self._process is None:
            return
        try:
            for message in self._inbox.add(bytes(self._process.readAllStandardOutput().data())):
                self._take(message)
        except Broken as fault:
            self._fate = _broken(self._name, str(fault))
            self._drop_process()
            self._died()

    def _take(self, message: Message) -> None:
        number, kind = message.head.get("id"), message.head.get("kind")
        if number == _PROLOGUE:
            if kind != "progress":
                self._ready = True
                self._send_current()
            return
        task = self._current
        if task is None or number != task.number:
            raise Broken("a reply to nothing that was asked")
        if kind == "progress":
            self.progressed.emit(task.key, progress_of(message))
            return
        try:
            self._done(answer_of(message))
        except Refused as refused:
            self._refused(*refused.problems)

    def _done(self, answer: Answer) -> None:
        self._quick_deaths = 0
        self._answer(Reply(answer.result, answer.body))

    def _refused(self, *problems: Problem) -> None:
        self._answer(Reply({}, b"", problems))

    def _answer(self, reply: Reply) -> None:
        self._limit.stop()
        task, self._current = self._current, None
        if task is not None and not self._overtaken:
            task.on_reply(reply)
        self._next()
        if not self.busy:
            self.busy_changed.emit(False)

    def _too_long(self) -> None:
        task = self._current
        self._tried = True
        self._drop_process()
        self._refused(_out_of_time(self._name, task.seconds if task is not None else 0))

    def _died(self) -> None:
        """The process is gone by itself: start afresh, and try its job once more."""
        quick = time.monotonic() - self._started_at < _QUICK_DEATH
        self._quick_deaths = self._quick_deaths + 1 if quick else 0
        self._limit.stop()
        self.said.emit(_restarted(self._name))
        if self._current is None:
            return
        if self._tried or self._quick_deaths >= _MOST_QUICK_DEATHS:
            self._refused(_gone(self._name, self._fate))
            return
        self._tried = True
        self._run()

    def _finished(self) -> None:
        if self.sender() is not self._process:
            return
        self._read_log()
        self._forget_process()
        self._died()

    def _failed(self, why: QProcess.ProcessError) -> None:
        if self.sender() is self._process and why is QProcess.ProcessError.FailedToStart:
            self._forget_process()
            self._tried = True
            self._died()

    def _read_log(self) -> None:
        if self._process is not None:
            self._log = (self._log + bytes(self._process.readAllStandardError().data()))[-_KEPT_LOG:]

    def _forget_process(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process, self._ready = None, False

    def _drop_process(self) -> None:
        self._limit.stop()
        process, self._process, self._ready = self._process, None, False
        if process is not None:
            process.kill()
            process.finished.connect(process.deleteLater)


def _environment() -> QProcessEnvironment:
    made = QProcessEnvironment()
    for name, value in worker_environment().items():
        made.insert(name, value)
    return made


def _restarted(name: str) -> Label:
    who = _NAMES[name]
    return Label(f"{who.en} was restarted.", f"{who.zh}已重新啟動。")


def _broken(name: str, what: str) -> Label:
    who = _NAMES[name]
    return Label(f"{who.en} sent {what}.", f"{who.zh}傳回無法辨識的內容（{what}）。")


def _gone(name: str, fate: Label) -> Problem:
    who = _NAMES[name]
    return error(
        "worker.gone",
        NOWHERE,
        Label(
            f"{who.en} stopped twice at the same work. {fate.en}".strip(), f"{who.zh}在同一項工作中兩度停止。{fate.zh}"
        ),
        Label(
            "It was given up. Your text is safe; try again, or report the problem.",
            "已放棄該工作。您的文字安全無虞，請重試或回報問題。",
        ),
    )


def _out_of_time(name: str, seconds: float) -> Problem:
    who = _NAMES[name]
    return error(
        "worker.limit",
        NOWHERE,
        Label(
            f"{who.en} did not finish within {seconds:g} seconds and was ended.",
            f"{who.zh}未能在{seconds:g}秒內完成，已終止。",
        ),
        Label("Make the note or the data smaller, or divide it.", "請縮小或拆分報告或資料。"),
    )
