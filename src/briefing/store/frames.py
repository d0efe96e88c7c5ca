"""The bytes of a typing journal: a header with the note as it was, then records that stand or fall alone.

Header: magic, lengths of the head and of the base, CRC-32 of both, the head as JSON, the base bytes.
Record: length of the payload, CRC-32, sequence number, kind, payload as JSON.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any
from zlib import crc32

MAGIC = b"MBJ1\r\n\x1a\n"
HEAD = frozenset({"identity", "path", "lineage", "generation", "writer"})
"""The keys of the head of a journal that this version writes."""

_LENGTHS = struct.Struct("<III")
_FRAME = struct.Struct("<IIQB")
_PART = struct.Struct("<QB")

Payload = Mapping[str, Any]


class Kind(IntEnum):
    """What a record holds: changes of blocks, a whole note, or the digest of a save that is about to happen."""

    CHANGES = 1
    NOTE = 2
    SAVING = 3


@dataclass(frozen=True, slots=True)
class Record:
    """One record. Order is the sequence number, never the clock."""

    sequence: int
    kind: Kind
    payload: Payload


@dataclass(frozen=True, slots=True)
class Frames:
    """What a journal holds: head, base, the records up to the first bad one, and the bytes from there on."""

    head: Payload
    base: bytes
    records: tuple[Record, ...]
    rest: bytes


def header(head: Payload, base: bytes) -> bytes:
    """The beginning of a journal."""
    words = _json(head)
    return MAGIC + _LENGTHS.pack(len(words), len(base), crc32(words + base)) + words + base


def frame(record: Record) -> bytes:
    """A record as bytes."""
    payload = _json(record.payload)
    check = crc32(_PART.pack(record.sequence, record.kind) + payload)
    return _FRAME.pack(len(payload), check, record.sequence, record.kind) + payload


def frames(content: bytes) -> Frames | None:
    """A journal read up to its first bad record; None when its header is not whole."""
    at = len(MAGIC) + _LENGTHS.size
    if len(content) < at or not content.startswith(MAGIC):
        return None
    head_length, base_length, check = _LENGTHS.unpack_from(content, len(MAGIC))
    end = at + head_length + base_length
    if len(content) < end or crc32(content[at:end]) != check:
        return None
    words, base = content[at : at + head_length], content[at + head_length : end]
    records: list[Record] = []
    while (read := _record(content, end, records[-1].sequence if records else None)) is not None:
        records.append(read[0])
        end = read[1]
    return Frames(json.loads(words), base, tuple(records), content[end:])


def _record(content: bytes, at: int, last: int | None) -> tuple[Record, int] | None:
    """The record at a place and where it ends; None when length, check sum or sequence does not fit."""
    start = at + _FRAME.size
    if len(content) < start:
        return None
    length, check, sequence, kind = _FRAME.unpack_from(content, at)
    payload = content[start : start + length]
    if len(payload) < length or crc32(_PART.pack(sequence, kind) + payload) != check:
        return None
    if kind not in set(Kind) or (last is not None and sequence != last + 1):
        return None
    return Record(sequence, Kind(kind), json.loads(payload)), start + length


def _json(payload: Payload) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
