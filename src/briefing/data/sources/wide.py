"""A table of any origin with a column of dates and one column a series, headed by its id, alias or name.

Lines above the header, a row of units, empty columns, row numbers, weekdays, notes and totals below the
data are found and said. The dates may stand in any column, in any of the known styles; several columns of
dates belong each to the values right of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.data.catalogue import Catalogue
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.long import names_column
from briefing.data.sources.ohlcv import look as look_at_prices
from briefing.data.sources.registry import recogniser
from briefing.data.tabular.column_cells import are_equal
from briefing.data.tabular.known import entry_of_heading
from briefing.data.tabular.outline import Outline, outline
from briefing.data.tabular.price_roles import price_roles
from briefing.data.tabular.side_columns import passed_over
from briefing.data.tabular.unit_problems import unit_problem
from briefing.data.tabular.words import LEVEL_WORDS
from briefing.problems import Problem
from briefing.text import Label, shortened

_QUOTED = 60

_NO_ID = Label("The file does not name its series.", "檔案未註明序列代碼。")
_TWIN = Label("it repeats another column letter by letter", "與另一欄逐字相同")


@recogniser(
    "plain_wide", Label("Plain table, one column a series", "一般寬表（每欄一個序列）"), version=2, general=True
)
def look(sheet: Sheet) -> Shape | None:
    """Anything with a column of dates and columns of values; the files of price vendors are theirs."""
    found = outline(sheet.grid, lambda heading: entry_of_heading(sheet.catalogue, heading) is not None)
    if isinstance(found, Label) or look_at_prices(sheet) is not None or names_column(sheet, found) is not None:
        return None
    prices = _prices(found)
    if prices is not None or _is_nameless(found):
        columns = prices or (
            Column(found.values[0], found.header.headings[found.values[0]] or str(found.values[0] + 1)),
        )
        return _shape(sheet, found, columns, evidence=0.3, cap=0.7, doubts=(_NO_ID,))
    return _named(sheet, found)


def _is_nameless(found: Outline) -> bool:
    """Whether there is one column of values, and its heading says nothing of the series."""
    heading = found.header.headings[found.values[0]]
    return len(found.values) == 1 and (not heading or heading.lower() in LEVEL_WORDS)


def _prices(found: Outline) -> tuple[Column, ...] | None:
    """Open, high, low, close and volume of one instrument; None for anything else."""
    headings = [found.header.headings[at] for at in found.values]
    roles = price_roles(headings)
    if roles is None:
        return None
    named = zip(found.values, headings, roles, strict=True)
    return tuple(Column(at, heading, None, role, _own_dates(found, at)) for at, heading, role in named)


def _named(sheet: Sheet, found: Outline) -> Shape:
    """One column a heading; a heading that is no series of the catalogue is asked about when it is read."""
    columns, doubts = _columns(sheet, found)
    strange = [_strange(sheet, at) for at in found.header.strange]
    line = sheet.grid.rows[found.header.at or 0].line
    units = found.header.units
    problems = tuple(one for column in columns if (one := unit_problem(sheet, line, column, units[column.index])))
    return _shape(
        sheet,
        found,
        columns,
        evidence=0.4 if strange else 0.6,
        cap=0.7 if strange else 1.0,
        doubts=(*doubts, *strange),
        problems=problems,
    )


def _columns(sheet: Sheet, found: Outline) -> tuple[tuple[Column, ...], list[Label]]:
    """The columns of values; of twins that are equal only the first, others with their place in the heading."""
    headings = [found.header.headings[at] or str(at + 1) for at in found.values]
    series = [_series(sheet.catalogue, heading) for heading in headings]
    often = Counter(name.casefold() for name in headings)
    first: dict[str, int] = {}
    columns, doubts = [], []
    for at, heading, name in zip(found.values, headings, series, strict=True):
        twin = first.setdefault(heading.casefold(), at)
        if twin != at and are_equal(sheet.grid, twin, at, found.first, found.end):
            doubts.append(passed_over(at, _TWIN))
            continue
        shown = f"{heading} [{at + 1}]" if often[heading.casefold()] > 1 else heading
        columns.append(Column(at, shown, name, "", _own_dates(found, at)))
    return tuple(columns), doubts


def _series(catalogue: Catalogue, heading: str) -> str:
    entry = entry_of_heading(catalogue, heading)
    return entry.series_id if entry else heading


def _own_dates(found: Outline, at: int) -> int | None:
    return found.dates_of(at) if len(found.dates) > 1 else None


def _strange(sheet: Sheet, at: int) -> Label:
    row = sheet.grid.rows[at]
    shown = shortened(",".join(row.cells), _QUOTED)
    return Label(
        f"Line {row.line} between header and data is not understood: “{shown}”.",
        f"標題與資料之間的第{row.line}行無法解讀：「{shown}」。",
    )


def _saw(sheet: Sheet, found: Outline) -> Label:
    """The header, where it was found, and how many of its headings are known."""
    at = found.header.at
    if at is None:
        return Label("No header", "無標題列")
    row = sheet.grid.rows[at]
    quoted = header_of(row.cells)
    known = sum(entry_of_heading(sheet.catalogue, found.header.headings[one]) is not None for one in found.values)
    where_en = f" on line {row.line}, below {at} other lines" if at else ""
    where_zh = f"（第{row.line}行，其上另有{at}行）" if at else ""
    return Label(
        f"{quoted.en}{where_en}, {known} of {len(found.values)} columns known",
        f"{quoted.zh}{where_zh}，{len(found.values)}欄中已知{known}欄",
    )


def _shape(
    sheet: Sheet,
    found: Outline,
    columns: Sequence[Column],
    *,
    evidence: float,
    cap: float = 1.0,
    doubts: tuple[Label, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> Shape:
    return Shape(
        first=found.first,
        end=found.end,
        width=found.width,
        dates=found.dates[0],
        columns=tuple(columns),
        styles=found.styles,
        evidence=evidence,
        cap=cap,
        saw=_saw(sheet, found),
        local_numbers=True,
        source_note=found.source,
        doubts=(*found.doubts, *doubts),
        problems=problems,
    )
