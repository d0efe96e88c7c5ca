"""References on a workspace that was filled from the real files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from briefing.data.intake.importing import import_files
from briefing.data.workspace import Workspace, create_workspace
from briefing.metrics.derived import open_source
from briefing.metrics.movers import movers
from briefing.metrics.registry import evaluate
from briefing.problems import NOWHERE
from briefing.reference import parse_reference
from briefing.series import SeriesSource

FILES = (
    "fred_new_observation_date/chatterjee_DFII10.csv",
    "fred_new_observation_date/chatterjee_DGS2.csv",
    "fred_new_observation_date/qie2003_DGS10.csv",
    "cboe_history/bellingxu_VIX_History.csv",
)


@pytest.fixture(scope="module")
def workspace(
    tmp_path_factory: pytest.TempPathFactory, real_market: Callable[[str], SeriesSource], data_root: Path
) -> Workspace:
    made = create_workspace(tmp_path_factory.mktemp("market") / "w")
    import_files(made, [data_root / name for name in FILES])
    return made


@pytest.mark.parametrize(
    ("reference", "en", "zh"),
    [
        ("DFII10.change.1d", "−10bp", "−10個基點"),
        ("DFII10.largest_since.1d", "largest 1d drop since 14 Dec 2023", "自2023年12月14日以來最大單日跌幅"),
        ("VIX.last", "16.12", "16.12"),
        ("VIX.base.1d", "18.71", "18.71"),
        ("UST2S10S.last", "39bp", "39個基點"),
        ("UST2S10S.change.1d|move", "down 2bp", "下降2個基點"),
        ("UST_BE10Y.last", "2.42%", "2.42%"),
        ("UST2Y,UST10Y.curve_regime.1d", "2s10s, 1 day: bull flattener", "2年/10年利差，1日：牛市平坦化"),
        ("UST10Y.change.since-fomc", "+16bp", "+16個基點"),
    ],
)
def test_the_claims_of_the_note_come_out_of_the_files(workspace: Workspace, reference: str, en: str, zh: str) -> None:
    value = evaluate(parse_reference(reference, NOWHERE), open_source(workspace, date(2025, 1, 15)))
    assert (value.text.en, value.text.zh, value.problems) == (en, zh, ())
    assert value.vintage


def test_derived_series_move_beside_stored_ones(workspace: Workspace) -> None:
    source = open_source(workspace, date(2025, 1, 15))
    found = {one.series: one for one in movers(source, ["DFII10", "UST2S10S", "VIX"])}
    assert (found["UST2S10S"].day, found["DFII10"].day) == (-2.0, -10.0)
