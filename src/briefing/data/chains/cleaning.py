"""What every chain goes through at the door: vendors' zeros and marks become gaps, dead contracts go; all is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import numpy as np
from numpy.typing import NDArray

from briefing.data.chains.chain import QUOTED, Chain
from briefing.data.chains.quote_time import NEW_YORK, OPENING
from briefing.data.chains.reading import Dropped, Emptied, ReadChain
from briefing.series import Dates

HIGHEST_IV = 5.0
_SENTINEL = -99.99
_CLOSING = time(16, 15)
"""The latest end of trading in a contract that expires in the evening."""
_SATURDAY = 5


def cleaned(chain: Chain, dropped: dict[Dropped, int] | None = None) -> ReadChain:
    """A chain in its order, without expired contracts and without what stands for nothing.

    `dropped` are contracts that the format has left out before. A negative implied volatility that is no
    sentinel stays, so that checking refuses it.
    """
    dead = expired(chain)
    alive = chain.where(~dead)
    counts = {**(dropped or {}), Dropped.EXPIRED: int(dead.sum())}
    emptied = _emptied(alive)
    iv_gone = emptied[Emptied.NO_VOLATILITY] | emptied[Emptied.HIGH_VOLATILITY] | emptied[Emptied.SENTINEL]
    clean = replace(
        alive,
        iv=np.where(iv_gone, np.nan, alive.iv),
        ask=np.where(emptied[Emptied.NO_OFFER], np.nan, alive.ask),
        last=np.where(alive.last == 0, np.nan, alive.last),
    ).ordered()
    again = _repeated(clean)
    counts[Dropped.REPEATED] = len(again)
    clean = clean.where(~np.isin(np.arange(len(clean)), again))
    return ReadChain(
        clean,
        {reason: count for reason, count in counts.items() if count},
        {reason: int(mask.sum()) for reason, mask in emptied.items() if mask.any()},
    )


def _emptied(chain: Chain) -> dict[Emptied, NDArray[np.bool_]]:
    return {
        Emptied.NO_VOLATILITY: chain.iv == 0,
        Emptied.HIGH_VOLATILITY: chain.iv > HIGHEST_IV,
        Emptied.SENTINEL: np.isclose(chain.iv, _SENTINEL),
        Emptied.NO_OFFER: chain.ask == 0,
    }


def expired(chain: Chain) -> NDArray[np.bool_]:
    """The contracts that no longer lived when the chain was quoted.

    An AM contract ends at the opening of its last day, any other when trading ends. Without an instant
    the chain's clock stands for it.
    """
    days = last_days(chain.expiry)
    morning: NDArray[np.bool_] = np.equal(chain.settle, "AM")
    if chain.quote_time is None:
        today, after_opening, after_close = np.datetime64(chain.quote_date), True, chain.clock == "eod"
    else:
        local = _local(chain.quote_time)
        today = np.datetime64(local.date())
        after_opening, after_close = local.time() >= OPENING, local.time() >= _CLOSING
    over = np.where(morning, after_opening, after_close)
    gone: NDArray[np.bool_] = (days < today) | ((days == today) & over)
    return gone


def last_days(expiries: Dates) -> Dates:
    """The day on which each contract settles: the Friday of an expiry that older files date on a Saturday."""
    weekday = (expiries.astype(np.int64) + 3) % 7
    days: Dates = expiries - (weekday == _SATURDAY).astype("timedelta64[D]")
    return days


def _repeated(chain: Chain) -> NDArray[np.intp]:
    """The contracts that stand further up already with the same values."""
    twins = chain.twins()
    same = np.ones(len(twins), dtype=bool)
    for name in ("multiplier", *QUOTED):
        column: NDArray[np.float64] = getattr(chain, name)
        here, there = column[twins], column[twins - 1]
        same &= (here == there) | (np.isnan(here) & np.isnan(there))
    again: NDArray[np.intp] = twins[same]
    return again


def _local(instant: datetime) -> datetime:
    return instant.astimezone(NEW_YORK)
