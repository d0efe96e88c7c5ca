"""XML feeds: the elements that repeat and hold nothing but values are the rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.data.containers.limits import MOST_CELLS, MOST_DEPTH, MOST_IN_CELL
from briefing.data.containers.records import Records
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece, container
from briefing.data.containers.table import Found
from briefing.data.containers.xml_stream import LocalNames, Position, parse_xml
from briefing.problems import Refused
from briefing.text import Label

_CHUNK = 1 << 16
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|[A-Za-z_](?![^<>]*>[,;\t|]))")
"""Headings in angle brackets, with a delimiter behind each, are no tags."""
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_WIDE = (b"\xff\xfe<\x00", b"\xfe\xff\x00<")
_FEWEST = 2
_SHOWN = 60


def _fits(content: bytes) -> bool:
    start = content[:2000]
    return start.startswith(_WIDE) or (_BEGINS.match(start) is not None and _PAGE.search(start) is None)


@container("xml", Label("XML feed", "XML資料"), _fits)
def open_feed(piece: Piece) -> tuple[Found, ...]:
    """The one table of a feed. Raises `Refused` for XML that has no rows, and with the line for damaged XML."""
    position = Position()
    elements = _Elements(piece, position)
    chunks = (piece.content[at : at + _CHUNK] for at in range(0, len(piece.content), _CHUNK))
    parse_xml(piece.title, chunks, elements, position)
    path = max(elements.values, key=lambda path: elements.values[path], default=None)
    if path is None:
        raise refused(
            piece.title,
            f"this is XML without rows of data; it begins “{elements.beginning}”",
            f"這是XML，但沒有資料列；開頭為「{elements.beginning}」",
            line=1,
        )
    return (Found(grid=elements.records[path].grid()),)


@dataclass
class _Element:
    """An element that has not ended: its path, its line, and what its children said."""

    path: tuple[str, ...]
    line: int
    leaves: dict[str, str] = field(default_factory=dict)
    plain: bool = True
    text: list[str] = field(default_factory=list)
    children: int = 0


@dataclass
class _Elements:
    """Collects, by path, the elements below the root all of whose children are values."""

    piece: Piece
    position: Position
    names: LocalNames = field(default_factory=LocalNames)
    open: list[_Element] = field(default_factory=list)
    records: dict[tuple[str, ...], Records] = field(default_factory=dict)
    values: Counter[tuple[str, ...]] = field(default_factory=Counter)
    length: int = 0
    words: list[str] = field(default_factory=list)

    @property
    def beginning(self) -> str:
        """The root and the first words of a document."""
        return " ".join(self.words)[:_SHOWN]

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        name = self.names[tag]
        if len(self.open) >= MOST_DEPTH:
            raise self._refused("XML that nests too deeply for data", "XML巢狀層數過深，不像資料")
        if self.open:
            self.open[-1].children += 1
        else:
            self.words.append(name)
        path = (*self.open[-1].path, name) if self.open else (name,)
        self.open.append(_Element(path, self.position.line))
        self.length = 0

    def data(self, text: str) -> None:
        self.length += len(text)
        if self.length > MOST_IN_CELL:
            raise self._refused("a value that is too long for data", "內容過長，不像資料")
        self.open[-1].text.append(text)

    def end(self, tag: str) -> None:
        element = self.open.pop()
        parent = self.open[-1] if self.open else None
        if element.children == 0:
            text = "".join(element.text).strip()
            if text and len(self.words) < 12:
                self.words.append(text)
            if parent is not None:
                name = self.names[tag]
                parent.plain = parent.plain and name not in parent.leaves
                parent.leaves[name] = text
            return
        if parent is not None:
            parent.plain = False
            if element.plain and element.children >= _FEWEST:
                self._record(element)

    def _record(self, element: _Element) -> None:
        table = self.records.setdefault(element.path, Records(self.piece.name, self.piece.part))
        table.add(element.line, element.leaves)
        self.values[element.path] += element.children
        if self.values.total() > MOST_CELLS:
            raise self._refused("more values than are read", "數值過多，超過可讀取的範圍")

    def _refused(self, en: str, zh: str) -> Refused:
        return refused(self.piece.title, en, zh, line=self.position.line)
