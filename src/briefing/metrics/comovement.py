"""How two series move together: rolling correlation and beta of their daily changes."""

from __future__ import annotations

import numpy as np

from briefing.metrics.deltas import is_relative
from briefing.metrics.metric import ANY, At, Measured, Shape, Told
from briefing.metrics.realised import log_returns
from briefing.metrics.registry import metric
from briefing.metrics.rolling import over_windows, ratio
from briefing.metrics.windows import Role
from briefing.numbers import level
from briefing.series import Kind, Series, Values
from briefing.text import Label

_CORRELATION = Shape(Kind.RATIO, "", "", 2)
_STILL = Label(
    "one of the series does not move in the window, or a price is not above zero", "期間內有序列未變動，或價格不大於零"
)
_CONVENTIONS = {
    "changes": "log returns of prices, differences of all else",
    "joint dates": "joined before changes are taken",
}


def moves(levels: Values, series: Series) -> Values:
    """Changes along the last axis: log returns where changes are relative, else differences."""
    return log_returns(levels) if is_relative(series) else np.diff(levels, axis=-1)


def _centred(levels: Values, series: Series) -> Values:
    changes = moves(levels, series)
    return np.asarray(changes - changes.mean(axis=1, keepdims=True))


def _with_fisher(measured: Measured) -> Told:
    words = level(measured.value, _CORRELATION.kind, _CORRELATION.unit, _CORRELATION.decimals)
    n = measured.index - measured.start
    defined = n > 3 and abs(measured.value) < 1
    return Told(words, words, {"fisher_z": float(np.arctanh(measured.value) * np.sqrt(n - 3)) if defined else None})


@metric(
    "correlation",
    label=Label("Correlation", "相關係數"),
    doc=Label(
        "Correlation of the daily changes of two series over the window.",
        "兩序列於期間內每日變動的相關係數。",
    ),
    source="Textbook",
    example="SPY,TLT.correlation.3m",
    shape=_CORRELATION,
    kinds=(ANY, ANY),
    role=Role.RETURNS,
    default_window="3m",
    told=_with_fisher,
    reason=_STILL,
    conventions=_CONVENTIONS | {"significance": "Fisher z = atanh(r) sqrt(n - 3)"},
)
def correlation(first: Values, second: Values, *, at: At) -> Values:
    """From -1 to 1."""

    def reduce(one: Values, two: Values) -> Values:
        x, y = _centred(one, at.series[0]), _centred(two, at.series[1])
        both = np.sqrt((x * x).sum(axis=1) * (y * y).sum(axis=1))
        return np.clip(ratio((x * y).sum(axis=1), both), -1.0, 1.0)

    return over_windows(reduce, at.starts, first, second)


@metric(
    "beta",
    label=Label("Beta", "Beta值"),
    doc=Label(
        "How far the first series moves for a move of one of the second, over the window.",
        "第二個序列每變動一單位時，第一個序列於期間內的平均變動幅度。",
    ),
    source="Textbook",
    example="TLT,SPY.beta.3m",
    shape=Shape(Kind.RATIO, "x", "x", 2),
    kinds=(ANY, ANY),
    role=Role.RETURNS,
    default_window="3m",
    reason=_STILL,
    conventions=_CONVENTIONS | {"beta": "covariance / variance of the second"},
)
def beta(first: Values, second: Values, *, at: At) -> Values:
    """Slope of the first series' changes on those of the second."""

    def reduce(one: Values, two: Values) -> Values:
        x, y = _centred(one, at.series[0]), _centred(two, at.series[1])
        return ratio((x * y).sum(axis=1), (y * y).sum(axis=1))

    return over_windows(reduce, at.starts, first, second)
