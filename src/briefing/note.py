"""The note: an immutable value. An edit is a function from a note to the next one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date as Day  # noqa: N812 - a field is called date
from types import MappingProxyType
from typing import Literal

from briefing.text import Text

Region = Literal["zh-Hant-TW", "zh-Hant-HK", "zh-Hans-CN"]
Raw = Mapping[str, object]
FORMAT = 1
"""The format of note files that this program writes."""

NOTHING: Raw = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Block:
    """The unit of a note. The id is short, random and stable. `extra` keeps unknown keys as read."""

    id: str
    extra: Raw = field(default_factory=lambda: NOTHING, repr=False, hash=False)


@dataclass(frozen=True, kw_only=True)
class Note:
    """A dated note. `as_of` None means the newest observation, `vintage` None everything that was loaded.

    `extra` keeps unknown keys of `[note]`, `outside` unknown ones beside it, `format` that of the file.
    """

    date: Day
    as_of: Day | None = None
    vintage: str | None = None
    region: Region = "zh-Hant-TW"
    style: str = "morning"
    title: Text = Text()
    blocks: tuple[Block, ...] = ()
    extra: Raw = field(default_factory=lambda: NOTHING, repr=False, hash=False)
    outside: Raw = field(default_factory=lambda: NOTHING, repr=False, hash=False)
    format: int = FORMAT


def new_id() -> str:
    """A fresh block id: eight random characters."""
    return secrets.token_hex(4)


def block_of(note: Note, block_id: str) -> Block:
    """The block with this id. Raises `KeyError`."""
    return note.blocks[index_of(note, block_id)]


def index_of(note: Note, block_id: str) -> int:
    """The place of a block in its note. Raises `KeyError`."""
    for index, block in enumerate(note.blocks):
        if block.id == block_id:
            return index
    raise KeyError(block_id)


def with_block(note: Note, block: Block) -> Note:
    """The note with the block of the same id exchanged. An equal block gives the same note."""
    index = index_of(note, block.id)
    if note.blocks[index] == block:
        return note
    return replace(note, blocks=(*note.blocks[:index], block, *note.blocks[index + 1 :]))


def with_inserted(note: Note, block: Block, after: str | None = None) -> Note:
    """The note with a new block after another one, or at its start."""
    index = 0 if after is None else index_of(note, after) + 1
    return replace(note, blocks=(*note.blocks[:index], block, *note.blocks[index:]))


def without_block(note: Note, block_id: str) -> Note:
    """The note without a block."""
    index = index_of(note, block_id)
    return replace(note, blocks=(*note.blocks[:index], *note.blocks[index + 1 :]))


def with_moved(note: Note, block_id: str, step: int) -> Note:
    """The note with a block moved up (negative) or down; it stops at the ends."""
    index = index_of(note, block_id)
    target = max(0, min(len(note.blocks) - 1, index + step))
    if target == index:
        return note
    rest = [block for block in note.blocks if block.id != block_id]
    return replace(note, blocks=(*rest[:target], note.blocks[index], *rest[target:]))
