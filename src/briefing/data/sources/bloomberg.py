"""Bloomberg's history tables (BDH): a row of tickers, a row of fields, then dates down.

Above them may stand `Start Date` and `End Date`, and between the two rows another with names. Each ticker
may have a column of dates of its own (ragged pairs); one ticker may stand alone behind `Security`, with
several fields below. A ticker stands for a series by the catalogue's `codes`; a field other than the last
price, open, high, low and volume makes a series that has to be named. Dates are workbook dates, day
numbers or text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from briefing.data.reading.grid import Row
from briefing.data.reading.missing import REASONS, missing_kind
from briefing.data.reading.shape import Column, Shape, Sheet, quoting
from briefing.data.sources.registry import recogniser
from briefing.data.tabular.data_width import data_width
from briefing.data.tabular.date_forms import looks_dated
from briefing.data.tabular.footer import footer_below
from briefing.data.tabular.known import series_of_code
from briefing.data.tabular.label_rows import lead_column
from briefing.problems import Place, Problem, error
from briefing.text import Label

_TICKER = re.compile(
    r"[A-Z0-9][A-Z0-9/&.+-]{0,20}(?: [A-Z0-9/=.+-]{1,9}){0,3} (?:Index|Curncy|Comdty|Equity|Govt|Corp|Mtge|Muni|Pfd|M-Mkt)"
)
_ALONE = frozenset(("security", "securities", "ticker"))
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("px_last", "last_price", "last price", "last px", "close"), ""),
        **dict.fromkeys(("px_open", "open price", "open"), "OPEN"),
        **dict.fromkeys(("px_high", "high price", "high"), "HIGH"),
        **dict.fromkeys(("px_low", "low price", "low"), "LOW"),
        **dict.fromkeys(("px_volume", "volume"), "VOLUME"),
    }
)
_STYLES = ("iso", "mdy", "dmy", "serial", "mdyy", "named", "named_yy", "compact", "instant", "mdy_midnight")
_DATES = frozenset(("date", "dates", "日期"))
_HEAD = 40
_BETWEEN = 4
_NO_FIELD = Label("The file names no field; its values are taken as last prices.", "檔案未註明欄位，數值視為最新價。")


@dataclass(frozen=True, slots=True)
class _Head:
    """The rows of tickers and of fields by place (the same one for a table without fields), and whether one ticker rules all."""

    tickers: int
    fields: int
    alone: bool


@recogniser("bloomberg", Label("Bloomberg history (BDH)", "彭博歷史資料（BDH）"))
def look(sheet: Sheet) -> Shape | None:
    """Tickers with their yellow key in one of the first rows."""
    rows = sheet.grid.rows
    head = _head(sheet, rows[:_HEAD])
    if head is None or head.fields + 1 >= len(rows):
        return None
    first = head.fields + 1
    dates = _date_columns(rows[head.fields]) or (lead_column(rows[first : first + _HEAD]),)
    end = footer_below(rows, first, dates[0]).end
    columns = tuple(_columns(sheet, head, dates))
    if not columns or end <= first:
        return None
    named = head.tickers != head.fields
    return Shape(
        first=first,
        end=end,
        width=data_width(rows, first, end, [*dates, columns[-1].index]),
        dates=dates[0],
        columns=columns,
        styles=_STYLES,
        local_numbers=True,
        evidence=0.9 if named else 0.6,
        saw=quoting(Label("Bloomberg tickers", "彭博代碼"), [column.heading for column in columns]),
        doubts=() if named else (_NO_FIELD,),
        problems=tuple(_unfinished(sheet, first, dates)),
    )


def _is_ticker(sheet: Sheet, cell: str) -> bool:
    """Whether a cell is a ticker with its yellow key; one in other capitals has to be a known one."""
    return _TICKER.fullmatch(cell) is not None or (" " in cell and sheet.catalogue.coded("bloomberg", cell) is not None)


def _head(sheet: Sheet, rows: Sequence[Row]) -> _Head | None:
    at = next((place for place, row in enumerate(rows) if any(_is_ticker(sheet, cell) for cell in row.cells)), None)
    if at is None or any(map(looks_dated, rows[at].cells)):
        return None
    alone = any(cell.rstrip(":").lower() in _ALONE for cell in rows[at].cells)
    for place in range(at + 1, min(len(rows), at + 1 + (_HEAD if alone else _BETWEEN))):
        words = {cell.lower() for cell in rows[place].cells if cell}
        if words & _FIELDS.keys() or (words & _DATES and len(words) > 1):
            return _Head(at, place, alone)
    return None if alone else _Head(at, at, alone)


def _date_columns(fields: Row) -> tuple[int, ...]:
    """The columns headed by a word for dates."""
    return tuple(at for at, cell in enumerate(fields.cells) if cell.lower() in _DATES)


def _columns(sheet: Sheet, head: _Head, dates: Sequence[int]) -> list[Column]:
    """A column for each field; its ticker is the nearest one above it, at its place or to the left."""
    tickers, fields = sheet.grid.rows[head.tickers].cells, sheet.grid.rows[head.fields].cells
    columns = []
    ticker = ""
    for at in range(max(len(tickers), len(fields))):
        above = tickers[at] if at < len(tickers) else ""
        ticker = above or ticker
        field = fields[at] if at < len(fields) and head.tickers != head.fields else ""
        if at not in dates and (field or (head.tickers == head.fields and above)):
            columns.append(_column(sheet, at, _only(sheet, tickers) if head.alone else ticker, field, dates))
    return columns


def _only(sheet: Sheet, tickers: Sequence[str]) -> str:
    return next(cell for cell in tickers if _is_ticker(sheet, cell))


def _column(sheet: Sheet, at: int, ticker: str, field: str, dates: Sequence[int]) -> Column:
    role = _FIELDS.get(field.lower(), "") if field else ""
    own = max((one for one in dates if one < at), default=dates[0]) if len(dates) > 1 else None
    if field and field.lower() not in _FIELDS:
        return Column(at, f"{ticker} {field}", f"{ticker} {field}", "", own)
    heading = f"{ticker} {field}" if role else ticker
    return Column(at, heading, series_of_code(sheet.catalogue, "bloomberg", ticker), role, own)


def _unfinished(sheet: Sheet, first: int, dates: Sequence[int]) -> list[Problem]:
    """An error word where the first date should be: the whole request had not been answered."""
    row = sheet.grid.rows[first]
    found = []
    for at in dates:
        cell = row.cells[at] if at < len(row.cells) else ""
        kind = missing_kind(cell)
        if kind is not None and kind in REASONS:
            found.append(_error_word(sheet, row.line, at, cell, REASONS[kind]))
    return found


def _error_word(sheet: Sheet, line: int, at: int, cell: str, reason: Label) -> Problem:
    return error(
        "import.error_word",
        Place(file=sheet.grid.title, row=line, column=str(at + 1)),
        Label(
            f"{sheet.grid.title}, line {line}, column {at + 1}: “{cell}”: {reason.en}.",
            f"{sheet.grid.title}第{line}行第{at + 1}欄：「{cell}」：{reason.zh}。",
        ),
        Label(
            "Open the file where Bloomberg runs, wait until every cell is filled, and save it again.",
            "請在可連線彭博的電腦開啟檔案，待所有儲存格填妥後再存檔。",
        ),
    )
