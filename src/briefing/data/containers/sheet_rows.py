"""Rows of a workbook's sheet as they come in, held to the limits; then a grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.data.containers.limits import MOST_COLUMNS, MOST_ROWS, MOST_SHEET_CELLS, MOST_TEXT
from briefing.data.containers.refusing import refused
from briefing.data.containers.table import Found
from briefing.data.intake.part_names import part_name
from briefing.data.reading.cell_addresses import address, column_letters, column_number
from briefing.data.reading.grid import Grid, Row
from briefing.problems import Refused
from briefing.text import Label

LESS = Label("Keep only the data in the sheet, or export it as CSV.", "請只保留資料範圍，或改匯出為CSV檔。")
_SHOWN = 5


@dataclass
class SheetRows:
    """The cells of one sheet that hold something.

    Lines and columns count from 1, as the workbook counts them. `most_cells` is how many cells it may have.
    """

    name: str
    part: str
    most_cells: int = MOST_SHEET_CELLS
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    width: int = 0
    line: int = 0
    text: int = 0
    columns: Mapping[str, int] = field(init=False)
    per_cents: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = _Columns(self.title)

    @property
    def title(self) -> str:
        """The sheet as messages name it."""
        return part_name(self.name, self.part)

    @property
    def cells(self) -> int:
        """How many cells the grid has, blank ones counted."""
        return len(self.rows) * self.width

    def begin(self, line: int) -> None:
        """Go to a row. Raises `Refused` when it stands above one that was read already."""
        if line <= self.line:
            raise refused(
                self.title, "rows that stand out of order; the workbook is damaged", "列序錯亂，活頁簿已毀損", line=line
            )
        self._close()
        self.line = line

    def put(self, column: int, text: str) -> None:
        """Put what is not blank into the present row. Raises `Refused` beyond the limits."""
        cells = self.present
        if not cells:
            self.make_room(self.line, 1, column)
        if column > MOST_COLUMNS:
            raise self._too_wide(column)
        gap = column - 1 - len(cells)
        if gap:
            if gap < 0:
                raise self.damaged(column)
            cells.extend([""] * gap)
        cells.append(text)

    def _close(self) -> None:
        """The present row is complete."""
        cells = self.present
        if not cells:
            return
        self.rows.append((self.line, cells))
        self.width = max(self.width, len(cells))
        self.text += sum(map(len, cells))
        if self.text > MOST_TEXT:
            raise self._endless(len(cells), "more text than a table of data has", "文字量過大，不像資料表")
        self.present = []

    def _too_wide(self, column: int) -> Refused:
        return refused(
            self.title,
            f"something stands in column {column:,}; at most {MOST_COLUMNS:,} columns are read",
            f"第{column:,}欄仍有內容，最多讀取{MOST_COLUMNS:,}欄",
            cell=self.address(column),
            hint=LESS,
            check="import.too_wide",
        )

    def make_room(self, line: int, count: int, width: int) -> None:
        """Refuse rows that are one too many, before any of them is put."""
        total, widest = len(self.rows) + count, max(self.width, width)
        if total > MOST_ROWS or total * widest > self.most_cells:
            raise refused(
                self.title,
                f"{total:,} rows of {widest:,} columns or more; that is more than is read",
                f"達{total:,}列、{widest:,}欄以上，超過可讀取的範圍",
                line=line,
                hint=LESS,
                check="import.too_long",
            )

    def per_cent(self, column: int, text: str) -> None:
        """Note that a number is shown as per cent."""
        self.per_cents.setdefault(column, text)

    def damaged(self, column: int) -> Refused:
        """The refusal of a cell that cannot be what it says it is."""
        return refused(
            self.title, "the cell is damaged or stands twice", "儲存格毀損或重複出現", cell=self.address(column)
        )

    def endless(self, column: int) -> Refused:
        """The refusal of a cell that is too long for data."""
        return self._endless(column, "a cell is too long for a table of data", "儲存格過長，不像資料表")

    def _endless(self, column: int, en: str, zh: str) -> Refused:
        return refused(self.title, en, zh, cell=self.address(column), hint=LESS, check="import.too_wide")

    def address(self, column: int) -> str:
        """A cell of the present row, such as B5."""
        return address(column, self.line)

    def found(self, doubts: tuple[Label, ...] = ()) -> Found | None:
        """The grid, every row as wide as the widest; None for a sheet with nothing in it."""
        self._close()
        if not self.rows:
            return None
        rows = tuple(Row(line, (*cells, *[""] * (self.width - len(cells)))) for line, cells in self.rows)
        grid = Grid(self.name, "", rows, part=self.part, sheet=True)
        return Found(grid=grid, doubts=(*doubts, *self._per_cent_doubts()))

    def _per_cent_doubts(self) -> tuple[Label, ...]:
        if not self.per_cents:
            return ()
        column, text = next(iter(self.per_cents.items()))
        letters = [column_letters(at) for at in sorted(self.per_cents)]
        listed_en, listed_zh = ", ".join(letters[:_SHOWN]), "、".join(letters[:_SHOWN])
        more = len(letters) - _SHOWN
        tail_en, tail_zh = (f" and {more} more", f"等{len(letters)}欄") if more > 0 else ("", "欄")
        value = f"{float(text) * 100:.4g}%" if _is_number(text) else text
        return (
            Label(
                f"Column {listed_en}{tail_en} is shown in per cent, but a fraction is stored: "
                f"{column_letters(column)} shows {value} and holds {text}.",
                f"{listed_zh}{tail_zh}以百分比顯示，但儲存的是小數：{column_letters(column)}欄顯示{value}，實際值為{text}。",
            ),
        )


class _Columns(dict[str, int]):
    """The numbers of columns by their letters, each worked out once: A is 1, AA is 27."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def __missing__(self, letters: str) -> int:
        """Work a column out. Raises `Refused` for what is no column of a workbook."""
        number = column_number(letters)
        if number is None:
            raise refused(self._title, f"there is no column “{letters[:9]}”", f"沒有「{letters[:9]}」欄")
        self[letters] = number
        return number


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
