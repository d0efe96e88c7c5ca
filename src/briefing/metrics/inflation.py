"""What the market pays for inflation."""

from __future__ import annotations

import numpy as np

from briefing.metrics.deltas import RATES
from briefing.metrics.metric import Shape
from briefing.metrics.registry import metric
from briefing.series import Kind, Values
from briefing.text import Label


@metric(
    "breakeven",
    label=Label("Breakeven inflation", "損益兩平通膨率"),
    doc=Label(
        "The nominal less the real yield of the same tenor; it holds an inflation risk and a liquidity premium.",
        "同天期名目殖利率減實質殖利率；其中含通膨風險溢酬與流動性溢酬。",
    ),
    source="FRED T10YIE",
    example="UST10Y,DFII10.breakeven",
    shape=Shape(Kind.YIELD, "%", "bp", 2),
    kinds=(RATES, RATES),
    conventions={"joint dates": "days on which both yields were published", "yields": "constant-maturity par"},
)
def breakeven(nominal: Values, real: Values) -> Values:
    """Nominal less real yield, in percent."""
    return np.round(nominal - real, 9) + 0.0
