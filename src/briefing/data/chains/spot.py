"""The price of the underlying where every row of a chain repeats it."""

from __future__ import annotations

from datetime import date

import numpy as np

from briefing.data.reading.grid import Grid
from briefing.problems import Place, Problem, info, warning
from briefing.series import Values
from briefing.text import Label


def one_spot(grid: Grid, root: str, day: date, prices: Values) -> tuple[float, tuple[Problem, ...]]:
    """The one price in a column, NaN when it has none; the median, with a warning, when rows differ."""
    known = np.unique(prices[np.isfinite(prices) & (prices > 0)])
    if len(known) == 1:
        return float(known[0]), ()
    if not len(known):
        return float("nan"), (_none(grid, root, day),)
    middle = float(np.median(known))
    return middle, (_several(grid, root, day, float(known[0]), float(known[-1]), middle),)


def _none(grid: Grid, root: str, day: date) -> Problem:
    return info(
        "chain.no_spot",
        Place(file=grid.title),
        Label(
            f"{grid.title}: no price of {root} itself on {day}; forwards follow from calls and puts.",
            f"{grid.title}：{day}沒有{root}的標的價格，遠期價格由買賣權推算。",
        ),
        Label("Nothing needs to be done.", "無須處理。"),
    )


def _several(grid: Grid, root: str, day: date, low: float, high: float, middle: float) -> Problem:
    return warning(
        "chain.spots",
        Place(file=grid.title),
        Label(
            f"{grid.title}: rows of {root} on {day} have prices of the underlying from {low:g} to {high:g}; "
            f"their median {middle:g} was kept.",
            f"{grid.title}：{root}於{day}的標的價格介於{low:g}與{high:g}之間，取中位數{middle:g}。",
        ),
        Label("See whether the rows are of one moment.", "請確認各列是否為同一時點。"),
    )
