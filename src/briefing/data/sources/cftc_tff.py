"""CFTC Traders in Financial Futures: dealers, asset managers, leveraged funds, others; 87 columns.

Yearly and archive files have a header, the weekly one (`FinFutWk.txt`) has none, and the API's exports
spell it in lower case and drop `_all` from some names. `FutOnly_or_Combined` says whether options are in
it. Columns of changes, percentages, traders and concentration are not read.
"""

from __future__ import annotations

import re

from briefing.data.reading.cftc_report import (
    BARE_CODE,
    BARE_DATES,
    bare_columns,
    in_scope_of_row,
    is_bare,
    report_shape,
)
from briefing.data.reading.shape import Column, Shape, Sheet
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_WIDTH = 87
_GROUPS = ("DEALER", "ASSET_MGR", "LEV_MONEY", "OTHER_REPT")
_ORDER = (
    "OI",
    *(f"{group}_{side}" for group in _GROUPS for side in ("LONG", "SHORT", "SPREAD")),
    *("TOT_REPT_LONG", "TOT_REPT_SHORT", "NONREPT_LONG", "NONREPT_SHORT"),
)
_POSITIONS = re.compile(rf"({'|'.join((*_GROUPS, 'TOT_REPT', 'NONREPT'))})_POSITIONS_(LONG|SHORT|SPREAD)(?:_ALL)?")
_DATES = re.compile(r"REPORT_DATE_AS_(?:YYYY[-_]MM[-_]DD|MM[-_]DD[-_]YYYY)")


@recogniser(
    "cftc_tff",
    Label("CFTC Traders in Financial Futures", "CFTC金融期貨交易人持倉報告"),
    file_name=r"(?i)(fin(fut|com).*|.*tff.*)\.(txt|csv)",
)
def look(sheet: Sheet) -> Shape | None:
    """A row a contract and week; the header, or the width and a code in its place."""
    cells = sheet.grid.rows[0].cells
    if is_bare(cells, _WIDTH):
        return report_shape(cells, BARE_DATES, bare_columns(_ORDER), in_scope_of_row(_WIDTH - 1, BARE_CODE), bare=True)
    headings = [cell.upper() for cell in cells]
    dates = next((at for at, heading in enumerate(headings) if _DATES.fullmatch(heading)), None)
    columns = tuple(Column(at, cells[at], name) for at, name in enumerate(map(_series, headings)) if name)
    series = {column.series for column in columns}
    if dates is None or not {"LEV_MONEY_LONG", "ASSET_MGR_SHORT"} <= series:
        return None
    if not {"CFTC_CONTRACT_MARKET_CODE", "FUTONLY_OR_COMBINED"} <= set(headings):
        return None
    names = in_scope_of_row(headings.index("FUTONLY_OR_COMBINED"), headings.index("CFTC_CONTRACT_MARKET_CODE"))
    return report_shape(cells, dates, columns, names, bare=False)


def _series(heading: str) -> str | None:
    if heading == "OPEN_INTEREST_ALL":
        return "OI"
    match = _POSITIONS.fullmatch(heading)
    return f"{match[1]}_{match[2]}" if match else None
