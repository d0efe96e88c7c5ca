"""What a writer left behind that was killed: temporary files, and tables of a file whose other tables never came."""

from __future__ import annotations

import contextlib
from pathlib import Path

from briefing.data.holder import is_alive
from briefing.data.stores.contents import contents
from briefing.data.stores.lock import read_lock


def clear_leftovers(data: Path) -> None:
    """Take away what no reader sees. To be called under the lock, after a writer that ended without giving it back.

    A program that waits for the lock has a temporary file in the folder too: it stays.
    """
    temporary = [path for path in data.rglob(".~*.tmp") if path.parent != data or _is_dead(path)]
    for path in (*temporary, *(item.path for item in contents(data, alone=True).unfinished)):
        with contextlib.suppress(OSError):
            path.unlink()


def _is_dead(path: Path) -> bool:
    held = read_lock(path)
    return held is None or not is_alive(held.holder)
