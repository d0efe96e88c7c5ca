"""How long a search takes over five thousand series, key by key."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from briefing_ui.palette_box import Item, ranked

pytestmark = pytest.mark.bench
MOST_SECONDS = 0.05


def test_five_thousand_series_are_searched_between_two_keys(benchmark: BenchmarkFixture) -> None:
    many = [
        Item(f"Series {at}", f"ID{at}", (f"ID{at}", f"Series number {at}", f"第{at}號序列"), lambda: None)
        for at in range(5000)
    ]
    found = benchmark(ranked, many, "number 4711")
    assert found[0].beside == "ID4711"
    assert benchmark.stats.stats.min < MOST_SECONDS
