"""A table as it was found in a file: the file or a sheet or member of it, as a grid of text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.data.reading.grid import Grid
from briefing.text import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A grid that a container holds.

    `encoding` is the one that made text of bytes, empty where the container has no such choice.
    `guessed` says that the encoding is not marked in the file and is not UTF-8. `doubts` are what a
    reader should know before the numbers are used.
    """

    grid: Grid
    encoding: str = ""
    guessed: bool = False
    doubts: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a source file, with what identifies the file: folder, size in bytes, SHA-256."""

    folder: Path
    sha256: str
    size: int
    container: str
    grid: Grid
    encoding: str = ""
    guessed: bool = False
    doubts: tuple[Label, ...] = ()

    @property
    def name(self) -> str:
        """The file's name."""
        return self.grid.name

    @property
    def part(self) -> str:
        """The sheet or the member of an archive; empty when the whole file is the table."""
        return self.grid.part
