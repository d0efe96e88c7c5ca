"""Real files with their real extremes: nothing is refused, and exactly what is known to be odd is warned of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.data.intake.choices import Choices
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import Outcome
from briefing.data.workspace import create_workspace

SHARED = Path(__file__).parents[4] / "shared" / "data"
NEW, API, OLD, CBOE = "fred_new_observation_date", "fred_api_date", "fred_classic_DATE_dot", "cboe_history"

CLEAN = {
    f"{NEW}/chatterjee_DGS2.csv": Choices(),
    f"{NEW}/qie2003_DGS10.csv": Choices(),
    f"{NEW}/leo_DGS1MO.csv": Choices(),
    f"{NEW}/leo_DGS3MO.csv": Choices(),
    f"{NEW}/chatterjee_BAMLH0A0HYM2.csv": Choices(),
    f"{NEW}/qie2003_VIXCLS.csv": Choices(),
    f"{NEW}/qie2003_SOFR.csv": Choices(),
    f"{OLD}/apress_DFF.csv": Choices(),
    "ohlcv/yfinance_CHLOV_SPY.csv": Choices(source="ohlcv", as_id="SPY"),
    "ohlcv/yfinance_CHLOV_TLT.csv": Choices(source="ohlcv", as_id="TLT"),
    "ohlcv/yfinance_CHLOV_QQQ.csv": Choices(source="ohlcv", as_id="QQQ"),
    "stooq/cnyusd_d.csv": Choices(source="stooq", as_id="CNYUSD"),
}
"""1987, 2001, 2008, March 2020, zero rates, debt ceilings and a pegged currency among them."""

ODD = {
    # A price below zero, and a day on which the vendor was wrong by 40 points.
    f"{API}/siva_DCOILWTICO.csv": (Choices(source="fred_graph", as_id="DCOILWTICO"), {"spike DCOILWTICO 2020-04-20"}),
    "misc_indices/bellingxu_move.csv": (
        Choices(source="fred_graph", as_id="MOVE"), {"spike MOVE 2013-08-22", "closed MOVE 2013-01-19"},
    ),
    # Zero in an index that is never below five, and the close of 5 February 2018.
    f"{CBOE}/bellingxu_DSPX_History.csv": (Choices(), {"zeros DSPX 2018-02-08", "jump DSPX 2018-02-05"}),
    # Values on 11 to 14 September 2001, and on Christmas Day 2024.
    "misc_indices/arns11_SPXTR.csv": (
        Choices(source="ohlcv", as_id="SPXTR"),
        {"closed SPXTR 2001-09-11", "closed SPXTR 2009-07-03", "closed SPXTR 2011-09-05", "closed SPXTR 2024-12-25"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def shared() -> Path:
    """The folder of real files; tests that need it are skipped without it, and fail in the build."""
    if SHARED.is_dir():
        return SHARED
    if os.environ.get("CI") == "true":
        pytest.fail("the folder of real data is missing")
    pytest.skip("needs the folder of real data beside the repository")


@pytest.mark.parametrize("file", CLEAN)
def test_a_clean_file_with_real_extremes_has_no_warning(file: str, shared: Path, tmp_path: Path) -> None:
    [report] = import_files(create_workspace(tmp_path / "desk"), [shared / file], choices=CLEAN[file])

    assert report.outcome is Outcome.LOADED
    assert [one.what.en for one in report.findings if one.severity != "info"] == []


@pytest.mark.parametrize("file", ODD)
def test_an_odd_file_is_loaded_with_exactly_its_odd_days_doubted(file: str, shared: Path, tmp_path: Path) -> None:
    choices, expected = ODD[file]

    [report] = import_files(create_workspace(tmp_path / "desk"), [shared / file], choices=choices)

    assert report.outcome is Outcome.LOADED
    assert {f"{one.rule} {one.series} {one.first}" for one in report.findings if one.severity != "info"} == expected
