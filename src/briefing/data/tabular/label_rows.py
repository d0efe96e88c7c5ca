"""Tables whose first column has labels such as “Name”, “Unit” and “Frequency” above the dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.data.grid import Row
from briefing.data.tabular.date_column import first_dated
from briefing.data.tabular.header import without_mark

_FURTHEST = 60


@dataclass(frozen=True, slots=True)
class LabelRows:
    """The rows above the data by the label in their first cell, in lower case, and the first row of data."""

    rows: Mapping[str, Row]
    first: int

    def cell(self, label: str, at: int) -> str:
        """What a label's row says of a column; "" where there is no such row or nothing in it."""
        row = self.rows.get(label)
        return row.cells[at] if row is not None and at < len(row.cells) else ""

    def first_of(self, labels: Sequence[str], at: int) -> str:
        """What the first of some labels that says anything says of a column."""
        return next((cell for label in labels if (cell := self.cell(label, at))), "")


def label_rows(rows: Sequence[Row]) -> LabelRows | None:
    """The labels above the first date in the first column; None for a table without dates there."""
    head = rows[:_FURTHEST]
    first = first_dated(head, 0)
    if not first:
        return None
    return LabelRows({plain_label(row.cells[0]): row for row in reversed(head[:first])}, first)


def plain_label(cell: str) -> str:
    """A label in lower case, without a byte-order mark or a colon."""
    return without_mark(cell).rstrip(":：").strip().lower()
