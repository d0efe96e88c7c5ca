"""The companions of a price: `SPY` is the close, `SPY_OPEN`, `SPY_HIGH`, `SPY_LOW` … stand beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from briefing.data.entry import Entry
from briefing.series import Kind
from briefing.text import Label

_PRICES: Mapping[str, Label] = MappingProxyType(
    {
        "OPEN": Label("open", "開盤"),
        "HIGH": Label("high", "最高"),
        "LOW": Label("low", "最低"),
        "ADJ": Label("adjusted close", "還原收盤"),
        "LAST": Label("last trade", "最後成交"),
    }
)
_COUNTS: Mapping[str, Label] = MappingProxyType(
    {
        "VOLUME": Label("volume", "成交量"),
        "OI": Label("open interest", "未平倉量"),
        "OIPREV": Label("open interest of the day before", "前一日未平倉量"),
    }
)


def companion(series_id: str, lookup: Callable[[str], Entry | None]) -> Entry | None:
    """The entry of a companion, made from that of the series it belongs to; None when it is none."""
    base_id, _, role = series_id.rpartition("_")
    words = _PRICES.get(role) or _COUNTS.get(role)
    if words is None:
        return None
    base = lookup(base_id) if base_id else None
    if base is None:
        return None
    entry = replace(
        base,
        series_id=f"{base.series_id}_{role}",
        name=_joined(base.name, words),
        short=_joined(base.short, words),
        aliases=tuple(f"{alias}_{role}" for alias in base.aliases),
    )
    return _as_count(entry) if role in _COUNTS else entry


def _as_count(entry: Entry) -> Entry:
    unit = "contracts" if "futures" in entry.tags else "shares"
    count = replace(entry, kind=Kind.COUNT, unit=unit, delta_unit="%", stored_unit=unit, decimals=0)
    return replace(count, low=None, high=None)


def _joined(name: Label, words: Label) -> Label:
    return Label(f"{name.en}, {words.en}", f"{name.zh}{words.zh}")
