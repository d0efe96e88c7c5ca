"""Sheets whose values a library reads, held against what the file itself says of errors, formats and reach."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.data.containers.biff import Survey
from briefing.data.containers.cell_text import float_text, moment_text
from briefing.data.containers.limits import MOST_COLUMNS, MOST_SHEET_CELLS
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece
from briefing.data.containers.sheet_rows import LESS, SheetRows
from briefing.data.containers.table import Found
from briefing.data.containers.workbook_tables import workbook_tables
from briefing.data.intake.part_names import part_name
from briefing.data.reading.cell_addresses import address
from briefing.problems import Refused
from briefing.text import Label

_PANIC = "PanicException"
"""The name of what a library written in Rust raises when it stumbles; it derives from `BaseException`."""
Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


@dataclass(frozen=True, slots=True)
class SheetValues:
    """The values of one sheet from its first cell in use, which stands at `top` and `left` (from 0)."""

    rows: Sequence[Sequence[Value]]
    top: int
    left: int


def check_reach(piece: Piece, surveys: Sequence[Survey]) -> None:
    """Refuse a workbook whose cells reach further than is read, before the library makes room for all of them."""
    cells = 0
    for survey in surveys:
        cells += survey.rows * survey.columns
        corner = address(survey.columns, survey.rows)
        if survey.columns > MOST_COLUMNS or cells > MOST_SHEET_CELLS:
            raise refused(
                piece.title,
                f"a sheet reaches to {corner}; that is more than is read",
                f"工作表範圍達{corner}，超過可讀取的範圍",
                cell=corner,
                hint=LESS,
                check="import.too_long",
            )


def library_tables(piece: Piece, surveys: Sequence[Survey], *, from_1904: bool = False) -> tuple[Found, ...]:
    """The tables of a workbook; there is a survey for each of its sheets, in order.

    Raises `Refused` for a workbook with a password and for what the library cannot read.
    """
    with _guarded(piece.title):
        sheets, hidden = _read(piece.content)
    found = {
        name: _found(piece, name, values, surveys[at] if at < len(surveys) else Survey()) for at, name, values in sheets
    }
    return workbook_tables(piece.title, found, hidden, from_1904=from_1904)


def _read(content: bytes) -> tuple[list[tuple[int, str, SheetValues]], tuple[str, ...]]:
    """Place, name and values of each visible sheet, and the names of the hidden ones."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    metadata = list(enumerate(book.sheets_metadata))
    hidden = tuple(sheet.name for _, sheet in metadata if sheet.visible is not SheetVisibleEnum.Visible)
    sheets = []
    for at, sheet in metadata:
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
            read = book.get_sheet_by_index(at)
            top, left = read.start or (0, 0)
            sheets.append((at, sheet.name, SheetValues(read.to_python(), top, left)))
    return sheets, hidden


@contextlib.contextmanager
def _guarded(title: str) -> Iterator[None]:
    """Turns what the library raises into a refusal, also the panics that are no `Exception`."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as fault:
        raise locked(title) from fault
    except (CalamineError, OSError, ValueError, OverflowError) as fault:
        raise _damaged(title, str(fault)) from fault
    except BaseException as fault:
        if type(fault).__name__ != _PANIC:
            raise
        raise _damaged(title, str(fault)) from fault


def locked(title: str) -> Refused:
    """The refusal of a workbook that opens with a password only."""
    return refused(
        title,
        "the workbook has a password",
        "活頁簿設有密碼",
        hint=Label("Save the workbook without a password, then import it.", "請移除密碼後另存，再行匯入。"),
    )


def _damaged(title: str, words: str) -> Refused:
    return refused(title, f"a workbook that is cut off or damaged ({words})", f"活頁簿不完整或毀損（{words}）")


def _found(piece: Piece, name: str, values: SheetValues, survey: Survey) -> Found | None:
    rows = SheetRows(piece.name, part_name(piece.part, name))
    lines = {values.top + at: row for at, row in enumerate(values.rows)}
    errors: dict[int, dict[int, str]] = {}
    for (row, column), word in survey.errors.items():
        errors.setdefault(row, {})[column] = word
    for line in sorted(lines.keys() | errors.keys()):
        cells = {values.left + at: text for at, value in enumerate(lines.get(line, ())) if (text := _text(value))}
        cells.update(errors.get(line, {}))
        if cells:
            rows.begin(line + 1)
        for column in sorted(cells):
            rows.put(column + 1, cells[column])
            if column in survey.per_cents and line in lines:
                _note_per_cent(rows, column, lines[line][column - values.left :][:1])
    return rows.found()


def _note_per_cent(rows: SheetRows, column: int, values: Sequence[Value]) -> None:
    for value in values:
        if isinstance(value, float):
            rows.per_cent(column + 1, float_text(value))


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return float_text(float(value))
    if isinstance(value, dt.datetime):
        return moment_text(value)
    if isinstance(value, dt.timedelta):
        return float_text(value / dt.timedelta(days=1))
    return value.isoformat()
