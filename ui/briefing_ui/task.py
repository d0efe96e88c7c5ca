"""A job for a worker, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.problems import Problem


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a job: its result and bytes, or the problems why there is none."""

    result: Mapping[str, Any]
    body: bytes = b""
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the job was done."""
        return not self.problems


OnReply = Callable[[Reply], None]


@dataclass(frozen=True, slots=True)
class Task:
    """A job as it is asked: a newer one with the same key takes its place."""

    number: int
    verb: str
    args: Mapping[str, Any]
    body: bytes
    key: str
    seconds: float
    on_reply: OnReply
