"""The yield curve: slopes between two yields, their changes, and the regime of a move."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from briefing import numbers
from briefing.metrics import windows
from briefing.metrics.deltas import RATES, integers
from briefing.metrics.levels import bases
from briefing.metrics.metric import At, Fact, Measured, Shape, Told
from briefing.metrics.registry import metric
from briefing.metrics.windows import Role
from briefing.series import Kind, Series, Values
from briefing.text import Label

_BASIS_POINTS = Shape(Kind.SPREAD, "bp", "bp", 0)
_HAN_UNITS = {"Y": "年", "M": "個月", "W": "週"}
_PARALLEL = 5  # tenths of a basis point
_TENOR = re.compile(r"(?P<count>\d+)\s?(?P<unit>Y|M|W)(?:R|O|TH|K)?S?\b", re.IGNORECASE)
_TAIL = re.compile(r"\D(?P<count>\d{1,2})$")

REGIMES = {
    "bull flattener": Label("bull flattener", "牛市平坦化"),
    "bull steepener": Label("bull steepener", "牛市陡峭化"),
    "bear flattener": Label("bear flattener", "熊市平坦化"),
    "bear steepener": Label("bear steepener", "熊市陡峭化"),
    "twist flattener": Label("twist flattener", "扭轉平坦化"),
    "twist steepener": Label("twist steepener", "扭轉陡峭化"),
    "parallel": Label("parallel shift", "平行移動"),
}


class Tenor(NamedTuple):
    """The maturity of a leg: a length in years (Y), months (M) or weeks (W)."""

    length: int
    unit: str


def regime(short: int, long: int) -> str:
    """The name of a move of two yields, in tenths of a basis point, short leg first.

    Parallel when the slope changes by less than half a basis point; the level is the mean of both.
    """
    slope, level = long - short, long + short
    if abs(slope) < _PARALLEL:
        return "parallel"
    side = "bear" if level > 0 else "bull" if level < 0 else "twist"
    return f"{side} {'steepener' if slope > 0 else 'flattener'}"


def tenor(series: Series) -> Tenor | None:
    """The maturity of a yield: its tag `tenor:10Y`, else its short name (`UST 10Y`), else its id (`DGS10`)."""
    tagged = next((tag.removeprefix("tenor:") for tag in series.tags if tag.startswith("tenor:")), "")
    for words in (tagged, series.short.en, series.id.replace("_", " ")):
        found = _TENOR.search(words)
        if found is not None:
            return Tenor(int(found["count"]), found["unit"].upper())
    tail = _TAIL.search(series.id)
    return Tenor(int(tail["count"]), "Y") if tail else None


def legs(short: Series, long: Series) -> Label:
    """Two legs by tenor, `2s10s` / `2年/10年利差` or `3m10y`; by their short names where a tenor is unknown."""
    first, second = tenor(short), tenor(long)
    if first is None or second is None:
        return Label(f"{short.short.en}/{long.short.en}", f"{short.short.zh}/{long.short.zh}利差")
    if first.unit == second.unit == "Y":
        english = f"{first.length}s{second.length}s"
    else:
        english = f"{first.length}{first.unit.lower()}{second.length}{second.unit.lower()}"
    chinese = [f"{one.length}{_HAN_UNITS[one.unit]}" for one in (first, second)]
    return Label(english, f"{'/'.join(chinese)}利差")


@metric(
    "curve_slope",
    label=Label("Curve slope", "殖利率曲線利差"),
    doc=Label("The longer yield less the shorter one, short leg first.", "長天期殖利率減短天期殖利率，短天期在前。"),
    source="FRED T10Y2Y, T10Y3M",
    example="UST2Y,UST10Y.curve_slope",
    shape=_BASIS_POINTS,
    kinds=(RATES, RATES),
    conventions={"joint dates": "days on which both yields were published", "yields": "as given, par or zero"},
)
def curve_slope(short: Values, long: Values) -> Values:
    """y_long - y_short in basis points."""
    return np.round(100.0 * (long - short), 9) + 0.0


@metric(
    "slope_change",
    label=Label("Change of the curve slope", "殖利率曲線利差變動"),
    doc=Label("The change of the longer less the shorter yield.", "長短天期殖利率利差的變動。"),
    source="FRED T10Y2Y, T10Y3M",
    example="UST2Y,UST10Y.slope_change.1d",
    shape=Shape(Kind.SPREAD, "bp", "bp", 1),
    kinds=(RATES, RATES),
    role=Role.LAG,
    default_window="1d",
    signed=True,
    conventions={"joint dates": "days on which both yields were published"},
)
def slope_change(short: Values, long: Values, *, at: At) -> Values:
    """Change of the slope over k joint observations, in basis points."""
    slope = curve_slope(short, long)
    return np.round(slope - bases(slope, at.starts), 9) + 0.0


def _regime_words(measured: Measured) -> Told:
    short, long = measured.at.series
    ends = [measured.start, measured.index]
    moves = [int(np.diff(integers(leg[ends], one))[0]) for leg, one in zip(measured.arrays, (short, long), strict=True)]
    name = regime(*moves)
    words = REGIMES[name] if any(moves) else numbers.UNCHANGED
    which, span = legs(short, long), windows.spelled(measured.at.window, measured.day(measured.start))
    text = Label(f"{which.en}, {span.en}: {words.en}", f"{which.zh}，{span.zh}：{words.zh}")
    facts: dict[str, Fact] = {
        "regime": name,
        "legs": which.en,
        "short_change": moves[0] / 10,
        "long_change": moves[1] / 10,
        "level_change": sum(moves) / 20,
        "opposite_legs": moves[0] * moves[1] < 0,
    }
    return Told(text, words, facts)


@metric(
    "curve_regime",
    label=Label("Curve regime", "曲線型態"),
    doc=Label(
        "Steepener or flattener by the change of the slope, bear or bull by that of the mean of both "
        "yields; less than half a basis point of slope is a parallel shift, no change of level a twist.",
        "依利差變動分為陡峭化或平坦化，依兩天期殖利率平均變動分為熊市或牛市；"
        "利差變動不足0.5個基點為平行移動，平均水準不變為扭轉。",
    ),
    source="Desk usage",
    example="UST2Y,UST10Y.curve_regime.1d",
    shape=Shape(Kind.SPREAD, "bp", "bp", 1),
    kinds=(RATES, RATES),
    role=Role.LAG,
    default_window="1d",
    signed=True,
    told=_regime_words,
    conventions={"level": "mean of both legs", "comparison": "in whole tenths of a basis point"},
)
def curve_regime(short: Values, long: Values, *, at: At) -> Values:
    """The change of the slope that the regime names, in basis points."""
    return slope_change(short, long, at=at)
