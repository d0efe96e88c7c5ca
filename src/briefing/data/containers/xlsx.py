"""Workbooks of Excel since 2007 (xlsx, xlsm): every visible sheet with something in it is a table.

The XML is read here and not by a library because the libraries at hand give an empty cell for a formula
without a stored value and for an error such as `#N/A`, and trust a sheet's own word on its size.
"""

from __future__ import annotations

from briefing.data.containers.archive import Archive, names_in, open_archive
from briefing.data.containers.limits import MOST_SHEET_CELLS
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece, container
from briefing.data.containers.sheet_rows import SheetRows
from briefing.data.containers.table import Found
from briefing.data.containers.workbook_kinds import workbook_kind
from briefing.data.containers.workbook_tables import workbook_tables
from briefing.data.containers.xlsx_cells import XlsxCells
from briefing.data.containers.xlsx_parts import read_book
from briefing.data.containers.xml_stream import parse_xml
from briefing.data.intake.part_names import part_name
from briefing.text import Label

_FOLDERS = frozenset(
    {"[content_types].xml", "_rels", "docprops", "xl", "customxml", "customui", "docmetadata", "[trash]", "package"}
)


@container("xlsx", Label("Excel workbook", "Excel活頁簿"), lambda content: workbook_kind(names_in(content)) == "xlsx")
def open_xlsx(piece: Piece) -> tuple[Found, ...]:
    """The tables of the sheets. Raises `Refused` with sheet and cell for what is damaged or too large."""
    archive = open_archive(piece)
    _check_names(archive)
    book = read_book(archive)
    left = MOST_SHEET_CELLS
    found: dict[str, Found | None] = {}
    hidden = tuple(sheet.name for sheet in book.sheets if sheet.hidden)
    for sheet in book.sheets:
        if sheet.part and not sheet.hidden:
            part = part_name(piece.part, sheet.name)
            rows = SheetRows(piece.name, part, most_cells=left)
            parse_xml(rows.title, archive.chunks(sheet.part), XlsxCells(book, rows))
            found[sheet.name] = rows.found()
            left -= rows.cells
    return workbook_tables(piece.title, found, hidden, from_1904=book.from_1904)


def _check_names(archive: Archive) -> None:
    for name in archive.members:
        if name.partition("/")[0].lower() not in _FOLDERS:
            raise refused(part_name(archive.title, name), "is no part of a workbook", "不是活頁簿的組成部分")
