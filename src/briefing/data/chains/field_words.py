"""What the numbers of a contract are called in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from briefing.text import Label

FIELD_WORDS: Mapping[str, Label] = MappingProxyType(
    {
        "strike": Label("strike", "履約價"),
        "bid": Label("bid", "買價"),
        "ask": Label("ask", "賣價"),
        "last": Label("last price", "成交價"),
        "volume": Label("volume", "成交量"),
        "open_interest": Label("open interest", "未平倉量"),
        "iv": Label("implied volatility", "隱含波動率"),
        "delta": Label("delta", "Delta"),
        "gamma": Label("gamma", "Gamma"),
        "theta": Label("theta", "Theta"),
        "vega": Label("vega", "Vega"),
        "forward": Label("forward", "遠期價格"),
    }
)
"""By the columns of a chain that hold them."""
