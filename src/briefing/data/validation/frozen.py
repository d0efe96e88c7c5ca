"""Values that stand still for longer than the series does by itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from briefing.data.validation.finding import Hit
from briefing.data.validation.rules import rule
from briefing.data.validation.stretches import stretches
from briefing.data.validation.subject import Subject
from briefing.problems import Severity
from briefing.series import Kind
from briefing.text import Label

_LEAST = 10
_AROUND = 120
_CHANCE = 1e-4
"""A run is doubted when a series that repeats values as often as this one would hold it with less than this chance."""

_KINDS = frozenset({Kind.PRICE, Kind.YIELD, Kind.SPREAD, Kind.INDEX, Kind.VOLATILITY, Kind.RATIO})


@rule(
    "frozen",
    Label("No value that stands still for ten sessions", "數值未連續十個交易日不變"),
    Severity.WARNING,
    hint=Label(
        "See whether the source was still updated; the repeated values are marked as suspect.",
        "請確認來源當時是否仍在更新；重複的數值已標記為存疑。",
    ),
    kinds=_KINDS,
    freqs="D",
    least=_LEAST,
    doubts=True,
)
def frozen(subject: Subject) -> Iterator[Hit]:
    """Ten observations or more without a change, in a series that hardly ever repeats a value.

    Policy rates and other series that move in steps are of another kind; opens, highs and lows stand still
    with their close. The first value of a run is not doubted.
    """
    if subject.momentary:
        return
    still = subject.moves == 0
    for start, stop in stretches(still, _LEAST - 1):
        count = stop - start + 1
        chance = len(subject) * _share(still, start, stop) ** (stop - start)
        if chance < _CHANCE:
            words = Label(f"is one of {count:,} equal values in a row", f"為連續{count:,}個相同數值之一")
            yield Hit(start + 1, stop + 1, words)


def _share(still: np.ndarray[tuple[int], np.dtype[np.bool_]], start: int, stop: int) -> float:
    """How often the series repeats a value: over all of it or near the run, whichever is more often."""
    near = np.concatenate([still[max(start - _AROUND, 0) : start], still[stop : stop + _AROUND]])
    others = int(still.sum()) - (stop - start)
    everywhere = (others + 1) / (len(still) - (stop - start) + 1)
    return max(everywhere, float(near.mean()) if len(near) else 1.0)
