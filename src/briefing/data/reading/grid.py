"""A file as a grid of text: every cell trimmed, every row with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.data.intake.part_names import part_name
from briefing.data.reading.cell_addresses import address
from briefing.data.reading.cells import SPACES, Cells, CutLines, ReadyRows, Row
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

__all__ = ["Grid", "Row", "read_grid"]

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 40
_MOST_COLUMNS = 5000


@dataclass(frozen=True)
class Grid:
    """The rows of a table that are not blank.

    `name` is the file, `part` the sheet or the member of an archive that the table is, "" for the whole
    file. `delimiter` is "" for a table that was not cut from text. `cut` says that the last line of a
    text has no line end. `from_1904` says that bare day numbers count from 1904, as some workbooks do.
    `sheet` says that lines and columns are those of a workbook, so that a cell has an address.
    """

    name: str
    delimiter: str
    rows: Sequence[Row]
    cut: bool = False
    part: str = ""
    from_1904: bool = False
    sheet: bool = False

    @property
    def title(self) -> str:
        """The table as messages name it: the file, and which part of it."""
        return part_name(self.name, self.part)

    def place(self, line: int, index: int, heading: str) -> str:
        """A cell's column as messages name it: its heading, and in a workbook the cell's address too."""
        return f"{heading} ({address(index + 1, line)})" if self.sheet else heading

    def head(self) -> Sequence[Row]:
        """The rows in which a header may stand."""
        return self.rows[:_LOOKED_AT]

    @cached_property
    def cells(self) -> Cells:
        """The same rows by columns."""
        return self.rows if isinstance(self.rows, CutLines) else ReadyRows(self.rows)


def read_grid(text: str, name: str) -> Grid:
    """Cut the text of a file into cells. Raises `Refused` for one without rows or with an open quote."""
    delimiter = _delimiter(text)
    lone_return = "\r" in text.replace("\r\n", "")
    rows = _parsed(text, name, delimiter) if '"' in text or lone_return else _cut(text, name, delimiter)
    if not rows:
        raise Refused(_empty(name))
    return Grid(name, delimiter, rows, cut=not text.endswith(("\n", "\r", '"')))


def _cut(text: str, name: str, delimiter: str) -> CutLines:
    """The rows of a text in which every line end is one and every delimiter parts two cells."""
    blank = SPACES + delimiter
    texts, numbers = [], []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip(blank):
            continue
        _check_width(name, number, line.count(delimiter) + 1)
        if len(line) > csv.field_size_limit() < max(map(len, line.split(delimiter))):
            raise Refused(_endless(name, number))
        texts.append(line)
        numbers.append(number)
    spaced = any(sign in text for sign in SPACES.replace("\n", "").replace("\r", "").replace(delimiter, ""))
    return CutLines(texts, numbers, delimiter, spaced=spaced)


def _parsed(text: str, name: str, delimiter: str) -> tuple[Row, ...]:
    """The rows of any text: cells may be quoted and then hold delimiters and line ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for cells in reader:
            trimmed = tuple(cell.strip() for cell in cells)
            if any(trimmed):
                _check_width(name, reader.line_num, len(trimmed))
                rows.append(Row(reader.line_num, trimmed))
    except csv.Error as fault:
        if len(max(text.splitlines(), key=len, default="")) > csv.field_size_limit():
            raise Refused(_endless(name, reader.line_num)) from fault
        raise Refused(_broken(name, reader.line_num, fault)) from fault
    return tuple(rows)


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first rows into the same number of cells."""
    sample = text[:65536].splitlines()[:_LOOKED_AT]

    def agreement(delimiter: str) -> tuple[int, int]:
        try:
            counts = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        except csv.Error:
            return (0, 0)
        wide = [count for count in counts if count > 1]
        usual = max(set(wide), key=lambda count: (wide.count(count), count), default=0)
        return (wide.count(usual), usual)

    return max(_DELIMITERS, key=agreement)


def _check_width(name: str, line: int, width: int) -> None:
    if width > _MOST_COLUMNS:
        raise Refused(
            error(
                "import.too_wide",
                Place(file=name, row=line),
                Label(
                    f"{name}, line {line}: {width:,} columns; at most {_MOST_COLUMNS:,} are read.",
                    f"{name}第{line}行：共{width:,}欄，最多讀取{_MOST_COLUMNS:,}欄。",
                ),
                Label("Split the file into parts.", "請將檔案分割後再匯入。"),
            )
        )


def _empty(name: str) -> Problem:
    return error(
        "import.empty",
        Place(file=name, row=1),
        Label(f"{name}, line 1: the file is empty.", f"{name}第1行：檔案是空的。"),
        Label("Download or export it again.", "請重新下載或匯出。"),
    )


def _endless(name: str, line: int) -> Problem:
    return error(
        "import.too_wide",
        Place(file=name, row=line),
        Label(
            f"{name}, line {line}: a cell is too long for a table of data.",
            f"{name}第{line}行：儲存格過長，不像資料表。",
        ),
        Label("See whether this is the right file.", "請確認檔案是否正確。"),
    )


def _broken(name: str, line: int, fault: csv.Error) -> Problem:
    return error(
        "import.quotes",
        Place(file=name, row=line),
        Label(f"{name}, line {line}: the quotes do not close ({fault}).", f"{name}第{line}行：引號不成對（{fault}）。"),
        Label("The file may be cut off; download or export it again.", "檔案可能不完整，請重新下載或匯出。"),
    )
