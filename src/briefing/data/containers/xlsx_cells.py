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
from briefing.data.reading.missing import UNCALCULATED

_DIGITS = "0123456789"
_NUMBER = "n"


class _ShownByStyle(dict[str, Shown]):
    """What each style of a cell makes of its number, by the style as the XML writes it."""

    def __init__(self, shown: tuple[Shown, ...]) -> None:
        super().__init__((str(at), one) for at, one in enumerate(shown))

    def __missing__(self, style: str) -> Shown:
        """Show a number as such when it has no style, or one that is not there."""
        return Shown.NUMBER


@dataclass(slots=True)
class XlsxCells:
    """Hears a sheet's XML and fills `rows`. Numbers are what is stored, dates what their format says.

    A cell is begun, its formula and value heard, and ended, millions of times: what most cells need
    comes first here and is looked up once.
    """

    book: Book
    rows: SheetRows
    names: LocalNames = field(default_factory=LocalNames)
    shown: Mapping[str, Shown] = field(init=False)
    row: int = 0
    column: int = 0
    kind: str = _NUMBER
    style: str = ""
    formula: bool = False
    stored: bool = False
    phonetic: bool = False
    collecting: bool = False
    raw: str = ""

    def __post_init__(self) -> None:
        self.shown = _ShownByStyle(self.book.shown)

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
            self.raw = self.raw + text if self.raw else text
            if len(self.raw) > MOST_IN_CELL:
                raise self.rows.endless(self.column)

    def end(self, tag: str) -> None:
        """A value, a cell or a row ends."""
        name = self.names[tag]
        if name == "v" or name == "t":  # noqa: PLR1714 - a set takes twice the time, and every value ends here
            self.collecting = False
        elif name == "c":
            text = self._text()
            if text:
                self.rows.put(self.column, text)
        elif name == "rPh":
            self.phonetic = False

    def _line(self, text: str) -> int:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else self.row + 1

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self.kind = attributes.get("t", _NUMBER)
        self.style = attributes.get("s", "")
        self.formula = self.stored = False
        self.raw = ""
        reference = attributes.get("r")
        self.column = self.rows.columns[reference.rstrip(_DIGITS)] if reference else self.column + 1

    def _text(self) -> str:
        raw, kind = self.raw, self.kind
        if self.formula and (not self.stored or (not raw and kind not in _WORDS)):
            return UNCALCULATED
        if not raw:
            return ""
        if kind == _NUMBER:
            shown = self.shown[self.style]
            if shown is Shown.NUMBER:
                return number_text(raw)
            if shown is Shown.PERCENT:
                self.rows.per_cent(self.column, number_text(raw))
            return shown_text(raw, shown, from_1904=self.book.from_1904)
        reader = _READERS.get(kind)
        return reader(raw) if reader else self._shared(raw)

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
