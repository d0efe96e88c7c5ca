"""Percentages and points that a workbook holds as fractions: 0.0421 in the cell where it shows 4.21%."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np

from briefing.data.validation.finding import Hit
from briefing.data.validation.rules import rule
from briefing.data.validation.subject import Subject
from briefing.problems import Severity
from briefing.series import Kind
from briefing.text import Label

_MOST: Mapping[Kind, float] = MappingProxyType(
    {Kind.YIELD: 0.3, Kind.RATE: 0.3, Kind.SPREAD: 0.3, Kind.VOLATILITY: 1.5, Kind.PROBABILITY: 1.0}
)
"""In its stored unit no fraction of a kind is larger than this."""

_PERCENT = frozenset({Kind.YIELD, Kind.RATE, Kind.SPREAD})
_FINER, _FEW, _SHARE = 5.0, 2, 0.5
"""Values that mostly lie between ticks, and whose usual move is so many times smaller than one."""


@rule(
    "fractions",
    Label("Per cent and not fractions", "百分比而非小數"),
    Severity.WARNING,
    hint=Label(
        "A workbook holds 4.21% as 0.0421. Write the values in per cent, as 4.21, and import it again; these are "
        "marked as suspect.",
        "試算表的4.21%，儲存格內存的是0.0421。請將數值改寫為百分比數字（如4.21）後重新匯入；這些數值已標記為存疑。",
    ),
    kinds=frozenset(_MOST),
    doubts=True,
)
def fractions(subject: Subject) -> Iterator[Hit]:
    """A series all of whose values are small, finer than its decimals, and move by small parts of a tick."""
    values, tick = subject.values, subject.tick
    if np.abs(values).max() > _MOST[subject.entry.kind]:
        return
    between = np.abs(values / tick - np.round(values / tick)) > 1e-6
    if between.mean() < _SHARE:
        return
    moves = np.abs(np.diff(values))
    moves = moves[moves > 0]
    finer = tick / _FINER if subject.entry.kind in _PERCENT else np.inf
    if len(moves) >= _FEW and np.median(moves) > finer:
        return
    yield Hit(
        0,
        len(subject),
        Label(
            f"is {values[0]:g}, and no value is larger than {np.abs(values).max():g}: these look like fractions",
            f"為{values[0]:g}，全部數值都不超過{np.abs(values).max():g}，疑為小數而非百分比",
        ),
    )
