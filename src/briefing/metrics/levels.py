"""Levels and changes: the last value, its date, the base, the change, now against then."""

from __future__ import annotations

import numpy as np

from briefing import numbers
from briefing.metrics import windows
from briefing.metrics.deltas import delta
from briefing.metrics.metric import At, Measured, Shape, Told
from briefing.metrics.registry import metric
from briefing.metrics.windows import Role, Starts
from briefing.metrics.words import level_of
from briefing.series import Kind, Values
from briefing.text import Label

_BASES = {
    "observations": "k days are k observations of the series",
    "joint dates": "several series are joined on their dates first",
}


def bases(values: Values, starts: Starts) -> Values:
    """The level at the start of each window, NaN where there is none."""
    return np.where(starts >= 0, values[starts], np.nan)


@metric(
    "last",
    label=Label("Last value", "最新值"),
    doc=Label("The last observation on or before the as-of date.", "資料截止日（含）以前的最後一筆觀測值。"),
    source="FRED H.15; US Treasury, par yield curve",
    example="UST10Y.last",
    shape="level",
)
def last(values: Values) -> Values:
    """y_t, in the series' unit."""
    return values


def _day_words(measured: Measured) -> Told:
    words = numbers.day(measured.day(measured.index))
    return Told(words, words)


@metric(
    "date",
    label=Label("Date of the last value", "最新值日期"),
    doc=Label("The day of the last observation.", "最後一筆觀測值的日期。"),
    source="Definition",
    example="UST10Y.date",
    shape=Shape(Kind.COUNT, "date", "days", 0),
    history=False,
    told=_day_words,
)
def date(_values: Values, *, at: At) -> Values:
    """The day of each observation, in days since 1970-01-01."""
    return at.dates.astype("datetime64[D]").astype(np.float64)


@metric(
    "base",
    label=Label("Base value", "比較基準值"),
    doc=Label("The level from which a change counts.", "計算變動時所用的基準水準。"),
    source="Definition",
    example="VIX.base.1d",
    shape="level",
    role=Role.LAG,
    default_window="1d",
    conventions=_BASES,
)
def base(values: Values, *, at: At) -> Values:
    """y_{t-k}, in the series' unit."""
    return bases(values, at.starts)


@metric(
    "change",
    label=Label("Change", "變動"),
    doc=Label(
        "The last value less the base, in the series' own unit of change: basis points for yields, "
        "percent for prices, points for indices and volatilities.",
        "最新值減基準值，以該序列的變動單位表示：殖利率為基點，價格為百分比，指數與波動率為點。",
    ),
    source="FRED H.15; US Treasury, par yield curve",
    example="UST10Y.change.1d",
    shape="delta",
    role=Role.LAG,
    default_window="1d",
    signed=True,
    reason=Label("a percent change needs levels above zero", "百分比變動的兩個水準都須大於零"),
    conventions=_BASES,
)
def change(values: Values, *, at: At) -> Values:
    """y_t - y_{t-k} in the delta unit; NaN for a relative change from or to zero or less."""
    return delta(values, bases(values, at.starts), at.series[0])


def _then(measured: Measured) -> Told:
    series, start = measured.at.series[0], measured.start
    now, then = level_of(series, measured.value), level_of(series, float(measured.arrays[0][start]))
    ago = windows.ago(measured.at.window, measured.day(start))
    words = Label(f"{now.en} ({ago.en} {then.en})", f"{now.zh}（{ago.zh}{then.zh}）")
    return Told(words, words, {"then": float(measured.arrays[0][start])})


@metric(
    "vs",
    label=Label("Now against then", "今昔對照"),
    doc=Label("The last value, with the base beside it.", "最新值，並列出基準值。"),
    source="Desk usage",
    example="VIX.vs.1m",
    shape="level",
    role=Role.LAG,
    default_window="1m",
    history=False,
    told=_then,
    conventions=_BASES,
)
def vs(values: Values, *, at: At) -> Values:
    """y_t where there is a base, in the series' unit."""
    return np.where(at.starts >= 0, values, np.nan)
