"""Datastream tables: rows `Name` and `Code` (their first cell may begin with a byte-order mark), then dates down.

A code may be wrapped in `DPL#(…,2)`, which only rounds, and end in a datatype; the total-return index is
another series than the price. Values are repeated on closed days; there they are no observations. A column
whose code was refused carries `$$ER:` or `#ERROR` in its name or code.
"""

from __future__ import annotations

import re

from briefing.data.reading.missing import REASONS, missing_kind
from briefing.data.reading.shape import Column, Shape, Sheet, quoting
from briefing.data.sources.registry import recogniser
from briefing.data.tabular.column_cells import is_blank
from briefing.data.tabular.data_width import data_width
from briefing.data.tabular.footer import footer_below
from briefing.data.tabular.known import series_of_code
from briefing.data.tabular.label_rows import LabelRows, label_rows
from briefing.text import Label

_STYLES = (
    *("iso", "dmy", "mdy", "named", "named_yy", "serial", "instant", "ymd", "dmy_midnight", "mdy_midnight"),
    *("mon_yyyy", "mon_yy", "quarter", "quarter_first", "month", "month_m"),
)
_ROUNDED = re.compile(r"DPL#\((?P<code>.+?)(?:,\s*\d+)?\)", re.IGNORECASE)
_WITH_TYPE = re.compile(r"(?P<code>.+?)\((?P<type>[A-Z]{1,4})\)")
_LEVELS = frozenset(("PI", "P", "IR", "MR", "IO", "ER"))
"""Datatypes that are the figure itself: price index, price, rates."""


@recogniser("datastream", Label("Datastream table", "Datastream資料表"))
def look(sheet: Sheet) -> Shape | None:
    """A row that begins with `Code`, then dates in the first column."""
    rows = sheet.grid.rows
    labels = label_rows(rows)
    if labels is None or "code" not in labels.rows:
        return None
    end = footer_below(rows, labels.first, labels.lead).end
    columns = _columns(sheet, labels, end)
    if not columns:
        return None
    return Shape(
        first=labels.first,
        end=end,
        width=data_width(rows, labels.first, end, [labels.lead, columns[-1].index]),
        dates=labels.lead,
        columns=tuple(columns),
        styles=_STYLES,
        local_numbers=True,
        evidence=0.9 if "name" in labels.rows else 0.7,
        saw=quoting(Label("Datastream codes", "Datastream代碼"), [column.heading for column in columns]),
        padded=True,
    )


def _columns(sheet: Sheet, labels: LabelRows, end: int) -> list[Column]:
    """A column for each code; a refused one stands under the vendor's word, so that it is asked about."""
    columns = []
    for at in labels.columns():
        code, name = labels.cell("code", at), labels.cell("name", at)
        if not code and not name and is_blank(sheet.grid, at, labels.first, end):
            continue
        refused = next((cell for cell in (code, name) if missing_kind(cell) in REASONS), None)
        heading = refused or code or name
        columns.append(Column(at, heading, refused or _series(sheet, code) or heading))
    return columns


def _series(sheet: Sheet, code: str) -> str:
    """The series of a code: as it is written, without its rounding, or without a datatype that changes nothing."""
    rounded = _ROUNDED.fullmatch(code)
    plain = rounded["code"] if rounded else code
    typed = _WITH_TYPE.fullmatch(plain)
    whole = series_of_code(sheet.catalogue, "datastream", plain)
    if whole == plain and typed and typed["type"] in _LEVELS:
        base = series_of_code(sheet.catalogue, "datastream", typed["code"])
        return plain if base == typed["code"] else base
    return whole
