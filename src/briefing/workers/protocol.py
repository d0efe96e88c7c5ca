"""How a window and its workers speak: one JSON line with `bytes: n`, then n raw bytes, both ways.

A request is `{"id", "verb", "args", "bytes"}`. A reply is `{"id", "kind", "bytes", …}` where kind is
`progress` (`done` from 0 to 1, `label`), `done` (`result`) or `refused` (`problems`). Whatever comes
in is checked like foreign input; paths never travel.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.problems import problem_from_json as read_problem
from briefing.text import Label

LONGEST_LINE = 64 * 1024 * 1024
MOST_BYTES = 64 * 1024 * 1024
_KINDS = ("progress", "done", "refused")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its line as a dict (without `bytes`) and its raw bytes."""

    head: Mapping[str, Any]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler gives back: plain values for the line, and raw bytes."""

    result: Mapping[str, Any]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, from 0 to 1, and what it is doing."""

    done: float
    label: Label


@dataclass(frozen=True, slots=True)
class Job:
    """What a handler gets: plain arguments, raw bytes, and a way to say how far it is (0 to 1)."""

    args: Mapping[str, Any]
    body: bytes
    report: Callable[[float, Label], None]


Handler = Callable[[Job], Answer]


class Broken(Exception):
    """The other end does not keep to the protocol, or is gone. Nothing more can be read from it."""


def write_message(stream: IO[bytes], message: Message) -> None:
    """Write one message and flush it."""
    line = json.dumps({**message.head, "bytes": len(message.body)}, ensure_ascii=False, allow_nan=False)
    stream.write(line.encode("utf-8") + b"\n" + message.body)
    stream.flush()


def read_message(stream: IO[bytes]) -> Message | None:
    """The next message, or None when the other end closed between two. Raises `Broken` for anything else."""
    line = stream.readline(LONGEST_LINE + 1)
    if not line:
        return None
    if not line.endswith(b"\n"):
        raise Broken("a line without end")
    head = _head(line)
    count = head.pop("bytes", None)
    if type(count) is not int or not 0 <= count <= MOST_BYTES:
        raise Broken("a line without a proper count of bytes")
    return Message(head, _exactly(stream, count))


def serve(handlers: Mapping[str, Handler], stdin: IO[bytes], stdout: IO[bytes]) -> None:
    """Answer requests until the other end closes.

    What a handler refuses, and running out of memory or stack, are answers; any other error ends
    the worker, and the window starts a fresh one.
    """
    while (message := read_message(stdin)) is not None:
        number, verb, args = _request(message)

        def report(done: float, label: Label, number: int = number) -> None:
            words = {"en": label.en, "zh": label.zh}
            write_message(stdout, Message({"id": number, "kind": "progress", "done": done, "label": words}))

        write_message(stdout, _reply(handlers, number, verb, Job(args, message.body, report)))


def problem_from_json(value: object) -> Problem:
    """A problem off the line, every field checked. Raises `Broken`."""
    if not isinstance(value, dict):
        raise Broken("a problem that is no table")
    try:
        return read_problem(value)
    except ValueError as fault:
        raise Broken(f"a problem with {fault}") from fault


def read_reply(stream: IO[bytes], job: int) -> Message:
    """The next reply to a job. Raises `Broken` when it belongs to another or has an unknown shape."""
    message = read_message(stream)
    if message is None:
        raise Broken("the worker is gone")
    if message.head.get("id") != job or message.head.get("kind") not in _KINDS:
        raise Broken("a reply to nothing that was asked")
    return message


def answer_of(message: Message) -> Answer:
    """The answer in a reply of kind `done`. Raises `Refused` for one of kind `refused`, `Broken` otherwise."""
    if message.head["kind"] == "refused":
        problems = message.head.get("problems")
        if not isinstance(problems, list) or not problems:
            raise Broken("a refusal without a reason")
        raise Refused(*(problem_from_json(problem) for problem in problems))
    result = message.head.get("result")
    if message.head["kind"] != "done" or not isinstance(result, dict):
        raise Broken("an answer without a result")
    return Answer(result, message.body)


def progress_of(message: Message) -> Progress:
    """The progress in a reply of kind `progress`. Raises `Broken`."""
    try:
        label = message.head["label"]
        return Progress(min(1.0, max(0.0, float(message.head["done"]))), Label(str(label["en"]), str(label["zh"])))
    except (KeyError, TypeError, ValueError) as fault:
        raise Broken(f"progress without {fault}") from fault


def _request(message: Message) -> tuple[int, str, Mapping[str, Any]]:
    job, verb, args = (message.head.get(key) for key in ("id", "verb", "args"))
    if type(job) is not int or not isinstance(verb, str) or not isinstance(args, dict):
        raise Broken("a request without id, verb and args")
    return job, verb, args


def _reply(handlers: Mapping[str, Handler], number: int, verb: str, job: Job) -> Message:
    try:
        answer = _handled(handlers, verb, job)
    except Refused as refusal:
        return _refusal(number, *refusal.problems)
    except (MemoryError, RecursionError):
        return _refusal(number, _too_large(verb))
    return Message({"id": number, "kind": "done", "result": dict(answer.result)}, answer.body)


def _handled(handlers: Mapping[str, Handler], verb: str, job: Job) -> Answer:
    if verb not in handlers:
        raise Refused(_unknown(verb))
    answer = handlers[verb](job)
    if len(answer.body) > MOST_BYTES:
        raise Refused(_too_large(verb))
    return answer


def _refusal(job: int, *problems: Problem) -> Message:
    return Message({"id": job, "kind": "refused", "problems": [problem.as_json() for problem in problems]})


def _head(line: bytes) -> dict[str, Any]:
    try:
        head = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise Broken("a line that is no JSON") from fault
    if not isinstance(head, dict):
        raise Broken("a line that is no table")
    return head


def _exactly(stream: IO[bytes], count: int) -> bytes:
    parts: list[bytes] = []
    while count:
        part = stream.read(count)
        if not part:
            raise Broken("fewer bytes than announced")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _unknown(verb: str) -> Problem:
    return error(
        "worker.verb",
        NOWHERE,
        Label(f"The worker does not know how to “{verb}”.", f"背景程序不支援「{verb}」。"),
        Label("This is a fault of the program; please report it.", "這是程式的錯誤，請回報。"),
    )


def _too_large(verb: str) -> Problem:
    return error(
        "worker.limit",
        NOWHERE,
        Label(f"The job “{verb}” needs more memory than it may use.", f"作業「{verb}」所需的記憶體超出上限。"),
        Label("Make the note or the data smaller, or divide it.", "請縮小或拆分報告或資料。"),
    )
