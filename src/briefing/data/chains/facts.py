"""What a reader wants to know of a chain: whose, of when, how much of it there is, what was left out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from briefing import numbers
from briefing.data.chains.chain import CLOCKS
from briefing.data.chains.reading import DROPPED, EMPTIED, Dropped, Emptied, ReadChain
from briefing.text import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFacts:
    """One chain in the report of an import. `quote_time` is ISO in UTC, "" for none; `spot` None for none."""

    root: str
    quote_date: date
    clock: str
    quote_time: str
    spot: float | None
    contracts: int
    expiries: int
    first_expiry: date | None
    last_expiry: date | None
    adjusted: int
    dropped: Mapping[Dropped, int] = field(default_factory=dict)
    emptied: Mapping[Emptied, int] = field(default_factory=dict)

    @property
    def sentence(self) -> Label:
        """The facts in one sentence without a full stop."""
        day, clock = numbers.day(self.quote_date), CLOCKS[self.clock]
        spot_en, spot_zh = (
            (", no spot", "，無標的價格")
            if self.spot is None
            else (f", spot {self.spot:,.10g}", f"，標的價格{self.spot:,.10g}")
        )
        lost = [(DROPPED[why], count) for why, count in self.dropped.items()]
        blank = [(EMPTIED[why], count) for why, count in self.emptied.items()]
        lost_en = "".join(f"; {count:,} dropped: {why.en}" for why, count in lost)
        lost_zh = "".join(f"；捨去{count:,}個：{why.zh}" for why, count in lost)
        blank_en = "".join(f"; {count:,} left blank: {why.en}" for why, count in blank)
        blank_zh = "".join(f"；{count:,}格留空：{why.zh}" for why, count in blank)
        return Label(
            f"{self.root}, {day.en}, {clock.en}; {self.contracts:,} contracts, {self.expiries} expiries"
            f"{spot_en}{lost_en}{blank_en}",
            f"{self.root}，{day.zh}，{clock.zh}；{self.contracts:,}個合約，{self.expiries}個到期日{spot_zh}{lost_zh}{blank_zh}",
        )

    def as_json(self) -> dict[str, object]:
        """The printed form in the report of an import."""
        return {
            "root": self.root,
            "quote_date": self.quote_date.isoformat(),
            "clock": self.clock,
            "quote_time": self.quote_time,
            "spot": self.spot,
            "contracts": self.contracts,
            "expiries": self.expiries,
            "first_expiry": self.first_expiry.isoformat() if self.first_expiry else None,
            "last_expiry": self.last_expiry.isoformat() if self.last_expiry else None,
            "adjusted": self.adjusted,
            "dropped": {why.value: count for why, count in self.dropped.items()},
            "emptied": {why.value: count for why, count in self.emptied.items()},
        }


def facts_of(read: ReadChain) -> ChainFacts:
    """The facts of a chain as read."""
    chain = read.chain
    days = chain.expiries
    return ChainFacts(
        root=chain.root,
        quote_date=chain.quote_date,
        clock=chain.clock,
        quote_time=chain.quote_time.isoformat() if chain.quote_time else "",
        spot=chain.spot if math.isfinite(chain.spot) else None,
        contracts=len(chain),
        expiries=len(days),
        first_expiry=days[0] if days else None,
        last_expiry=days[-1] if days else None,
        adjusted=int(chain.adjusted.sum()),
        dropped=read.dropped,
        emptied=read.emptied,
    )
