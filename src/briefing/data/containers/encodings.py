"""From bytes to text: by the mark, as UTF-8, or by a guess that is said and can be overruled."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

from briefing.data.containers.han import CHINESE, likeness, text_in
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece
from briefing.problems import Refused
from briefing.text import Label, shortened

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf_7", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le")
_LOOKED_AT = 65_536
_JUDGED = 1_000_000
_PLAUSIBLE = 0.9
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and the encoding that made it of bytes; `guessed` when neither a mark nor UTF-8 nor a person said so."""

    text: str
    encoding: str
    guessed: bool = False


def decode(piece: Piece) -> Decoded:
    """The text of bytes, without its mark.

    Raises `Refused` with line and byte for what is no text, and with both readings when two Chinese
    encodings fit equally well.
    """
    found = _decoded(piece)
    return Decoded(found.text.removeprefix("\ufeff"), found.encoding, found.guessed)


def _decoded(piece: Piece) -> Decoded:
    for mark, encoding in _BOMS:
        if piece.content.startswith(mark):
            return Decoded(_strictly(piece, encoding), encoding)
    if piece.encoding:
        return Decoded(_strictly(piece, piece.encoding), piece.encoding)
    if b"\x00" in piece.content[:_LOOKED_AT]:
        return _without_mark(piece)
    try:
        return Decoded(piece.content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as fault:
        return _guessed(piece, fault)


def _strictly(piece: Piece, encoding: str) -> str:
    try:
        return piece.content.decode(encoding)
    except LookupError as fault:
        raise refused(
            piece.title,
            f"there is no encoding “{encoding}”",
            f"沒有名為「{encoding}」的編碼",
            hint=Label("Choose utf-8, cp950, gb18030 or utf-16.", "請選用utf-8、cp950、gb18030或utf-16。"),
        ) from fault
    except UnicodeDecodeError as fault:
        raise _undecodable(piece, fault) from fault


def _without_mark(piece: Piece) -> Decoded:
    """UTF-16 without its mark: of its two byte orders only one gives letters."""
    readings = [
        Decoded(text, name, guessed=True) for name in ("utf-16-le", "utf-16-be") if (text := _letters(piece, name))
    ]
    if len(readings) == 1:
        return readings[0]
    line = piece.content[: piece.content.index(b"\x00")].count(b"\n") + 1
    raise refused(piece.title, "a binary file, not text", "二進位檔，不是文字檔", line=line)


def _letters(piece: Piece, encoding: str) -> str:
    """The text in some encoding when all of it is letters, digits, signs and line ends; else nothing."""
    text = text_in(piece.content, encoding)
    strange = {sign for sign in set(text[:_LOOKED_AT]) if unicodedata.category(sign) in {"Cc", "Cn", "Co", "Cs"}}
    return text if strange <= set("\t\r\n") and ("\n" in text or "\r" in text) else ""


def _guessed(piece: Piece, fault: UnicodeDecodeError) -> Decoded:
    readings = [(likeness(text, name), text, name) for name in CHINESE if (text := text_in(piece.content, name))]
    fitting = [one for one in readings if one[0][1] >= _PLAUSIBLE]
    if not fitting:
        return _by_statistics(piece, fault)
    best = max(score for score, _, _ in fitting)
    first, *others = [(text, name) for score, text, name in fitting if score == best]
    if others:
        raise _which(piece, [first, *others])
    return Decoded(*first, guessed=True)


def _by_statistics(piece: Piece, fault: UnicodeDecodeError) -> Decoded:
    """The encoding that fits the beginning best, to the end of a line; it has to fit the whole text."""
    from charset_normalizer import from_bytes

    beginning = piece.content[:_JUDGED].rpartition(b"\n")[0] or piece.content
    sample = beginning if not beginning.isascii() else piece.content
    best = from_bytes(sample, cp_exclusion=list(_WIDE)).best()
    if best is None:
        raise _undecodable(piece, fault) from fault
    return Decoded(_strictly(piece, best.encoding), best.encoding, guessed=True)


def _which(piece: Piece, readings: list[tuple[str, str]]) -> Refused:
    shown = [(name, _first_words(text)) for text, name in readings]
    options = [f"--encoding {name}" for name, _ in shown]
    return refused(
        piece.title,
        "the text can be read in two encodings: " + "; ".join(f"{name}: “{words}”" for name, words in shown),
        "文字可用兩種編碼解讀：" + "；".join(f"{name}：「{words}」" for name, words in shown),
        line=1,
        check="import.ambiguous_encoding",
        hint=Label(
            f"Say which one it is: {' or '.join(options)}; or save the file as UTF-8.",
            f"請指定編碼：{'或'.join(options)}；或將檔案另存為UTF-8。",
        ),
    )


def _first_words(text: str) -> str:
    """The first line that is not all ASCII, shortened."""
    line = next((line for line in text.splitlines() if not line.isascii()), "")
    return shortened(line, _SHOWN)


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
