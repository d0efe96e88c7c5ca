"""Realised volatility of closes, and implied volatility against it."""

from __future__ import annotations

import numpy as np

from briefing.metrics.metric import PRICES, VOLATILITIES, At, Shape
from briefing.metrics.registry import metric
from briefing.metrics.rolling import over_windows
from briefing.metrics.windows import Role
from briefing.series import Kind, Values
from briefing.text import Label

_YEAR = 252.0
_PERCENT = Shape(Kind.VOLATILITY, "%", "points", 1)
_POSITIVE = Label("it needs at least two returns between levels above zero", "至少需要兩個報酬率，且水準須大於零")
_CONVENTIONS = {"returns": "log, between consecutive observations", "year": "252 observations"}


def log_returns(levels: Values) -> Values:
    """Log returns along the last axis; NaN from or to a level of zero or less."""
    return np.diff(np.log(np.where(levels > 0, levels, np.nan)), axis=-1)


def sample_volatility(levels: Values) -> Values:
    """Annualised sample standard deviation (n - 1) of each row's log returns, percent."""
    if levels.shape[1] < 3:
        return np.full(len(levels), np.nan)
    return np.asarray(100.0 * np.sqrt(_YEAR) * log_returns(levels).std(axis=1, ddof=1))


def zero_mean_volatility(levels: Values) -> Values:
    """Annualised root mean square of each row's log returns, percent."""
    return np.asarray(100.0 * np.sqrt(_YEAR * (log_returns(levels) ** 2).mean(axis=1)))


@metric(
    "realised_vol",
    label=Label("Realised volatility", "已實現波動率"),
    doc=Label(
        "Standard deviation of daily log returns, close to close, a year; the window counts returns.",
        "收盤對收盤每日對數報酬率的標準差，年化；期間以報酬率個數計。",
    ),
    source="Textbook",
    example="SPY.realised_vol.1m",
    shape=_PERCENT,
    kinds=(PRICES,),
    role=Role.RETURNS,
    default_window="1m",
    reason=_POSITIVE,
    conventions=_CONVENTIONS | {"standard deviation": "sample, n - 1"},
)
def realised_vol(closes: Values, *, at: At) -> Values:
    """Percent a year."""
    return over_windows(sample_volatility, at.starts, closes)


@metric(
    "realised_vol_zero_mean",
    label=Label("Realised volatility, zero mean", "已實現波動率（零均值）"),
    doc=Label(
        "Root mean square of daily log returns, close to close, a year; the window counts returns.",
        "收盤對收盤每日對數報酬率的均方根，年化；期間以報酬率個數計。",
    ),
    source="Textbook",
    example="SPY.realised_vol_zero_mean.1m",
    shape=_PERCENT,
    kinds=(PRICES,),
    role=Role.RETURNS,
    default_window="1m",
    reason=_POSITIVE,
    conventions=_CONVENTIONS | {"mean": "zero"},
)
def realised_vol_zero_mean(closes: Values, *, at: At) -> Values:
    """Percent a year."""
    return over_windows(zero_mean_volatility, at.starts, closes)


@metric(
    "vrp",
    label=Label("Implied minus realised volatility", "隱含減已實現波動率"),
    doc=Label(
        "An implied volatility index less the realised volatility of its underlying over the window to date.",
        "隱含波動率指數減去標的資產至當日為止期間的已實現波動率。",
    ),
    source="Bollerslev, Tauchen, Zhou (2009), RFS 22",
    example="VIX,SPY.vrp.1m",
    shape=Shape(Kind.VOLATILITY, "points", "points", 2),
    kinds=(VOLATILITIES, PRICES),
    role=Role.RETURNS,
    default_window="1m",
    signed=True,
    reason=_POSITIVE,
    conventions=_CONVENTIONS
    | {"form": "volatility, ex ante: realised looks back", "standard deviation": "sample, n - 1"},
)
def vrp(implied: Values, closes: Values, *, at: At) -> Values:
    """Implied less realised, volatility points."""
    return implied - realised_vol(closes, at=at)


@metric(
    "vrp_variance",
    label=Label("Variance risk premium", "變異數風險溢酬"),
    doc=Label(
        "The square of implied volatility less that of zero-mean realised volatility over the window to date.",
        "隱含波動率平方減去至當日為止期間零均值已實現波動率的平方。",
    ),
    source="Bollerslev, Tauchen, Zhou (2009), RFS 22",
    example="VIX,SPY.vrp_variance.1m",
    shape=Shape(Kind.INDEX, "variance points", "variance points", 1),
    kinds=(VOLATILITIES, PRICES),
    role=Role.RETURNS,
    default_window="1m",
    signed=True,
    reason=_POSITIVE,
    conventions=_CONVENTIONS | {"form": "variance, ex ante: realised looks back", "mean": "zero"},
)
def vrp_variance(implied: Values, closes: Values, *, at: At) -> Values:
    """Implied variance less realised variance, volatility points squared."""
    return implied**2 - realised_vol_zero_mean(closes, at=at) ** 2
