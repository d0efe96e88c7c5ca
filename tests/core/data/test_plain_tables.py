"""Tables that no vendor is known for: read with what was found said, or refused with what was not understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.data.intake.previewing import look_at
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace

Load = Callable[..., ImportReport]


def said(report: ImportReport) -> str:
    return " ".join(problem.message.en for problem in report.problems)


def stored(workspace: Workspace, series: str) -> list[tuple[str, float]]:
    found = Market(workspace).series(series)
    return list(zip(found.dates.astype(str).tolist(), found.values.tolist(), strict=True))


TEN = [("2025-01-13", 4.79), ("2025-01-14", 4.78), ("2025-01-15", 4.66)]


@pytest.mark.parametrize(
    "content",
    [
        "Desk sheet\nprepared, by hand\n\nDate,UST10Y\n2025-01-13,4.79\n2025-01-14,4.78\n2025-01-15,4.66\n",
        "Date,UST10Y\n2025-01-15,4.66\n2025-01-14,4.78\n2025-01-13,4.79\nAverage,4.74\nSource: desk\n",
        ",UST10Y\n2025-01-13,4.79\n2025-01-14,4.78\n2025-01-15,4.66\n",
        "UST10Y,Date\n4.79,2025-01-13\n4.78,2025-01-14\n4.66,2025-01-15\n",
        "Date;UST10Y\n13.01.2025;4,79\n14.01.2025;4,78\n15.01.2025;4,66\n",
        "Date\tUST10Y\n13 January 2025\t4.79\n14 January 2025\t4.78\n15 January 2025\t4.66\n",
        "Date|UST10Y\n2025/1/13|4.79\n2025/1/14|4.78\n2025/1/15|4.66\n",
        "| Date | UST10Y |\n|---|---|\n| 2025-01-13 | 4.79 |\n| 2025-01-14 | 4.78 |\n| 2025-01-15 | 4.66 |\n",
        "Date,UST10Y\n,%\n2025-01-13,4.79\n2025-01-14,4.78\n2025-01-15,4.66\n",
        "Date,UST10Y (%)\n2025-01-13,4.79%\n2025-01-14,4.78%\n2025-01-15,4.66%\n",
        "Date,US Treasury 10-year yield\n2025-01-13,4.79\n2025-01-14,4.78\n2025-01-15,4.66\n",
        "日期,美國10年期公債殖利率\n2025年1月13日,4.79\n2025年1月14日,4.78\n2025年1月15日,4.66\n",
        "日期,UST10Y\n民國114年1月13日,4.79\n民國114年1月14日,4.78\n民國114年1月15日,4.66\n",
        "Date,H15T10Y Index\n2025-01-13,4.79\n2025-01-14,4.78\n2025-01-15,4.66\n",
        "Date,Day,UST10Y\n13/01/2025,Mon,4.79\n14/01/2025,Tue,4.78\n15/01/2025,Wed,4.66\n",
        ",Date,UST10Y\n0,2025-01-13,4.79\n1,2025-01-14,4.78\n2,2025-01-15,4.66\n",
        "Date,UST10Y,,\n2025-01-13,4.79,,\n2025-01-14,4.78,,\n2025-01-15,4.66,,\n",
        "Date,UST10Y,UST10Y\n2025-01-13,4.79,4.79\n2025-01-14,4.78,4.78\n2025-01-15,4.66,4.66\n",
        "Series,Unit,2025-01-13,2025-01-14,2025-01-15\nUST10Y,%,4.79,4.78,4.66\n",
        "value,ticker,date\n4.79,UST10Y,2025-01-13\n4.78,UST10Y,2025-01-14\n4.66,UST10Y,2025-01-15\n",
        "date,series,unit,value\n2025-01-13,UST10Y,%,4.79\n2025-01-14,UST10Y,%,4.78\n2025-01-15,UST10Y,%,4.66\n",
        "UST10Y,,VIX,\nDate,Close,Date,Close\n2025-01-13,4.79,2025-01-13,19.19\n2025-01-14,4.78,,\n2025-01-15,4.66,,\n",
        "No.,Date,UST10Y\n1,20250113,4.79\n2,20250114,4.78\n3,20250115,4.66\n",
    ],
)
def test_a_plain_table_is_read_whatever_stands_around_its_values(
    load: Load, workspace: Workspace, content: str
) -> None:
    report = load("desk.txt", content)
    assert report.outcome is Outcome.LOADED, said(report)
    assert stored(workspace, "UST10Y") == TEN


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (("2024-01", "2024-02", "2024-03"), ("2024-01-31", "2024-02-29", "2024-03-31")),
        (("Jan-24", "Feb-24", "Mar-24"), ("2024-01-31", "2024-02-29", "2024-03-31")),
        (("2024M01", "2024M02", "2024M03"), ("2024-01-31", "2024-02-29", "2024-03-31")),
        (("民國113年1月", "民國113年2月", "民國113年3月"), ("2024-01-31", "2024-02-29", "2024-03-31")),
    ],
)
def test_months_are_stored_at_their_end(
    load: Load, workspace: Workspace, dates: tuple[str, ...], days: tuple[str, ...]
) -> None:
    rows = "".join(f"{text},{value}\n" for text, value in zip(dates, ("3.7", "3.9", "3.8"), strict=True))
    load("months.csv", f"Month,UNRATE\n{rows}")
    assert [day for day, _ in stored(workspace, "UNRATE")] == list(days)


def test_quarters_are_stored_at_their_end(load: Load, workspace: Workspace) -> None:
    load("quarters.csv", "Quarter,GDP\n2024Q1,28624\n2024Q2,29016\n2024Q3,29374\n")
    assert [day for day, _ in stored(workspace, "GDP")] == ["2024-03-31", "2024-06-30", "2024-09-30"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Buyer,Size\nFund,12\n", "no column holds dates with values beside them (line 1 is “Buyer,Size”)"),
        ("Date\n2025-01-13\n2025-01-14\n", "no column holds dates with values beside them"),
        ("Date UST10Y\n2025-01-13 4.79\n", "no column holds dates with values beside them"),
        (
            "Date,UST10Y\n'2025-01-13,4.79\n",
            "no column holds dates with values beside them (line 2 is “'2025-01-13,4.79”)",
        ),
        (
            "Date,UST10Y,VIX\n2025-01-13,4.79,19.1\n2025-01-14,4.78\n2025-01-15,4.66,18.7,1\n",
            "line 1 has 3 headings, but line 4 has 4 cells",
        ),
        ("UST10Y,VIX\n2025-01-13,4.79,19.19\n2025-01-14,4.78,18.71\n", "line 1 has 2 headings, but line 2 has 3 cells"),
        ("Date,Settled,UST10Y\n2025-01-13,2025-01-14,4.79\n", "columns 1 and 2 both hold dates, and no heading says"),
        ("Date,Day,UST10Y\n2025-01-13,Tue,4.79\n", "the weekdays in column 2 are not those of the dates in column 1"),
        (
            "Date,UST10Y\n2025-01-13,4.79\n14.01.2025,4.78\n",
            "line 3, column 1: “14.01.2025” is not a date like 2024-09-18",
        ),
        ("Date,UST10Y (bp)\n2025-01-13,479\n", "column UST10Y: the file says “bp”; the catalogue has DGS10 in “%”"),
        (
            "Date,UST10Y,HY_OAS\n,bp,%\n2025-01-13,479,2.7\n",
            "column UST10Y: the file says “bp”; the catalogue has DGS10 in “%”",
        ),
        ("Date,SPX (%)\n2025-01-13,0.5\n", "column SPX: the file says “%”; the catalogue has SP500 in “”"),
        ("Date,UST10Y,Mood\n2025-01-13,4.79,good\n", "column Mood: the catalogue has no series Mood"),
        ("Date,UST10Y,\n2025-01-13,4.79,1.5\n", "column 3: the catalogue has no series 3"),
        (
            "Date,UST10Y,UST10Y\n2025-01-13,4.79,4.7\n",
            "column UST10Y [3]: two columns hold this series, with different values",
        ),
        ("Date,UST10Y\n2025-01-13,4.79\n,4.78\n2025-01-15,4.66\n", "line 3, column 1: “” is not a date"),
        ("Date,UST10Y\nDate,PX_VOLUME\n2025-01-13,479\n", "candidates: plain_wide"),
        (
            "date,ticker,field,value\n2025-01-13,SPX Index,PX_VOLUME,5\n",
            "column SPX Index PX_VOLUME: the catalogue has no series",
        ),
        ("date,series,unit,value\n2025-01-13,UST10Y,bp,479\n", "column UST10Y: the file says “bp”"),
        (
            'Date,SPX\n2025-01-13,"$$ER: 0904,NO DATA AVAILABLE"\n',
            "the vendor does not know this code or has no data for it",
        ),
        ("Day,UST10Y\nJan-24,4.1\nJan-25,4.2\nJan-26,4.3\n", "“Jan-24” in column 1 can be a day or a month"),
    ],
)
def test_what_is_not_understood_is_said(load: Load, content: str, words: str) -> None:
    report = load("desk.csv", content)
    assert report.outcome is Outcome.REFUSED
    assert words in said(report)
    assert all(problem.message.zh and problem.hint.zh for problem in report.problems)


def test_what_is_left_out_is_said(load: Load) -> None:
    content = "No.,Day,Date,UST10Y\n1,Wed,2025-01-15,4.66\n2,Tue,2025-01-14,4.78\nMean,,,4.72\nValues are provisional.\nSource: desk\n"
    report = load("desk.csv", content)
    assert [doubt.en for doubt in report.doubts] == [
        "Column 1 is not read: it numbers the rows.",
        "Column 2 is not read: it names the weekdays, which agree with the dates.",
        "Line 4 is a total and no data: “Mean 4.72”.",
        "Line 5 is a note and no data: “Values are provisional.”.",
    ]
    assert report.source_note is not None
    assert (report.source_note.en, report.source_note.zh) == ("Source: desk", "資料來源：desk")


def test_where_the_header_was_found_is_said(load: Load) -> None:
    report = load("desk.csv", "Desk sheet\n\nDate,UST10Y\n2025-01-14,4.78\n2025-01-15,4.66\n")
    assert report.reason.en.startswith("Header “Date,UST10Y” on line 3, below 1 other lines, 1 of 1 columns known")
    assert report.reason.zh.startswith("標題列「Date,UST10Y」（第3行，其上另有1行），1欄中已知1欄")


def test_a_known_column_beside_an_unknown_one_waits_for_an_answer(load: Load, workspace: Workspace) -> None:
    content = "Date,UST10Y,Mood\n2025-01-13,4.79,1\n2025-01-14,4.78,2\n2025-01-15,4.66,3\n"
    assert load("desk.csv", content).outcome is Outcome.REFUSED
    assert load("desk.csv", content, columns={"Mood": ""}).outcome is Outcome.LOADED
    assert stored(workspace, "UST10Y") == TEN


def test_a_footer_that_is_a_broken_row_is_refused_with_its_line(load: Load) -> None:
    report = load("desk.csv", "Date,UST10Y,VIX\n2025-01-13,4.79,19.19\n2025-01-14,4.78,18.71\n2025-01-15\n")
    assert "line 4, column 2: 1 cells where there should be 3" in said(report)


def test_two_tables_below_each_other_are_not_taken_for_one(load: Load) -> None:
    report = load("desk.csv", "Date,UST10Y\n2025-01-13,4.79\nDate,VIX\n2025-01-13,19.19\n")
    assert "line 3, column 1: “Date” is not a date" in said(report)


def test_the_preview_shows_what_is_wrong_with_a_table_before_it_is_read(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "desk.csv"
    path.write_text("Date,UST10Y (bp)\n2025-01-13,479\n", encoding="utf-8")
    (table,) = look_at(workspace, path).tables
    assert [problem.check for problem in table.questions] == ["import.unit"]
