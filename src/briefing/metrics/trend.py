"""Where a trend follower would stand, by the trends of one price."""

from __future__ import annotations

import numpy as np

from briefing.metrics.metric import PRICES, Shape
from briefing.metrics.registry import metric
from briefing.series import Kind, Values
from briefing.text import Label

_SPANS = (21, 63, 126, 252)
_RISK_SPAN = 63
_TARGET = 0.10
_YEAR = 252.0


@metric(
    "trend_position",
    label=Label("Trend position", "趨勢部位"),
    doc=Label(
        "Position of a trend follower with a 10% volatility target, by the trends over 1, 3, 6 and 12 months; "
        "below zero is short.",
        "波動率目標10%的趨勢追蹤者部位，依1、3、6、12個月趨勢計算；負值為空方。",
    ),
    source="Moskowitz, Ooi, Pedersen (2012), JFE 104; Newedge, Two benchmarks for momentum trading (2010)",
    example="TLT.trend_position",
    shape=Shape(Kind.POSITION, "x", "x", 2),
    kinds=(PRICES,),
    signed=True,
    reason=Label("it needs 253 prices above zero that have moved", "需要253個大於零且曾變動的價格"),
    conventions={
        "returns": "simple, between consecutive observations",
        "volatility": "sample standard deviation of 63 returns, 252 observations a year",
        "trend": "mean of tanh(return over w / (daily volatility x sqrt(w))), w = 21, 63, 126, 252",
    },
)
def trend_position(closes: Values) -> Values:
    """Multiples of capital, shape (n,); NaN for the first 252 dates and where a window holds no valid price."""
    levels = np.where(closes > 0, closes, np.nan)
    risk = _daily_risk(levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        trends = [np.tanh(_returns(levels, span) / (risk * np.sqrt(span))) for span in _SPANS]
        return np.asarray(np.mean(trends, axis=0) * _TARGET / (risk * np.sqrt(_YEAR)))


def _returns(levels: Values, span: int) -> Values:
    """Simple returns over a span, NaN at the beginning."""
    out = np.full(len(levels), np.nan)
    out[span:] = levels[span:] / levels[:-span] - 1.0
    return out


def _daily_risk(levels: Values) -> Values:
    """Sample standard deviation of the last 63 daily returns; NaN where it is not above zero."""
    out = np.full(len(levels), np.nan)
    daily = _returns(levels, 1)[1:]
    if len(daily) >= _RISK_SPAN:
        spread = np.lib.stride_tricks.sliding_window_view(daily, _RISK_SPAN).std(axis=1, ddof=1)
        out[_RISK_SPAN:] = np.where(spread > 0, spread, np.nan)
    return out
