"""What a banner says: words, a tone, and what the user can do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from briefing.problems import Problem, Severity
from briefing.text import Label

Tone = Literal["info", "ok", "warning", "error"]
_TONES: dict[Severity, Tone] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a banner."""

    label: Label
    call: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner. One with the same `key` takes the place of an older one; it stays until closed."""

    message: Label
    hint: Label = Label("", "")
    tone: Tone = "info"
    choices: tuple[Choice, ...] = ()
    key: str = ""


def problem_notice(problem: Problem) -> Notice:
    """A problem as a banner, with the file and line that it names."""
    place = problem.place
    if place.file and place.file not in problem.message.en:
        row = f":{place.row}" if place.row else ""
        message = Label(f"{place.file}{row}: {problem.message.en}", f"{place.file}{row}：{problem.message.zh}")
    else:
        message = problem.message
    return Notice(message, problem.hint, _TONES[problem.severity], key=f"{problem.check} {place.file} {place.row}")
