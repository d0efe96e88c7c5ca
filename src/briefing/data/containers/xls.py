"""Workbooks of Excel up to 2003 (xls), and new ones behind a password, which come in the same kind of file."""

from __future__ import annotations

import struct

from briefing.data.containers.biff import survey_biff
from briefing.data.containers.compound_file import SIGNATURE, CompoundFile
from briefing.data.containers.library_sheets import check_reach, library_tables, locked
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece, container
from briefing.data.containers.table import Found
from briefing.text import Label

_STREAMS = ("Workbook", "Book")


@container("xls", Label("old Excel workbook", "舊版Excel活頁簿"), lambda content: content.startswith(SIGNATURE))
def open_xls(piece: Piece) -> tuple[Found, ...]:
    """The tables of the sheets. Raises `Refused` for other Office documents, passwords and damaged files."""
    file = CompoundFile(piece)
    if "EncryptedPackage" in file.names:
        raise locked(piece.title)
    name = next((name for name in _STREAMS if name in file.names), None)
    if name is None:
        raise refused(piece.title, "an old Office file without a workbook in it", "舊版Office檔，但其中沒有活頁簿")
    try:
        surveys, from_1904 = survey_biff(file.stream(name))
    except (struct.error, IndexError, KeyError) as fault:
        raise refused(piece.title, "an old workbook that is cut off or damaged", "舊版活頁簿不完整或毀損") from fault
    check_reach(piece, surveys)
    return library_tables(piece, surveys, from_1904=from_1904)
