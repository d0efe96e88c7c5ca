"""Binary workbooks of Excel (xlsb)."""

from __future__ import annotations

import struct

from briefing.data.containers.archive import names_in, open_archive
from briefing.data.containers.library_sheets import check_reach, library_tables
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece, container
from briefing.data.containers.table import Found
from briefing.data.containers.workbook_kinds import workbook_kind
from briefing.data.containers.xlsb_survey import survey_xlsb
from briefing.text import Label


@container(
    "xlsb",
    Label("binary Excel workbook", "二進位Excel活頁簿"),
    lambda content: workbook_kind(names_in(content)) == "xlsb",
)
def open_xlsb(piece: Piece) -> tuple[Found, ...]:
    """The tables of the sheets. Raises `Refused` for damaged workbooks and for cells out of reach."""
    archive = open_archive(piece)
    try:
        surveys, from_1904 = survey_xlsb(archive)
    except (struct.error, IndexError, KeyError) as fault:
        raise refused(piece.title, "a workbook that is cut off or damaged", "活頁簿不完整或毀損") from fault
    check_reach(piece, surveys)
    return library_tables(piece, surveys, from_1904=from_1904)
