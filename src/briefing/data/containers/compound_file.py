"""OLE2 compound files, which old Office documents are: the names and bytes of the streams inside."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece
from briefing.problems import Refused

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_LAST_SECTOR = 0xFFFFFFFA
_DIRECT = 109
_MINI = 64


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file. Every sector is read at most once, so that no chain goes in circles."""

    def __init__(self, piece: Piece) -> None:
        """Read the tables of sectors and the directory. Raises `Refused` for a damaged file."""
        self._title, self._content = piece.title, piece.content
        if len(piece.content) < _HEADER:
            raise self._damaged()
        shift, _ = struct.unpack_from("<HH", piece.content, 30)
        if shift not in {9, 12}:
            raise self._damaged()
        self._size = 1 << shift
        directory, _, self._cutoff, mini, _, more, _ = struct.unpack_from("<IIIIIII", piece.content, 48)
        self._table = self._numbers(self._table_sectors(more))
        self._entries = self._directory(directory)
        self._mini_table = self._numbers(self._chain(mini, self._table))
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        self._mini_stream = self._joined(root.start) if root else b""

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams and storages."""
        return frozenset(entry.name for entry in self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises `Refused` for a damaged one, `KeyError` when it is not there."""
        entry = next((entry for entry in self._entries if entry.kind == _STREAM and entry.name == name), None)
        if entry is None:
            raise KeyError(name)
        if entry.size >= self._cutoff:
            data = self._joined(entry.start)
        else:
            places = self._chain(entry.start, self._mini_table)
            data = b"".join(self._mini_stream[at * _MINI : (at + 1) * _MINI] for at in places)
        if len(data) < entry.size:
            raise self._damaged()
        return data[: entry.size]

    def _sector(self, at: int) -> bytes:
        start = (at + 1) * self._size
        data = self._content[start : start + self._size]
        if not data:
            raise self._damaged()
        return data

    def _joined(self, start: int) -> bytes:
        return b"".join(self._sector(at) for at in self._chain(start, self._table))

    def _chain(self, start: int, table: list[int]) -> list[int]:
        chain: list[int] = []
        at = start
        while at < _LAST_SECTOR:
            if at >= len(table) or len(chain) > len(table):
                raise self._damaged()
            chain.append(at)
            at = table[at]
        return chain

    def _table_sectors(self, more: int) -> list[int]:
        """Where the table of sectors lies: the first 109 places stand in the header, the rest in a chain."""
        places = list(struct.unpack_from(f"<{_DIRECT}I", self._content, 76))
        read = 0
        while more < _LAST_SECTOR:
            read += 1
            if read > len(self._content) // self._size:
                raise self._damaged()
            *some, more = self._numbers([more])
            places += some
        return [place for place in places if place < _LAST_SECTOR]

    def _numbers(self, sectors: list[int]) -> list[int]:
        data = b"".join(self._sector(at) for at in sectors)
        if len(data) % 4:
            raise self._damaged()
        return list(struct.unpack(f"<{len(data) // 4}I", data))

    def _directory(self, start: int) -> list[_Entry]:
        data = self._joined(start)
        entries = []
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            first, size = struct.unpack_from("<II", data, at + 116)
            name = data[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
            entries.append(_Entry(name, kind, first, size))
        return entries

    def _damaged(self) -> Refused:
        return refused(self._title, "an old Office file that is cut off or damaged", "舊版Office檔不完整或毀損")
