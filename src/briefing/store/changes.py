"""What changed from one note to the next, small enough to be written at each key."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import takewhile
from typing import Any

from briefing.blocks.registry import texts, with_side
from briefing.note import Block, Note, block_of, with_block
from briefing.store.fields import Unfit
from briefing.store.frames import Kind, Payload
from briefing.store.notefile import block_text, note_bytes, read_note, text_block
from briefing.text import SIDES, Label, Side, Text

_OTHERS = tuple(entry.name for entry in fields(Note) if entry.name != "blocks")


def change(before: Note, after: Note) -> tuple[Kind, Payload]:
    """The difference as a record: spliced texts and whole blocks, or the whole note when its order changed."""
    same_head = all(getattr(before, name) == getattr(after, name) for name in _OTHERS)
    if not same_head or [block.id for block in before.blocks] != [block.id for block in after.blocks]:
        return whole(after)
    pairs = zip(before.blocks, after.blocks, strict=True)
    changes = [_block_change(old, new) for old, new in pairs if old is not new and old != new]
    return Kind.CHANGES, {"changes": changes}


def whole(note: Note) -> tuple[Kind, Payload]:
    """A record that holds all of a note."""
    return Kind.NOTE, {"note": note_bytes(note).decode()}


def applied(note: Note, kind: Kind, payload: Payload) -> Note:
    """The note after a record. Raises `Unfit`, `KeyError`, `ValueError` or `Refused` when it does not fit the note."""
    if kind is Kind.NOTE:
        return read_note(payload["note"].encode())[0]
    for entry in payload.get("changes", ()):
        note = with_block(note, _changed(note, entry))
    return note


def _block_change(old: Block, new: Block) -> dict[str, Any]:
    """A splice when one side of one text is all that differs, else the whole block."""
    if type(old) is type(new):
        sides = [
            (one.path, side, one.text.of(side), other.text.of(side))
            for one, other in zip(texts(old), texts(new), strict=False)
            for side in SIDES
            if one.path == other.path and one.text.of(side) != other.text.of(side)
        ]
        if len(sides) == 1:
            path, side, was, now = sides[0]
            if with_side(old, path, side, now) == new:
                return {"id": old.id, "path": path, "side": side, **_splice(was, now)}
    return {"block": block_text(new)}


def _splice(was: str, now: str) -> dict[str, Any]:
    """The offset in code points, what was removed there and what was inserted."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False)))
    tail = zip(reversed(was[start:]), reversed(now[start:]), strict=False)
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], tail))
    return {"at": start, "removed": was[start : len(was) - end], "inserted": now[start : len(now) - end]}


def _changed(note: Note, entry: Payload) -> Block:
    if "block" in entry:
        return text_block(entry["block"])
    block = block_of(note, entry["id"])
    words = next((e.text.of(entry["side"]) for e in texts(block) if e.path == entry["path"]), None)
    start, end = entry["at"], entry["at"] + len(entry["removed"])
    if words is None or words[start:end] != entry["removed"]:
        raise Unfit(entry["path"], Label("the text that was changed", "原先被更動的文字"))
    return with_side(block, entry["path"], entry["side"], words[:start] + entry["inserted"] + words[end:])


def size_of(before: Note, after: Note) -> tuple[int, int]:
    """Characters added and removed between two notes, block by block and side by side."""
    old, new = _words(before), _words(after)
    splices = [_splice(old.get(key, ""), new.get(key, "")) for key in {**old, **new}]
    return sum(len(s["inserted"]) for s in splices), sum(len(s["removed"]) for s in splices)


def _words(note: Note) -> dict[tuple[str, str, Side], str]:
    title: dict[tuple[str, str, Side], str] = {("", "title", side): note.title.of(side) for side in SIDES}
    return title | {
        (block.id, entry.path, side): entry.text.of(side)
        for block in note.blocks
        for entry in texts(block)
        for side in SIDES
    }


def without_words(note: Note) -> Note:
    """A note of the same head with nothing in it, to count against when nothing was saved."""
    return replace(note, blocks=(), title=Text())
