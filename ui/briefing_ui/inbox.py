"""Messages out of a stream of bytes that arrives in pieces, checked like foreign input."""

from __future__ import annotations

import json
from typing import Any

from briefing.workers.protocol import LONGEST_LINE, MOST_BYTES, Broken, Message


class Inbox:
    """Collects what a worker writes. `add` gives the messages that are complete; raises `Broken`."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._head: dict[str, Any] | None = None
        self._count = 0
        self._searched = 0

    def add(self, piece: bytes) -> list[Message]:
        """Take the next piece of the stream."""
        self._bytes += piece
        found: list[Message] = []
        while (message := self._next()) is not None:
            found.append(message)
        return found

    def _next(self) -> Message | None:
        if self._head is None and not self._read_head():
            return None
        if self._head is None or len(self._bytes) < self._count:
            return None
        message = Message(self._head, bytes(self._bytes[: self._count]))
        del self._bytes[: self._count]
        self._head, self._searched = None, 0
        return message

    def _read_head(self) -> bool:
        end = self._bytes.find(b"\n", self._searched)
        if end < 0:
            if len(self._bytes) > LONGEST_LINE:
                raise Broken("a line without end")
            self._searched = len(self._bytes)
            return False
        head = _table(bytes(self._bytes[:end]))
        count = head.pop("bytes", None)
        if type(count) is not int or not 0 <= count <= MOST_BYTES:
            raise Broken("a line without a proper count of bytes")
        del self._bytes[: end + 1]
        self._head, self._count = head, count
        return True


def _table(line: bytes) -> dict[str, Any]:
    try:
        head = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise Broken("a line that is no JSON") from fault
    if not isinstance(head, dict):
        raise Broken("a line that is no table")
    return head
