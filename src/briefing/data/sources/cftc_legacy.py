"""The CFTC's legacy report: non-commercial, commercial and small traders; 129 columns with spaces in their names.

The weekly files (`deafut.txt`, `deacom.txt`) have no header. The report does not say whether options are
in it: the CFTC's own file names do, the API's column `FutOnly_or_Combined` does, else a person does. So
there are two formats. Columns of old and other crops, changes, percentages, traders and concentration are
not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from briefing.data.reading.cftc_report import (
    BARE_CODE,
    BARE_DATES,
    COMBINED,
    FUTURES,
    bare_columns,
    in_one_scope,
    in_scope_of_row,
    is_bare,
    report_shape,
)
from briefing.data.reading.grid import Grid
from briefing.data.reading.shape import Column, NamesOf, Shape, Sheet
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_WIDTH = 129
_ORDER = (
    *("OI", "NONCOMM_LONG", "NONCOMM_SHORT", "NONCOMM_SPREAD", "COMM_LONG", "COMM_SHORT"),
    *("TOT_REPT_LONG", "TOT_REPT_SHORT", "NONREPT_LONG", "NONREPT_SHORT"),
)
_SPELT = re.compile(
    r"(NONCOMMERCIAL|COMMERCIAL|TOTAL REPORTABLE|NONREPORTABLE) POSITIONS-(LONG|SHORT|SPREADING) \(ALL\)"
)
_CLASSES: Mapping[str, str] = MappingProxyType(
    {"NONCOMMERCIAL": "NONCOMM", "COMMERCIAL": "COMM", "TOTAL REPORTABLE": "TOT_REPT", "NONREPORTABLE": "NONREPT"}
)
# The API's own spelling of one of its columns is noncomm_postions_spread_all.
_API = re.compile(r"(NONCOMM|COMM|TOT_REPT|NONREPT)_POSI?TIONS_(LONG|SHORT|SPREAD)(?:_ALL)?")
_OPEN_INTEREST = ("OPEN INTEREST (ALL)", "OPEN_INTEREST_ALL")
_CODES = ("CFTC CONTRACT MARKET CODE", "CFTC_CONTRACT_MARKET_CODE")
_DATES = ("AS OF DATE IN FORM YYYY-MM-DD", "REPORT_DATE_AS_YYYY_MM_DD", "REPORT_DATE_AS_YYYY-MM-DD")
_SCOPE = "FUTONLY_OR_COMBINED"
_FUTURES_FILES = r"(?i)(deafut|deacot|annual(?!of)|fut86).*"
_COMBINED_FILES = r"(?i)(deacom|deahistfo|annualof|com95).*"
_UNSAID = Label("The file does not say whether options are in it.", "檔案未註明是否包含選擇權。")


@recogniser(
    "cftc_legacy", Label("CFTC legacy report, futures only", "CFTC舊版持倉報告（僅期貨）"), file_name=_FUTURES_FILES
)
def look_futures(sheet: Sheet) -> Shape | None:
    """The legacy report of futures only, or one that says of each row what it is."""
    return _look(sheet.grid, FUTURES, _FUTURES_FILES, _COMBINED_FILES)


@recogniser(
    "cftc_legacy_combined",
    Label("CFTC legacy report, futures and options", "CFTC舊版持倉報告（期貨與選擇權）"),
    file_name=_COMBINED_FILES,
)
def look_combined(sheet: Sheet) -> Shape | None:
    """The legacy report of futures and options combined."""
    says_itself = _SCOPE in {cell.upper() for cell in sheet.grid.rows[0].cells}
    return None if says_itself else _look(sheet.grid, COMBINED, _COMBINED_FILES, _FUTURES_FILES)


def _look(grid: Grid, scope: str, own_names: str, others_names: str) -> Shape | None:
    cells = grid.rows[0].cells
    file_names = (grid.name, grid.part)
    if any(re.fullmatch(others_names, name) for name in file_names):
        return None
    doubts = () if any(re.fullmatch(own_names, name) for name in file_names) else (_UNSAID,)
    if is_bare(cells, _WIDTH):
        columns = bare_columns(_ORDER)
        return report_shape(cells, BARE_DATES, columns, in_one_scope(scope, BARE_CODE), bare=True, doubts=doubts)
    headings = [cell.upper() for cell in cells]
    dates, code = _place(headings, _DATES), _place(headings, _CODES)
    columns = tuple(Column(at, cells[at], name) for at, name in enumerate(map(_series, headings)) if name)
    if dates is None or code is None or not {"NONCOMM_LONG", "COMM_SHORT"} <= {one.series for one in columns}:
        return None
    said = _SCOPE in headings
    names: NamesOf = in_scope_of_row(headings.index(_SCOPE), code) if said else in_one_scope(scope, code)
    return report_shape(cells, dates, columns, names, bare=False, doubts=() if said else doubts)


def _place(headings: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((at for at, heading in enumerate(headings) if heading in wanted), None)


def _series(heading: str) -> str | None:
    if heading in _OPEN_INTEREST:
        return "OI"
    spelt = _SPELT.fullmatch(heading)
    if spelt is not None:
        return f"{_CLASSES[spelt[1]]}_{'SPREAD' if spelt[2] == 'SPREADING' else spelt[2]}"
    api = _API.fullmatch(heading)
    return f"{api[1]}_{api[2]}" if api else None
