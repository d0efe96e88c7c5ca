"""A report in the words of its card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_workspaces import report

from briefing_ui import report_words
from briefing_ui.import_page import merged

pytestmark = pytest.mark.ui
FLAG = {
    "rule": "jump",
    "series": "DGS10",
    "first": "2025-01-14",
    "last": "2025-01-14",
    "count": 1,
    "value": -47.5,
    "row": 12,
    "column": "DGS10",
    "what": {"en": "moved by 90 sigmas", "zh": "變動達90個標準差"},
}


def problem(check: str, severity: str = "warning", hint: str = "Look at it.") -> dict[str, Any]:
    said = {"en": f"{check} was found.", "zh": f"發現{check}。"}
    return {"check": check, "severity": severity, "message": said, "hint": {"en": hint, "zh": "請檢查。"}}


@pytest.mark.parametrize(
    ("made", "group"),
    [
        (report("a.csv"), "read"),
        (report("a.csv", findings=[FLAG]), "flagged"),
        (report("a.csv", problems=[problem("import.merged")]), "flagged"),
        (report("a.csv", problems=[problem("import.skipped", "info")]), "read"),
        (report("a.csv", "refused"), "refused"),
        (report("a.csv", "already loaded"), "left"),
        (report("a.csv", "passed over"), "left"),
    ],
)
def test_a_card_stands_where_its_report_belongs(made: dict[str, Any], group: str) -> None:
    assert report_words.group_of(made) == group


def test_a_flag_says_line_column_day_value_and_reason_and_what_can_be_done() -> None:
    made = report("a.csv", findings=[FLAG], problems=[problem("import.jump"), problem("import.skipped", "info")])
    assert list(report_words.flags(made, "en")) == [
        "Line 12, column DGS10, 14 Jan 2025, value −47.5: moved by 90 sigmas",
        "Look at it.",
    ]
    assert next(report_words.flags(made, "zh")) == "第12行，DGS10欄，2025年1月14日，數值−47.5：變動達90個標準差"
    assert list(report_words.points(made, "en")) == []
    assert list(report_words.unjudged(made, "en")) == ["import.skipped was found."]


def test_a_flag_over_many_rows_says_how_many_and_until_when() -> None:
    made = report("a.csv", findings=[{**FLAG, "last": "2025-01-20", "count": 5, "value": None, "row": 0}])
    assert list(report_words.flags(made, "en")) == [
        "column DGS10, 14 Jan 2025, 5 rows until 20 Jan 2025: moved by 90 sigmas"
    ]


def test_what_a_rule_refuses_is_told_in_full() -> None:
    made = report("a.csv", "refused", findings=[FLAG], problems=[problem("import.jump", "error")])
    assert [point.message for point in report_words.points(made, "en")] == ["import.jump was found."]


def test_a_hint_for_the_command_line_is_left_out() -> None:
    made = report(
        "a.csv", "refused", problems=[problem("import.nameless", "error", "Name it: briefing import --as ID")]
    )
    (point,) = report_words.points(made, "en")
    assert point.hint == ""


def test_a_refused_cell_says_where_it_stands_and_why() -> None:
    fault = {"row": 7, "column": "Close", "reason": {"en": "“x” is not a number", "zh": "「x」不是數字"}}
    made = report("a.csv", "refused", refused=[fault])
    assert list(report_words.cells(made, "en")) == ["Line 7, column Close: “x” is not a number"]
    assert list(report_words.cells(made, "zh")) == ["第7行，Close欄：「x」不是數字"]


def test_missing_values_are_counted_by_kind_with_the_words_of_the_file() -> None:
    rows = {"read": 1200, "kept": 1200, "refused": 0, "passed": 3}
    made = report("a.csv", rows=rows, missing={"not available": 12, "holiday": 1}, markers={".": 12, "": 1}, vanished=2)
    assert report_words.facts(made, "en") == (
        "1,200 rows read, 1,200 kept · 3 of series that nobody asked for"
        " · 13 missing (12 not available, 1 holiday, written “.”, blank) · 2 no longer in the file"
    )
    assert report_words.facts(made, "zh") == (
        "讀取1,200列，保留1,200列 · 3列屬於未使用的序列 · 缺值13個（無資料12、假日1、寫作「.」、空白） · 檔案中已無2個"
    )


def test_many_series_are_counted_and_a_value_that_was_taken_away_is_a_revision() -> None:
    revised = [{"series": "A", "date": "2025-01-14", "old": 4.78, "new": None}]
    made = report("a.csv", series=["A", "B", "C", "D"], revised=revised)
    assert report_words.recognised(made, "en") == "4 series"
    assert list(report_words.revisions(made, "en")) == ["A, 14 Jan 2025: 4.78 → no value"]


def test_of_very_many_cells_and_revisions_the_rest_is_counted() -> None:
    fault = {"row": 7, "column": "Close", "reason": {"en": "“x” is not a number", "zh": "「x」不是數字"}}
    assert list(report_words.cells(report("a.csv", refused=[fault], more_refused=2300), "en"))[1:] == ["and 2,300 more"]
    value = {"series": "A", "date": "2025-01-14", "old": 4.78, "new": 4.79}
    made = report("a.csv", revised=[value], more_revised=2399)
    assert list(report_words.revisions(made, "zh"))[1:] == ["另有2,399個"]
    assert "2,400 revised" in report_words.facts(made, "en")


def test_files_that_are_read_once_more_keep_their_place_and_others_replace_the_list() -> None:
    before = [report("a.csv"), report("b.csv", "refused"), report("c.csv")]
    again = merged(before, [report("b.csv")])
    assert [(one["file"], one["outcome"]) for one in again] == [
        ("a.csv", "loaded"),
        ("b.csv", "loaded"),
        ("c.csv", "loaded"),
    ]
    assert [one["file"] for one in merged(before, [report("d.csv")])] == ["d.csv"]
    assert report_words.path_of(before[0]) == Path("/inbox/a.csv")
