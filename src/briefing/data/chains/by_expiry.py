"""A chain summed up by expiry: how many contracts each has, over which strikes, and how much is open in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from briefing.data.chains.chain import Chain
from briefing.data.tidy import Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryRow:
    """The contracts of one class that expire on one day. `quoted` have a bid, `suspect` are marked by a rule."""

    option_root: str
    expiry: date
    settle: str
    contracts: int
    quoted: int
    suspect: int
    low: float
    high: float
    volume: float
    open_interest: float

    def as_json(self) -> dict[str, object]:
        """The printed form of `briefing chains ROOT --quote-date DAY --json`."""
        return {
            "option_root": self.option_root,
            "expiry": self.expiry.isoformat(),
            "settle": self.settle,
            "contracts": self.contracts,
            "quoted": self.quoted,
            "suspect": self.suspect,
            "strikes": [self.low, self.high],
            "volume": self.volume,
            "open_interest": self.open_interest,
        }


def by_expiry(chain: Chain) -> tuple[ExpiryRow, ...]:
    """One row for each expiry, root and settlement, in the order of the chain. What is not stated counts as 0."""
    keys = zip(chain.expiry.tolist(), chain.option_root.tolist(), chain.settle.tolist(), strict=True)
    places: dict[tuple[date, str, str], list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    return tuple(_row(chain, key, np.asarray(found)) for key, found in places.items())


def _row(chain: Chain, key: tuple[date, str, str], places: np.ndarray[tuple[int], np.dtype[np.int64]]) -> ExpiryRow:
    expiry, root, settle = key
    return ExpiryRow(
        option_root=root,
        expiry=expiry,
        settle=settle,
        contracts=len(places),
        quoted=int((chain.bid[places] > 0).sum()),
        suspect=int((chain.flags[places] == Flag.SUSPECT).sum()),
        low=float(chain.strike[places].min()),
        high=float(chain.strike[places].max()),
        volume=float(np.nansum(chain.volume[places])),
        open_interest=float(np.nansum(chain.open_interest[places])),
    )
