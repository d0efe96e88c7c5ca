"""A worker as a fresh process, spoken to from plain Python."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import IO, Any, Self

from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.resources import cache_dir, state_dir, use_private_fonts
from briefing.text import Label
from briefing.workers.protocol import (
    Answer,
    Broken,
    Message,
    Progress,
    answer_of,
    progress_of,
    read_reply,
    write_message,
)

_SPARING = {"MALLOC_ARENA_MAX": "2", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Without these, threads that do nothing reserve 1.6 GB of addresses, and the limit of a worker counts them."""

_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


def worker_command(module: str) -> list[str]:
    """The command line of a worker: the same interpreter, blind to the user's Python settings."""
    return [sys.executable, "-I", "-X", "utf8", "-m", module]


def worker_environment() -> dict[str, str]:
    """All that a worker may see of the environment: language, search path, fonts, the state folder."""
    use_private_fonts()
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    own = {"BRIEFING_STATE": str(state_dir()), "BRIEFING_CACHE": str(cache_dir())}
    return {**kept, **_SPARING, **own, "FONTCONFIG_FILE": os.environ["FONTCONFIG_FILE"]}


class WorkerClient:
    """One worker process. Jobs run one after the other; use it as a context to have it ended."""

    def __init__(self, module: str) -> None:
        self._jobs = 0
        self._process = subprocess.Popen(
            worker_command(module),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=worker_environment(),
        )

    @property
    def pid(self) -> int:
        """The process id of the worker."""
        return self._process.pid

    def call(
        self,
        verb: str,
        args: Mapping[str, Any],
        body: bytes = b"",
        *,
        timeout: float = 60.0,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Answer:
        """Do one job and wait for its answer.

        Raises `Refused` with the worker's problems, or with one that says that it ended or was
        ended because `timeout` seconds were over; after that a fresh client is needed.
        """
        self._jobs += 1
        overdue = threading.Timer(timeout, self.kill)
        overdue.start()
        try:
            write_message(self._stdin, Message({"id": self._jobs, "verb": verb, "args": dict(args)}, body))
            return self._answer(on_progress)
        except (Broken, OSError) as fault:
            self.kill()
            raise Refused(_ended(str(fault))) from fault
        finally:
            overdue.cancel()

    def kill(self) -> None:
        """End the worker at once; that is also how a job is cancelled."""
        self._process.kill()

    def close(self) -> None:
        """End the worker and free its pipes."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                _close(stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def _stdin(self) -> IO[bytes]:
        return _open(self._process.stdin)

    def _answer(self, on_progress: Callable[[Progress], None] | None) -> Answer:
        stdout = _open(self._process.stdout)
        while (message := read_reply(stdout, self._jobs)).head["kind"] == "progress":
            progress = progress_of(message)
            if on_progress is not None:
                on_progress(progress)
        return answer_of(message)


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise Broken("a worker without pipes")
    return stream


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except BrokenPipeError:
        # Bytes for a worker that is gone already.
        return


def _ended(reason: str) -> Problem:
    return error(
        "worker.ended",
        NOWHERE,
        Label(f"The background process ended before it answered ({reason}).", f"背景程序未回覆即結束（{reason}）。"),
        Label("Try again; a fresh one is started.", "請再試一次，程式會另行啟動新的背景程序。"),
    )
