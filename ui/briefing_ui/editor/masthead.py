"""The title of a note as a block of the editor, so that it is written like any other text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.blocks import editing
from briefing.blocks.registry import authored
from briefing.note import Block, Note
from briefing.text import Label, Side, Text

MASTHEAD = ""
"""The id of the masthead, which is also how checks name the place of the title."""

TITLE = Label("Title", "標題")


@dataclass(frozen=True, kw_only=True)
class Masthead(Block):
    """The title alone. It is no block of the note, and is never stored."""

    title: Text = authored(TITLE)


def with_masthead(note: Note, before: Masthead | None) -> tuple[Block, ...]:
    """The blocks of a note below its masthead, which is the same as before while the title is."""
    if before is not None and before.title == note.title:
        return (before, *note.blocks)
    return (Masthead(id=MASTHEAD, title=note.title), *note.blocks)


def written(note: Note, block: str, path: str, side: Side, words: str) -> Note:
    """The note with one side of one text exchanged, that of the title included."""
    if block != MASTHEAD:
        return editing.typed(note, block, path, side, words)
    return replace(note, title=note.title.with_side(side, words))
