"""Tables whose first column, but for blank ones, has labels such as “Name” and “Unit” above the dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.data.reading.grid import Row
from briefing.data.tabular.date_column import first_dated
from briefing.data.tabular.header import without_mark

_FURTHEST = 60


@dataclass(frozen=True, slots=True)
class LabelRows:
    """The rows above the data by their label in lower case, the first row of data, and the column of labels and dates."""

    rows: Mapping[str, Row]
    first: int
    lead: int

    def columns(self) -> range:
        """The columns right of the labels."""
        return range(self.lead + 1, max(len(row.cells) for row in self.rows.values()))

    def cell(self, label: str, at: int) -> str:
        """What a label's row says of a column; "" where there is no such row or nothing in it."""
        row = self.rows.get(label)
        return row.cells[at] if row is not None and at < len(row.cells) else ""

    def first_of(self, labels: Sequence[str], at: int) -> str:
        """What the first of some labels that says anything says of a column."""
        return next((cell for label in labels if (cell := self.cell(label, at))), "")


def label_rows(rows: Sequence[Row]) -> LabelRows | None:
    """The labels above the first date in the first column that is not blank; None for a table without dates there."""
    head = rows[:_FURTHEST]
    lead = lead_column(head)
    first = first_dated(head, lead)
    if not first:
        return None
    labelled = [row for row in head[:first] if len(row.cells) > lead]
    return LabelRows({plain_label(row.cells[lead]): row for row in reversed(labelled)}, first, lead)


def lead_column(rows: Sequence[Row]) -> int:
    """The first column in which any of some rows has something; a table in a workbook may begin right of the edge."""
    return min(next(at for at, cell in enumerate(row.cells) if cell) for row in rows)


def plain_label(cell: str) -> str:
    """A label in lower case, without a byte-order mark or a colon."""
    return without_mark(cell).rstrip(":：").strip().lower()
