"""The note file `.brief`: canonical TOML, nothing volatile in it, nothing of it lost.

`format = 1` stands first, then `[note]`, then a `[[block]]` for each block. Changing one paragraph
changes the two lines of its sides and no other. A file of this program says on its second line how it
ends, so that one that was cut is told even where the cut falls between two lines.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from briefing.blocks.registry import BLOCK_TYPES, type_of
from briefing.blocks.unknown import UnknownBlock
from briefing.note import FORMAT, Block, Note
from briefing.problems import Problem, Refused
from briefing.store import file_faults as faults
from briefing.store.fields import Table, Unfit, as_table, from_table, frozen, thawed
from briefing.store.migrations import migrated
from briefing.store.prescan import Scanned, place_of, scan
from briefing.store.salvage import salvage
from briefing.store.toml_text import table_lines

__all__ = ["note_bytes", "read_note", "salvage"]

END = "# end"
PROMISE = f'# This note is whole when its last line reads "{END}".'

_OWN = frozenset({"blocks", "outside", "format"})
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_FORMAT = re.compile(rb"(?:\xef\xbb\xbf)?\s*format\s*=\s*(\d{1,4})\b")
_HEAD = re.compile(r"^[ \t]*\[\[?[ \t]*(?P<name>note|block)[ \t]*\]", re.MULTILINE)


def note_bytes(note: Note) -> bytes:
    """A note as the bytes of its file: the same note always gives the same bytes."""
    outside = thawed(note.outside)
    single = {key: value for key, value in outside.items() if not _is_table(value)}
    lines = [f"format = {note.format}", PROMISE, *table_lines(single, "")]
    lines += ["", "[note]", *table_lines(as_table(note, without=_OWN), "note")]
    for block in note.blocks:
        lines += ["", "[[block]]", *table_lines(block_table(block), "block")]
    lines += table_lines({key: value for key, value in outside.items() if key not in single}, "")
    return ("\n".join([*lines, "", END]) + "\n").encode()


def read_note(content: bytes, name: str = "note") -> tuple[Note, tuple[Problem, ...]]:
    """A note from the bytes of its file, with what is odd about it. `name` is for the messages.

    A block that cannot be read is kept as it is, with a problem. Raises `Refused` with line and
    column for bytes that are no note, that were cut, or that are made to cost time and memory.
    """
    scanned = scan(content, name)
    table, found = _parsed(scanned, name)
    head, blocks = table.pop("note", None), table.pop("block", [])
    if not isinstance(head, dict) or not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        raise Refused(faults.no_note(name))
    try:
        note: Note = from_table(Note, head, without=_OWN)
    except Unfit as unfit:
        raise Refused(faults.unfit(name, _place(scanned, "note", 0, unfit.key), unfit)) from unfit
    problems = [faults.newer(name, found)] if found > FORMAT else []
    taken: set[str] = set()
    read: list[Block] = []
    for index, entry in enumerate(blocks):
        block_id, odd = _id(entry, index, taken, scanned, name)
        block, unread = _block(entry, block_id, index, scanned, name)
        taken.add(block_id)
        read.append(block)
        problems += (*odd, *unread)
    outside = frozen(table)
    return replace(note, blocks=tuple(read), outside=outside, format=max(found, FORMAT)), tuple(problems)


def format_of(content: bytes) -> int:
    """The format that a note file says it has, 0 where it says nothing."""
    match = _FORMAT.match(content)
    return int(match[1]) if match else 0


def block_text(block: Block) -> str:
    """A block alone, as it stands in its file."""
    return "\n".join(["[[block]]", *table_lines(block_table(block), "block")])


def text_block(text: str) -> Block:
    """The opposite of `block_text`. Raises `ValueError`, `Unfit` for a text that is no block."""
    (table,) = tomllib.loads(text)["block"]
    return block_from(table, table["id"])


def block_table(block: Block) -> dict[str, Any]:
    """A block as the table that stands in its file."""
    if isinstance(block, UnknownBlock):
        return {"id": block.id, **({"type": block.name} if block.name else {}), **thawed(block.raw)}
    table = as_table(block)
    return {"id": table.pop("id"), "type": type_of(block).name, **table}


def block_from(table: Table, block_id: str) -> Block:
    """A block from its table. Raises `Unfit`; a type that is not known gives an `UnknownBlock`."""
    rest = {key: value for key, value in table.items() if key not in {"id", "type"}}
    name = table.get("type")
    known = BLOCK_TYPES.get(name) if isinstance(name, str) else None
    if known is None:
        return _unknown(table, block_id)
    block: Block = from_table(known.cls, {"id": block_id, **rest})
    return block


def _unknown(table: Table, block_id: str) -> UnknownBlock:
    name = table.get("type")
    claimed = {"id", "type"} if isinstance(name, str) else {"id"}
    raw = {key: value for key, value in table.items() if key not in claimed}
    return UnknownBlock(id=block_id, name=name if isinstance(name, str) else "", raw=frozen(raw))


def _parsed(scanned: Scanned, name: str) -> tuple[dict[str, Any], int]:
    """The file as a table of the present format, and the format that it has on disk."""
    try:
        table = tomllib.loads(scanned.text)
    except (tomllib.TOMLDecodeError, ValueError) as fault:
        raise Refused(faults.damaged(name, _fault_place(scanned.text, str(fault)))) from fault
    lines = scanned.text.rstrip().split("\n")
    if PROMISE in lines[:3] and lines[-1] != END:
        raise Refused(faults.damaged(name, (len(lines), len(lines[-1]) + 1)))
    found = table.pop("format", None)
    if type(found) is not int or found < 1:
        raise Refused(faults.no_note(name))
    return migrated(table, found), found


def _block(entry: Table, block_id: str, index: int, scanned: Scanned, name: str) -> tuple[Block, Iterator[Problem]]:
    try:
        return block_from(entry, block_id), iter(())
    except Unfit as unfit:
        place = _place(scanned, "block", index, unfit.key)
        return _unknown(entry, block_id), iter([faults.unfit_block(name, place, block_id, unfit)])


def _id(entry: Table, index: int, taken: set[str], scanned: Scanned, name: str) -> tuple[str, list[Problem]]:
    """The id of a block. One that is missing or used before is made from its place, the same at each reading."""
    found = entry.get("id")
    if isinstance(found, str) and _ID.fullmatch(found) and found not in taken:
        return found, []
    tries = (blake2b(f"{index}/{found}/{salt}".encode(), digest_size=4).hexdigest() for salt in range(len(taken) + 1))
    fresh = next(block_id for block_id in tries if block_id not in taken)
    return fresh, [faults.new_id(name, _place(scanned, "block", index, "id"), fresh)]


def _place(scanned: Scanned, table: str, index: int, key: str) -> tuple[int, int]:
    """Line and column of a key in the n-th table of a name, or else of that table's head."""
    heads = [match for match in _HEAD.finditer(scanned.bare) if match["name"] == table]
    if index >= len(heads):
        return 1, 1
    head = heads[index]
    found = re.compile(rf"^[ \t]*{re.escape(key)}(?:_en|_zh)?[ \t]*=", re.MULTILINE).search(scanned.bare, head.end())
    later = _HEAD.search(scanned.bare, head.end())
    if found is None or (later is not None and found.start() > later.start()):
        return place_of(scanned.bare, head.start())
    return place_of(scanned.bare, found.start())


def _fault_place(text: str, reason: str) -> tuple[int, int]:
    match = _AT.search(reason)
    if match is not None:
        return int(match[1]), int(match[2])
    return place_of(text, len(text.rstrip("\n")))


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
    )
