"""Plain text: cells between commas, semicolons, tabs or bars. What is no table is refused by name."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.data.containers.encodings import decode
from briefing.data.containers.limits import MOST_LINES
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece, container
from briefing.data.containers.table import Found
from briefing.data.reading.grid import read_grid
from briefing.problems import Refused
from briefing.text import Label

_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)


@container("text", Label("plain text", "純文字"), None)
def open_text(piece: Piece) -> tuple[Found, ...]:
    """The one table of a text file. Raises `Refused` for an empty, binary or undecodable one, and for web pages."""
    if not piece.content.strip():
        raise _empty(piece)
    decoded = decode(piece)
    if not decoded.text.strip():
        raise _empty(piece)
    _refuse_pages(piece, decoded.text)
    _check_length(piece, decoded.text)
    grid = replace(read_grid(decoded.text, piece.title), name=piece.name, part=piece.part)
    return (Found(grid=grid, encoding=decoded.encoding, guessed=decoded.guessed),)


def _empty(piece: Piece) -> Refused:
    return refused(piece.title, "the file is empty", "檔案是空的", line=1)


def _check_length(piece: Piece, text: str) -> None:
    lines = text.count("\n") or text.count("\r")
    if lines > MOST_LINES:
        raise refused(
            piece.title,
            f"{lines:,} lines; at most {MOST_LINES:,} are read",
            f"共{lines:,}行，最多讀取{MOST_LINES:,}行",
            hint=Label("Split the file into parts.", "請將檔案分割後再匯入。"),
            check="import.too_long",
        )


def _refuse_pages(piece: Piece, text: str) -> None:
    start = text[:2000]
    if _PAGE.match(start):
        words = " ".join(re.sub(r"<[^>]*>", " ", start).split())[:60]
        raise refused(
            piece.title,
            f"this is a web page, not a table; its first words: “{words}”",
            f"這是網頁，不是表格；開頭為「{words}」",
            line=1,
        )
