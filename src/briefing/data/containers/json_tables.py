"""JSON: a list of flat records is a table, and so is each such list in an object, and one record a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.data.containers.cell_text import number_text
from briefing.data.containers.encodings import decode
from briefing.data.containers.nested_json import nested_records
from briefing.data.containers.records import Records
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece, container
from briefing.data.containers.table import Found
from briefing.data.intake.part_names import part_name
from briefing.problems import Refused
from briefing.text import Label

_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]\s*[\"{\[\]}]")
_SPACE = re.compile(r"[ \t\r\n]*")


class _Number(str):
    """A number as it is written, told from a string."""

    __slots__ = ()


@container("json", Label("JSON", "JSON"), lambda content: _BEGINS.match(content[:2000]) is not None)
def open_json(piece: Piece) -> tuple[Found, ...]:
    """The lists of flat records. Raises `Refused` for an error message, and with the line for damaged JSON."""
    decoded = decode(piece)
    walker = _Walker(piece, decoded.text)
    tables = [walker.records(part, values) for part, values in walker.lists()]
    found = [table for table in tables if table is not None]
    if not found:
        nested = nested_records(piece.name, piece.part, decoded.text) if walker.nests else None
        found = [nested] if nested is not None and nested.columns else []
    if not found:
        raise _no_table(piece, nests=walker.nests)
    return tuple(Found(grid=table.grid(), encoding=decoded.encoding, guessed=decoded.guessed) for table in found)


def _no_table(piece: Piece, *, nests: bool) -> Refused:
    if nests:
        return refused(
            piece.title, "this is JSON without a list of flat records", "這是JSON，但沒有單層資料清單", line=1
        )
    return refused(piece.title, "this is JSON or an error message, not a table", "這是JSON或錯誤訊息，不是表格", line=1)


_Placed = tuple[int, Any]
"""A value of JSON and where in the text it begins."""


@dataclass
class _Walker:
    piece: Piece
    text: str
    nests: bool = False

    def __post_init__(self) -> None:
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._once, parse_float=_Number, parse_int=_Number, parse_constant=_Number
        )
        self._counted = (0, 1)

    def lists(self) -> Iterator[tuple[str, list[_Placed]]]:
        """Every list that may be a table: the document, a list of the object that it is, or one object a line."""
        start = self._skip(0)
        if self.text[start] == "[":
            values, end = self._list(start)
            self._end(end)
            yield "", values
            return
        _, end = self._value(start)
        if self._skip(end) < len(self.text):
            yield "", list(self._sequence(start))
        else:
            yield from self._members(start)

    def _members(self, start: int) -> Iterator[tuple[str, list[_Placed]]]:
        at = self._skip(start + 1)
        while self.text[at] != "}":
            name, at = self._value(at)
            at = self._skip(self._skip(at) + 1)
            if self.text[at] == "[":
                values, at = self._list(at)
                self.nests = self.nests or bool(values)
                yield str(name), values
            else:
                value, at = self._value(at)
                self.nests = self.nests or (isinstance(value, dict) and not _is_flat(value))
            at = self._skip(at)
            at = self._skip(at + 1) if self.text[at] == "," else at

    def _sequence(self, at: int) -> Iterator[_Placed]:
        while at < len(self.text):
            value, end = self._value(at)
            yield at, value
            at = self._skip(end)

    def _list(self, start: int) -> tuple[list[_Placed], int]:
        at = self._skip(start + 1)
        values: list[_Placed] = []
        while at < len(self.text) and self.text[at] != "]":
            value, end = self._value(at)
            values.append((at, value))
            at = self._skip(end)
            if at >= len(self.text) or self.text[at] not in ",]":
                raise self._damaged(at, "a comma or the end of a list is missing", "缺少逗號或清單結尾")
            if self.text[at] == ",":
                at = self._skip(at + 1)
                if at < len(self.text) and self.text[at] == "]":
                    raise self._damaged(at, "a comma before the end of a list", "清單結尾前多了逗號")
        if at >= len(self.text):
            raise self._damaged(at, "the list does not end", "清單沒有結尾")
        return values, at + 1

    def records(self, part: str, values: list[_Placed]) -> Records | None:
        """The records of a list; None when it is empty or any of its values is no flat record."""
        if not values or not all(isinstance(value, dict) and _is_flat(value) for _, value in values):
            return None
        records = Records(self.piece.name, part_name(self.piece.part, part))
        for at, value in values:
            records.add(self._line(at), {name: _text(cell) for name, cell in value.items()})
        return records if records.columns else None

    def _value(self, at: int) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as fault:
            raise self._damaged(
                fault.pos, f"JSON that is cut off or damaged ({fault.msg})", f"JSON不完整或毀損（{fault.msg}）"
            ) from fault
        except RecursionError as fault:
            raise self._damaged(at, "JSON that nests too deeply for data", "JSON巢狀層數過深，不像資料") from fault

    def _end(self, at: int) -> None:
        if self._skip(at) < len(self.text):
            raise self._damaged(at, "something stands behind the end of the JSON", "JSON結尾之後仍有內容")

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise refused(self.piece.title, f"a record has “{twice[:40]}” twice", f"一筆資料中「{twice[:40]}」重複出現")
        return found

    def _line(self, at: int) -> int:
        """The line of a place in the text; places come in rising order, so that each sign is looked at once."""
        place, line = self._counted
        if at < place:
            place, line = 0, 1
        self._counted = (at, line + self.text.count("\n", place, at))
        return self._counted[1]

    def _damaged(self, at: int, en: str, zh: str) -> Refused:
        return refused(self.piece.title, en, zh, line=self.text.count("\n", 0, at) + 1)


def _is_flat(record: Mapping[str, Any]) -> bool:
    return not any(isinstance(value, (dict, list)) for value in record.values())


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return number_text(str(value)) if isinstance(value, _Number) else str(value)
