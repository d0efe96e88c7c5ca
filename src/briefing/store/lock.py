"""Who has a note open: a courtesy between two programs, never what keeps a text safe."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from briefing.data.holder import Holder, is_alive, this_program
from briefing.data.writing import write_file

_NAME = "open.json"


def holder(folder: Path) -> Holder | None:
    """Who has the note of a folder open; None when nobody does, or when that program has ended."""
    try:
        held = Holder(**json.loads((folder / _NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return held if is_alive(held) else None


def take(folder: Path) -> Holder | None:
    """Mark a note as open here; whoever has it open elsewhere is returned and keeps the mark.

    Raises `OSError` where the folder takes no file; the note can be used all the same.
    """
    other = holder(folder)
    if other is not None and other != this_program():
        return other
    write_file(folder / _NAME, json.dumps(asdict(this_program())).encode(), 0o600)
    return None


def give_back(folder: Path) -> None:
    """Take away the mark if it is ours."""
    if holder(folder) == this_program():
        (folder / _NAME).unlink(missing_ok=True)
