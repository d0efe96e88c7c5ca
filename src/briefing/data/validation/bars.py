"""Opens, highs, lows and closes that contradict one another."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from briefing.data.validation.finding import Hit
from briefing.data.validation.rules import rule
from briefing.data.validation.stretches import stretches
from briefing.data.validation.subject import Subject
from briefing.problems import Severity
from briefing.series import Values
from briefing.text import Label

_ROUNDING = 1e-6
"""Adjusted prices are rounded one by one: so much of the price is no contradiction."""


@rule(
    "bars",
    Label("High and low enclose open and close", "最高與最低價涵蓋開盤與收盤價"),
    Severity.WARNING,
    hint=Label("Do not use the high and low of these days.", "請勿使用這些日期的最高與最低價。"),
    doubts=True,
)
def bars(subject: Subject) -> Iterator[Hit]:
    """Highs below, and lows above, another price of the same day.

    The settlement of a future is set after trading, so it may lie outside.
    """
    base, _, role = subject.series.rpartition("_")
    if role not in {"HIGH", "LOW"}:
        return
    others = [f"{base}_OPEN", f"{base}_LOW" if role == "HIGH" else f"{base}_HIGH"]
    others += [] if "futures" in subject.entry.tags else [base]
    prices = [_on(subject, subject.file[other]) for other in others if other in subject.file]
    if not prices:
        return
    room = _ROUNDING * np.abs(subject.values)
    with np.errstate(invalid="ignore"):
        if role == "HIGH":
            worst = np.fmax.reduce(prices)
            wrong, en, zh = worst > subject.values + room, "below", "低於"
        else:
            worst = np.fmin.reduce(prices)
            wrong, en, zh = worst < subject.values - room, "above", "高於"
    for start, stop in stretches(wrong):
        yield Hit(
            start,
            stop,
            Label(
                f"is {subject.values[start]:g}, {en} another price of the day, {worst[start]:g}",
                f"為{subject.values[start]:g}，{zh}同日的另一價格{worst[start]:g}",
            ),
        )


def _on(subject: Subject, other: Subject) -> Values:
    """The values of another series on the dates of a subject, NaN where it has none."""
    if subject.dates.shape == other.dates.shape and (subject.dates == other.dates).all():
        return other.values
    out = np.full(len(subject), np.nan)
    _, here, there = np.intersect1d(subject.dates, other.dates, assume_unique=True, return_indices=True)
    out[here] = other.values[there]
    return out
