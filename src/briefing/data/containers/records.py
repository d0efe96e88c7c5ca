"""Records with named values, as JSON and XML feeds have them, made into a grid with a header row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.data.containers.limits import MOST_CELLS, MOST_COLUMNS, MOST_IN_CELL, MOST_ROWS, MOST_TEXT
from briefing.data.containers.refusing import refused
from briefing.data.intake.part_names import part_name
from briefing.data.reading.grid import Grid, Row
from briefing.text import Label

_LESS = Label("Export a part of the data, or export it as CSV.", "請只匯出部分資料，或改匯出為CSV檔。")


@dataclass
class Records:
    """Records in the order of the file. A column is where its name first came up; what a record lacks is blank."""

    name: str
    part: str
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)
    first: int = 0
    text: int = 0

    @property
    def title(self) -> str:
        """The table as messages name it."""
        return part_name(self.name, self.part)

    def add(self, line: int, values: Mapping[str, str]) -> None:
        """Add a record that begins on a line of the file. Raises `Refused` beyond the limits."""
        self.first = self.first or line
        cells: dict[int, str] = {}
        for name, text in values.items():
            self.text += len(text)
            if len(text) > MOST_IN_CELL or self.text > MOST_TEXT:
                raise refused(
                    self.title,
                    f"“{name[:40]}” has more text than a table of data",
                    f"「{name[:40]}」的文字過長，不像資料表",
                    line=line,
                    hint=_LESS,
                    check="import.too_wide",
                )
            cells[self.columns.setdefault(name, len(self.columns))] = text.strip()
        self.rows.append((line, cells))
        if len(self.columns) > MOST_COLUMNS or len(self.rows) > MOST_ROWS or self._cells > MOST_CELLS:
            raise refused(
                self.title,
                f"more than {len(self.rows) - 1:,} records of {len(self.columns):,} values",
                f"超過{len(self.rows) - 1:,}筆、每筆{len(self.columns):,}個數值",
                line=line,
                hint=_LESS,
                check="import.too_long",
            )

    @property
    def _cells(self) -> int:
        return len(self.rows) * len(self.columns)

    def grid(self) -> Grid:
        """The header and the records that are not blank."""
        header = Row(self.first, tuple(self.columns))
        width = range(len(self.columns))
        rows = (Row(line, tuple(cells.get(at, "") for at in width)) for line, cells in self.rows if any(cells.values()))
        return Grid(self.name, "", (header, *rows), part=self.part)
