"""gzip: one file inside, inflated while its bytes are counted."""

from __future__ import annotations

import zlib
from dataclasses import replace

from briefing.data.containers.limits import MOST_IN_MEMORY, MOST_RATIO, SMALL
from briefing.data.containers.looking import look_into
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece, container
from briefing.data.containers.table import Found
from briefing.text import Label

_CHUNK = 1 << 20
_MEMBER = 31
"""What tells zlib that a gzip header stands before the data."""


@container("gzip", Label("gzip archive", "gzip壓縮檔"), lambda content: content.startswith(b"\x1f\x8b"))
def open_gzip(piece: Piece) -> tuple[Found, ...]:
    """The tables of the file inside. Raises `Refused` for a damaged one and for one that grows too large."""
    if piece.inner:
        raise refused(piece.title, "an archive in an archive", "壓縮檔中又有壓縮檔")
    inside = replace(piece, content=_inflated(piece), inner=True)
    return look_into(inside)[1]


def _inflated(piece: Piece) -> bytes:
    out: list[bytes] = []
    size, rest = 0, piece.content
    while rest:
        stream = zlib.decompressobj(_MEMBER)
        while rest and not stream.eof:
            try:
                out.append(stream.decompress(rest, _CHUNK))
            except zlib.error as fault:
                raise refused(piece.title, f"gzip data are damaged ({fault})", f"gzip資料毀損（{fault}）") from fault
            size += len(out[-1])
            _check_size(piece, size)
            rest = stream.unconsumed_tail
        if not stream.eof:
            raise refused(piece.title, "the gzip archive is cut off", "gzip壓縮檔不完整")
        rest = stream.unused_data.lstrip(b"\x00")
    return b"".join(out)


def _check_size(piece: Piece, size: int) -> None:
    if size > MOST_IN_MEMORY:
        raise refused(piece.title, "would expand beyond 200 MB", "解壓縮後超過200 MB")
    if size > SMALL and size > MOST_RATIO * len(piece.content):
        raise refused(piece.title, f"would expand more than {MOST_RATIO} times", f"解壓縮後膨脹超過{MOST_RATIO}倍")
