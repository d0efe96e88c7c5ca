"""A small market made by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from briefing.problems import NOWHERE, Refused, error
from briefing.series import Kind, Late, Series
from briefing.text import Label


class Market:
    """Three series by hand; `US10Y` falls by 10bp on the last day, `OLD` is two sessions late."""

    as_of = date(2025, 1, 15)

    def series(self, series_id: str) -> Series:
        if series_id not in {"US10Y", "VIX", "OLD"}:
            raise Refused(
                error("series.unknown", NOWHERE, Label("No such series.", "沒有此數列。"), Label("Look.", "請查。"))
            )
        is_yield = series_id != "VIX"
        days = np.arange("2025-01-02", "2025-01-16", dtype="datetime64[D]")
        values = np.linspace(4.5, 4.6, len(days))
        values[-1] = values[-2] - 0.1
        return Series(
            id=series_id,
            name=Label(f"{series_id} series", f"{series_id}數列"),
            short=Label(series_id, series_id),
            kind=Kind.YIELD if is_yield else Kind.VOLATILITY,
            unit="%" if is_yield else "points",
            delta_unit="bp" if is_yield else "points",
            decimals=2,
            calendar="XNYS",
            source=Label("Test", "測試"),
            dates=days,
            values=values,
            as_of=self.as_of,
            late=Late(date(2025, 1, 13), 2) if series_id == "OLD" else None,
        )

    def events(self, name: str) -> tuple[date, ...]:
        return ()


@pytest.fixture
def market() -> Market:
    return Market()
