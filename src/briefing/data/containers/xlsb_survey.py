"""What a binary workbook (xlsb) says beside its values: errors, formats and how far its cells reach."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from briefing.data.containers.archive import Archive
from briefing.data.containers.biff import ERRORS, Survey
from briefing.data.containers.number_formats import Shown, shown_by_code, shown_by_id
from briefing.data.containers.xml_stream import LocalNames, parse_xml
from briefing.data.intake.part_names import part_name

_ROW, _BLANK, _SMALL, _ERROR, _REAL, _LAST_CELL = 0, 1, 2, 3, 5, 11
_FORMULA_NUMBER, _FORMULA_ERROR = 9, 11
_FORMAT, _STYLE, _STYLES, _STYLES_END, _SHEET, _BOOK = 44, 47, 617, 618, 156, 153
_ROOT = "xl/workbook.bin"


def survey_xlsb(archive: Archive) -> tuple[list[Survey], bool]:
    """One survey a sheet, in the order of the workbook, and whether its days count from 1904.

    Raises `struct.error` for records that are too short, `KeyError` for a sheet that is not there.
    """
    targets = _targets(archive)
    per_cents = _per_cents(archive)
    surveys, from_1904 = [], False
    for kind, body in _records(archive.read(_ROOT)):
        if kind == _BOOK:
            from_1904 = bool(struct.unpack_from("<I", body)[0] & 1)
        elif kind == _SHEET:
            part = targets[_wide(body, 8)[0]]
            surveys.append(_sheet(archive.read(part), per_cents) if part.startswith("xl/worksheets/") else Survey())
    return surveys, from_1904


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        for _ in range(4):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + length]
        at += length


def _sheet(data: bytes, per_cents: frozenset[int]) -> Survey:
    survey = Survey()
    row = 0
    for kind, body in _records(data):
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0]
        elif _SMALL <= kind <= _LAST_CELL:
            column, style = struct.unpack_from("<II", body)
            survey.reach(row, column)
            if kind in {_ERROR, _FORMULA_ERROR}:
                survey.errors[row, column] = ERRORS.get(body[8], "#ERROR!")
            elif kind in {_SMALL, _REAL, _FORMULA_NUMBER} and style & 0xFFFFFF in per_cents:
                survey.per_cents.add(column)
    return survey


def _per_cents(archive: Archive) -> frozenset[int]:
    """The styles of cells that show per cent."""
    if "xl/styles.bin" not in archive.members:
        return frozenset()
    codes: dict[int, str] = {}
    used: list[int] = []
    inside = False
    for kind, body in _records(archive.read("xl/styles.bin")):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _wide(body, 2)[0]
        elif kind in {_STYLES, _STYLES_END}:
            inside = kind == _STYLES
        elif kind == _STYLE and inside:
            used.append(struct.unpack_from("<H", body, 2)[0])
    shown = (shown_by_code(codes[number]) if number in codes else shown_by_id(number) for number in used)
    return frozenset(at for at, kind_ in enumerate(shown) if kind_ is Shown.PERCENT)


def _wide(body: bytes, at: int) -> tuple[str, int]:
    """A string that begins with its length, and where it ends."""
    length = struct.unpack_from("<I", body, at)[0]
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _targets(archive: Archive) -> Mapping[str, str]:
    """The parts that the workbook refers to, by the reference's id."""
    handler = _Relations()
    rels = "xl/_rels/workbook.bin.rels"
    parse_xml(part_name(archive.title, rels), archive.chunks(rels), handler)
    return {
        key: target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        for key, target in handler.found.items()
    }


@dataclass
class _Relations:
    names: LocalNames = field(default_factory=LocalNames)
    found: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.names[tag] == "Relationship":
            self.found[attributes.get("Id", "")] = attributes.get("Target", "")

    def end(self, _tag: str) -> None:
        """Nothing to do."""

    def data(self, _text: str) -> None:
        """Nothing to do."""
