from __future__ import annotations

import pytest

from briefing.blocks.figure import Figure
from briefing.blocks.heading import Heading
from briefing.blocks.mentions import series_of
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.pair import Pair
from briefing.charts.spec import ChartSpec, Line
from briefing.note import Block
from briefing.text import Text

BLOCKS: tuple[tuple[Block, tuple[str, ...]], ...] = (
    (Heading(id="a", text=Text("Rates", "利率")), ()),
    (Pair(id="b", text=Text("{UST10Y.last} and {UST2Y,UST10Y.curve_slope}", "{VIX.last}")), ("UST10Y", "UST2Y", "VIX")),
    (Pair(id="c", text=Text("{UST10Y.last} then {UST10Y.change.1d}", "")), ("UST10Y",)),
    (Pair(id="d", text=Text(r"\{UST10Y.last\} and {nonsense}", "")), ()),
    (MetricTable(id="e", rows=("UST10Y", "UST2Y, UST30Y")), ("UST10Y", "UST2Y", "UST30Y")),
    (Figure(id="f", chart=ChartSpec(lines=(Line(series="SPY"),)), title=Text("{TLT.last}", "")), ("SPY", "TLT")),
)


@pytest.mark.parametrize(("block", "named"), BLOCKS)
def test_a_block_names_the_series_of_its_references_rows_and_charts(block: Block, named: tuple[str, ...]) -> None:
    assert series_of(block) == named
