"""Sheets of workbooks are grids of text: stored numbers at their shortest, dates as dates, errors as they are."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from briefing.data.containers.table import Table
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.workspace import Workspace
from briefing.problems import Problem

Opened = Callable[..., tuple[Table, ...]]
Refusal = Callable[..., Problem]
Workbook = Callable[..., bytes]
Archive = Callable[[Mapping[str, str | bytes]], bytes]
Load = Callable[..., ImportReport]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cells(table: Table) -> list[tuple[str, ...]]:
    return [tuple(row.cells) for row in table.grid.rows]


@pytest.fixture
def sheet(archive: Archive) -> Callable[..., bytes]:
    """An xlsx file whose one sheet has this XML between its rows, as no library would write it."""

    def made(rows: str, *, workbook: str = "", strings: str = "") -> bytes:
        return archive(
            {
                "[Content_Types].xml": "<Types/>",
                "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook}<sheets>'
                '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
                "xl/_rels/workbook.xml.rels": "<Relationships>"
                f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
                "</Relationships>",
                "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
                "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            }
        )

    return made


def test_every_sheet_with_something_in_it_is_a_table(opened: Opened, workbook: Workbook) -> None:
    content = workbook({"Daily": [["Date", "VIX"]], "Empty": [], "Monthly": [["Date", "FEDFUNDS"]]})
    tables = opened("x.xlsx", content)
    assert [(table.part, table.container, table.grid.delimiter) for table in tables] == [
        ("Daily", "xlsx", ""),
        ("Monthly", "xlsx", ""),
    ]
    assert tables[0].grid.title == "x.xlsx › Daily"


def test_hidden_sheets_are_named_and_not_read(opened: Opened, workbook: Workbook) -> None:
    (table,) = opened("x.xlsx", workbook({"Data": [["Date"]], "Old": [["Date"]]}, hidden=["Old"]))
    assert [doubt.en for doubt in table.doubts] == ["Hidden sheets were not read: Old."]


def test_a_workbook_with_nothing_in_it_is_refused(refusal: Refusal, workbook: Workbook) -> None:
    assert refusal("x.xlsx", workbook({"A": []})).message.en == "x.xlsx: the workbook holds no data."
    found = refusal("x.xlsx", workbook({"A": [], "B": [["x"]]}, hidden=["B"]))
    assert found.message.zh == "x.xlsx：活頁簿沒有資料（隱藏的工作表除外：B）。"


def test_values_become_text_without_loss(opened: Opened, workbook: Workbook) -> None:
    row = [4.1, 4.0999999999999996, 45672, 123456789012, 1e-05, 6.02e23, -0.5, True, "  0700 ", "中文\n二"]
    (table,) = opened("x.xlsx", workbook({"S": [row]}))
    assert cells(table) == [
        ("4.1", "4.1", "45672", "123456789012", "1e-05", "6.02e+23", "-0.5", "TRUE", "0700", "中文\n二")
    ]


def test_dates_are_iso_dates_and_moments_iso_instants(opened: Opened, workbook: Workbook) -> None:
    row = [dt.date(2025, 1, 14), dt.datetime(2025, 1, 14), dt.datetime(2025, 1, 14, 16, 30, 1), dt.time(9, 30)]  # noqa: DTZ001 - cells have no zone
    (table,) = opened("x.xlsx", workbook({"S": [row]}))
    assert cells(table) == [("2025-01-14", "2025-01-14", "2025-01-14T16:30:01", "09:30:00")]


@pytest.mark.parametrize(
    "code",
    ["yyyy-mm-dd", "d/m/yyyy", "[$-404]e/m/d", 'yyyy"年"m"月"d"日"', "mmm-yy", "dd\\.mm\\.yyyy;@", "[$-F800]dddd"],
)
def test_whatever_a_date_looks_like_it_is_the_day_that_is_stored(opened: Opened, workbook: Workbook, code: str) -> None:
    (table,) = opened("x.xlsx", workbook({"S": [[45671]]}, {"A1": code}))
    assert cells(table) == [("2025-01-14",)]


@pytest.mark.parametrize(
    "code", ["General", "0.00", "#,##0.00_);[Red]\\(#,##0.00\\)", '0.0"d"', "0.00E+00", "@", "[h]:mm"]
)
def test_a_number_format_without_a_date_leaves_the_number(opened: Opened, workbook: Workbook, code: str) -> None:
    (table,) = opened("x.xlsx", workbook({"S": [[45671]]}, {"A1": code}))
    assert cells(table) == [("45671",)]


def test_a_number_shown_in_per_cent_is_what_is_stored_with_a_doubt(opened: Opened, workbook: Workbook) -> None:
    (table,) = opened("x.xlsx", workbook({"S": [["Date", "UST10Y"], ["2025-01-14", 0.0425]]}, {"B2": "0.00%"}))
    assert cells(table)[1] == ("2025-01-14", "0.0425")
    (doubt,) = table.doubts
    assert doubt.en == ("Column B is shown in per cent, but a fraction is stored: B shows 4.25% and holds 0.0425.")
    assert doubt.zh == "B欄以百分比顯示，但儲存的是小數：B欄顯示4.25%，實際值為0.0425。"


def test_days_counted_from_1904_are_the_same_days(opened: Opened, workbook: Workbook) -> None:
    (table,) = opened("x.xlsx", workbook({"S": [[dt.date(2025, 1, 14)]]}, from_1904=True))
    assert cells(table) == [("2025-01-14",)]
    assert [doubt.en for doubt in table.doubts] == ["The workbook counts its days from 1904."]


@pytest.mark.parametrize(("from_1904", "number"), [(False, 45671), (True, 44209)])
def test_bare_day_numbers_are_dates_from_the_workbooks_first_day(
    load: Load, workbook: Workbook, from_1904: bool, number: int
) -> None:
    rows = [["observation_date", "DGS10"], [number, 4.78], [number + 1, 4.66]]
    report = load("x.xlsx", workbook({"Daily": rows}, from_1904=from_1904))
    assert report.outcome is Outcome.LOADED, report.problems
    assert "2025-01-14–2025-01-15" in report.reason.en


def test_lines_are_the_rows_of_the_sheet_and_rows_are_as_wide_as_the_widest(
    opened: Opened, sheet: Callable[..., bytes]
) -> None:
    rows = '<row r="3"><c r="B3"><v>1</v></c></row><row r="7"><c r="A7"><v>2</v></c><c r="D7"><v>3</v></c></row>'
    (table,) = opened("x.xlsx", sheet(rows))
    assert [(row.line, tuple(row.cells)) for row in table.grid.rows] == [
        (3, ("", "1", "", "")),
        (7, ("2", "", "", "3")),
    ]


def test_cells_without_addresses_stand_one_after_another(opened: Opened, sheet: Callable[..., bytes]) -> None:
    (table,) = opened("x.xlsx", sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"))
    assert [(row.line, tuple(row.cells)) for row in table.grid.rows] == [(1, ("1", "2")), (2, ("3", ""))]


def test_strings_are_read_in_every_way_they_can_be_stored(opened: Opened, sheet: Callable[..., bytes]) -> None:
    strings = (
        "<si><t>plain</t></si><si><r><t>ri</t></r><r><t xml:space='preserve'>ch </t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si><si><t>a_x000A_b</t></si>"
    )
    rows = "<row>" + "".join(f'<c t="s"><v>{at}</v></c>' for at in range(4))
    rows += '<c t="inlineStr"><is><t>in</t><r><t>line</t></r></is></c><c t="str"><f>A1</f><v>text</v></c>'
    rows += '<c t="d"><v>2025-01-14T00:00:00</v></c><c t="b"><v>0</v></c></row>'
    (table,) = opened("x.xlsx", sheet(rows, strings=strings))
    assert cells(table) == [("plain", "rich", "東京", "a\nb", "inline", "text", "2025-01-14", "FALSE")]


def test_what_a_formula_left_behind_is_told_apart(opened: Opened, sheet: Callable[..., bytes]) -> None:
    rows = (
        "<row><c><f>NOW()</f></c><c><f>A1</f><v></v></c><c t='e'><f>NA()</f><v>#N/A</v></c>"
        "<c t='e'><v>#DIV/0!</v></c><c t='e'><v>#GETTING_DATA</v></c><c t='str'><f>T(1)</f><v></v></c>"
        "<c><f>1+1</f><v>2</v></c></row>"
    )
    (table,) = opened("x.xlsx", sheet(rows))
    assert cells(table) == [("#FORMULA?", "#FORMULA?", "#N/A", "#DIV/0!", "#GETTING_DATA", "", "2")]


def test_a_formula_without_its_value_an_error_and_a_division_are_three_messages_with_addresses(
    load: Load, workbook: Workbook
) -> None:
    rows = [
        ["Date", "UST10Y", "VIX", "Note"],
        ["2025-01-13", "=1+1", 19.19, "#REF!"],
        ["2025-01-14", 4.78, "#N/A", ""],
        ["2025-01-15", 4.66, "#DIV/0!", ""],
    ]
    report = load("x.xlsx", workbook({"Daily": [row[:3] for row in rows]}))
    assert report.outcome is Outcome.REFUSED
    assert [problem.message.en for problem in report.problems] == [
        (
            "x.xlsx › Daily, line 2, column UST10Y (B2): “#FORMULA?”: a formula was stored without its value; "
            "open the workbook in Excel and save it."
        ),
        (
            "x.xlsx › Daily, line 3, column VIX (C3): “#N/A”: a formula looked for a value and found none; "
            "see what it looks for."
        ),
        "x.xlsx › Daily, line 4, column VIX (C4): “#DIV/0!”: a formula divided by zero or by an empty cell.",
    ]
    assert report.problems[0].message.zh == (
        "x.xlsx › Daily第2行，UST10Y (B2)欄：「#FORMULA?」：公式未存有計算結果，請以Excel開啟後重新存檔。"
    )


def test_a_workbook_saved_before_the_data_arrived_says_so(load: Load, workbook: Workbook) -> None:
    report = load(
        "x.xlsx", workbook({"S": [["Date", "UST10Y", "VIX"], ["2025-01-13", 4.79, "#N/A Requesting Data..."]]})
    )
    assert "the file was saved before the data arrived" in report.problems[0].message.en


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "A1"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "A1"),
        ('<row r="1"><c r="A1" t="z"><v>1</v></c></row>', "A1"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>', "B1"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "A1"),
    ],
    ids=["no such string", "negative string", "no such type", "twice", "backwards"],
)
def test_a_damaged_cell_is_refused_with_its_address(
    refusal: Refusal, sheet: Callable[..., bytes], rows: str, place: str
) -> None:
    found = refusal("x.xlsx", sheet(rows))
    assert found.message.en == f"x.xlsx › S, cell {place}: the cell is damaged or stands twice."
    assert found.place.column == place


def test_rows_out_of_order_are_refused(refusal: Refusal, sheet: Callable[..., bytes]) -> None:
    found = refusal("x.xlsx", sheet('<row r="5"><c><v>1</v></c></row><row r="4"><c><v>1</v></c></row>'))
    assert found.message.en == "x.xlsx › S, line 4: rows that stand out of order; the workbook is damaged."


def test_a_column_that_no_workbook_has_is_refused(refusal: Refusal, sheet: Callable[..., bytes]) -> None:
    assert "no column “ABCD”" in refusal("x.xlsx", sheet('<row r="1"><c r="ABCD1"><v>1</v></c></row>')).message.en


def test_a_part_that_no_workbook_has_is_refused(refusal: Refusal, workbook: Workbook) -> None:
    out = io.BytesIO(workbook({"S": [["x"]]}))
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("evil/payload.bin", "x")
    assert refusal("x.xlsx", out.getvalue()).message.en == "x.xlsx › evil/payload.bin: is no part of a workbook."


@pytest.mark.parametrize("name", ["prices.xls", "prices.xlsb"])
def test_old_and_binary_workbooks_are_read_alike(opened: Opened, made: Callable[[str], bytes], name: str) -> None:
    (table,) = opened(name, made(name))
    assert table.part == "Prices"
    assert cells(table)[0] == ("Date", "UST10Y", "VIX", "代碼")
    assert "Hidden sheets were not read: Hid." in [doubt.en for doubt in table.doubts]
    assert table.grid.sheet


def test_errors_and_per_cent_of_an_old_workbook_are_not_lost(opened: Opened, made: Callable[[str], bytes]) -> None:
    (table,) = opened("prices.xls", made("prices.xls"))
    assert cells(table)[1:] == [
        ("2025-01-13", "0.0479", "19.19", ""),
        ("2025-01-14", "0.0478", "", ""),
        ("45672", "4.1000000000000005", "#N/A", ""),
        ("2025-01-15T10:30:00", "", "#DIV/0!", "TRUE"),
    ]
    assert "Column B is shown in per cent" in table.doubts[0].en


def test_an_old_workbook_that_counts_from_1904_says_so(opened: Opened, made: Callable[[str], bytes]) -> None:
    (table,) = opened("x.xls", made("prices_1904.xls"))
    assert table.grid.from_1904
    assert cells(table)[1][0] == "2029-01-14"


def test_a_binary_workbook_keeps_dates_and_numbers(opened: Opened, made: Callable[[str], bytes]) -> None:
    (table,) = opened("x.xlsb", made("prices.xlsb"))
    assert cells(table)[1:] == [
        ("2025-01-13", "4.79", "19.19", "a"),
        ("2025-01-14T10:30:00", "4.1000000000000005", "", "TRUE"),
    ]


@pytest.mark.data
def test_the_old_workbook_of_curve_parameters_is_read_whole(opened: Opened, shared: Path) -> None:
    (table,) = opened("GSW.xls", (shared / "gsw" / "sadgen_GSW_CurveParam.xls").read_bytes())
    assert (len(table.grid.rows), table.part) == (14_179, "GSWParam")
    assert table.grid.rows[-1].cells[:2] == ("1961-06-14", "3.91760612")


@pytest.mark.data
def test_real_workbooks_are_read(opened: Opened, shared: Path) -> None:
    files = sorted(shared.rglob("*.xlsx"))
    assert len(files) == 85
    for file in files[::10]:
        (table,) = opened(file.name, file.read_bytes())
        assert len(table.grid.rows) > 200, file.name


def test_a_lock_of_excel_is_named_as_such(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "~$x.xlsx").write_bytes(b"\x05Trader")
    (report,) = import_files(workspace, [tmp_path / "~$x.xlsx"])
    assert report.problems[0].message.en == "~$x.xlsx: is a lock that Excel leaves while a workbook is open."


def test_a_workbook_that_excel_does_not_share_is_named_as_such(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK")
    (tmp_path / "~$x.xlsx").write_bytes(b"\x05Trader")
    monkeypatch.setattr("os.open", _denied)
    (report,) = import_files(workspace, [path])
    assert report.problems[0].message.en == "x.xlsx: is open in Excel, which does not share it."
    assert report.problems[0].hint.zh == "請在Excel中存檔並關閉後，再行匯入。"


def test_an_open_workbook_that_can_be_read_is_read_with_a_doubt(
    opened: Opened, workbook: Workbook, tmp_path: Path
) -> None:
    (tmp_path / "~$x.xlsx").write_bytes(b"\x05Trader")
    (table,) = opened("x.xlsx", workbook({"S": [["Date"]]}))
    assert [doubt.en for doubt in table.doubts] == [
        "The file is open in another program; changes that are not saved are not read."
    ]


def _denied(*_: object) -> int:
    raise PermissionError(13, "Permission denied")
