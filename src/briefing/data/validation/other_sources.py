"""One series from several sources: they must have one unit, and a published figure must be one figure."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from briefing.data.validation.finding import Hit
from briefing.data.validation.rules import rule
from briefing.data.validation.slips import STEADY, factor_between, powers_of_ten
from briefing.data.validation.subject import Subject, known_values, led_by
from briefing.problems import Severity
from briefing.series import Kind
from briefing.text import Label

_MIXED = frozenset(Kind) - {Kind.PRICE, Kind.COUNT}
"""Kinds whose days may come from several sources."""

_COUNTED = frozenset(Kind) - {Kind.COUNT}
_TICKS, _SHARE = 1.5, 0.05
"""Sources disagree when they lie more than so many ticks apart on more than this share of their common days."""


@rule(
    "other_unit",
    Label("The unit of other sources", "單位與其他來源相同"),
    Severity.ERROR,
    hint=Label(
        "See which of the two has the unit of the catalogue. Export the other one in that unit; if it was loaded, "
        "hide its load first (“briefing store loads”, “briefing store hide”).",
        "請確認何者符合目錄的單位，另一者請改以該單位匯出；若已載入，請先隱藏該次載入"
        "（briefing store loads、briefing store hide）。",
    ),
    kinds=_COUNTED,
)
def other_unit(subject: Subject) -> Iterator[Hit]:
    """Values that are a power of ten of those of another source, on the same days or on the days before."""
    own_days, own = subject.dates[subject.led :], subject.values[subject.led :]
    for name, stored in sorted(subject.elsewhere.items()):
        days, values = known_values(stored)
        _, here, there = np.intersect1d(own_days, days, assume_unique=True, return_indices=True)
        power, row = factor_between(values[there], own[here])
        start = subject.led + (int(here[row]) if len(here) else 0)
        if not len(here) and subject.entry.kind in STEADY:
            lead = led_by(stored, own_days[0], 1)[1]
            power = int(powers_of_ten(np.abs(lead), np.abs(own[: len(lead)]), subject.tick).sum())
        if power:
            times = f"{10.0**power:g}"
            yield Hit(
                start,
                len(subject),
                Label(
                    f"is {times} times what the source {name} has; one of the two is in another unit",
                    f"為來源{name}數值的{times}倍，其中一方的單位不同",
                ),
            )


@rule(
    "other_source",
    Label("The figures of other sources", "數值與其他來源一致"),
    Severity.WARNING,
    hint=Label(
        "See whether both are the same series. A day comes from the first source that has it, in the order of the "
        "catalogue's “sources”.",
        "請確認兩者是否為同一序列。同一日依目錄sources的順序，採用最先有值的來源。",
    ),
    kinds=_MIXED,
)
def other_source(subject: Subject) -> Iterator[Hit]:
    """Values that are not those of another source on the same days."""
    own_days, own = subject.dates[subject.led :], subject.values[subject.led :]
    for name, stored in sorted(subject.elsewhere.items()):
        days, values = known_values(stored)
        _, here, there = np.intersect1d(own_days, days, assume_unique=True, return_indices=True)
        apart = np.flatnonzero(np.abs(own[here] - values[there]) > _TICKS * subject.tick)
        if len(apart) <= _SHARE * len(here) or factor_between(values[there], own[here])[0]:
            continue
        first = int(here[apart[0]]) + subject.led
        was = values[there[apart[0]]] * subject.entry.factor
        yield Hit(
            first,
            first + 1,
            Label(
                f"is {subject.values[first] * subject.entry.factor:g}, but {was:g} in the source {name}; "
                f"{len(apart):,} of {len(here):,} common days differ",
                f"為{subject.values[first] * subject.entry.factor:g}，來源{name}則為{was:g}；"
                f"共同的{len(here):,}日中有{len(apart):,}日不同",
            ),
        )
