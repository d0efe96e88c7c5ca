"""What an old Excel workbook says beside its values: sheets, errors, formats and how far its cells reach.

A library reads the values; it gives an empty cell for an error and trusts the reach of the cells.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from briefing.data.containers.number_formats import Shown, shown_by_code, shown_by_id

ERRORS: Mapping[int, str] = MappingProxyType(
    {
        0x00: "#NULL!",
        0x07: "#DIV/0!",
        0x0F: "#VALUE!",
        0x17: "#REF!",
        0x1D: "#NAME?",
        0x24: "#NUM!",
        0x2A: "#N/A",
        0x2B: "#GETTING_DATA",
    }
)
"""The words of error codes, in old workbooks and in binary ones."""

_BOF, _EOF, _SHEET, _FORMAT, _XF, _DATES = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0, 0x0022
_BOOL_OR_ERROR, _FORMULA, _NUMBER, _SMALL, _SMALLS = 0x0205, 0x0006, 0x0203, 0x027E, 0x00BD
_LABELS = frozenset({0x00FD, 0x0204, 0x00D6})
_DIMENSIONS = 0x0200
_BIFF8 = 0x0600
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256


@dataclass(slots=True)
class Survey:
    """What is known of a sheet: errors by row and column from 0, columns shown in per cent, and its reach."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    per_cents: set[int] = field(default_factory=set)
    rows: int = 0
    columns: int = 0

    def reach(self, row: int, column: int) -> None:
        """A cell stands here."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


@dataclass(slots=True)
class _Formats:
    wide: bool = True
    codes: dict[int, str] = field(default_factory=dict)
    used: list[int] = field(default_factory=list)

    def per_cent(self, style: int) -> bool:
        """Whether a style of a cell shows per cent."""
        number = self.used[style] if style < len(self.used) else 0
        shown = shown_by_code(self.codes[number]) if number in self.codes else shown_by_id(number)
        return shown is Shown.PERCENT


def survey_biff(stream: bytes) -> tuple[list[Survey], bool]:
    """One survey a sheet, in the order of the workbook, and whether its days count from 1904.

    Raises `struct.error` for records that are too short.
    """
    formats = _Formats()
    starts: list[int] = []
    from_1904 = False
    for at, kind, body in _records(stream, 0):
        if kind == _BOF and at == 0:
            formats.wide = struct.unpack_from("<H", body)[0] >= _BIFF8
        elif kind == _SHEET:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _XF:
            formats.used.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _FORMAT:
            formats.codes[struct.unpack_from("<H", body)[0]] = _code(body, wide=formats.wide)
        elif kind == _DATES:
            from_1904 = struct.unpack_from("<H", body)[0] == 1
        elif kind == _EOF:
            break
    return [_sheet(stream, start, formats) for start in starts], from_1904


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, bytes]]:
    at = start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _code(body: bytes, *, wide: bool) -> str:
    if not wide:
        return body[3 : 3 + body[2]].decode("cp1252", "replace")
    length, doubled = struct.unpack_from("<HB", body, 2)
    if doubled & 1:
        return body[5 : 5 + 2 * length].decode("utf-16-le", "replace")
    return body[5 : 5 + length].decode("latin-1")


def _sheet(stream: bytes, start: int, formats: _Formats) -> Survey:
    survey = Survey()
    depth = 0
    for _, kind, body in _records(stream, start):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif kind == _DIMENSIONS:
            _check_dimensions(body)
        elif depth == 1 and kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", body)
            survey.reach(row, column)
            _cell(survey, kind, body, (row, column, style), formats)
    return survey


def _check_dimensions(body: bytes) -> None:
    """The library makes room for what a sheet claims; no old workbook has more than 65,536 rows of 256 columns."""
    top, bottom, left, right = struct.unpack_from("<IIHH" if len(body) == 14 else "<HHHH", body)
    if not (top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS):
        raise struct.error("impossible dimensions")


def _cell(survey: Survey, kind: int, body: bytes, place: tuple[int, int, int], formats: _Formats) -> None:
    row, column, style = place
    if kind == _BOOL_OR_ERROR:
        code, is_error = struct.unpack_from("<BB", body, 6)
        if is_error:
            survey.errors[row, column] = ERRORS.get(code, "#ERROR!")
    elif kind == _SMALLS:
        last = struct.unpack_from("<H", body, len(body) - 2)[0]
        survey.reach(row, last)
        for at in range(last - column + 1):
            if formats.per_cent(struct.unpack_from("<H", body, 4 + 6 * at)[0]):
                survey.per_cents.add(column + at)
    elif kind == _FORMULA and body[12:14] == b"\xff\xff":
        if body[6] == 2:
            survey.errors[row, column] = ERRORS.get(body[8], "#ERROR!")
    elif kind not in _LABELS and formats.per_cent(style):
        survey.per_cents.add(column)


_CELLS = _LABELS | {_BOOL_OR_ERROR, _FORMULA, _NUMBER, _SMALL, _SMALLS}
