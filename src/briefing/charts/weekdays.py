"""The x axis of charts: weekdays counted from Monday, 5 January 1970.

One unit is one weekday, so a weekend leaves no hole: Saturday and Sunday stand a third and two
thirds of the way from Friday to Monday. All ranges use this scale, on the page and on the screen.
It does not depend on an exchange calendar, so that charts of different markets can be linked, and
a holiday is one step without an observation.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from briefing.series import Dates, Values

_MONDAY = date(1970, 1, 5)
_PLACE = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 4.0 + 1 / 3, 4.0 + 2 / 3])


def positions(days: Dates) -> Values:
    """The places of days, shape (n,) for dates of shape (n,). Strictly increasing with the days."""
    count = days.astype("datetime64[D]").astype(np.int64) - 4
    places: Values = (count // 7) * 5.0 + _PLACE[count % 7]
    return places


def position(day: date) -> float:
    """The place of one day."""
    week, weekday = divmod((day - _MONDAY).days, 7)
    return week * 5.0 + float(_PLACE[weekday])


def day_at(place: float) -> date:
    """The last day that stands at or before a place."""
    week, rest = divmod(place + 1e-9, 5.0)
    weekday = int(np.searchsorted(_PLACE, rest, side="right")) - 1
    return _MONDAY + timedelta(days=int(week) * 7 + weekday)
