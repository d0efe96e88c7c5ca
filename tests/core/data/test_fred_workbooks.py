"""FRED's workbooks, archives and answers: ids, titles and frequency are read where FRED writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest

from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace

Load = Callable[..., ImportReport]

ABOUT = (
    ["FRED Graph Observations"],
    ["Federal Reserve Economic Data"],
    ["Link: https://fred.stlouisfed.org"],
    ["Help: https://fredhelp.stlouisfed.org"],
    ["Economic Research Division"],
    ["Federal Reserve Bank of St. Louis"],
    [],
)
TEN = "Market Yield at 10-Year Constant Maturity, Percent, Daily, Not Seasonally Adjusted"
DAYS = ([date(2025, 1, 13), 4.79], [date(2025, 1, 14), 4.78], [date(2025, 1, 20), None])


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def graph(*titles: Sequence[str], frequency: str = "Daily", rows: Sequence[Sequence[Any]] = DAYS) -> bytes:
    header = ["observation_date", *(title[0] for title in titles)]
    return workbook(FRED_Graph=[*ABOUT, *titles, [], [f"Frequency: {frequency}"], header, *rows])


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("_", "."), content)
    return out.getvalue()


def test_the_sheet_of_an_older_workbook_is_read_below_its_titles(load: Load, workspace: Workspace) -> None:
    report = load("fredgraph.xlsx", graph(["DGS10", TEN]))
    assert report.outcome is Outcome.LOADED, report.problems
    assert (report.recogniser, report.dataset, report.part) == ("fred_graph", "fred_graph", "FRED Graph")
    assert report.reason.en.startswith(f"FRED's workbook of DGS10 “{TEN}”; 3 rows, 2025-01-13–2025-01-20")
    assert report.doubts == ()
    series = Market(workspace).series("UST10Y")
    assert (series.last_date, series.values[-1]) == (date(2025, 1, 14), 4.78)


def test_the_number_of_titles_may_vary(load: Load) -> None:
    titles = [[name, TEN] for name in ("DGS2", "DGS5", "DGS10", "DGS30")]
    rows = [[date(2025, 1, 13), 4.4, 4.6, 4.79, 4.97], [date(2025, 1, 14), 4.37, 4.58, 4.78, 4.98]]
    report = load("x.xlsx", graph(*titles, rows=rows))
    assert report.series == ("DGS10", "DGS2", "DGS30", "DGS5")
    assert "and 2 more" in report.reason.en
    assert "等4個序列" in report.reason.zh


def test_a_newer_workbook_has_a_sheet_a_frequency_and_notes(load: Load, workspace: Workspace) -> None:
    content = workbook(
        README=[["FRED Graph Observations"], ["Series ID", "Title"], ["DGS10", TEN]],
        Daily=[["observation_date", "DGS10"], *DAYS],
        Monthly=[["observation_date", "FEDFUNDS"], [date(2024, 11, 1), 4.64], [date(2024, 12, 1), 4.48]],
    )
    report = load("x.xlsx", content)
    assert report.outcome is Outcome.LOADED, report.problems
    market = Market(workspace)
    assert market.series("DGS10").last_date == date(2025, 1, 14)
    assert (market.series("FEDFUNDS").last_date, market.series("FEDFUNDS").values[-1]) == (date(2024, 12, 31), 4.48)


def test_an_archive_has_a_file_a_frequency_and_notes(load: Load, workspace: Workspace) -> None:
    content = archive(
        README_txt="FRED Graph Observations",
        daily_csv="observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n",
        monthly_csv="observation_date,FEDFUNDS\n2024-11-01,4.64\n2024-12-01,4.48\n",
    )
    report = load("fredgraph.zip", content)
    assert report.outcome is Outcome.LOADED, report.problems
    assert [doubt.en for doubt in report.doubts] == ["Not read: README.txt."]
    market = Market(workspace)
    assert market.series("DGS10").values.tolist() == [4.79, 4.78]
    assert market.series("FEDFUNDS").last_date == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("frequency", "en", "zh"),
    [
        ("Monthly", "monthly figures of a daily series", "此為日資料序列的月平均或期末值"),
        ("Weekly, Ending Friday", "weekly figures of a daily series", "此為日資料序列的週平均或期末值"),
        ("Annual", "annual figures of a daily series", "此為日資料序列的年平均或期末值"),
    ],
)
def test_averages_of_a_daily_series_are_refused(load: Load, frequency: str, en: str, zh: str) -> None:
    report = load("x.xlsx", graph(["DGS10", TEN], frequency=frequency))
    assert report.outcome is Outcome.REFUSED
    problem = next(problem for problem in report.problems if problem.check == "import.coarser")
    assert problem.message.en == f"x.xlsx › FRED Graph, line 11, column DGS10: {en}."
    assert problem.message.zh == f"x.xlsx › FRED Graph第11行，DGS10欄：{zh}。"


def test_averages_in_an_archive_are_refused_by_the_name_of_the_file(load: Load) -> None:
    report = load("x.zip", archive(monthly_csv="observation_date,DGS10\n2024-12-01,4.39\n2025-01-01,4.63\n"))
    assert "import.coarser" in [problem.check for problem in report.problems]


def test_a_unit_that_the_catalogue_does_not_expect_is_a_doubt(load: Load) -> None:
    report = load("x.xlsx", graph(["DGS10", TEN.replace("Percent", "Index 2017=100")]))
    assert [doubt.en for doubt in report.doubts] == [
        "DGS10 is in “Index 2017=100” in this file and in “%” in the catalogue."
    ]


def test_an_answer_of_the_api_asks_for_its_series(load: Load, workspace: Workspace) -> None:
    content = (
        b'{"units": "lin", "observations": [\n'
        b'{"realtime_start": "2025-01-16", "realtime_end": "2025-01-16", "date": "2025-01-13", "value": "4.79"},\n'
        b'{"realtime_start": "2025-01-16", "realtime_end": "2025-01-16", "date": "2025-01-14", "value": "."}]}'
    )
    assert load("DGS10.json", content).outcome is Outcome.REFUSED
    report = load("DGS10.json", content, source="fred_graph", as_id="DGS10")
    assert report.outcome is Outcome.LOADED, report.problems
    assert Market(workspace).series("DGS10").values.tolist() == [4.79]


def test_a_workbook_of_somebody_else_is_not_taken_for_freds(load: Load) -> None:
    report = load("x.xlsx", workbook(S=[["Report"], ["observation_date", "DGS10"], *DAYS]))
    assert report.recogniser != "fred_graph"
