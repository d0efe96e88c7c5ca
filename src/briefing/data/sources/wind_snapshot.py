"""Wind's security screens (EDE): `证券代码,证券简称`, then indicators with their day in the heading, one row a security.

A heading reads `收盘价 [交易日期] 2024-01-15 [单位] 元`. One that says 最新 (latest) instead of a day does not
say when its values were: the table is refused. The table is laid out anew, one row a security and day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from briefing.data.reading.grid import Grid, Row
from briefing.data.reading.shape import Column, Shape, Sheet, quoting
from briefing.data.sources.registry import recogniser
from briefing.data.tabular.date_forms import looks_dated, looks_numbered
from briefing.data.tabular.footer import footer_below
from briefing.data.tabular.header import without_mark
from briefing.problems import Place, Problem, error
from briefing.text import Label

_CODES = ("证券代码", "證券代碼")
_HEADING = re.compile(r"(?P<name>[^\[]+?)\s*\[交易日期\]\s*(?P<day>[^\s\[]+)", re.DOTALL)
_ROLES: Mapping[str, str] = MappingProxyType(
    {"收盘价": "", "开盘价": "OPEN", "最高价": "HIGH", "最低价": "LOW", "成交量": "VOLUME"}
)
_STYLES = ("iso", "compact", "ymd", "zh")


@dataclass(frozen=True, slots=True)
class _Indicator:
    """A column of a screen: its place, its name, and the day that its heading says."""

    at: int
    name: str
    day: str


@recogniser("wind_snapshot", Label("Wind security screen (EDE)", "Wind證券篩選表（EDE）"))
def look(sheet: Sheet) -> Shape | None:
    """The header begins with 证券代码, and its indicators say a day."""
    header = sheet.grid.rows[0]
    if without_mark(header.cells[0]) not in _CODES:
        return None
    found = [
        _Indicator(at, match["name"].strip(), match["day"])
        for at, cell in enumerate(header.cells)
        if (match := _HEADING.match(cell))
    ]
    if not found:
        return None
    footer = footer_below(sheet.grid.rows, 1, len(header.cells))
    names = tuple(dict.fromkeys(one.name for one in found))
    return Shape(
        first=0,
        width=2 + len(names),
        dates=0,
        columns=tuple(_column(at, name) for at, name in enumerate(names, start=2)),
        styles=_STYLES,
        evidence=0.9,
        saw=quoting(Label("Wind indicators", "Wind指標"), names),
        names=_series_of(sheet),
        source_note=footer.source,
        doubts=footer.doubts,
        problems=tuple(_undated(sheet, one) for one in found if not _is_day(one.day)),
        grid=_laid_out(sheet.grid, footer.end, found, names),
    )


def _column(at: int, name: str) -> Column:
    """A column of prices; another indicator makes a series that has to be named."""
    role = _ROLES.get(name)
    return Column(at, name, name) if role is None else Column(at, name, None, role)


def _series_of(sheet: Sheet) -> Callable[[tuple[str, ...]], str | None]:
    def series(cells: tuple[str, ...]) -> str | None:
        entry = sheet.catalogue.coded("wind", cells[1])
        return entry.series_id if entry else cells[1]

    return series


def _laid_out(grid: Grid, end: int, found: Sequence[_Indicator], names: Sequence[str]) -> Grid:
    """One row a security and day: the day, the code, and the value of each indicator, blank where there is none."""
    days = tuple(dict.fromkeys(one.day for one in found if _is_day(one.day)))
    at = {(one.day, one.name): one.at for one in found}
    rows = [
        Row(row.line, (day, row.cells[0], *(_cell(row, at.get((day, name))) for name in names)))
        for row in grid.rows[1:end]
        for day in days
    ]
    return replace(grid, rows=tuple(rows), sheet=False)


def _cell(row: Row, at: int | None) -> str:
    return row.cells[at] if at is not None and at < len(row.cells) else ""


def _is_day(text: str) -> bool:
    return looks_dated(text) or looks_numbered(text)


def _undated(sheet: Sheet, one: _Indicator) -> Problem:
    grid = sheet.grid
    return error(
        "import.undated",
        Place(file=grid.title, row=grid.rows[0].line, column=one.name),
        Label(
            f"{grid.title}, line {grid.rows[0].line}, column {one.name}: the heading says “{one.day}”, not which day.",
            f"{grid.title}第{grid.rows[0].line}行，{one.name}欄：標題為「{one.day}」，未說明日期。",
        ),
        Label("Export it with a fixed trading day.", "請以固定的交易日期匯出。"),
    )
