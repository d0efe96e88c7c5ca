"""XML as a stream of events, without a tree: no DTD, no entities, nothing from outside, no endless tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from xml.parsers.expat import ExpatError

from briefing.data.containers.refusing import refused
from briefing.text import Label

_LONGEST_TAG = 1_000_000
_HARMFUL = Label("Tables need none of this; export the data again as CSV.", "資料表不需要這類內容，請改匯出為CSV檔。")


class Handler(Protocol):
    """What is told of a document. Tags are `namespace}name`."""

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        """An element begins."""

    def end(self, tag: str, /) -> None:
        """An element ends."""

    def data(self, text: str, /) -> None:
        """Characters between tags, in pieces."""


class LocalNames(dict[str, str]):
    """The names of tags without their namespace."""

    def __missing__(self, tag: str) -> str:
        """Cut the namespace off, once a tag."""
        self[tag] = tag.rpartition("}")[2]
        return self[tag]


@dataclass
class Position:
    """Where in a document the parser is."""

    parser: Any = None

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        return int(self.parser.CurrentLineNumber)


def parse_xml(title: str, chunks: Iterable[bytes], handler: Handler, position: Position | None = None) -> None:
    """Tell a handler of a document, a chunk at a time; `position` follows.

    Raises `Refused` with the line for XML that is not well formed, declares a document type or
    entities, or has a tag of more than a megabyte.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    guarded = DefusedXMLParser(forbid_dtd=True)
    parser = guarded.parser
    if position is not None:
        position.parser = parser
    parser.buffer_text, parser.ordered_attributes = True, False
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise refused(title, "a tag without end", "標籤沒有結尾", line=parser.CurrentLineNumber, hint=_HARMFUL)
        parser.Parse(b"", True)  # noqa: FBT003 - the parser takes it by place only
    except ExpatError as fault:
        raise refused(title, f"XML that is cut off or damaged ({fault})", f"XML不完整或毀損（{fault}）") from fault
    except DefusedXmlException as fault:
        raise refused(
            title,
            "XML that declares a document type or entities",
            "XML宣告了文件類型或實體",
            line=parser.CurrentLineNumber,
            hint=_HARMFUL,
        ) from fault
