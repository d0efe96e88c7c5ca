"""Files of the known families as they also come: other cases, marks, line ends, orders, blanks, date styles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from briefing.data.intake.choices import UNDECIDED, Choices
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace

Write = Callable[[str, str | bytes], Path]


@dataclass(frozen=True)
class Odd:
    """A file, the format that must be found, and values that must come out."""

    name: str
    text: str | bytes
    source: str
    values: dict[str, dict[str, float]]
    choices: Choices = UNDECIDED


ODD = (
    Odd(
        "curve-download.csv",
        b"\xef\xbb\xbf\r\n\r\ndate,beta0,beta1,beta2,beta3,sveny01,sveny10,tau1,tau2,\r\n"
        b'"2025-01-13",4.5,-1.5,1.5,-1,4.25,4.75,1.5,9.5,\r\n\r\n"2025-01-10",4.25,-1.25,1.25,0,4.125,4.625,1.25,-999.99,\r\n',
        "gsw",
        {"SVENY10": {"2025-01-10": 4.625, "2025-01-13": 4.75}, "GSW_TAU2": {"2025-01-13": 9.5}},
    ),
    Odd(
        "feds200628 (1).csv",
        "Zero-coupon yields;;;;\nDate;SVENY02;SVENY10;SVENF10;SVENPY10\n1/10/2025;4.25;4.75;5.125;4.75\n"
        "1/13/2025;4.375;4.875;NA;4.8125\n",
        "gsw",
        {"SVENY02": {"2025-01-10": 4.25, "2025-01-13": 4.375}, "SVENF10": {"2025-01-10": 5.125}},
    ),
    Odd(
        "real-curve.tsv",
        "TIPSY05\tTIPSY10\tBKEVEN10\tTIPS5F5\tDate\n1.875\t2.125\t2.375\t2.5\t2025-01-10\n1.75\t2.0\t2.25\t2.375\t2025-01-09\n",
        "gsw_tips",
        {"TIPSY10": {"2025-01-09": 2.0, "2025-01-10": 2.125}, "BKEVEN10": {"2025-01-09": 2.25, "2025-01-10": 2.375}},
    ),
    Odd(
        "termpremia.csv",
        "date,ACMTP10,ACMY10,ACMRNY10,\n15-JAN-2025,0.625,4.625,4.0,\n14-JAN-2025,0.75,4.75,4.0,\n13-jan-2025,NA,NA,NA,\n",
        "acm",
        {"ACMTP10": {"2025-01-14": 75.0, "2025-01-15": 62.5}},
    ),
    Odd(
        "acm spreadsheet.csv",
        "Term premia of the New York Fed\n\nDATE,ACMY02,ACMTP02,ACMRNY02\n1/14/2025,4.375,0.125,4.25\n1/15/2025,4.25,0.0625,4.1875\n",
        "acm",
        {"ACMTP02": {"2025-01-14": 12.5, "2025-01-15": 6.25}},
    ),
    Odd(
        "api_tff.csv",
        '"id","market_and_exchange_names","report_date_as_yyyy_mm_dd","cftc_contract_market_code","open_interest_all",'
        '"dealer_positions_long_all","dealer_positions_short_all","asset_mgr_positions_long","asset_mgr_positions_short",'
        '"asset_mgr_positions_spread","lev_money_positions_long","lev_money_positions_short","futonly_or_combined"\r\n'
        '"250114043602F","UST 10Y NOTE - CHICAGO BOARD OF TRADE","2025-01-14T00:00:00.000","043602","4400000","300000",'
        '"350000","2500000","1100000","90000","450000","1900000","FutOnly"\r\n'
        '"250114043602C","UST 10Y NOTE - CHICAGO BOARD OF TRADE","2025-01-14T00:00:00.000","043602","5400000","310000",'
        '"360000","2510000","1110000","91000","460000","1910000","Combined"\r\n',
        "cftc_tff",
        {
            "CFTC_043602_LEV_MONEY_SHORT": {"2025-01-14": 1_900_000},
            "CFTCC_043602_LEV_MONEY_SHORT": {"2025-01-14": 1_910_000},
        },
    ),
    Odd(
        "F_TFF_2006_2016.txt",
        "Market_and_Exchange_Names,Report_Date_as_MM_DD_YYYY,CFTC_Contract_Market_Code,Open_Interest_All,"
        "Asset_Mgr_Positions_Long_All,Asset_Mgr_Positions_Short_All,Lev_Money_Positions_Long_All,"
        "Lev_Money_Positions_Short_All,FutOnly_or_Combined\n"
        '"S&P 500 Consolidated - CHICAGO MERCANTILE EXCHANGE",06/20/2006,13874+,   700000,  300000,  100000,   50000,   90000,FutOnly\n'
        '"S&P 500 Consolidated - CHICAGO MERCANTILE EXCHANGE",06/13/2006,13874+,   690000,  290000,  .,   50000,   90000,FutOnly\n',
        "cftc_tff",
        {"CFTC_13874PLUS_ASSET_MGR_LONG": {"2006-06-13": 290_000, "2006-06-20": 300_000}},
    ),
    Odd(
        "legacy_api.csv",
        "market_and_exchange_names,report_date_as_yyyy_mm_dd,cftc_contract_market_code,open_interest_all,"
        "noncomm_positions_long_all,noncomm_positions_short_all,noncomm_postions_spread_all,comm_positions_long_all,"
        "comm_positions_short_all,tot_rept_positions_long_all,tot_rept_positions_short,nonrept_positions_long_all,"
        "nonrept_positions_short_all,noncomm_positions_long_old,futonly_or_combined\n"
        "GOLD - COMMODITY EXCHANGE INC.,2025-01-14T00:00:00.000,088691,520000,300000,40000,60000,70000,340000,430000,440000,"
        "50000,40000,1,Combined\n",
        "cftc_legacy",
        {"CFTCC_088691_NONCOMM_SPREAD": {"2025-01-14": 60_000}, "CFTCC_088691_TOT_REPT_SHORT": {"2025-01-14": 440_000}},
    ),
    Odd(
        "rates.csv",
        b"\xef\xbb\xbfdate,1 mo,3 mo,2 yr,10 yr,30 yr,\r\n\r\n"
        b'"01/15/2025",4.37,4.34,4.27,4.66,4.88,\r\n"01/14/2025",4.36,4.35,N/A,4.78,4.97,\r\n',
        "ust_par_curve",
        {"UST2Y": {"2025-01-15": 4.27}, "UST30Y": {"2025-01-14": 4.97, "2025-01-15": 4.88}},
    ),
    Odd(
        "yields-long.csv",
        "VALUE;MATURITY;DATE\n4.66;10-Year;01/15/2025\n4.27;2-Year;01/15/2025\n4.37;1-Month;01/15/2025\n4.38;1.5 Month;01/15/2025\n",
        "ust_par_curve",
        {"UST10Y": {"2025-01-15": 4.66}, "DGS1MO": {"2025-01-15": 4.37}, "UST6W": {"2025-01-15": 4.38}},
    ),
    Odd(
        "CHRIS-CME_TY1.csv",
        "date,open,high,low,last,change,settle,volume,previous day open interest\r\n"
        "2016-06-10,131.5,132.0,131.25,131.75,0.25,131.8125,1100000.0,2900000.0\r\n"
        "2016-06-09,131.25,131.75,131.0,131.5,,131.5625,1000000.0,2890000.0\r\n",
        "continuous_futures",
        {
            "TY1": {"2016-06-09": 131.5625, "2016-06-10": 131.8125},
            "TY1_LAST": {"2016-06-09": 131.5, "2016-06-10": 131.75},
        },
        Choices(source="continuous_futures", as_id="TY1"),
    ),
    Odd(
        "zq.csv",
        "symbol,date,open,high,low,close,volume,open interest\nzqf25,1/15/2025,95.6725,95.675,95.67,95.6725,1200,310000\n"
        "zqg25,1/15/2025,95.69,95.695,95.685,95.69,2400,\n",
        "ohlcv_long",
        {"ZQF25_OI": {"2025-01-15": 310_000}, "ZQG25": {"2025-01-15": 95.69}},
    ),
    Odd(
        "US5.csv",
        b"datetime,price\r\n2017-06-02 23:00:00,110.5\r\n2017-06-02 14:00:00,110.25\r\n2017-06-01 23:00:00,\r\n"
        b"2017-06-01 16:00:00,110.0\r\n",
        "pysystemtrade",
        {"PST_US5": {"2017-06-01": 110.0, "2017-06-02": 110.5}},
        Choices(source="pysystemtrade", as_id="PST_US5"),
    ),
    Odd(
        "termijnpremie.csv",
        "DATE;ACMY10;ACMTP10;ACMRNY10\n14-Jan-2025;4,75;0,7500;4,0\n15-Jan-2025;4,6250;0,6250;4,0\n",
        "acm",
        {"ACMTP10": {"2025-01-14": 75.0, "2025-01-15": 62.5}, "ACMY10": {"2025-01-14": 4.75, "2025-01-15": 4.625}},
    ),
    Odd(
        "sp500.csv",
        "date,sp500,dividend,earnings,pe10\n2025-11-01,6740.5,78.25,0.0,39.5\n2025-12-01,6850.25,0.0,0.0,40.25\n",
        "shiller",
        {"SHILLER_DIVIDEND": {"2025-11-30": 78.25}, "CAPE": {"2025-11-30": 39.5, "2025-12-31": 40.25}},
    ),
    Odd(
        "kim-wright.csv",
        "observation_date,THREEFYTP10,THREEFY10\r\n2025-01-14,.,4.6250\r\n2025-01-15,0.5000,4.5000\r\n",
        "fred_graph",
        {"THREEFYTP10": {"2025-01-15": 50.0}, "THREEFY10": {"2025-01-14": 4.625, "2025-01-15": 4.5}},
    ),
)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.name)
def test_a_file_in_an_odd_spelling_gives_the_values_that_stand_in_it(
    odd: Odd, workspace: Workspace, write: Write
) -> None:
    (report,) = import_files(workspace, [write(odd.name, odd.text)], choices=odd.choices)
    assert report.outcome is Outcome.LOADED, report.problems
    assert report.recogniser == odd.source
    assert report.rows_refused == 0
    market = Market(workspace)
    for name, expected in odd.values.items():
        series = market.series(name)
        assert dict(zip(map(str, series.dates), series.values.tolist(), strict=True)) == expected


def test_a_code_that_lost_its_leading_zeros_is_refused_with_its_line(workspace: Workspace, write: Write) -> None:
    text = (
        "Market_and_Exchange_Names,Report_Date_as_YYYY-MM-DD,CFTC_Contract_Market_Code,Open_Interest_All,"
        "Asset_Mgr_Positions_Short_All,Lev_Money_Positions_Long_All,FutOnly_or_Combined\n"
        "CANADIAN DOLLAR,2025-01-14,90741,182798,41518,26751,FutOnly\n"
    )
    (report,) = import_files(workspace, [write("resaved.csv", text)])
    assert report.outcome is Outcome.REFUSED
    assert any("90741" in problem.message.en for problem in report.problems)


def test_parameters_that_can_be_of_either_curve_are_asked_for(workspace: Workspace, write: Write) -> None:
    path = write(
        "parameters.csv", "Date,BETA0,BETA1,BETA2,BETA3,TAU1,TAU2\n2025-01-13,4,1,1,1,1,9\n2025-01-14,4,1,1,1,1,9\n"
    )
    (report,) = import_files(workspace, [path])
    assert report.outcome is Outcome.REFUSED
    assert "--source gsw, --source gsw_tips" in report.problems[0].hint.en
    (report,) = import_files(workspace, [path], choices=Choices(source="gsw_tips"))
    assert report.outcome is Outcome.LOADED
    assert Market(workspace, date(2025, 1, 14)).series("GSW_TIPS_TAU2").values.tolist() == [9.0, 9.0]


def test_a_column_without_a_name_is_not_left_out_when_something_stands_in_it(
    workspace: Workspace, write: Write
) -> None:
    text = "Date,1 Mo,2 Yr,10 Yr,30 Yr,\n01/15/2025,4.37,4.27,4.66,4.88,9.99\n"
    (report,) = import_files(workspace, [write("rates.csv", text)])
    assert report.outcome is Outcome.REFUSED


def test_three_decimals_after_a_comma_are_asked_about_and_never_taken_for_thousands(
    workspace: Workspace, write: Write
) -> None:
    path = write("curve.csv", "Date;SVENY02;SVENY10;SVENF10;SVENPY10\n2025-01-10;4,250;4,750;5,125;4,875\n")
    (report,) = import_files(workspace, [path])
    assert [problem.check for problem in report.problems] == ["import.ambiguous_numbers"]
    (report,) = import_files(workspace, [path], choices=Choices(numbers="comma"))
    assert report.outcome is Outcome.LOADED, report.problems
    assert Market(workspace).series("SVENY10").values.tolist() == [4.75]


def test_both_sheets_of_the_new_york_feds_workbook_are_read_as_what_they_are(
    workspace: Workspace, tmp_path: Path
) -> None:
    book = Workbook()
    monthly = book.active
    assert monthly is not None
    monthly.title = "ACM Monthly"
    daily = book.create_sheet("ACM Daily")
    for sheet, days in (
        (monthly, ("29-Nov-2024", "31-Dec-2024", "31-Jan-2025")),
        (daily, ("02-Jan-2025", "03-Jan-2025")),
    ):
        sheet.append(["DATE", "ACMY10", "ACMTP10", "ACMRNY10"])
        for step, day in enumerate(days):
            sheet.append([day, 4.5 + step / 4, 0.5 + step / 8, 4.0])
    daily.append(["06-Jan-2025", None, None, None])
    book.save(tmp_path / "ACMTermPremium.xlsx")
    reports = import_files(workspace, [tmp_path / "ACMTermPremium.xlsx"])
    assert {report.outcome for report in reports} == {Outcome.LOADED}, [report.problems for report in reports]
    market = Market(workspace)
    assert market.series("ACMTP10").values.tolist() == [50.0, 62.5]
    assert market.series("ACMTP10_MONTHLY").values.tolist() == [50.0, 62.5, 75.0]


def test_the_curve_in_a_workbook_below_a_title_has_its_dates_in_a_column_without_a_name(
    workspace: Workspace, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Curve parameters and yields"])
    sheet.append([])
    sheet.append([None, "BETA0", "TAU2", "SVENY05", "SVENY10"])
    sheet.append([date(2025, 1, 14), 4.5, 9.5, 4.25, 4.75])
    sheet.append([date(2025, 1, 13), 4.25, -999.99, 4.125, 4.625])
    book.save(tmp_path / "curve.xlsx")
    (report,) = import_files(workspace, [tmp_path / "curve.xlsx"])
    assert report.outcome is Outcome.LOADED, report.problems
    assert report.recogniser == "gsw"
    market = Market(workspace)
    assert market.series("SVENY10").values.tolist() == [4.625, 4.75]
    assert market.series("GSW_TAU2").values.tolist() == [9.5]


def test_a_yearly_archive_of_the_cftc_says_by_its_member_what_it_is(workspace: Workspace, tmp_path: Path) -> None:
    report = Path(__file__).parent / "samples" / "cftc_legacy.csv"
    with ZipFile(tmp_path / "dea_2025.zip", "w") as archive:
        archive.write(report, "annualof.txt")
    (loaded,) = import_files(workspace, [tmp_path / "dea_2025.zip"])
    assert loaded.outcome is Outcome.LOADED, loaded.problems
    assert loaded.recogniser == "cftc_legacy_combined"
    assert Market(workspace).series("CFTCC_088691_OI").values.tolist() == [510_000.0, 520_000.0]
