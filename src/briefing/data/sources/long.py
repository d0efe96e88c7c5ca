"""A table of any origin with a value a row: date, series and value in any order, perhaps beside descriptions.

In place of the value there may be open, high, low, close and volume. A column of fields other than the
last price makes series that have to be named. A table that lies on its side, with dates across and one row a series, is read the same way.
"""

from __future__ import annotations

from functools import cache
from itertools import islice

from briefing.data.reading.shape import Column, NamesOf, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.data.tabular.column_cells import counts_rows
from briefing.data.tabular.known import entry_of_heading
from briefing.data.tabular.outline import Outline, outline
from briefing.data.tabular.price_roles import price_roles
from briefing.data.tabular.side_columns import passed_over
from briefing.data.tabular.turning import turned
from briefing.data.tabular.unit_problems import unit_problem
from briefing.data.tabular.unit_words import unit_in
from briefing.data.tabular.words import LEVEL_WORDS, is_value
from briefing.problems import Problem
from briefing.text import Label

ID_WORDS = frozenset(
    (
        *("series_id", "series id", "series", "seriesid", "id", "ticker", "symbol", "code", "ric", "instrument"),
        *("security", "name", "variable", "indicator", "mnemonic", "maturity"),
        *("代碼", "代码", "序列", "指標", "指标", "商品", "名稱", "名称", "證券代碼", "证券代码"),
    )
)
_FIELD_WORDS = frozenset(("field", "fields", "item", "datatype", "data type", "measure", "欄位", "字段"))
_LOOKED_AT = 200
_FIRST = 10
_DESCRIBES = Label("it describes the series", "僅為序列說明")
_ON_ITS_SIDE = Label("The dates stand across; every row of the file is a series.", "日期橫列，檔案每列為一個序列。")


@recogniser("plain_long", Label("Plain table, one row a value", "一般長表（每列一個數值）"), version=2, general=True)
def look(sheet: Sheet) -> Shape | None:
    """A date, an id and one column of values; other columns may only describe."""
    on_its_side = turned(sheet.grid)
    seen = sheet if on_its_side is None else Sheet(on_its_side, sheet.catalogue)
    found = outline(seen.grid, lambda heading: heading.lower() in ID_WORDS | LEVEL_WORDS)
    if isinstance(found, Label):
        return None
    names = names_column(seen, found)
    if names is None or len(found.dates) > 1:
        return None
    columns = _value_columns(seen, found, names)
    if not columns:
        return None
    used = {names, _field_column(found), *(column.index for column in columns)}
    described = [passed_over(at, _DESCRIBES) for at in found.values if at not in used]
    doubts = found.doubts if on_its_side is None else (_ON_ITS_SIDE,)
    at = found.header.at
    return Shape(
        first=found.first,
        end=found.end,
        width=found.width,
        dates=found.dates[0],
        columns=columns,
        styles=found.styles,
        evidence=0.6,
        saw=Label("No header", "無標題列") if at is None else header_of(seen.grid.rows[at].cells),
        names=_names_of(seen, found, names),
        local_numbers=True,
        source_note=found.source,
        doubts=(*doubts, *([] if on_its_side else described)),
        problems=_wrong_units(seen, found, names),
        grid=on_its_side,
    )


def names_column(sheet: Sheet, found: Outline) -> int | None:
    """The column in which every row names its series; None when there is none."""
    rows = sheet.grid.rows[found.first : min(found.end, found.first + _LOOKED_AT)]
    for at in found.values:
        headed = found.header.headings[at].lower() in ID_WORDS and not counts_rows(
            sheet.grid, at, found.first, found.end
        )
        wide = (row.cells[at] for row in rows if len(row.cells) > at)
        if not headed and all(map(is_value, islice(wide, _FIRST))):
            continue
        cells = [row.cells[at] for row in rows if len(row.cells) > at]
        known = sum(entry_of_heading(sheet.catalogue, cell) is not None for cell in cells)
        if cells and all(cells) and (known * 2 > len(cells) or headed):
            return at
    return None


def _value_columns(sheet: Sheet, found: Outline, names: int) -> tuple[Column, ...]:
    """The one column of numbers, or those of prices; none when there are other columns of numbers."""
    rows = sheet.grid.rows[found.first : min(found.end, found.first + _LOOKED_AT)]
    numeric = []
    for at in found.values:
        cells = [row.cells[at] for row in rows if len(row.cells) > at]
        if at != names and sum(map(is_value, cells)) * 2 > len(cells) and any(cells):
            numeric.append(at)
    headings = [found.header.headings[at] for at in numeric]
    if len(numeric) == 1:
        return (Column(numeric[0], headings[0] or str(numeric[0] + 1)),)
    roles = price_roles(headings) or ()
    return tuple(Column(at, heading, None, role) for at, heading, role in zip(numeric, headings, roles, strict=False))


def _field_column(found: Outline) -> int | None:
    """The column that says of each row which figure of its series it is; None when there is none."""
    return next((at for at in found.values if found.header.headings[at].lower() in _FIELD_WORDS), None)


def _names_of(sheet: Sheet, found: Outline, names: int) -> int | NamesOf:
    """The column of ids, or what makes an id of a row where ids are a vendor's codes or stand beside a field."""
    fields = _field_column(found)
    rows = sheet.grid.rows[found.first : min(found.end, found.first + _LOOKED_AT)]
    keys = {row.cells[names] for row in rows if len(row.cells) > names}
    if fields is None and all(sheet.catalogue.entry(key) or sheet.catalogue.entry(key.upper()) for key in keys):
        return names

    @cache
    def named(key: str, field: str) -> str:
        entry = entry_of_heading(sheet.catalogue, key)
        series = entry.series_id if entry else key
        return series if not field or field.lower() in LEVEL_WORDS else f"{key} {field}"

    return lambda cells: named(cells[names], cells[fields] if fields is not None else "")


def _wrong_units(sheet: Sheet, found: Outline, names: int) -> tuple[Problem, ...]:
    """A unit in a row that is not the one that the catalogue stores its series in; told once a series."""
    heading = {at: found.header.headings[at].lower() for at in found.values}
    units = next((at for at in found.values if unit_in(heading[at]) == "" and at != names), None)
    if units is None:
        return ()
    problems: dict[str, Problem] = {}
    for row in sheet.grid.rows[found.first : found.end]:
        if len(row.cells) != found.width or row.cells[names] in problems:
            continue
        name, unit = row.cells[names], unit_in(row.cells[units]) or ""
        entry = entry_of_heading(sheet.catalogue, name) if unit else None
        column = Column(names, name, entry.series_id if entry else None)
        problem = unit_problem(sheet, row.line, column, unit)
        if problem is not None:
            problems[name] = problem
    return tuple(problems.values())
