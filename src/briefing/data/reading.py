"""From a recognised grid to tidy rows: text, then missing words, then numbers and dates. Nothing is skipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np

from briefing.data.calendars import closed
from briefing.data.catalogue import Catalogue
from briefing.data.date_text import DateStyle
from briefing.data.entry import Entry
from briefing.data.grid import Grid, Row
from briefing.data.missing import REASONS, Missing, missing_kind
from briefing.data.number_text import NumberStyle, is_percent, read_number, read_thirty_seconds
from briefing.data.periods import period_end
from briefing.data.shape import Column, Shape
from briefing.data.tidy import Flag, SeriesRows, Tidy, tidy_of
from briefing.text import Label

_QUOTED = 60
_EPOCH = date(1970, 1, 1).toordinal()
Names = Mapping[int, str]
"""The series id of each column of values, by the column's index."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell or row that does not fit: where it stands, what it says, and why that is refused."""

    line: int
    column: str
    reason: Label


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What was read of a file. `missing` counts cells by kind, `merged` equal values of one day twice."""

    rows: Tidy
    faults: tuple[Fault, ...]
    rows_read: int
    rows_kept: int
    missing: Mapping[Missing, int]
    merged: int


@dataclass(frozen=True, slots=True)
class Plan:
    """How a shape is read: one date style, one number style, the ids of the columns, the catalogue."""

    shape: Shape
    dates: DateStyle
    numbers: NumberStyle
    names: Names
    catalogue: Catalogue

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone of the first series; the dates of instants are local there."""
        entry = next((self.catalogue.entry(name) for name in self.names.values()), None)
        return ZoneInfo(entry.tz) if entry and entry.tz else None


@dataclass(slots=True)
class _Values:
    """The values read so far, keyed by series and day, with the line each came from."""

    found: dict[tuple[str, date], tuple[float, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    merged: int = 0

    def add(self, key: tuple[str, date], value: float, line: int, column: str) -> None:
        before = self.found.get(key)
        if before is None:
            self.found[key] = (value, line)
        elif before[0] == value or (np.isnan(before[0]) and np.isnan(value)):
            self.merged += 1
        else:
            self.faults.append(Fault(line, column, _twice(key[1], before[1], line)))


def read_rows(grid: Grid, plan: Plan) -> Reading:
    """Read every row below the header. Faults are collected, all of them; the rows are then incomplete."""
    values = _Values()
    zone = plan.zone
    kept = 0
    rows = tuple(plan.shape.rows(grid))
    for row in rows:
        kept += _read_row(row, plan, zone, values)
    tidy, missing = _tidied(values, plan.catalogue)
    return Reading(tidy, tuple(values.faults), len(rows), kept, missing, values.merged)


def _read_row(row: Row, plan: Plan, zone: ZoneInfo | None, values: _Values) -> bool:
    shape = plan.shape
    if len(row.cells) != shape.width:
        values.faults.append(Fault(row.line, _last_column(row, shape), _width(len(row.cells), shape.width)))
        return False
    text = row.cells[shape.dates].strip(shape.strip) if shape.strip else row.cells[shape.dates]
    day = plan.dates.read(text, zone)
    if day is None:
        values.faults.append(Fault(row.line, str(shape.dates + 1), _no_date(text, plan.dates)))
        return False
    any_value = False
    for column in shape.columns:
        name = row.cells[shape.names].upper() if isinstance(shape.names, int) else plan.names[column.index]
        any_value |= _read_cell(row, column, name, day, plan, values)
    return any_value


def _read_cell(row: Row, column: Column, name: str, day: date, plan: Plan, values: _Values) -> bool:
    entry = plan.catalogue.entry(name)
    text = row.cells[column.index]
    if entry is None:
        values.faults.append(Fault(row.line, column.heading, _unknown(name)))
        return False
    kind = missing_kind(text)
    value = float("nan") if kind is Missing.NOT_AVAILABLE else _number(text, entry, plan.numbers)
    if kind is not None and kind in REASONS:
        values.faults.append(Fault(row.line, column.heading, _error_word(text, kind)))
    elif value is None:
        values.faults.append(Fault(row.line, column.heading, _no_number(text)))
    elif is_percent(text) and entry.stored_unit != "%":
        values.faults.append(Fault(row.line, column.heading, _wrong_unit(text, entry)))
    else:
        values.add((entry.series_id, period_end(day, entry.freq)), value, row.line, column.heading)
        return kind is None
    return False


def _number(text: str, entry: Entry, style: NumberStyle) -> float | None:
    value = read_number(text, style)
    return read_thirty_seconds(text) if value is None and entry.quote == "32nds" else value


def _tidied(values: _Values, catalogue: Catalogue) -> tuple[Tidy, Mapping[Missing, int]]:
    grouped: dict[str, list[date]] = {}
    for name, day in sorted(values.found):
        grouped.setdefault(name, []).append(day)
    rows = tidy_of(_series(name, days, values, catalogue) for name, days in grouped.items())
    missing = {
        Missing.NOT_AVAILABLE: int((rows.flags == Flag.MISSING).sum()),
        Missing.HOLIDAY: int((rows.flags == Flag.HOLIDAY).sum()),
    }
    return rows, {kind: count for kind, count in missing.items() if count}


def _series(name: str, days: list[date], values: _Values, catalogue: Catalogue) -> SeriesRows:
    found = [values.found[name, day] for day in days]
    dates = (np.array([day.toordinal() for day in days]) - _EPOCH).astype("datetime64[D]")
    numbers = np.array([value for value, _ in found], dtype=np.float64)
    flags = np.where(np.isnan(numbers), Flag.MISSING, Flag.OK).astype(np.uint8)
    entry = catalogue.entry(name)
    gaps = np.flatnonzero(np.isnan(numbers))
    if entry is not None and len(gaps):
        flags[gaps[closed(entry.calendar, dates[gaps])]] = Flag.HOLIDAY
    return SeriesRows(name, dates, numbers, flags, np.array([line for _, line in found], dtype=np.int32))


def cell_texts(grid: Grid, shape: Shape) -> list[str]:
    """The cells of values that are not missing, of rows that have the right width."""
    rows = (row for row in shape.rows(grid) if len(row.cells) == shape.width)
    cells = (row.cells[column.index] for row in rows for column in shape.columns)
    return [cell for cell in cells if missing_kind(cell) is None]


def date_texts(grid: Grid, shape: Shape) -> list[str]:
    """The cells of dates, of rows that have the right width."""
    rows = (row for row in shape.rows(grid) if len(row.cells) == shape.width)
    return [row.cells[shape.dates].strip(shape.strip or None) for row in rows]


def _last_column(row: Row, shape: Shape) -> str:
    return str(min(len(row.cells), shape.width) + 1)


def _width(found: int, expected: int) -> Label:
    return Label(f"{found} cells where there should be {expected}", f"有{found}格，應為{expected}格")


def _shown(text: str) -> str:
    """A cell as a message quotes it."""
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def _no_date(cell: str, style: DateStyle) -> Label:
    text = _shown(cell)
    return Label(f"“{text}” is not a date like {style.label.en}", f"「{text}」不是「{style.label.zh}」形式的日期")


def _no_number(cell: str) -> Label:
    text = _shown(cell)
    return Label(f"“{text}” is not a number", f"「{text}」不是數字")


def _error_word(text: str, kind: Missing) -> Label:
    reason = REASONS[kind]
    return Label(f"“{text}”: {reason.en}", f"「{text}」：{reason.zh}")


def _wrong_unit(text: str, entry: Entry) -> Label:
    return Label(
        f"“{text}” is in per cent; the catalogue has {entry.series_id} in “{entry.stored_unit}”",
        f"「{text}」為百分比，但目錄中{entry.series_id}的單位為「{entry.stored_unit}」",
    )


def _unknown(cell: str) -> Label:
    name = _shown(cell)
    return Label(f"the catalogue has no series {name}", f"目錄中沒有序列{name}")


def _twice(day: date, first: int, second: int) -> Label:
    if first == second:
        return Label(
            f"two columns hold this series, with different values on {day}", f"有兩欄為同一序列，{day}的數值不同"
        )
    return Label(
        f"{day} stands on lines {first} and {second} with different values",
        f"{day}在第{first}行與第{second}行的數值不同",
    )
