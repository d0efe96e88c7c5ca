"""Days that cannot be, days on which nothing is published, and sessions that are left out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from briefing import numbers
from briefing.data.calendars import EXCHANGES
from briefing.data.dates.periods import period_end
from briefing.data.entry import Entry
from briefing.data.validation.finding import Hit
from briefing.data.validation.rules import rule
from briefing.data.validation.stretches import stretches
from briefing.data.validation.subject import Subject
from briefing.problems import Severity
from briefing.series import Dates, Kind, as_date
from briefing.text import Label

_FIRST = np.datetime64("1800-01-01")
_LONGEST_GAP = 5
_FRIDAY = 4
_DAY = np.timedelta64(1, "D")


@rule(
    "future",
    Label("Days that have come", "日期不在未來"),
    Severity.ERROR,
    hint=Label("See whether day and month, or the century, are the right way round.", "請確認月日順序與年份是否正確。"),
)
def future(subject: Subject) -> Iterator[Hit]:
    """Values of days after the day on which they were loaded; one day is allowed for time zones.

    A period may be dated by its end while it runs.
    """
    latest = np.datetime64(period_end(subject.loaded_on, subject.entry.freq)) + _DAY
    if subject.dates[-1] <= latest:
        return
    for start, stop in stretches((subject.dates > latest) & subject.observed):
        loaded = numbers.day(subject.loaded_on)
        yield Hit(start, stop, Label(f"lies after {loaded.en}, when it was loaded", f"晚於載入日{loaded.zh}"))


@rule(
    "ancient",
    Label("Days since 1800", "日期在1800年以後"),
    Severity.ERROR,
    hint=Label("See how the file writes its dates.", "請確認檔案的日期格式。"),
)
def ancient(subject: Subject) -> Iterator[Hit]:
    """Values of days before 1800: a date that was misread."""
    for start, stop in stretches(subject.dates < _FIRST):
        yield Hit(start, stop, Label("lies before 1800", "早於1800年"))


@rule(
    "closed",
    Label("No value on a day without trading", "非交易日沒有數值"),
    Severity.WARNING,
    hint=Label(
        "See whether the dates are shifted, and whether the catalogue has the right calendar.",
        "請確認日期是否偏移，以及目錄的日曆是否正確。",
    ),
    freqs="D",
    doubts=True,
)
def closed(subject: Subject) -> Iterator[Hit]:
    """Values on weekends, and values of prices of an exchange on any day it is closed.

    The last day of a month is allowed: indices are set on it whatever day it is.
    """
    yield from _closed_days(subject, impossible=True)


@rule(
    "holiday",
    Label("Few values on holidays of the calendar", "日曆假日少有數值"),
    Severity.INFO,
    hint=Label("Nothing needs to be done when the source publishes on holidays.", "若來源於假日亦公布數值，無須處理。"),
    freqs="D",
)
def holiday(subject: Subject) -> Iterator[Hit]:
    """Values on holidays of a calendar that others may not keep: yields, spreads and indices have some."""
    yield from _closed_days(subject, impossible=False)


def _closed_days(subject: Subject, *, impossible: bool) -> Iterator[Hit]:
    """The values on closed days on which there can be none, or on the others."""
    rows = np.flatnonzero(subject.days.shut)
    if not len(rows):
        return
    mask = np.zeros(len(subject), dtype=bool)
    mask[rows[_impossible(subject.dates[rows], subject.entry) == impossible]] = True
    calendar = subject.entry.calendar
    words = Label(f"has a value while {calendar} is closed", f"有數值，但{calendar}當日休市")
    for start, stop in stretches(mask):
        yield Hit(start, stop, words)


def _impossible(dates: Dates, entry: Entry) -> NDArray[np.bool_]:
    """Of closed days, those on which nobody sets a value of this series."""
    if entry.kind is Kind.PRICE and entry.calendar in EXCHANGES and "commodity" not in entry.tags:
        return np.ones(len(dates), dtype=bool)
    weekend = (dates.astype(np.int64) + 3) % 7 > _FRIDAY
    within_month: NDArray[np.bool_] = (dates + 1).astype("datetime64[M]") == dates.astype("datetime64[M]")
    return within_month & weekend


@rule(
    "gap",
    Label("No more than five sessions left out", "缺漏不超過五個交易日"),
    Severity.WARNING,
    hint=Label(
        "Export the days that are left out, or say in the note that they are missing.",
        "請補匯缺漏日期，或在報告中說明。",
    ),
    least=2,
)
def gap(subject: Subject) -> Iterator[Hit]:
    """More than five sessions without a row. A row that says that the value is missing is no gap."""
    left_out, listed = subject.days.left_out, subject.days.listed
    for at in np.flatnonzero(left_out > _LONGEST_GAP).tolist():
        after, count = numbers.day(as_date(listed[at])), int(left_out[at])
        row = min(int(np.searchsorted(subject.dates, listed[at + 1])), len(subject) - 1)
        yield Hit(
            row,
            row + 1,
            Label(
                f"is the first day after {after.en}; {count:,} sessions are left out",
                f"為{after.zh}之後的首日，其間缺漏{count:,}個交易日",
            ),
        )


@rule(
    "order",
    Label("Rows in order of date", "依日期排列"),
    Severity.INFO,
    hint=Label(
        "Nothing needs to be done; changes are counted on the sorted rows.", "無須處理；變動以排序後的資料計算。"
    ),
    least=2,
)
def order(subject: Subject) -> Iterator[Hit]:
    """Rows that do not come oldest first in the file; they were sorted."""
    lines = subject.lines[subject.led :]
    rises, falls = lines[1:] > lines[:-1], lines[1:] < lines[:-1]
    if not falls.any():
        return
    if not rises.any():
        yield Hit(
            subject.led,
            len(subject),
            Label("stands below all later days; the rows were sorted", "由新到舊排列，已排序"),
        )
    else:
        at = subject.led + int(np.argmax(falls)) + 1
        yield Hit(at, at + 1, Label("does not stand in order of date; the rows were sorted", "未依日期排列，已排序"))
