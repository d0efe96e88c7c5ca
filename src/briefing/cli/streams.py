"""The output and error streams of a command, whatever the terminal, the pipe or the disk behind them."""

from __future__ import annotations

import io
import os
import sys

from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.text import Label

_UNSEEN = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
_TURNING = {
    code: f"\\u{code:04x}" for code in (0x061C, *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_VISIBLE = {**_UNSEEN, **_TURNING}


def open_streams() -> None:
    """Give a closed stream somewhere to go, and let one that cannot write a sign spell it instead."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def writes_unicode() -> bool:
    """Whether the output stream can carry every sign."""
    return (sys.stdout.encoding or "utf-8").lower().replace("-", "").startswith("utf")


def seen(text: str) -> str:
    """The text with control and direction signs spelt out, so that no file can play tricks on a terminal."""
    return text.translate(_VISIBLE)


def write_out(text: str) -> None:
    """Write a result. Raises `Refused` when it cannot be kept, `BrokenPipeError` when nobody reads on."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        sys.stdout = _nowhere(sys.stdout.fileno())
        raise Refused(_unwritable(fault)) from fault


def _nowhere(instead_of: int | None = None) -> io.TextIOWrapper:
    """A stream that keeps nothing; it also takes what the one before it still held."""
    handle = os.open(os.devnull, os.O_WRONLY)
    if instead_of is not None:
        os.dup2(handle, instead_of)
    return os.fdopen(handle, "w", encoding="utf-8")


def _unwritable(fault: OSError) -> Problem:
    return error(
        "output.unwritable",
        NOWHERE,
        Label(f"The output cannot be written: {fault.strerror}.", f"無法寫入輸出：{fault.strerror}。"),
        Label("Make room, or send the output elsewhere.", "請騰出空間，或將輸出導向他處。"),
    )
