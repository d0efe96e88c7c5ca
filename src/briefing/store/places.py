"""Where the program keeps what belongs to a note, apart from the note file itself."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from briefing.resources import state_dir


def notes_dir() -> Path:
    """The folder that holds one folder for each note."""
    return _private(state_dir() / "notes")


def note_dir(path: Path) -> Path:
    """The folder of the note at a path: journal, history, lock. A link and its target share it."""
    return _private(notes_dir() / blake2b(str(path.resolve()).encode(), digest_size=8).hexdigest())


def unnamed_dir(token: str) -> Path:
    """The folder of a note that has no file yet. The token is the note's own for as long as it has none."""
    return _private(notes_dir() / f"new-{token}")


def second_dirs(identity: str) -> Iterator[Path]:
    """Where the journal of a note may go on when its own folder takes nothing: runtime folder, temporary folder.

    A folder that cannot be made, or that somebody else made, is passed over.
    """
    for root in _second_roots():
        try:
            folder = _private(_private(root) / identity)
        except OSError:
            continue
        if not hasattr(os, "getuid") or root.stat().st_uid == os.getuid():
            yield folder


def journal_dirs() -> tuple[Path, ...]:
    """Every folder that may hold the journal of a note, those of one note next to each other."""
    roots = [notes_dir(), *_second_roots()]
    found = (folder for root in roots if root.is_dir() for folder in root.iterdir() if folder.is_dir())
    return tuple(sorted(found, key=lambda folder: folder.name))


def _second_roots() -> tuple[Path, ...]:
    """One root a state folder, so that two state folders never mix."""
    own = blake2b(str(state_dir().resolve()).encode(), digest_size=6).hexdigest()
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    places = [runtime, tempfile.gettempdir()] if runtime else [tempfile.gettempdir()]
    user = os.getuid() if hasattr(os, "getuid") else 0
    return tuple(Path(place, f"market-briefing-{user}-{own}") for place in places)


def rescue_dir() -> Path:
    """Where text goes whose file cannot be written."""
    return _private(state_dir() / "rescued")


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
