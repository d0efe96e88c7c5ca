"""Spreadsheets of LibreOffice (ods): every visible sheet with something in it is a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.data.containers.archive import names_in, open_archive
from briefing.data.containers.cell_text import number_text
from briefing.data.containers.limits import MOST_COLUMNS, MOST_IN_CELL, MOST_SHEET_CELLS
from briefing.data.containers.registry import Piece, container
from briefing.data.containers.sheet_rows import SheetRows
from briefing.data.containers.table import Found
from briefing.data.containers.workbook_kinds import workbook_kind
from briefing.data.containers.workbook_tables import workbook_tables
from briefing.data.containers.xml_stream import LocalNames, parse_xml
from briefing.data.intake.part_names import part_name
from briefing.data.reading.missing import UNCALCULATED
from briefing.text import Label

_CONTENT = "content.xml"
_NUMBERS = frozenset({"float", "currency", "percentage"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})


@container(
    "ods",
    Label("OpenDocument spreadsheet", "OpenDocument試算表"),
    lambda content: workbook_kind(names_in(content)) == "ods",
)
def open_ods(piece: Piece) -> tuple[Found, ...]:
    """The tables of the sheets. Raises `Refused` with sheet and cell for what is damaged or too large."""
    archive = open_archive(piece)
    sheets = _Sheets(piece)
    parse_xml(part_name(archive.title, _CONTENT), archive.chunks(_CONTENT), sheets)
    return workbook_tables(piece.title, sheets.found, tuple(sheets.hidden))


@dataclass
class _Sheets:
    """Hears the spreadsheet's XML. A cell that is repeated is put as often as it says, blank ones are not."""

    piece: Piece
    names: LocalNames = field(default_factory=LocalNames)
    found: dict[str, Found | None] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    invisible: set[str] = field(default_factory=set)
    style: str = ""
    rows: SheetRows | None = None
    left: int = MOST_SHEET_CELLS
    row: int = 0
    row_times: int = 1
    cells: list[tuple[int, str, bool]] = field(default_factory=list)
    column: int = 0
    times: int = 1
    value: Mapping[str, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    length: int = 0
    noted: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = self.names[tag]
        values = {self.names[key]: value for key, value in attributes.items()}
        if name == "style":
            self.style = values.get("name", "")
        elif name == "table-properties" and values.get("display") == "false":
            self.invisible.add(self.style)
        elif name == "table":
            self._begin_sheet(values)
        elif name == "table-row":
            self.row_times, self.column, self.cells = _times(values, "number-rows-repeated"), 0, []
        elif name in _CELLS:
            self.times, self.value, self.paragraphs = _times(values, "number-columns-repeated"), values, []
            self.length = 0
        elif name == "annotation":
            self.noted += 1
        elif name == "p":
            self.paragraphs.append("")

    def data(self, text: str) -> None:
        if self.paragraphs and not self.noted:
            self.paragraphs[-1] += text
            self.length += len(text)
            if self.length > MOST_IN_CELL and self.rows is not None:
                raise self.rows.endless(self.column + 1)

    def end(self, tag: str) -> None:
        name = self.names[tag]
        if name == "annotation":
            self.noted -= 1
        elif name in _CELLS:
            text = _text(self.value, "\n".join(self.paragraphs))
            if text and self.times <= MOST_COLUMNS:
                per_cent = self.value.get("value-type") == "percentage"
                self.cells += [(self.column + at + 1, text, per_cent) for at in range(self.times)]
            elif text and self.rows is not None:
                self.rows.begin(self.row + 1)
                self.rows.put(self.column + self.times, text)
            self.column += self.times
        elif name == "table-row":
            self._end_row()
        elif name == "table" and self.rows is not None:
            self.left -= self.rows.cells
            self.found[self.rows.part] = self.rows.found()
            self.rows = None

    def _begin_sheet(self, values: Mapping[str, str]) -> None:
        title = values.get("name", "")
        if values.get("style-name", "") in self.invisible:
            self.hidden.append(title)
            return
        part = part_name(self.piece.part, title)
        self.rows, self.row = SheetRows(self.piece.name, part, most_cells=self.left), 0

    def _end_row(self) -> None:
        if self.cells and self.rows is not None:
            self.rows.make_room(self.row + 1, self.row_times, self.cells[-1][0])
            for at in range(self.row_times):
                self.rows.begin(self.row + at + 1)
                for column, text, per_cent in self.cells:
                    self.rows.put(column, text)
                    if per_cent:
                        self.rows.per_cent(column, text)
        self.row += self.row_times


def _times(values: Mapping[str, str], word: str) -> int:
    text = values.get(word, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _text(value: Mapping[str, str], words: str) -> str:
    """A cell's value as text; an error stands in its words, whatever type it claims."""
    kind = value.get("value-type", "")
    formula = bool(value.get("formula"))
    if kind == "error" or (formula and words.startswith("#")):
        return words.strip()
    if formula and not kind and not words:
        return UNCALCULATED
    if kind in _NUMBERS:
        return number_text(value.get("value", "").strip())
    if kind == "date":
        return value.get("date-value", "").strip().removesuffix("T00:00:00")
    if kind == "boolean":
        return "TRUE" if value.get("boolean-value") == "true" else "FALSE"
    return (value.get("string-value") or words).strip()
