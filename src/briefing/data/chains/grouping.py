"""The rows of a file that belong to one chain each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from briefing.series import Dates, as_date


def by_chain(underlying: NDArray[np.str_], days: Dates) -> Iterator[tuple[str, date, NDArray[np.intp]]]:
    """Each underlying and day with the places of its rows, in the order of the file."""
    if not len(days):
        return
    order = np.lexsort((days, underlying))
    starts = np.flatnonzero(
        np.concatenate(
            [[True], (underlying[order][1:] != underlying[order][:-1]) | (days[order][1:] != days[order][:-1])]
        )
    )
    for places in np.split(order, starts[1:]):
        yield str(underlying[places[0]]), as_date(days[places[0]]), np.sort(places)
