"""The second place for text whose own file cannot be written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from briefing.data.writing import write_file
from briefing.store.places import rescue_dir
from briefing.store.versions import digest_of

_Place = Callable[[], Path]


def rescue(content: bytes, name: str) -> Path | None:
    """Write bytes to the first place that takes them: state folder, runtime folder, home, temporary folder.

    Returns the file, or None when no place took them. The same bytes go to the same file.
    """
    stem = Path(name).stem.encode()[:120].decode(errors="ignore")
    file = f"{stem} (rescued {digest_of(content)[:8]}).brief"
    for place in _places():
        try:
            target = place() / file
            write_file(target, content, 0o600)
        except OSError:
            continue
        return target
    return None


def _places() -> Iterator[_Place]:
    yield rescue_dir
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime:
        yield lambda: Path(runtime)
    yield Path.home
    yield lambda: Path(tempfile.gettempdir())
