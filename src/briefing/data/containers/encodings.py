"""From bytes to text: by the mark, as UTF-8, or by a guess that is said and can be overruled."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece
from briefing.problems import Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and the encoding that made it of bytes; `guessed` when neither a mark nor UTF-8 nor a person said so."""

    text: str
    encoding: str
    guessed: bool = False


def decode(piece: Piece) -> Decoded:
    """The text of bytes, without its mark. Raises `Refused` with line and byte for what is no text."""
    found = _decoded(piece)
    return Decoded(found.text.removeprefix("\ufeff"), found.encoding, found.guessed)


def _decoded(piece: Piece) -> Decoded:
    for mark, encoding in _BOMS:
        if piece.content.startswith(mark):
            return Decoded(_strictly(piece, encoding), encoding)
    if b"\x00" in piece.content[:65536]:
        line = piece.content[: piece.content.index(b"\x00")].count(b"\n") + 1
        raise refused(
            piece.title, "a binary file, or UTF-16 without its mark", "二進位檔，或缺少標記的UTF-16檔", line=line
        )
    try:
        return Decoded(piece.content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as fault:
        return _guessed(piece, fault)


def _strictly(piece: Piece, encoding: str) -> str:
    try:
        return piece.content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _undecodable(piece, fault) from fault


def _guessed(piece: Piece, fault: UnicodeDecodeError) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(piece.content).best()
    if best is None:
        raise _undecodable(piece, fault) from fault
    return Decoded(str(best), best.encoding, guessed=True)


def _undecodable(piece: Piece, fault: UnicodeDecodeError) -> Refused:
    before = piece.content[: fault.start]
    line, column = before.count(b"\n") + 1, fault.start - before.rfind(b"\n")
    return refused(
        piece.title,
        f"byte {column} is not text in {fault.encoding}",
        f"第{column}個位元組無法以{fault.encoding}解讀",
        line=line,
        cell=str(column),
    )
