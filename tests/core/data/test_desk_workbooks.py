"""Workbooks as desks save them from their terminals: each comes back from the store, or says what is wrong."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime

import numpy as np
import pytest
from openpyxl import Workbook

from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace
from briefing.series import Caveat

Load = Callable[..., ImportReport]
Cell = str | float | datetime | None


def saved(*rows: Sequence[Cell]) -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def day(number: int, month: int = 1) -> datetime:
    return datetime(2025, month, number)  # noqa: DTZ001 - days of a workbook have no zone


def values(workspace: Workspace, series: str) -> list[float]:
    found: list[float] = Market(workspace).series(series).values.tolist()
    return found


def said(report: ImportReport) -> str:
    return " ".join(problem.message.en for problem in report.problems)


BDH = (
    ("Start Date", day(13)),
    ("End Date", None),
    (),
    (None, "H15T10Y Index", "VIX Index"),
    (None, "US 10Y CMT", "Cboe VIX"),
    ("Dates", "PX_LAST", "PX_LAST"),
    (day(13), 4.79, 19.19),
    (day(14), 4.78, 18.71),
    (day(15), 4.66, 16.12),
)


def test_a_bloomberg_table_is_read_below_its_request_and_its_row_of_names(load: Load, workspace: Workspace) -> None:
    report = load("bdh.xlsx", saved(*BDH))
    assert (report.outcome, report.recogniser) == (Outcome.LOADED, "bloomberg")
    assert values(workspace, "UST10Y") == [4.79, 4.78, 4.66]
    assert values(workspace, "VIX") == [19.19, 18.71, 16.12]


def test_each_ticker_may_have_dates_of_its_own(load: Load, workspace: Workspace) -> None:
    rows = (
        ("H15T10Y Index", None, None, "SPX Index", None),
        ("Date", "PX_LAST", None, "Date", "PX_LAST"),
        (day(13), 4.79, None, day(14), 5842.91),
        (day(14), 4.78, None, day(15), 5949.91),
        (day(15), 4.66, None, None, None),
    )
    load("pairs.xlsx", saved(*rows))
    assert values(workspace, "UST10Y") == [4.79, 4.78, 4.66]
    assert Market(workspace).series("SPX").dates.tolist() == [date(2025, 1, 14), date(2025, 1, 15)]


def test_one_security_has_its_fields_below(load: Load, workspace: Workspace) -> None:
    rows = (
        ("Security", "SPY US Equity"),
        ("Start Date", day(13)),
        ("Period", "D"),
        ("Date", "PX_LAST", "PX_OPEN", "PX_VOLUME"),
        (day(13), 581.5, 575.25, 1000),
        (day(14), 582.25, 584.0, 2000),
    )
    load("security.xlsx", saved(*rows))
    assert values(workspace, "SPY") == [581.5, 582.25]
    assert values(workspace, "SPY_OPEN") == [575.25, 584.0]
    assert values(workspace, "SPY_VOLUME") == [1000, 2000]


def test_dates_that_are_day_numbers_are_read(load: Load, workspace: Workspace) -> None:
    rows = ((None, "SPX Index"), ("Dates", "PX_LAST"), (45670, 5836.22), (45671, 5842.91))
    load("numbers.xlsx", saved(*rows))
    assert Market(workspace).series("SPX").dates.tolist() == [date(2025, 1, 13), date(2025, 1, 14)]


def test_a_table_saved_too_early_says_so(load: Load) -> None:
    report = load(
        "early.xlsx",
        saved(
            (None, "SPX Index", "VIX Index"),
            ("Dates", "PX_LAST", "PX_LAST"),
            (day(13), 5836.22, "#N/A Requesting Data..."),
        ),
    )
    assert report.outcome is Outcome.REFUSED
    assert (
        "line 3, column VIX Index (C3): “#N/A Requesting Data...”: the file was saved before the data arrived"
        in said(report)
    )


def test_a_request_that_was_not_answered_at_all_says_so(load: Load) -> None:
    report = load("early.xlsx", saved((None, "SPX Index"), ("Dates", "PX_LAST"), ("#N/A Requesting Data...", None)))
    assert report.outcome is Outcome.REFUSED
    assert "line 3, column 1: “#N/A Requesting Data...”: the file was saved before the data arrived" in said(report)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("#N/A Invalid Security", "the vendor does not know this code"),
        ("#N/A Field Not Applicable", "the field does not exist for this security"),
        ("#N/A Connection", "the file was saved before the data arrived"),
        ("#NAME?", "a formula failed"),
    ],
)
def test_an_error_word_refuses_its_column(load: Load, word: str, reason: str) -> None:
    rows = ((None, "SPX Index", "VIX Index"), ("Dates", "PX_LAST", "PX_LAST"), (day(13), 5836.22, word))
    report = load("errors.xlsx", saved(*rows, (day(14), 5842.91, None)))
    assert report.outcome is Outcome.REFUSED
    assert f"“{word}”: {reason}" in said(report)


def test_an_unknown_ticker_is_a_question_and_its_answer_is_taken(load: Load, workspace: Workspace) -> None:
    content = saved((None, "XYZ Index"), ("Dates", "PX_LAST"), (day(13), 98.5), (day(14), 97.25))
    report = load("new.xlsx", content)
    assert "column XYZ Index: the catalogue has no series XYZ Index" in said(report)
    report = load("new.xlsx", content, columns={"XYZ Index": "MOVE"})
    assert report.outcome is Outcome.LOADED
    assert values(workspace, "MOVE") == [98.5, 97.25]


def test_a_field_that_is_no_price_is_not_taken_for_one(load: Load) -> None:
    report = load("field.xlsx", saved((None, "SPX Index"), ("Dates", "PX_BID"), (day(13), 98.5), (day(14), 97.25)))
    assert "column SPX Index PX_BID: the catalogue has no series SPX Index PX_BID" in said(report)


def test_a_column_without_a_known_ticker_does_not_borrow_its_neighbours(load: Load) -> None:
    report = load("typo.csv", "Date,SPX Index,Vix index x\n2025-01-13,5836.22,19.19\n2025-01-14,5842.91,18.71\n")
    assert "column Vix index x: the catalogue has no series Vix index x" in said(report)


def test_bond_futures_in_32nds_are_read_where_the_catalogue_says_so(load: Load, workspace: Workspace) -> None:
    workspace.catalogue.write_text(
        '[[series]]\nseries_id = "TY1"\nname_en = "10-year note future"\nname_zh = "十年債期貨"\nkind = "price"\n'
        'quote = "32nds"\nsource_en = "Desk"\nsource_zh = "本部"\ncodes = { bloomberg = "TY1 Comdty" }\n',
        encoding="utf-8",
    )
    load("ty.xlsx", saved((None, "TY1 Comdty"), ("Dates", "PX_LAST"), (day(13), "107-11+"), (day(14), "108-02")))
    assert values(workspace, "TY1") == [107.359375, 108.0625]


def test_a_price_history_of_lseg_leaves_out_what_follows_from_prices(load: Load, workspace: Workspace) -> None:
    rows = (
        (".SPX", None),
        ("S&P 500 INDEX", None),
        (),
        ("Exchange Date", "Close", "Net", "%Chg", "Open", "Low", "High", "Volume", None),
        (day(15), 5949.91, 107.0, 0.0183, 5905.21, 5905.21, 5960.61, None, None),
        (day(14), 5842.91, 6.69, 0.0011, 5859.27, 5805.42, 5871.92, None, None),
    )
    report = load("Price History.xlsx", saved(*rows))
    assert report.outcome is Outcome.LOADED, report.problems
    assert values(workspace, "SPX_OPEN") == [5859.27, 5905.21]
    assert "Net, %Chg follow from prices and trades and are not read." in [doubt.en for doubt in report.doubts]


def test_a_price_history_without_a_known_instrument_is_a_question(load: Load, workspace: Workspace) -> None:
    rows = (("Exchange Date", "Close"), (day(15), 90.75), (day(14), 97.25))
    assert load("history.xlsx", saved(*rows)).outcome is Outcome.REFUSED
    assert load("history.xlsx", saved(*rows), as_id="MOVE").outcome is Outcome.LOADED
    assert values(workspace, "MOVE") == [97.25, 90.75]


def test_values_that_datastream_repeats_on_closed_days_are_left_out_and_counted(
    load: Load, workspace: Workspace
) -> None:
    rows = (
        ("Name", "S&P 500 COMPOSITE - PRICE INDEX"),
        ("Code", "S&PCOMP"),
        (day(17), 5996.66),
        (day(20), 5996.66),
        (day(21), 6049.24),
        (day(22), 6049.24),
    )
    report = load("ds.xlsx", saved(*rows))
    assert [problem.message.en for problem in report.problems if problem.check == "import.padded"] == [
        "ds.xlsx › Sheet: 1 values on closed days repeat the value before and were left out."
    ]
    dates = Market(workspace).series("SPX").dates.tolist()
    assert dates == [date(2025, 1, 17), date(2025, 1, 21), date(2025, 1, 22)]


def test_a_code_that_datastream_refused_is_named_with_its_words(load: Load, workspace: Workspace) -> None:
    refused = "$$ER: E100,INVALID CODE OR EXPRESSION ENTERED"
    rows = (
        ("Name", "S&P 500", "#ERROR"),
        ("Code", "S&PCOMP", refused),
        (day(13), 5836.22, None),
        (day(14), 5842.91, None),
    )
    content = saved(*rows)
    report = load("ds.xlsx", content)
    assert "the vendor does not know this code or has no data for it" in said(report)
    assert refused in said(report)
    report = load("ds.xlsx", content, columns={refused: ""})
    assert report.outcome is Outcome.LOADED
    assert values(workspace, "SPX") == [5836.22, 5842.91]


def test_total_return_is_not_taken_for_the_price(load: Load) -> None:
    rows = (("Name", "S&P 500 - TOT RETURN IND"), ("Code", "S&PCOMP(RI)"), (day(13), 12800.5), (day(14), 12815.0))
    report = load("ri.xlsx", saved(*rows))
    assert "column S&PCOMP(RI): the catalogue has no series S&PCOMP(RI)" in said(report)


def test_forecasts_of_macrobond_are_stored_as_such(load: Load, workspace: Workspace) -> None:
    rows = (
        ("Series", "UNRATE"),
        ("Title", "US, Unemployment Rate"),
        ("Unit", "Percent"),
        ("Frequency", "Monthly"),
        ("Source", "BLS"),
        ("2025-01-31", 4.0),
        ("2025-02-28", "4.1 (F)"),
        ("2025-03-31 (F)", 4.2),
    )
    report = load("mb.xlsx", saved(*rows))
    assert report.outcome is Outcome.LOADED, report.problems
    assert report.source_note is not None
    assert report.source_note.en == "Source: BLS"
    series = Market(workspace).series("UNRATE")
    assert series.values.tolist() == [4.0, 4.1, 4.2]
    assert series.caveats[Caveat.FORECAST].tolist() == [date(2025, 2, 28), date(2025, 3, 31)]


def test_a_bad_cell_beside_a_forecast_is_named_by_its_address(load: Load) -> None:
    rows = (
        ("Series", "UNRATE"),
        ("Title", "US, Unemployment Rate"),
        ("Unit", "Percent"),
        ("Frequency", "Monthly"),
        ("Source", "BLS"),
        ("2025-01-31", "4.0 (F)"),
        ("2025-02-28", "about 4"),
    )
    assert "line 7, column UNRATE (B7): “about 4” is not a number" in said(load("mb.xlsx", saved(*rows)))


def test_a_unit_that_is_not_the_catalogues_refuses_the_column(load: Load) -> None:
    rows = (
        ("指标名称", "标普500"),
        ("频率", "日"),
        ("单位", "%"),
        ("指标ID", "SPX.GI"),
        (day(13), 1.5),
        (day(14), 0.5),
    )
    report = load("edb.xlsx", saved(*rows))
    assert "the file says “%”; the catalogue has SP500 in “”" in said(report)


def test_winds_last_line_becomes_the_source(load: Load, workspace: Workspace) -> None:
    rows = (
        ("指标名称", "标普500"),
        ("频率", "日"),
        ("单位", "点"),
        ("指标ID", "SPX.GI"),
        (day(13), 5836.22),
        ("数据来源：Wind", None),
    )
    report = load("edb.xlsx", saved(*rows))
    assert report.source_note is not None
    assert report.source_note.zh == "資料來源：Wind"
    assert np.isclose(values(workspace, "SPX"), [5836.22]).all()


def test_a_screen_of_latest_values_does_not_say_their_day(load: Load) -> None:
    rows = (("证券代码", "证券简称", "收盘价\n[交易日期] 最新\n[单位] 元"), ("HSI.HI", "恒生指数", 19286.07))
    report = load("ede.xlsx", saved(*rows))
    assert "column 收盘价: the heading says “最新”, not which day" in said(report)


def shifted(*rows: Sequence[Cell]) -> bytes:
    """The same rows two cells from the corner of the sheet."""
    return saved((), (), *((None, None, *row) for row in rows))


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("bloomberg", (("Start Date", day(13)), (None, "SPX Index"), ("Dates", "PX_LAST"))),
        ("bloomberg", ((None, "SPX Index"),)),
        ("lseg", ((".SPX", None), ("Exchange Date", "Close"))),
        ("datastream", (("Name", "S&P 500"), ("Code", "S&PCOMP(PI)"))),
        ("macrobond", (("Series", "SP500"), ("Title", "S&P 500"), ("Unit", "Index"), ("Frequency", "Daily"))),
        ("wind", (("指标名称", "标普500"), ("频率", "日"), ("指标ID", "SPX.GI"))),
        ("plain_wide", (("Date", "SPX"),)),
    ],
)
def test_a_table_may_begin_right_of_the_corner(
    load: Load, workspace: Workspace, source: str, rows: tuple[tuple[Cell, ...], ...]
) -> None:
    report = load("moved.xlsx", shifted(*rows, (day(13), 5836.22), (day(14), 5842.91)))
    assert (report.outcome, report.recogniser) == (Outcome.LOADED, source), said(report)
    assert values(workspace, "SPX") == [5836.22, 5842.91]


def test_a_code_over_several_fields_rules_them_all(load: Load, workspace: Workspace) -> None:
    rows = (
        (None, "SPY US Equity", None, "TLT US Equity", None),
        ("Dates", "PX_LAST", "PX_VOLUME", "PX_LAST", "PX_VOLUME"),
        (day(13), 581.5, 1000, 86.5, 2000),
        (day(14), 582.25, 1100, 86.75, 2100),
    )
    load("fields.xlsx", saved(*rows))
    assert values(workspace, "TLT") == [86.5, 86.75]
    assert values(workspace, "SPY_VOLUME") == [1000, 1100]


def test_haver_codes_are_read_below_their_descriptions(load: Load, workspace: Workspace) -> None:
    rows = (
        (None, "FCM10@DAILY"),
        (".DESC", "10-Year Treasury at Constant Maturity"),
        (".FRQ", "Daily"),
        (day(13), 4.79),
        (day(14), 4.78),
    )
    report = load("dlx.xlsx", saved(*rows))
    assert report.recogniser == "haver"
    assert values(workspace, "UST10Y") == [4.79, 4.78]
