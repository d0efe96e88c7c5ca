"""Cells and rows that cannot be read: where they stand, and the sentences that say why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefing.data.dates.date_text import DateStyle
from briefing.data.entry import Entry
from briefing.data.reading.missing import REASONS, Missing
from briefing.text import Label, shortened

_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell or row that does not fit: where it stands, what it says, and why that is refused."""

    line: int
    column: str
    reason: Label


def shown(text: str) -> str:
    """A cell as a message quotes it."""
    return shortened(text, _QUOTED)


def wrong_width(found: int, expected: int) -> Label:
    """A row with more or fewer cells than the header."""
    return Label(f"{found} cells where there should be {expected}", f"有{found}格，應為{expected}格")


def no_date(cell: str, style: DateStyle) -> Label:
    """A cell in the column of dates that is no date of the file's style."""
    text = shown(cell)
    return Label(f"“{text}” is not a date like {style.label.en}", f"「{text}」不是「{style.label.zh}」形式的日期")


def no_number(cell: str) -> Label:
    """A cell in a column of values that is neither a number nor a word for a missing one."""
    text = shown(cell)
    return Label(f"“{text}” is not a number", f"「{text}」不是數字")


def error_word(cell: str, kind: Missing) -> Label:
    """A word of a vendor or of a spreadsheet that says that something went wrong."""
    text, reason = shown(cell), REASONS[kind]
    return Label(f"“{text}”: {reason.en}", f"「{text}」：{reason.zh}")


def wrong_unit(cell: str, entry: Entry) -> Label:
    """A percentage of a series that is not in per cent."""
    text = shown(cell)
    return Label(
        f"“{text}” is in per cent; the catalogue has {entry.series_id} in “{entry.stored_unit}”",
        f"「{text}」為百分比，但目錄中{entry.series_id}的單位為「{entry.stored_unit}」",
    )


def stands_twice(day: date, first: int, second: int) -> Label:
    """Two values of one series on one day, by the lines that they stand on."""
    if first == second:
        return Label(
            f"two columns hold this series, with different values on {day}", f"有兩欄為同一序列，{day}的數值不同"
        )
    return Label(
        f"{day} stands on lines {first} and {second} with different values",
        f"{day}在第{first}行與第{second}行的數值不同",
    )
