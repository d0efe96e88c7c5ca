"""A plain long table: date, series id and value in each row, in any order of the three columns."""

from __future__ import annotations

from briefing.data.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.data.sources.wide import DATE_HEADINGS, PLAIN_STYLES
from briefing.text import Label

_IDS = ("series_id", "series", "id", "ticker", "symbol", "code", "代碼", "序列")
_VALUES = ("value", "close", "px_last", "數值", "收盤")


@recogniser("plain_long", Label("Plain table, one row a value", "一般長表（每列一個數值）"))
def look(sheet: Sheet) -> Shape | None:
    """Exactly three columns: a date, an id, a value."""
    header = tuple(cell.lower() for cell in sheet.grid.rows[0].cells)
    if len(header) != 3:
        return None
    dates, names, values = (_place(header, words) for words in (DATE_HEADINGS, _IDS, _VALUES))
    if dates is None or names is None or values is None:
        return None
    return Shape(
        first=1,
        width=3,
        dates=dates,
        columns=(Column(values, sheet.grid.rows[0].cells[values]),),
        styles=PLAIN_STYLES,
        evidence=0.6,
        saw=header_of(sheet.grid.rows[0].cells),
        names=names,
        local_numbers=True,
    )


def _place(header: tuple[str, ...], words: tuple[str, ...]) -> int | None:
    return next((at for at, cell in enumerate(header) if cell in words), None)
