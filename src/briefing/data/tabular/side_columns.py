"""Columns beside the data: empty ones, row numbers, and weekday names, which have to agree with the dates."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.data.dates.date_text import DATE_STYLES
from briefing.data.reading.grid import Grid, Row
from briefing.data.tabular.column_cells import counts_rows, is_blank
from briefing.data.tabular.words import weekday_in
from briefing.text import Label


def is_empty(grid: Grid, at: int, heading: str, first: int, end: int) -> bool:
    """Whether a column has neither a heading nor anything in it."""
    return not heading and is_blank(grid, at, first, end)


def numbers_rows(grid: Grid, at: int, heading: str, first: int, end: int) -> bool:
    """Whether a column without a heading, or headed “no.”, counts the rows."""
    return heading.lower() in {"", "no", "no.", "#", "index", "序號", "序号"} and counts_rows(grid, at, first, end)


def names_weekdays(rows: Sequence[Row], at: int) -> bool:
    """Whether a column has a weekday's name in every row that is not blank there."""
    cells = [row.cells[at] for row in rows if len(row.cells) > at and row.cells[at]]
    return bool(cells) and all(weekday_in(cell) is not None for cell in cells)


def agreeing_styles(rows: Sequence[Row], dates: int, weekdays: int, styles: Sequence[str]) -> tuple[str, ...]:
    """The date styles in which every date falls on the weekday that stands beside it."""
    pairs = [
        (row.cells[dates], weekday_in(row.cells[weekdays])) for row in rows if len(row.cells) > max(dates, weekdays)
    ]

    def agrees(name: str) -> bool:
        read = [(DATE_STYLES[name].read(text, None), weekday) for text, weekday in pairs]
        return all(day is None or weekday is None or day.weekday() == weekday for day, weekday in read)

    return tuple(name for name in styles if agrees(name))


def passed_over(at: int, what: Label) -> Label:
    """The sentence that says of a column that it was not read."""
    return Label(f"Column {at + 1} is not read: {what.en}.", f"未讀取第{at + 1}欄：{what.zh}。")


ROW_NUMBERS = Label("it numbers the rows", "僅為列號")
WEEKDAYS = Label("it names the weekdays, which agree with the dates", "僅為星期，與日期相符")
