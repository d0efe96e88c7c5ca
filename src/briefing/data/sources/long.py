"""A table of any origin with a value a row: date, series and value in any order, perhaps beside descriptions.

A table that lies on its side, with dates across and one row a series, is read the same way.
"""

from __future__ import annotations

from briefing.data.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.data.tabular.column_cells import counts_rows
from briefing.data.tabular.known import entry_of_heading
from briefing.data.tabular.outline import Outline, outline
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
    values = _value_column(seen, found, names)
    if values is None:
        return None
    described = [passed_over(at, _DESCRIBES) for at in found.values if at not in {names, values}]
    doubts = found.doubts if on_its_side is None else (_ON_ITS_SIDE,)
    at = found.header.at
    return Shape(
        first=found.first,
        end=found.end,
        width=found.width,
        dates=found.dates[0],
        columns=(Column(values, found.header.headings[values] or str(values + 1)),),
        styles=found.styles,
        evidence=0.6,
        saw=Label("No header", "無標題列") if at is None else header_of(seen.grid.rows[at].cells),
        names=names,
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
        cells = [row.cells[at] for row in rows if len(row.cells) > at]
        headed = found.header.headings[at].lower() in ID_WORDS and not counts_rows(
            sheet.grid, at, found.first, found.end
        )
        if not headed and all(map(is_value, cells[:_FIRST])):
            continue
        known = sum(entry_of_heading(sheet.catalogue, cell) is not None for cell in cells)
        if cells and all(cells) and (known * 2 > len(cells) or headed):
            return at
    return None


def _value_column(sheet: Sheet, found: Outline, names: int) -> int | None:
    """The one column of numbers; None when there are several, or a column that is neither numbers nor words."""
    rows = sheet.grid.rows[found.first : min(found.end, found.first + _LOOKED_AT)]
    numeric = []
    for at in found.values:
        cells = [row.cells[at] for row in rows if len(row.cells) > at]
        if at != names and sum(map(is_value, cells)) * 2 > len(cells) and any(cells):
            numeric.append(at)
    return numeric[0] if len(numeric) == 1 else None


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
