"""Made-up series for charts: a seeded walk over weekdays to Friday, 6 March 2026."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from briefing.charts.layout import layout
from briefing.charts.picture import ChartLayout
from briefing.charts.spec import ChartSpec, Line
from briefing.resources import use_private_fonts
from briefing.series import Kind, Series
from briefing.text import Label

AS_OF = date(2026, 3, 6)
SHAPES = {
    "UST10Y": (Label("UST 10Y", "美債10年"), Kind.YIELD, "%", "bp", 2, 4.2, 0.05),
    "UST2Y": (Label("UST 2Y", "美債2年"), Kind.YIELD, "%", "bp", 2, 3.6, 0.05),
    "UST30Y": (Label("UST 30Y", "美債30年"), Kind.YIELD, "%", "bp", 2, 4.9, 0.05),
    "UST5Y": (Label("UST 5Y", "美債5年"), Kind.YIELD, "%", "bp", 2, 3.9, 0.05),
    "VIX": (Label("VIX", "VIX"), Kind.VOLATILITY, "points", "points", 2, 60.0, 0.4),
    "S2S10": (Label("2s10s", "2年/10年利差"), Kind.SPREAD, "bp", "bp", 0, 3.0, 4.0),
    "SPX": (Label("S&P 500", "標普500"), Kind.PRICE, "", "%", 2, 5800.0, 30.0),
    "EFFR": (Label("Fed funds", "聯邦資金利率"), Kind.RATE, "%", "bp", 2, 4.33, 0.02),
    "RRP": (Label("Fed RRP", "聯準會逆回購"), Kind.MONEY, "USD bn", "USD bn", 1, 300.0, 4.0),
}


@pytest.fixture(scope="session", autouse=True)
def private_fonts() -> None:
    use_private_fonts()


@pytest.fixture(scope="session")
def made() -> Callable[..., Series]:
    """A series of so many weekdays until the as-of date."""

    def make(name: str = "UST10Y", count: int = 2600, **changes: object) -> Series:
        short, kind, unit, delta, decimals, start, step = SHAPES[name]
        days = np.arange(np.datetime64("1990-01-01"), np.datetime64(AS_OF) + 1)
        days = days[np.is_busday(days)][-count:]
        walk = np.random.default_rng(len(name) + ord(name[-1])).normal(0, step, count)
        series = Series(
            name, short, short, kind, unit, delta, decimals, "NYSE", Label("Made up", "虛構"), days,
            np.round(start + np.cumsum(walk) - walk.sum(), decimals), AS_OF,
        )  # fmt: skip
        return replace(series, **changes)

    return make


@pytest.fixture(scope="session")
def figure(made: Callable[..., Series]) -> Callable[..., ChartLayout]:
    """A chart of the named series, `UST10Y|VIX` with the second on the second axis, half a page wide."""

    def make(names: str, **options: object) -> ChartLayout:
        first, _, second = names.partition("|")
        pairs = [(name, "first") for name in first.split()] + [(name, "second") for name in second.split()]
        own = options.pop("series", None) or {name: made(name) for name, _ in pairs}
        range_ = options.pop("range", "1Y")
        spec = ChartSpec(lines=tuple(Line(series=name, axis=axis) for name, axis in pairs), range=range_)
        return layout(spec, own, **{"size": (85.0, 48.0), "as_of": AS_OF, **options})

    return make
