"""Where a line breaks: more than five sessions without an observation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from briefing.series import Dates

SESSIONS = 5
"""So many sessions may be missing before the line breaks."""


def breaks(days: Dates, holidays: Dates | None = None) -> NDArray[np.intp]:
    """The indices of observations after which the line breaks.

    Sessions are weekdays without the calendar's `holidays`. What counts as missing is measured
    from the series' own rhythm (the median step), so a monthly series does not fall apart.
    """
    if len(days) < 3:
        return np.empty(0, dtype=np.intp)
    closed = np.empty(0, dtype="datetime64[D]") if holidays is None else holidays
    steps = np.busday_count(days[:-1], days[1:], holidays=closed)
    usual = max(1.0, float(np.median(steps)))
    return np.flatnonzero(steps - usual > SESSIONS)
