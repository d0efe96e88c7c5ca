"""Columns that together are the daily prices of one instrument, in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

_ROLES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("open", "open price", "px_open", "開盤", "開盤價", "开盘", "开盘价"), "OPEN"),
        **dict.fromkeys(("high", "high price", "px_high", "最高", "最高價", "最高价"), "HIGH"),
        **dict.fromkeys(("low", "low price", "px_low", "最低", "最低價", "最低价"), "LOW"),
        **dict.fromkeys(("close", "last", "price", "px_last", "close price", "收盤", "收盤價", "收盘", "收盘价"), ""),
        **dict.fromkeys(("adj close", "adj. close", "adjusted close", "adj_close"), "ADJ"),
        **dict.fromkeys(("volume", "px_volume", "成交量"), "VOLUME"),
    }
)
_FEWEST = 2


def price_roles(headings: Sequence[str]) -> tuple[str, ...] | None:
    """The roles of columns, "" for the close; None unless there is one close and every heading is known once."""
    roles = tuple(_ROLES.get(heading.lower(), "?") for heading in headings)
    if len(roles) < _FEWEST or "?" in roles or roles.count("") != 1 or len(set(roles)) != len(roles):
        return None
    return roles
