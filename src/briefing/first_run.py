"""What `make run` does: the main job on the sample workspace, in a window where there is a display."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

from briefing.resources import use_private_fonts
from briefing.sample import SAMPLE_NOTE, open_sample

_FOLDER = Path("build", "sample")


def main() -> int:
    """Open the window on the sample note, or render it where there is no display."""
    use_private_fonts()
    workspace = open_sample(_FOLDER / "workspace")
    note = workspace.notes / SAMPLE_NOTE
    if has_display():
        program = importlib.import_module("briefing_ui.app")
        return int(program.main([str(note)]))
    from briefing.render.edition import EditionChoice, write_edition

    target = _FOLDER / "note.pdf"
    write_edition(workspace, note, target, EditionChoice())
    sys.stdout.write(f"PDF: {target.as_posix()}\n")
    return 0


def has_display() -> bool:
    """Whether a window can be shown: always but on a Unix without a display server."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
