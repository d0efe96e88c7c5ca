"""How far below its peak a price stands."""

from __future__ import annotations

import numpy as np

from briefing.metrics.metric import PRICES, At, Measured, Shape, Told
from briefing.metrics.registry import metric
from briefing.metrics.rolling import over_windows
from briefing.metrics.windows import Role
from briefing.numbers import level
from briefing.series import Kind, Values
from briefing.text import Label

_PERCENT = Shape(Kind.RATIO, "%", "pp", 1)
_POSITIVE = Label("a drawdown needs prices above zero", "計算回撤的價格須大於零")


def below_peak(levels: Values) -> Values:
    """Each level against the highest one of its row so far, percent; NaN after a peak of zero or less."""
    peaks = np.maximum.accumulate(levels, axis=-1)
    return 100.0 * (levels / np.where(peaks > 0, peaks, np.nan) - 1.0)


def _with_peak(measured: Measured) -> Told:
    levels = measured.arrays[0][measured.start : measured.index + 1]
    peak = measured.start + int(np.flatnonzero(levels == levels.max())[-1])
    words = level(measured.value, _PERCENT.kind, _PERCENT.unit, _PERCENT.decimals)
    return Told(words, words, {"peak": float(levels.max()), "peak_date": measured.day(peak).isoformat()})


@metric(
    "drawdown",
    label=Label("Drawdown", "回撤"),
    doc=Label("The last price against the highest one of the window.", "最新價格相對於期間最高價的跌幅。"),
    source="Textbook",
    example="SPY.drawdown",
    shape=_PERCENT,
    kinds=(PRICES,),
    role=Role.SAMPLE,
    default_window="all",
    told=_with_peak,
    reason=_POSITIVE,
    conventions={"peak": "highest close of the window, by default from the first observation"},
)
def drawdown(closes: Values, *, at: At) -> Values:
    """P / max P - 1, percent, zero or negative."""
    if at.window.word == "all":
        return np.where(at.starts >= 0, below_peak(closes), np.nan)
    return over_windows(lambda levels: below_peak(levels)[:, -1], at.starts, closes)


@metric(
    "max_drawdown",
    label=Label("Maximum drawdown", "最大回撤"),
    doc=Label("The deepest fall from a peak within the window.", "期間內自高點起算的最大跌幅。"),
    source="Textbook",
    example="SPY.max_drawdown.1y",
    shape=_PERCENT,
    kinds=(PRICES,),
    role=Role.SAMPLE,
    default_window="1y",
    reason=_POSITIVE,
    conventions={"peak": "highest close of the window so far"},
)
def max_drawdown(closes: Values, *, at: At) -> Values:
    """The least of P / max P - 1, percent, zero or negative."""
    return over_windows(lambda levels: below_peak(levels).min(axis=1), at.starts, closes)
