from __future__ import annotations

import pytest

from briefing_ui.palette_box import Item, ranked

pytestmark = pytest.mark.ui
SERIES = (
    ("UST10Y", "DGS10", "10-year Treasury yield", "美國10年期公債殖利率"),
    ("UST2Y", "DGS2", "2-year Treasury yield", "美國2年期公債殖利率"),
    ("DFII10", "REAL10Y", "10-year real yield", "美國10年期實質殖利率"),
    ("VIX", "VIXCLS", "VIX", "VIX指數"),
    ("VVIX", "", "VIX of the VIX", "VIX波動率指數"),
    ("MOVE", "", "Treasury implied volatility", "美國公債隱含波動率"),
    ("HY_OAS", "BAMLH0A0HYM2", "High-yield spread", "非投資等級債利差"),
    ("GOLD", "XAU", "Gold", "黃金"),
    ("USDTWD", "", "US dollar against Taiwan dollar", "美元兌新台幣"),
    ("SPX", "SP500", "S&P 500", "標普500指數"),
)
ITEMS = [Item(names[2], names[0], names, lambda: None) for names in SERIES]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("vix", "VIX"),
        ("VVIX", "VVIX"),
        ("ust10", "UST10Y"),
        ("dgs10", "UST10Y"),
        ("real 10", "DFII10"),
        ("10 year real", "DFII10"),
        ("實質", "DFII10"),
        ("公債殖利率", "UST10Y"),
        ("波動率", "MOVE"),
        ("利差", "HY_OAS"),
        ("high yeild", "HY_OAS"),
        ("黃金", "GOLD"),
        ("gold", "GOLD"),
        ("xau", "GOLD"),
        ("taiwan", "USDTWD"),
        ("新台幣", "USDTWD"),
        ("S&P", "SPX"),
        ("sp500", "SPX"),
        ("標普", "SPX"),
        ("move", "MOVE"),
    ],
)
def test_what_is_meant_is_among_the_first_three(typed: str, wanted: str) -> None:
    assert wanted in [item.beside for item in ranked(ITEMS, typed)[:3]]


def test_without_words_everything_is_offered_in_its_order() -> None:
    assert ranked(ITEMS, "  ")[:2] == ITEMS[:2]


def test_nonsense_finds_nothing() -> None:
    assert ranked(ITEMS, "qqqqqq") == []
