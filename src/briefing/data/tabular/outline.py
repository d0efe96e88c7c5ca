"""The layout of a table of any origin, or the sentence that says what of it was not understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.data.reading.grid import Grid, Row
from briefing.data.tabular.column_cells import is_blank
from briefing.data.tabular.data_width import data_width
from briefing.data.tabular.date_column import DateColumn, date_columns, first_of_data
from briefing.data.tabular.date_forms import styles_of
from briefing.data.tabular.footer import Footer, footer_below
from briefing.data.tabular.header import Header, header_above
from briefing.data.tabular.pairs import named_pairs
from briefing.data.tabular.side_columns import (
    ROW_NUMBERS,
    WEEKDAYS,
    agreeing_styles,
    is_empty,
    names_weekdays,
    numbers_rows,
    passed_over,
)
from briefing.data.tabular.words import DATE_WORDS
from briefing.text import Label

_LOOKED_AT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Where everything in a table is.

    The data are the rows from `first` to before `end`, each of `width` cells. `dates` are the columns of
    dates in one of `styles`; with several, each belongs to the columns of `values` right of it.
    `doubts` say what was left out and why.
    """

    header: Header
    first: int
    end: int
    width: int
    dates: tuple[int, ...]
    values: tuple[int, ...]
    styles: tuple[str, ...]
    source: Label | None
    doubts: tuple[Label, ...]

    def dates_of(self, column: int) -> int:
        """The column of dates that belongs to a column of values."""
        return max((at for at in self.dates if at < column), default=self.dates[0])


def outline(grid: Grid, known: Callable[[str], bool]) -> Outline | Label:
    """Lay a table open. `known` says whether a heading is that of a series."""
    rows = grid.rows[:_LOOKED_AT]
    columns = date_columns(rows)
    if not columns:
        return _no_dates(_like_data(rows))
    main = columns[0]
    first = min(first_of_data(rows, column) for column in columns)
    footer = footer_below(grid.rows, first, main.index)
    if footer.end <= first:
        return _no_dates(_like_data(rows))
    width = data_width(rows, first, footer.end)
    header = header_above(rows, first, width, main.index, known)
    return _misfit(grid, header, columns, first, footer.end, width) or _parts(
        grid, header, footer, columns, first, width
    )


def _parts(
    grid: Grid, header: Header, footer: Footer, columns: Sequence[DateColumn], first: int, width: int
) -> Outline | Label:
    """Tell the columns apart; what stands beside the data has to agree with them."""
    end = footer.end
    data = grid.rows[first : min(end, first + _LOOKED_AT)]
    dates = tuple(column.index for column in columns)
    cells = [row.cells[at] for row in data for at in dates if len(row.cells) > at and row.cells[at]]
    styles = styles_of(cells)
    if not styles:
        return _unclear_dates(dates[0], cells[0])
    values, doubts = [], []
    for at in (at for at in range(width) if at not in dates):
        if is_empty(grid, at, header.headings[at], first, end):
            continue
        if numbers_rows(grid, at, header.headings[at], first, end):
            doubts.append(passed_over(at, ROW_NUMBERS))
        elif names_weekdays(data, at):
            styles = agreeing_styles(data, dates[0], at, styles)
            if not styles:
                return _wrong_weekdays(at, dates[0])
            doubts.append(passed_over(at, WEEKDAYS))
        else:
            values.append(at)
    if not values:
        return _no_values(dates[0])
    idle = [at for at, following in pairwise((*dates, width)) if not any(at < one < following for one in values)]
    if idle and len(dates) > 1:
        return _two_date_columns(dates[0], idle[-1] if idle[-1] != dates[0] else dates[1])
    return Outline(
        header=named_pairs(grid.rows[:first], header, dates, values),
        first=first,
        end=end,
        width=width,
        dates=dates,
        values=tuple(values),
        styles=styles,
        source=footer.source,
        doubts=(*doubts, *footer.doubts),
    )


def _misfit(
    grid: Grid, header: Header, columns: Sequence[DateColumn], first: int, end: int, width: int
) -> Label | None:
    """Why header and data do not belong together, if they do not."""
    if any(column.index >= width for column in columns):
        return _no_dates(_like_data(grid.rows[:_LOOKED_AT]))
    others = [column for column in columns[1:] if header.headings[column.index].lower() not in DATE_WORDS]
    if others and header.at is not None:
        return _two_date_columns(columns[0].index, others[0].index)
    if header.at is None:
        return None
    row = grid.rows[header.at]
    named = max(at for at, cell in enumerate(row.cells, start=1) if cell)
    beyond = any(not is_blank(grid, at, first, end) for at in range(len(row.cells), width))
    if named > width or beyond:
        widest = next(one for one in grid.rows[first:end] if len(one.cells) >= width)
        return _other_width(row.line, named, widest.line, width)
    return None


def _like_data(rows: Sequence[Row]) -> Row:
    """The first row in which most cells have a digit, as dates and values have; else the first of all."""
    return next((row for row in rows if sum(map(_has_digit, row.cells)) * 2 > len(row.cells)), rows[0])


def _has_digit(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell)


def _no_dates(row: Row) -> Label:
    shown = ",".join(row.cells)[:80]
    return Label(
        f"no column holds dates with values beside them (line {row.line} is “{shown}”)",
        f"沒有任何一欄是日期且旁邊有數值（第{row.line}行為「{shown}」）",
    )


def _unclear_dates(at: int, cell: str) -> Label:
    return Label(
        f"“{cell}” in column {at + 1} can be a day or a month, and no other row decides it",
        f"第{at + 1}欄的「{cell}」可能是日或月，其他列也無法判定",
    )


def _no_values(dates: int) -> Label:
    return Label(
        f"column {dates + 1} holds dates, but no other column holds anything to read",
        f"第{dates + 1}欄為日期，但其他欄沒有可讀取的內容",
    )


def _two_date_columns(one: int, other: int) -> Label:
    return Label(
        f"columns {one + 1} and {other + 1} both hold dates, and no heading says which are those of the values",
        f"第{one + 1}欄與第{other + 1}欄都是日期，標題未說明何者為數值的日期",
    )


def _wrong_weekdays(at: int, dates: int) -> Label:
    return Label(
        f"the weekdays in column {at + 1} are not those of the dates in column {dates + 1}",
        f"第{at + 1}欄的星期與第{dates + 1}欄的日期不符",
    )


def _other_width(line: int, named: int, data_line: int, width: int) -> Label:
    return Label(
        f"line {line} has {named} headings, but line {data_line} has {width} cells",
        f"第{line}行有{named}個標題，但第{data_line}行有{width}格",
    )
