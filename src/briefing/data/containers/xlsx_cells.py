"""The cells of one sheet of an xlsx workbook, row by row as they stand in the XML, whatever its dimension claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from briefing.data.containers.cell_text import number_text, shown_text
from briefing.data.containers.limits import MOST_IN_CELL
from briefing.data.containers.number_formats import Shown
from briefing.data.containers.sheet_rows import SheetRows
from briefing.data.containers.xlsx_parts import Book, unescaped
from briefing.data.containers.xml_stream import LocalNames
from briefing.data.missing import UNCALCULATED

_DIGITS = "0123456789"


@dataclass
class XlsxCells:
    """Hears a sheet's XML and fills `rows`. Numbers are what is stored, dates what their format says."""

    book: Book
    rows: SheetRows
    names: LocalNames = field(default_factory=LocalNames)
    row: int = 0
    column: int = 0
    kind: str = "n"
    style: str = ""
    formula: bool = False
    stored: bool = False
    phonetic: bool = False
    collecting: bool = False
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A row, a cell, its formula or its value begins."""
        name = self.names[tag]
        if name == "c":
            self._begin(attributes)
        elif name == "v":
            self.collecting = self.stored = True
        elif name == "f":
            self.formula = True
        elif name == "t":
            self.collecting = self.stored = not self.phonetic
        elif name == "row":
            self.row = self._line(attributes.get("r", ""))
            self.column = 0
            self.rows.begin(self.row)
        elif name == "rPh":
            self.phonetic = True

    def data(self, text: str) -> None:
        """Characters of a value."""
        if self.collecting:
            self.pieces.append(text)
            self.length += len(text)
            if self.length > MOST_IN_CELL:
                raise self.rows.endless(self.column)

    def end(self, tag: str) -> None:
        """A value, a cell or a row ends."""
        name = self.names[tag]
        if name == "c":
            text = self._text("".join(self.pieces))
            if text:
                self.rows.put(self.column, text)
        elif name in {"v", "t"}:
            self.collecting = False
        elif name == "rPh":
            self.phonetic = False

    def _line(self, text: str) -> int:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else self.row + 1

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.formula = self.stored = False
        self.pieces = []
        self.length = 0
        reference = attributes.get("r")
        self.column = self.rows.column(reference.rstrip(_DIGITS)) if reference else self.column + 1

    def _text(self, raw: str) -> str:
        if self.formula and (not self.stored or (not raw and self.kind not in _WORDS)):
            return UNCALCULATED
        if not raw:
            return ""
        if self.kind == "n":
            shown = self._shown()
            if shown is Shown.PERCENT:
                self.rows.per_cent(self.column, number_text(raw))
            return shown_text(raw.strip(), shown, from_1904=self.book.from_1904)
        reader = _READERS.get(self.kind)
        return reader(raw) if reader else self._shared(raw)

    def _shown(self) -> Shown:
        shown = self.book.shown
        at = int(self.style) if self.style.isascii() and self.style.isdigit() else 0
        return shown[at] if at < len(shown) else Shown.NUMBER

    def _shared(self, raw: str) -> str:
        at = int(raw) if raw.isascii() and raw.strip().isdigit() else len(self.book.strings)
        if self.kind != "s" or at >= len(self.book.strings):
            raise self.rows.damaged(self.column)
        return self.book.strings[at]


def _truth(raw: str) -> str:
    return "TRUE" if raw.strip() in {"1", "true"} else "FALSE"


def _day(raw: str) -> str:
    """An ISO date as it is; midnight is left out."""
    return raw.strip().removesuffix("Z").removesuffix(".000").removesuffix("T00:00:00")


_WORDS = frozenset({"str", "inlineStr"})
_READERS: Mapping[str, Callable[[str], str]] = {
    "str": unescaped,
    "inlineStr": unescaped,
    "e": str.strip,
    "b": _truth,
    "d": _day,
}
