"""Whatever stands in a table, looking at it gives candidates, and reading it rows or questions: nothing else is raised."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.catalogue import load_catalogue
from briefing.data.intake.choices import Choices
from briefing.data.reading.grid import Grid, Row
from briefing.data.reading.planning import plan
from briefing.data.reading.recognising import candidates
from briefing.data.reading.rows import read_rows
from briefing.data.reading.shape import Sheet
from briefing.problems import Refused

CATALOGUE = load_catalogue()
WORDS = (
    *(
        "",
        "Date",
        "Dates",
        "Name",
        "Code",
        "Title",
        "Unit",
        "Frequency",
        "Source",
        "Security",
        "Exchange Date",
        "Close",
    ),
    *("PX_LAST", "SPX Index", "VIX Index", "H15T10Y Index", ".SPX", "S&PCOMP(PI)", "DPL#(CBOEVIX,2)", "FCM10@DAILY"),
    *(
        ".DESC",
        "指标名称",
        "指标ID",
        "单位",
        "证券代码",
        "收盘价 [交易日期] 最新",
        "收盘价 [交易日期] 2025-01-13",
        "SPX.GI",
    ),
    *("UST10Y", "VIX", "%", "bp", "Average", "Source: desk", "数据来源：Wind", "Mon", "2025-01-13", "2025-01-14"),
    *("15/01/2025", "45670", "20250113", "2024Q1", "113/01/02", "4.79", "4,79", "1.234,5", "(F)", "4.1 (F)"),
    *("#N/A N/A", "#N/A Requesting Data...", "$$ER: 0904,NO DATA AVAILABLE", "-999.99", "ticker", "value", "series"),
)


def grid_of(rows: list[list[str]], delimiter: str) -> Grid:
    filled = [cells for cells in rows if any(cells)]
    return Grid("any.csv", delimiter, tuple(Row(line, tuple(cells)) for line, cells in enumerate(filled, start=1)))


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), min_size=1, max_size=9),
    delimiter=st.sampled_from((",", ";", "")),
)
def test_any_grid_is_read_or_questioned(rows: list[list[str]], delimiter: str) -> None:
    grid = grid_of(rows, delimiter)
    if not grid.rows:
        return
    for candidate in candidates(Sheet(grid, CATALOGUE)):
        if candidate.recogniser.name.endswith(("_chain", "_surface")):
            continue
        try:
            settled = plan(candidate, Choices(), certain=True)
        except Refused:
            continue
        reading = read_rows(candidate.sheet.grid, settled)
        assert reading.rows_read <= len(candidate.sheet.grid.rows)
