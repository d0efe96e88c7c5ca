"""Where a value stands in its own history: percentile ranks and z-scores."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from briefing.metrics import windows
from briefing.metrics.deltas import integers
from briefing.metrics.metric import At, Measured, Shape, Told
from briefing.metrics.registry import metric
from briefing.metrics.rolling import over_windows, ratio
from briefing.metrics.windows import Role
from briefing.numbers import percentile
from briefing.series import Kind, Values
from briefing.text import Label

_RANK = Shape(Kind.INDEX, "percentile", "points", 0)
_DEVIATIONS = Shape(Kind.INDEX, "sd", "sd", 1)
_SAME = Label("all values in the window are equal", "期間內所有數值相同")
_MAD_TO_SD = 1.4826


def weak(samples: Values) -> Values:
    """Percent of each row (window, ends today) at or below its last value."""
    return np.asarray(100.0 * (samples <= samples[:, -1:]).mean(axis=1))


def strict(samples: Values) -> Values:
    """Percent of each row strictly below its last value."""
    return np.asarray(100.0 * (samples < samples[:, -1:]).mean(axis=1))


def mean(samples: Values) -> Values:
    """Average of weak and strict."""
    return np.asarray((weak(samples) + strict(samples)) / 2.0)


def rank(samples: Values) -> Values:
    """Average rank of the last value of each row, in percent of the row's length."""
    return np.asarray(mean(samples) + 50.0 / samples.shape[1])


def excel_rank(sample: Values, value: float, *, exclusive: bool) -> float:
    """Excel's PERCENTRANK.INC or .EXC of a value in a sample, linear between its values, NaN outside."""
    levels, counts = np.unique(sample, return_counts=True)
    below = np.cumsum(counts) - counts
    n = len(sample)
    ranks = (below + 1) / (n + 1) if exclusive else below / max(n - 1, 1)
    return float(100.0 * np.interp(value, levels, ranks, left=np.nan, right=np.nan))


def inclusive_rank(samples: Values) -> Values:
    """Excel's PERCENTRANK.INC of the last value of each row."""
    return np.array([excel_rank(row, row[-1], exclusive=False) for row in samples])


def exclusive_rank(samples: Values) -> Values:
    """Excel's PERCENTRANK.EXC of the last value of each row."""
    return np.array([excel_rank(row, row[-1], exclusive=True) for row in samples])


def standard_score(samples: Values) -> Values:
    """(last - mean) / standard deviation (n - 1) of each row; NaN when the row is constant."""
    if samples.shape[1] < 2:
        return np.full(len(samples), np.nan)
    spread = samples.std(axis=1, ddof=1)
    flat = np.ptp(samples, axis=1) == 0.0
    return ratio(samples[:, -1] - samples.mean(axis=1), np.where(flat, 0.0, spread))


def robust_score(samples: Values) -> Values:
    """(last - median) / (1.4826 median absolute deviation) of each row; NaN when that is zero."""
    middle = np.median(samples, axis=1)
    spread = np.median(np.abs(samples - middle[:, np.newaxis]), axis=1)
    return ratio(samples[:, -1] - middle, _MAD_TO_SD * spread)


def _rank_words(measured: Measured) -> Told:
    short = percentile(measured.value)
    span = windows.over(measured.at.window, measured.day(measured.start))
    return Told(Label(f"{short.en} {span.en}", f"{span.zh}{short.zh}"), short)


_RANKS = (
    ("pctile", weak, Label("Percentile rank", "百分位"), "SciPy percentileofscore, kind weak", "at or below"),
    (
        "pctile_strict",
        strict,
        Label("Percentile rank, strict", "百分位（嚴格）"),
        "SciPy, kind strict",
        "strictly below",
    ),
    (
        "pctile_mean",
        mean,
        Label("Percentile rank, mean", "百分位（平均）"),
        "SciPy, kind mean",
        "mean of weak and strict",
    ),
    (
        "pctile_rank",
        rank,
        Label("Percentile rank, average rank", "百分位（平均名次）"),
        "SciPy, kind rank",
        "average rank / n",
    ),
    ("pctile_inc", inclusive_rank, Label("PERCENTRANK.INC", "百分位（PERCENTRANK.INC）"), "Excel", "below / (n - 1)"),
    ("pctile_exc", exclusive_rank, Label("PERCENTRANK.EXC", "百分位（PERCENTRANK.EXC）"), "Excel", "rank / (n + 1)"),
)


def _enter_rank(name: str, reduce: Callable[[Values], Values], label: Label, source: str, counted: str) -> None:
    @metric(
        name,
        label=label,
        doc=Label(
            "Where the last value stands among the values of the window, itself included, from 0 to 100.",
            "最新值在期間內所有觀測值（含當日）中的位置，介於0至100。",
        ),
        source=source,
        example=f"VIX.{name}.1y",
        shape=_RANK,
        role=Role.SAMPLE,
        default_window="1y",
        told=_rank_words,
        conventions={
            "counted": counted,
            "comparison": "in whole tenths of a basis point, else hundredths of a decimal",
        },
    )
    def kernel(values: Values, *, at: At) -> Values:
        return over_windows(reduce, at.starts, integers(values, at.series[0]).astype(np.float64))


for _row in _RANKS:
    _enter_rank(*_row)


@metric(
    "zscore",
    label=Label("z-score", "Z分數"),
    doc=Label(
        "The distance of the last value from the mean of the window, in standard deviations.",
        "最新值與期間平均值的差距，以標準差表示。",
    ),
    source="Textbook",
    example="VVIX.zscore.1y",
    shape=_DEVIATIONS,
    role=Role.SAMPLE,
    default_window="1y",
    signed=True,
    forms=("abs",),
    share=0.5,
    reason=_SAME,
    conventions={"standard deviation": "sample, n - 1", "history": "at least half the window"},
)
def zscore(values: Values, *, at: At) -> Values:
    """(x - mean) / sd, in standard deviations."""
    return over_windows(standard_score, at.starts, values)


@metric(
    "zscore_robust",
    label=Label("Robust z-score", "穩健Z分數"),
    doc=Label(
        "The distance of the last value from the median of the window, in scaled median absolute deviations.",
        "最新值與期間中位數的差距，以調整後的絕對中位差表示。",
    ),
    source="Textbook",
    example="VVIX.zscore_robust.1y",
    shape=_DEVIATIONS,
    role=Role.SAMPLE,
    default_window="1y",
    signed=True,
    forms=("abs",),
    share=0.5,
    reason=Label("more than half of the window has one value", "期間內過半數值相同"),
    conventions={"scale": "1.4826 times the median absolute deviation", "history": "at least half the window"},
)
def zscore_robust(values: Values, *, at: At) -> Values:
    """(x - median) / (1.4826 MAD), in standard deviations."""
    return over_windows(robust_score, at.starts, values)
