"""The contract of every source: its sample is recognised, read, and comes back from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from briefing.data.intake.choices import Choices
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import Outcome
from briefing.data.market import Market
from briefing.data.sources.registry import recognisers
from briefing.data.workspace import Workspace


@dataclass(frozen=True)
class Sample:
    """A file, what the user has to say about it, and one value that must come out."""

    file: str
    source: str
    series: str
    day: date
    value: float
    named: bool = False
    as_id: str = ""


SAMPLES = Path(__file__).parent / "samples"
TABLE = (
    Sample("fred_classic.csv", "fred_graph", "UST10Y", date(2024, 12, 27), 4.62),
    Sample("fred_new.csv", "fred_graph", "DFII10", date(2025, 1, 15), 2.26),
    Sample("fred_api.csv", "fred_graph", "HY_OAS", date(2025, 1, 14), 278.0),
    Sample("fred_value.csv", "fred_graph", "UST2Y", date(2025, 1, 14), 4.37, named=True, as_id="UST2Y"),
    Sample("fred_bare.csv", "fred_graph", "DGS2", date(2025, 1, 14), 4.37, named=True, as_id="DGS2"),
    Sample("fred_monthly.csv", "fred_graph", "FEDFUNDS", date(2025, 1, 31), 4.33),
    Sample("treasury_own.csv", "ust_par_curve", "DGS30", date(2022, 10, 14), 3.99),
    Sample("treasury_spreadsheet.csv", "ust_par_curve", "DGS2", date(2023, 12, 29), 4.23),
    Sample("treasury_2025.csv", "ust_par_curve", "UST6W", date(2025, 7, 11), 4.39),
    Sample("treasury_feed.xml", "ust_par_curve", "UST10Y", date(2025, 1, 15), 4.66),
    Sample("treasury_real_yields.xml", "ust_real_yields", "DFII10", date(2025, 1, 15), 2.23),
    Sample("treasury_bills.xml", "ust_bills", "DTB3", date(2025, 1, 15), 4.2),
    Sample("fredgraph.xlsx", "fred_graph", "UST2Y", date(2025, 1, 15), 4.27),
    Sample("fredgraph_newer.xlsx", "fred_graph", "FEDFUNDS", date(2025, 1, 31), 4.33),
    Sample("VIX_History.csv", "cboe_history", "VIX", date(2025, 1, 15), 16.12),
    Sample("cboe_close_only.csv", "cboe_history", "VVIX", date(2025, 1, 15), 93.25),
    Sample("cboe_old.csv", "cboe_history", "VIX9D", date(2011, 4, 21), 13.2, as_id="VIX9D"),
    Sample("yahoo.csv", "ohlcv", "SPY_ADJ", date(2025, 1, 15), 585.47, named=True, as_id="SPY"),
    Sample("yfinance_order.csv", "ohlcv", "TLT", date(2025, 1, 15), 88.1, named=True, as_id="TLT"),
    Sample("yfinance_three_rows.csv", "ohlcv", "TLT", date(2025, 1, 15), 88.0),
    Sample("prices_utc.csv", "ohlcv", "FXI", date(2021, 1, 4), 46.5, named=True, as_id="FXI"),
    Sample("spy_us_d.csv", "stooq", "SPY", date(2025, 1, 15), 586.4, named=True, as_id="SPY"),
    Sample("stooq_bulk.txt", "stooq", "GLD_VOLUME", date(2025, 1, 15), 7_000_000),
    Sample("wide.csv", "plain_wide", "IG_OAS", date(2025, 1, 15), 81.0),
    Sample("wide_european.csv", "plain_wide", "SPX", date(2025, 1, 15), 5949.91),
    Sample("wide_chinese.csv", "plain_wide", "VIX", date(2025, 1, 15), 16.12),
    Sample("fred_kim_wright.csv", "fred_graph", "THREEFYTP10", date(2025, 1, 16), 48.75),
    Sample("gsw_feds200628.csv", "gsw", "SVENY10", date(2025, 1, 10), 4.775),
    Sample("gsw_parameters.csv", "gsw", "GSW_TAU2", date(1990, 1, 3), 7.5),
    Sample("gsw_tips.csv", "gsw_tips", "BKEVEN5F05", date(2025, 1, 10), 2.4875),
    Sample("acm_daily.csv", "acm", "ACMTP10", date(2025, 1, 15), 62.5),
    Sample("acm_monthly.csv", "acm", "ACMTP10_MONTHLY", date(2024, 12, 31), 48.75),
    Sample("acm_replicated.csv", "acm_replicated", "ACMY010M_MONTHLY", date(2024, 12, 31), 4.1875),
    Sample("cftc_tff.txt", "cftc_tff", "CFTC_043602_LEV_MONEY_SHORT", date(2025, 1, 14), 8_000),
    Sample("FinComWk.txt", "cftc_tff", "CFTCC_097741_OI", date(2025, 1, 14), 90_000),
    Sample("annual.txt", "cftc_legacy", "CFTC_088691_NONCOMM_LONG", date(2025, 1, 14), 800),
    Sample("deafut.txt", "cftc_legacy", "CFTC_088691_COMM_SHORT", date(2025, 1, 14), 4_000),
    Sample("deacom.txt", "cftc_legacy_combined", "CFTCC_088691_NONREPT_SHORT", date(2025, 1, 14), 8_100),
    Sample("cftc_legacy.csv", "cftc_legacy", "CFTC_088691_OI", date(2025, 1, 14), 520_000, named=True),
    Sample("treasury_long.csv", "ust_par_curve", "UST10Y", date(2025, 1, 15), 4.66),
    Sample("continuous_cl.csv", "continuous_futures", "CL1_OIPREV", date(2016, 3, 3), 452_000, named=True, as_id="CL1"),
    Sample("fed_funds_contract.csv", "ohlcv_long", "ZQG23", date(2023, 2, 1), 95.505),
    Sample("settlements.csv", "ohlcv_long", "ZQQ26", date(2026, 6, 10), 96.4175),
    Sample(
        "pysystemtrade_us10.csv", "pysystemtrade", "PST_US10", date(2017, 6, 6), 111.25, named=True, as_id="PST_US10"
    ),
    Sample(
        "pysystemtrade_multiple.csv",
        "pysystemtrade",
        "PST_US10_PRICE",
        date(2017, 6, 1),
        126.25,
        named=True,
        as_id="PST_US10_PRICE",
    ),
    Sample("expected_rate.csv", "fomc_expectations", "FOMC_RATE_20260318", date(2026, 3, 17), 3.6875, named=True),
    Sample("expected_rates.csv", "fomc_expectations", "FOMC_RATE_20261028_MID", date(2026, 8, 21), 3.775),
    Sample("shiller.csv", "shiller", "CAPE", date(2025, 12, 31), 40.1),
    Sample("long.csv", "plain_long", "UST10Y", date(2025, 1, 15), 4.66),
    Sample("across.csv", "plain_long", "VIX", date(2025, 1, 15), 16.12),
    Sample("wide_odd.csv", "plain_wide", "SPX", date(2025, 1, 15), 5949.91),
    Sample("taiwan.csv", "plain_wide", "TAIEX", date(2025, 1, 15), 22514.04),
    Sample("move.csv", "plain_wide", "MOVE", date(2025, 1, 15), 90.75, named=True, as_id="MOVE"),
    Sample("bloomberg_bdh.csv", "bloomberg", "UST10Y", date(2025, 1, 15), 4.66),
    Sample("bloomberg_ragged.csv", "bloomberg", "SPX", date(2025, 1, 15), 5949.91),
    Sample("lseg_history.csv", "lseg", "VIX", date(2025, 1, 15), 16.12),
    Sample("datastream.csv", "datastream", "SPX", date(2025, 1, 21), 6049.24),
    Sample("macrobond.csv", "macrobond", "UNRATE", date(2025, 3, 31), 4.2),
    Sample("haver.csv", "haver", "UST10Y", date(2025, 1, 15), 4.66),
    Sample("wind_edb.csv", "wind", "CSI300", date(2025, 1, 15), 3796.03),
    Sample("wind_ede.csv", "wind_snapshot", "HSI", date(2025, 1, 15), 19286.07),
)


@pytest.mark.parametrize("sample", TABLE, ids=lambda sample: sample.file)
def test_a_sample_comes_back_from_the_store(sample: Sample, workspace: Workspace) -> None:
    source = sample.source if sample.named else ""
    (report,) = import_files(workspace, [SAMPLES / sample.file], choices=Choices(source=source, as_id=sample.as_id))
    assert report.outcome is Outcome.LOADED, report.problems
    assert report.recogniser == sample.source
    assert 0 < report.rows_kept <= report.rows_read
    assert report.rows_refused == 0
    assert report.reason.en
    assert report.reason.zh != report.reason.en
    series = Market(workspace).series(sample.series)
    assert series.last_date == sample.day
    assert series.values[-1] == sample.value


@pytest.mark.parametrize("sample", [one for one in TABLE if one.named], ids=lambda sample: sample.file)
def test_a_file_that_does_not_say_enough_is_refused_with_its_candidates(sample: Sample, workspace: Workspace) -> None:
    (report,) = import_files(workspace, [SAMPLES / sample.file])
    assert report.outcome is Outcome.REFUSED
    (problem,) = report.problems
    assert sample.source in problem.message.en
    assert f"--source {sample.source}" in problem.hint.en
    assert not list(workspace.data.rglob("*.parquet"))


def test_every_source_has_a_sample_and_every_sample_stands_in_the_table() -> None:
    of_series = {name for name in recognisers() if not name.endswith(("_chain", "_surface"))}
    assert {sample.source for sample in TABLE} == of_series
    assert {sample.file for sample in TABLE} == {path.name for path in SAMPLES.iterdir()}


def test_every_source_has_words_in_both_languages() -> None:
    for recogniser in recognisers().values():
        assert recogniser.label.en
        assert any("\u4e00" <= sign <= "\u9fff" for sign in recogniser.label.zh)


def test_a_file_of_no_known_format_is_refused_with_its_first_line(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "trades.csv"
    path.write_text("Buyer,Size\nFund,12\n", encoding="utf-8")
    (report,) = import_files(workspace, [path])
    (problem,) = report.problems
    assert "trades.csv, line 1, column 1" in problem.message.en
    assert "Buyer,Size" in problem.message.zh
