"""All tables of a file, whatever container they are in. The content decides, never the ending."""

from __future__ import annotations

from pathlib import Path

from briefing.data.containers.looking import look_into
from briefing.data.containers.registry import Piece
from briefing.data.containers.table import Table
from briefing.data.sniffing import folder_of, is_held, name_of
from briefing.text import Label

_UNSAVED = Label(
    "The file is open in another program; changes that are not saved are not read.",
    "檔案正由其他程式開啟，未存檔的變更不會讀入。",
)


def open_tables(path: Path, content: bytes, digest: str, *, encoding: str = "") -> tuple[Table, ...]:
    """The tables of a file whose bytes and SHA-256 are known, at least one.

    `encoding` is the one that a person chose for text that does not say its own. Raises `Refused`, with
    the part and the place, for a file that holds no table or is too large to expand.
    """
    kind, found = look_into(Piece(name_of(path), content, encoding=encoding))
    folder = folder_of(path)
    held = (_UNSAVED,) if is_held(path) else ()
    return tuple(
        Table(
            folder=folder,
            sha256=digest,
            size=len(content),
            container=kind.name,
            grid=one.grid,
            encoding=one.encoding,
            guessed=one.guessed,
            doubts=(*one.doubts, *held),
        )
        for one in found
    )
