"""A worker for tests: echoes, waits, dies, hangs and lies on demand."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from briefing.problems import NOWHERE, Refused, error
from briefing.text import Label
from briefing.workers.protocol import Answer, Job, serve

_told: list[str] = []


def echo(job: Job) -> Answer:
    """Give back what came."""
    return Answer({"args": dict(job.args), "told": list(_told)}, job.body)


def told(job: Job) -> Answer:
    """Remember what was said at the start."""
    _told.append(str(job.args["what"]))
    return Answer({})


def report(job: Job) -> Answer:
    """Say how far it is."""
    job.report(0.5, Label("Half", "一半"))
    return Answer({})


def refuse(job: Job) -> Answer:
    """Refuse."""
    raise Refused(error("fake.no", NOWHERE, Label("No.", "不行。"), Label("Ask again.", "請再試。")))


def die(job: Job) -> Answer:
    """End the process; with a marker file only the first time."""
    marker = job.args.get("once")
    if marker and Path(str(marker)).exists():
        return Answer({"lived": True})
    if marker:
        Path(str(marker)).touch()
    os._exit(9)


def hang(job: Job) -> Answer:
    """Never answer."""
    Path(str(job.args["began"])).touch()
    while True:
        time.sleep(1)


def lie(job: Job) -> Answer:
    """Break the protocol."""
    sys.stdout.buffer.write(b"this is no message\n")
    sys.stdout.buffer.flush()
    return Answer({})


serve(
    {"echo": echo, "told": told, "report": report, "refuse": refuse, "die": die, "hang": hang, "lie": lie},
    sys.stdin.buffer,
    sys.stdout.buffer,
)
