"""Real files as they lie on desks: each is loaded or refused for the reason foreseen, and known identities hold."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import MappingProxyType, ModuleType

import numpy as np
import pytest

from briefing.data.intake.choices import UNDECIDED, Choices
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.reading.missing import Missing
from briefing.data.workspace import Workspace, create_workspace
from briefing.series import Dates, Series, Values

pytestmark = pytest.mark.data
FRED = "fred_new_observation_date"
FORMATS = MappingProxyType(
    {
        "acm": {"acm", "acm_replicated"},
        "cboe_history": {"cboe_history"},
        "cftc_tff": {"cftc_tff"},
        "datasets_core": {"ohlcv", "plain_wide", "shiller"},
        "fedwatch": {"ohlcv_long"},
        "fred_api_date": {"fred_graph"},
        "fred_classic_DATE_dot": {"fred_graph"},
        FRED: {"fred_graph"},
        "futures": {"continuous_futures", "pysystemtrade"},
        "gsw": {"gsw", "gsw_tips"},
        "kim_wright": {"fred_graph"},
        "misc_indices": {"ohlcv", "plain_wide"},
        "ohlcv": {"ohlcv"},
        "option_chains_cboe": {"cboe_chain"},
        "option_chains_other": {"optionsdx_chain"},
        "raylia_dashboard": {"fomc_expectations", "fred_graph"},
        "stooq": {"stooq"},
        "ust_auctions": set(),
        "ust_par_curve": {"ust_par_curve"},
        "vix_whitepaper": {"plain_chain"},
    }
)
"""The formats that are found in each folder of real files."""


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "data_report", Path(__file__).parents[3] / "packaging" / "data_report.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


data_report = load_script()
ANSWERS = data_report.read_answers(Path(__file__).parent / "answers.toml")


def test_every_folder_of_real_files_is_in_the_table(shared: Path) -> None:
    assert {path.name for path in shared.iterdir() if path.is_dir()} == set(FORMATS)


def test_every_answer_is_for_a_file_that_is_there(shared: Path) -> None:
    assert [name for name in ANSWERS if not shared.joinpath(*name).is_file()] == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", FORMATS)
def test_each_file_is_loaded_or_refused_as_foreseen(shared: Path, workspace: Workspace, folder: str) -> None:
    found = set()
    for file in data_report.import_folder(workspace, shared / folder, ANSWERS, shared, at_most=12):
        assert file.is_as_expected, (file.name, [report.problems for report in file.reports])
        for report in file.reports:
            if report.outcome is Outcome.LOADED:
                found.add(report.recogniser)
                assert report.rows_refused == 0
                assert 0 < report.rows_kept <= report.rows_read
            else:
                assert report.problems[0].place.file
                assert report.problems[0].message.zh != report.problems[0].message.en
    assert found == FORMATS[folder]


@pytest.mark.parametrize(
    "name", [name for name, answer in ANSWERS.items() if answer.choices.as_id and not answer.refused][::6], ids="/".join
)
def test_a_file_that_needs_an_answer_says_which(shared: Path, workspace: Workspace, name: tuple[str, str]) -> None:
    answer = ANSWERS[name]
    reports = import_files(workspace, [shared.joinpath(*name)])
    assert {report.outcome for report in reports} == {Outcome.REFUSED}
    hint = reports[0].problems[0].hint.en
    assert f"--source {answer.choices.source}" in hint
    assert "--as" in hint


def test_the_table_tells_of_each_file_what_became_of_it(shared: Path, workspace: Workspace) -> None:
    files = [
        *data_report.import_folder(workspace, shared / "ust_auctions", ANSWERS, shared),
        *data_report.import_folder(workspace, shared / "kim_wright", ANSWERS, shared),
    ]
    lines = data_report.markdown(files).splitlines()
    assert "2 files: 1 loaded, 1 refused." in lines
    (loaded_line,) = [line for line in lines if line.startswith("| THREEFYTP10")]
    assert loaded_line.split(" | ")[1:9] == [
        *("fred_graph 0.90", "44", "43", "1", "43", "holiday 1", "", "loaded"),
    ]
    (refused_line,) = [line for line in lines if line.startswith("| js5810")]
    assert refused_line.endswith(
        "line 1: this is a list of Treasury auctions, one row a security; it holds no series. |"
    )


def test_a_file_that_becomes_something_else_than_foreseen_is_named_and_fails_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "files" / "desk").mkdir(parents=True)
    (tmp_path / "files" / "desk" / "odd.csv").write_text("Buyer,Size\nFund,12\n", encoding="utf-8")
    (tmp_path / "answers.toml").write_text("", encoding="utf-8")
    output = tmp_path / "build" / "report.md"
    assert data_report.main([str(tmp_path / "files"), str(tmp_path / "answers.toml"), str(output)]) == 1
    assert "1 files, 1 not as foreseen\n  desk/odd.csv" in capsys.readouterr().out
    assert "**Not as foreseen:** desk/odd.csv" in output.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def fred(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Market:
    names = (
        *("qie2003_DGS10", "chatterjee_DGS2", "qie2003_T10Y2Y", "leo_DGS3MO", "qie2003_T10Y3M", "chatterjee_DFII10"),
        "qie2003_VIXCLS",
    )
    classic = shared / "fred_classic_DATE_dot" / "apress_T10YIE.csv"
    return loaded(tmp_path_factory.mktemp("fred"), [*(shared / FRED / f"{name}.csv" for name in names), classic])


@pytest.fixture(scope="module")
def treasury(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Market:
    path = shared / "ust_par_curve" / "touyang219_daily-treasury-rates.csv"
    return loaded(tmp_path_factory.mktemp("treasury"), [path])


@pytest.fixture(scope="module")
def curve(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Market:
    return loaded(tmp_path_factory.mktemp("curve"), [shared / "gsw" / "feds200628_rebuilt_excerpt.csv"])


def loaded(folder: Path, paths: list[Path], choices: Choices = UNDECIDED) -> Market:
    workspace = create_workspace(folder / "desk")
    reports = import_files(workspace, paths, choices=choices)
    assert {report.outcome for report in reports} == {Outcome.LOADED}
    return Market(workspace)


def common(*series: Series) -> list[Values]:
    days = days_of(*series)
    return [one.values[np.isin(one.dates, days)] for one in series]


def days_of(*series: Series) -> Dates:
    days = series[0].dates
    for one in series[1:]:
        days = np.intersect1d(days, one.dates)
    return days


@pytest.mark.parametrize(
    ("long", "short", "published", "days"),
    [("DGS10", "DGS2", "T10Y2Y", 6_688), ("DGS10", "DFII10", "T10YIE", 5_387), ("DGS10", "DGS3MO", "T10Y3M", 5_287)],
)
def test_the_difference_of_two_yields_is_the_published_series_to_the_last_decimal(
    fred: Market, long: str, short: str, published: str, days: int
) -> None:
    first, second, theirs = common(fred.series(long), fred.series(short), fred.series(published))
    assert len(theirs) == days
    hundredths = np.round(theirs * (1 if fred.series(published).unit == "bp" else 100))
    assert np.array_equal(np.round(first * 100) - np.round(second * 100), hundredths)


@pytest.mark.parametrize(("series", "days"), [("DGS10", 8_069), ("DGS2", 5_817)])
def test_a_yield_of_the_treasury_is_that_of_fred(fred: Market, treasury: Market, series: str, days: int) -> None:
    ours, theirs = common(treasury.series(series), fred.series(series))
    assert len(ours) == days
    assert np.array_equal(ours, theirs)


def test_the_vix_of_cboe_is_that_of_fred_and_of_a_public_data_set(fred: Market, shared: Path, tmp_path: Path) -> None:
    cboe = loaded(tmp_path / "cboe", [shared / "cboe_history" / "bellingxu_VIX_History.csv"])
    public = loaded(
        tmp_path / "public",
        [shared / "datasets_core" / "finance-vix_vix-daily.csv"],
        Choices(source="ohlcv", as_id="VIX"),
    )
    assert len(cboe.series("VIX")) == 9_152
    ours, theirs = common(cboe.series("VIX"), public.series("VIX"))
    assert len(ours) == 9_152
    assert np.array_equal(ours, theirs)
    ours, theirs = common(cboe.series("VIX"), fred.series("VIX"))
    assert len(ours) > 9_000
    assert np.array_equal(ours, theirs)


def parameters(curve: Market) -> tuple[Dates, list[Values]]:
    """The days on which all six parameters are in use, and these; a curve without TAU2 has four."""
    found = [curve.series(f"GSW_{name}") for name in ("BETA0", "BETA1", "BETA2", "BETA3", "TAU1", "TAU2")]
    return days_of(*found), common(*found)


def zero_yield(years: Values, values: list[Values]) -> Values:
    """Svensson's zero-coupon yields in per cent, continuously compounded; shape (days, years)."""
    beta0, beta1, beta2, beta3, tau1, tau2 = (one[:, None] for one in values)
    first, second = years / tau1, years / tau2
    hump = (1 - np.exp(-first)) / first
    return (
        beta0
        + beta1 * hump
        + beta2 * (hump - np.exp(-first))
        + beta3 * ((1 - np.exp(-second)) / second - np.exp(-second))
    )


def published(curve: Market, stem: str, days: Dates) -> Values:
    columns = [curve.series(f"{stem}{year:02}") for year in range(1, 31)]
    return np.column_stack([one.values[np.isin(one.dates, days)] for one in columns])


def test_the_parameters_of_the_curve_give_its_zero_yields(curve: Market) -> None:
    days, values = parameters(curve)
    assert len(days) == 746
    made = zero_yield(np.arange(1.0, 31.0)[None, :], values)
    assert np.abs(made - published(curve, "SVENY", days)).max() < 5.1e-5


def test_the_parameters_of_the_curve_give_its_forward_rates(curve: Market) -> None:
    days, values = parameters(curve)
    beta0, beta1, beta2, beta3, tau1, tau2 = (one[:, None] for one in values)
    years = np.arange(1.0, 31.0)[None, :]
    first, second = years / tau1, years / tau2
    made = beta0 + beta1 * np.exp(-first) + beta2 * first * np.exp(-first) + beta3 * second * np.exp(-second)
    assert np.abs(made - published(curve, "SVENF", days)).max() < 5.1e-5


def test_the_parameters_of_the_curve_give_its_par_yields(curve: Market) -> None:
    days, values = parameters(curve)
    halves = np.arange(1.0, 61.0)[None, :] / 2
    discount = np.exp(-zero_yield(halves, values) / 100 * halves)
    coupons = np.cumsum(discount, axis=1)
    made = 200 * (1 - discount[:, 1::2]) / coupons[:, 1::2]
    assert np.abs(made - published(curve, "SVENPY", days)).max() < 5.1e-5


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


def test_impossible_bars_are_found_and_their_days_marked(shared: Path, workspace: Workspace) -> None:
    report = one(workspace, shared / "cboe_history" / "bellingxu_VIX_History.csv")
    bars = [finding for finding in report.findings if finding.rule == "bars"]
    with (shared / "cboe_history" / "bellingxu_VIX_History.csv").open(encoding="utf-8") as file:
        rows = [[float(cell) for cell in line.split(",")[1:]] for line in file.readlines()[1:]]
    bad = [row for row in rows if row[2] > min(row[0], row[3]) or row[1] < max(row[0], row[3])]
    assert len(bad) == 47
    assert sum(finding.count for finding in bars) == len(bad), [(f.series, f.count) for f in bars]


def test_zeros_for_months_that_are_not_known_are_missing_or_marked_by_whoever_reads_them(
    shared: Path, workspace: Workspace, tmp_path: Path
) -> None:
    path = shared / "datasets_core" / "s-and-p-500_data.csv"
    assert one(workspace, path).missing == {Missing.NOT_AVAILABLE: 396}
    headings = path.read_text(encoding="utf-8").partition("\n")[0].strip().split(",")[1:]
    columns = dict.fromkeys(headings, "") | {"Consumer Price Index": "SHILLER_CPI", "PE10": "CAPE"}
    plain = Choices(source="plain_wide", columns=columns)
    (report,) = import_files(create_workspace(tmp_path / "plain"), [path], choices=plain)
    zeros = [(finding.series, finding.count) for finding in report.findings if finding.rule == "zeros"]
    assert sorted(zeros) == [("CAPE", 33), ("CAPE", 120), ("SHILLER_CPI", 33)]


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
