"""All tables of a file, whatever container they are in. The content decides, never the ending."""

from __future__ import annotations

from pathlib import Path

from briefing.data.containers.registry import Piece, container_of
from briefing.data.containers.table import Found, Table
from briefing.data.sniffing import name_of


def open_tables(path: Path, content: bytes, digest: str, *, encoding: str = "") -> tuple[Table, ...]:
    """The tables of a file whose bytes and SHA-256 are known, at least one.

    `encoding` is the one that a person chose for text that does not say its own. Raises `Refused`, with
    the part and the place, for a file that holds no table or is too large to expand.
    """
    kind = container_of(content)
    found = kind.open(Piece(name_of(path), content, encoding=encoding))
    folder = path.resolve().parent
    return tuple(_table(one, folder, digest, len(content), kind.name) for one in found)


def _table(found: Found, folder: Path, digest: str, size: int, kind: str) -> Table:
    return Table(
        folder=folder,
        sha256=digest,
        size=size,
        container=kind,
        grid=found.grid,
        encoding=found.encoding,
        guessed=found.guessed,
        doubts=found.doubts,
    )
