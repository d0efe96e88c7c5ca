"""Haver DLX tables: a row of codes such as `FCM10@DAILY`, rows `.DESC`, `.FRQ`, `.SOURCE` …, then dates down.

No export of a real desk has been seen; the layout is that of the help pages. A code that the catalogue
does not know is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.data.reading.grid import Row
from briefing.data.reading.shape import Column, Shape, Sheet, quoting
from briefing.data.sources.registry import recogniser
from briefing.data.tabular.data_width import data_width
from briefing.data.tabular.date_column import first_dated
from briefing.data.tabular.date_forms import styles_of
from briefing.data.tabular.footer import footer_below
from briefing.data.tabular.known import series_of_code
from briefing.data.tabular.label_rows import lead_column
from briefing.text import Label

_CODE = re.compile(r"[A-Z][A-Z0-9_]*@[A-Z][A-Z0-9_]*", re.IGNORECASE)
_HEAD = 40


@recogniser("haver", Label("Haver DLX table", "Haver DLX資料表"))
def look(sheet: Sheet) -> Shape | None:
    """A row of codes with their database behind an @."""
    rows = sheet.grid.rows
    head = rows[:_HEAD]
    at = next((place for place, row in enumerate(head) if _has_codes(row)), None)
    lead = lead_column(head)
    first = first_dated(head, lead)
    if at is None or first is None or first <= at:
        return None
    end = footer_below(rows, first, lead).end
    codes = [(place, cell) for place, cell in enumerate(rows[at].cells) if place > lead and cell]
    if not codes or end <= first:
        return None
    columns = tuple(Column(place, code, series_of_code(sheet.catalogue, "haver", code)) for place, code in codes)
    described = any(row.cells[lead].startswith(".") for row in head[:first] if len(row.cells) > lead)
    return Shape(
        first=first,
        end=end,
        width=data_width(rows, first, end, [lead, columns[-1].index]),
        dates=lead,
        columns=columns,
        styles=_styles(rows[first:end], lead),
        local_numbers=True,
        evidence=0.9 if described else 0.6,
        saw=quoting(Label("Haver codes", "Haver代碼"), [code for _, code in codes]),
    )


def _has_codes(row: Row) -> bool:
    """Whether every cell behind the first is a code or blank, and at least one is a code."""
    cells = [cell for cell in row.cells[1:] if cell]
    return bool(cells) and all(map(_CODE.fullmatch, cells))


def _styles(rows: Sequence[Row], lead: int) -> tuple[str, ...]:
    return styles_of([row.cells[lead] for row in rows[:_HEAD] if len(row.cells) > lead])
