"""The parts of an xlsx package around its sheets: which sheets there are, shared strings, number formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.data.containers.archive import Archive
from briefing.data.containers.limits import MOST_IN_CELL, MOST_TEXT
from briefing.data.containers.number_formats import Shown, shown_by_code, shown_by_id
from briefing.data.containers.refusing import refused
from briefing.data.containers.xml_stream import LocalNames, parse_xml
from briefing.data.intake.part_names import part_name

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WORKSHEET = "/worksheet"
_RELATION = "relationships}id"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its name, the part that holds it, and whether it is hidden. `part` is empty for charts and macros."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of every sheet need: the sheets in order, strings, formats by style, and the first day."""

    sheets: tuple[SheetPart, ...]
    strings: tuple[str, ...]
    shown: tuple[Shown, ...]
    from_1904: bool


def read_book(archive: Archive) -> Book:
    """Read the workbook part and what it names. Raises `Refused` for a package without a workbook."""
    parts = {name.lower(): name for name in archive.members}
    root = next((name for key, name in parts.items() if key.startswith("xl/") and key.endswith("workbook.xml")), None)
    if root is None:
        raise refused(archive.title, "a workbook package without a workbook", "活頁簿封裝中沒有活頁簿")
    handler = _Workbook()
    _parse(archive, root, handler)
    related = _relations(archive, root, parts)
    strings, styles = _Strings(archive.title), _Styles()
    for kind, part in related.values():
        if kind.endswith("/sharedStrings"):
            _parse(archive, part, strings)
        elif kind.endswith("/styles"):
            _parse(archive, part, styles)
    sheets = tuple(_sheet(name, related.get(key), state) for name, key, state in handler.sheets)
    return Book(sheets, tuple(strings.found), styles.shown(), handler.from_1904)


def _sheet(name: str, related: tuple[str, str] | None, state: str) -> SheetPart:
    part = related[1] if related and related[0].endswith(_WORKSHEET) else ""
    return SheetPart(name, part, hidden=state in {"hidden", "veryHidden"})


def _parse(archive: Archive, part: str, handler: _Workbook | _Relations | _Strings | _Styles) -> None:
    parse_xml(part_name(archive.title, part), archive.chunks(part), handler)


def _relations(archive: Archive, root: str, parts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Kind and part of what the workbook refers to, by the reference's id; parts that are not there are left out."""
    folder, name = posixpath.split(root)
    rels = parts.get(f"{folder}/_rels/{name}.rels".lower())
    if rels is None:
        return {}
    handler = _Relations()
    _parse(archive, rels, handler)
    found = {}
    for key, kind, target in handler.found:
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if path.lower() in parts:
            found[key] = (kind, parts[path.lower()])
    return found


@dataclass
class _Events:
    """A handler that needs no characters."""

    names: LocalNames = field(default_factory=LocalNames)

    def end(self, tag: str) -> None:
        """Nothing to do."""

    def data(self, text: str) -> None:
        """Nothing to do."""


@dataclass
class _Workbook(_Events):
    sheets: list[tuple[str, str, str]] = field(default_factory=list)
    from_1904: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = self.names[tag]
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}
        elif name == "sheet":
            key = next((value for word, value in attributes.items() if word.endswith(_RELATION)), "")
            self.sheets.append((attributes.get("name", ""), key, attributes.get("state", "")))


@dataclass
class _Relations(_Events):
    found: list[tuple[str, str, str]] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.names[tag] == "Relationship" and attributes.get("TargetMode") != "External":
            self.found.append((attributes.get("Id", ""), attributes.get("Type", ""), attributes.get("Target", "")))


@dataclass
class _Styles(_Events):
    codes: dict[str, str] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)
    inside: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = self.names[tag]
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.used.append(attributes.get("numFmtId", "0"))

    def end(self, tag: str) -> None:
        if self.names[tag] == "cellXfs":
            self.inside = False

    def shown(self) -> tuple[Shown, ...]:
        """What each style of a cell makes of a number; a code of the workbook's own stands before a built-in one."""
        return tuple(
            shown_by_code(self.codes[key]) if key in self.codes else shown_by_id(int(key) if key.isdecimal() else 0)
            for key in self.used
        )


@dataclass
class _Strings:
    """The shared strings; the readings of Japanese and Chinese words that stand beside them are left out."""

    title: str
    found: list[str] = field(default_factory=list)
    names: LocalNames = field(default_factory=LocalNames)
    pieces: list[str] = field(default_factory=list)
    collecting: bool = False
    phonetic: bool = False
    size: int = 0
    length: int = 0

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        name = self.names[tag]
        if name == "si":
            self.pieces = []
            self.length = 0
        elif name == "rPh":
            self.phonetic = True
        self.collecting = name == "t" and not self.phonetic

    def end(self, tag: str) -> None:
        name = self.names[tag]
        self.collecting = False
        if name == "rPh":
            self.phonetic = False
        elif name == "si":
            self.found.append(unescaped("".join(self.pieces)))

    def data(self, text: str) -> None:
        if not self.collecting:
            return
        self.pieces.append(text)
        self.size += len(text)
        self.length += len(text)
        if self.size > MOST_TEXT or self.length > MOST_IN_CELL:
            raise refused(
                self.title, "more text than a table of data has", "文字過長，不像資料表", check="import.too_wide"
            )


def unescaped(text: str) -> str:
    """A string of a workbook with its control signs (`_x000D_`) as they are, and trimmed."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.strip()
