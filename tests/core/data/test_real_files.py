"""Real files as they lie on desks: each is loaded or refused with a place, and known identities hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from briefing.data.choices import Choices
from briefing.data.importing import import_files
from briefing.data.market import Market
from briefing.data.missing import Missing
from briefing.data.report import ImportReport, Outcome
from briefing.data.workspace import Workspace, create_workspace
from briefing.series import Series

pytestmark = pytest.mark.data
FRED = "fred_new_observation_date"


@dataclass(frozen=True)
class Group:
    """A folder of files; those that do not name their series, with the answer; those that stay refused."""

    folder: str
    source: str
    answers: dict[str, str]
    refused: frozenset[str] = frozenset()


GROUPS = (
    Group("fred_classic_DATE_dot", "fred_graph", {}, frozenset({"apress_fredgraph_OutputGap.csv"})),
    Group(FRED, "fred_graph", {}),
    Group(
        "fred_api_date",
        "fred_graph",
        {
            "bellingxu_ISM_PMI.csv": "ISM_PMI",
            "sakudiff_FEDFUNDS.csv": "FEDFUNDS",
            "siva_BAMLC0A0CM.csv": "IG_OAS",
            "siva_BAMLH0A0HYM2.csv": "HY_OAS",
            "siva_DCOILWTICO.csv": "WTI",
            "siva_DGS2.csv": "UST2Y",
            "siva_DGS30.csv": "UST30Y",
        },
    ),
    Group("ust_par_curve", "ust_par_curve", {}),
    Group(
        "cboe_history", "cboe_history", {"sarvex_vix6mdailyprices.csv": "VIX6M", "sarvex_vix9ddailyprices.csv": "VIX9D"}
    ),
    Group(
        "ohlcv",
        "ohlcv",
        {f"alpaca_tz_{name}.csv": name for name in ("ASHR", "FXI", "HYG", "KWEB", "SMH", "UUP")}
        | {f"yfinance_CHLOV_{name}.csv": name for name in ("IWM", "QQQ", "SPY", "TLT")}
        | {f"close_only_{name}.csv": name for name in ("FXI", "HYG", "KWEB", "LQD", "SMH")}
        | {"alphavantage_desc_SPY.csv": "SPY", "yahoo_SPY.csv": "SPY", "yahoo_quandl_2016_TYX.csv": "UST30Y"},
    ),
    Group("stooq", "stooq", {"cnyusd_d.csv": "CNYUSD", "gld_us_d.csv": "GLD", "spy_us_d.csv": "SPY"}),
    Group(
        "misc_indices",
        "ohlcv",
        {
            "arns11_SPXTR.csv": "SPXTR",
            "arns11_XNDX.csv": "XNDX",
            "bellingxu_DXY_Daily_Cache.csv": "DXY",
            "bellingxu_IWM_Daily_Cache.csv": "IWM",
        },
        frozenset({"bellingxu_move.csv"}),
    ),
)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.folder)
def test_each_file_is_loaded_or_refused_with_its_place(shared: Path, workspace: Workspace, group: Group) -> None:
    for path in sorted((shared / group.folder).iterdir()):
        (report,) = import_files(workspace, [path])
        if path.name in group.answers:
            assert report.outcome is Outcome.REFUSED, path.name
            assert f"--source {group.source}" in report.problems[0].hint.en
            (report,) = import_files(
                workspace, [path], choices=Choices(source=group.source, as_id=group.answers[path.name])
            )
        expected = Outcome.REFUSED if path.name in group.refused else Outcome.LOADED
        assert report.outcome is expected, (path.name, report.problems)
        if expected is Outcome.REFUSED:
            assert report.problems[0].place.row == 1
            assert f"{path.name}, line 1" in report.problems[0].message.en
        else:
            assert report.recogniser == group.source
            assert report.rows_refused == 0


@pytest.fixture(scope="module")
def fred(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Market:
    names = ("qie2003_DGS10", "chatterjee_DGS2", "qie2003_T10Y2Y", "qie2003_VIXCLS")
    return loaded(tmp_path_factory.mktemp("fred"), [shared / FRED / f"{name}.csv" for name in names])


@pytest.fixture(scope="module")
def treasury(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Market:
    path = shared / "ust_par_curve" / "touyang219_daily-treasury-rates.csv"
    return loaded(tmp_path_factory.mktemp("treasury"), [path])


def loaded(folder: Path, paths: list[Path]) -> Market:
    workspace = create_workspace(folder / "desk")
    import_files(workspace, paths)
    return Market(workspace)


def common(*series: Series) -> list[np.ndarray]:
    days = series[0].dates
    for one in series[1:]:
        days = np.intersect1d(days, one.dates)
    return [one.values[np.isin(one.dates, days)] for one in series]


def test_the_treasurys_ten_year_yield_is_that_of_fred(fred: Market, treasury: Market) -> None:
    ours, theirs = common(treasury.series("UST10Y"), fred.series("UST10Y"))
    assert len(ours) == 8_069
    assert np.array_equal(ours, theirs)


def test_ten_years_less_two_is_the_published_slope(fred: Market) -> None:
    ten, two, slope = common(fred.series("DGS10"), fred.series("DGS2"), fred.series("T10Y2Y"))
    assert len(slope) == 6_688
    assert np.array_equal(np.round((ten - two) * 100, 6), slope)


def test_the_vix_of_cboe_is_that_of_fred(fred: Market, shared: Path, tmp_path: Path) -> None:
    cboe = loaded(tmp_path, [shared / "cboe_history" / "bellingxu_VIX_History.csv"])
    ours, theirs = common(cboe.series("VIX"), fred.series("VIX"))
    assert len(ours) > 9_000
    assert np.array_equal(ours, theirs)


def test_the_report_of_a_real_file_counts_holidays(shared: Path, workspace: Workspace) -> None:
    report = one(workspace, shared / FRED / "qie2003_DGS10.csv")
    assert (report.rows_read, report.rows_kept) == (16_848, 16_129)
    assert sum(report.missing.values()) == 719
    assert "719 blank" in report.reason.en


def test_the_facility_that_nobody_used_is_not_a_holiday(shared: Path, workspace: Workspace) -> None:
    report = one(workspace, shared / FRED / "qie2003_RRPONTSYD.csv")
    assert sum(report.missing.values()) == 2_831
    assert report.missing[Missing.NOT_AVAILABLE] > 2_000


def test_a_spreadsheets_two_digit_years_are_of_the_right_century(shared: Path, workspace: Workspace) -> None:
    one(workspace, shared / "ust_par_curve" / "cvxgrp_daily-treasury-rates.csv")
    series = Market(workspace).series("UST10Y")
    assert (str(series.dates[0]), str(series.dates[-1])) == ("1990-01-02", "2023-12-29")


def test_an_oil_price_below_zero_is_a_price(shared: Path, workspace: Workspace) -> None:
    import_files(
        workspace, [shared / "fred_api_date" / "siva_DCOILWTICO.csv"], choices=Choices(source="fred_graph", as_id="WTI")
    )
    assert Market(workspace, date(2020, 4, 20)).series("WTI").values[-1] == -36.98


def test_impossible_bars_are_counted(shared: Path, workspace: Workspace) -> None:
    report = one(workspace, shared / "cboe_history" / "bellingxu_VIX_History.csv")
    (problem,) = report.problems
    assert "on 47 days, first 1992-02-11" in problem.message.en


def test_another_copy_of_a_file_revises_nothing(shared: Path, workspace: Workspace) -> None:
    one(workspace, shared / "cboe_history" / "bellingxu_SKEW_History.csv")
    report = one(workspace, shared / "cboe_history" / "renshoek_6dec_SKEW_History.csv")
    assert (report.added, len(report.revised)) == (0, 0)


def test_meetings_of_the_fed_are_those_of_another_list(shared: Path, workspace: Workspace) -> None:
    one(workspace, shared / FRED / "qie2003_SOFR.csv")
    lines = (shared / "fedwatch" / "mguten_fomc_dates.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(",") for line in lines]
    theirs = {date.fromisoformat(row[1]) for row in rows if row[2] == "regular" and row[1] < "2027"}
    ours = {day for day in Market(workspace).events("fomc") if day.year >= 2021}
    assert ours == theirs


def one(workspace: Workspace, path: Path) -> ImportReport:
    (report,) = import_files(workspace, [path])
    assert report.outcome is Outcome.LOADED, report.problems
    return report
