"""An option chain: every contract of one underlying at one moment of one session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.series import Dates, Values
from briefing.text import Label

CLOCKS: Mapping[str, Label] = MappingProxyType(
    {
        "delayed": Label("delayed quote", "延遲報價"),
        "1545": Label("15:45 quote", "15:45報價"),
        "eod": Label("end of day", "收盤"),
    }
)
"""The moments of a session at which a chain may be taken, by their names in the store."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chain:
    """One chain; the columns have equal length n, sorted by expiry, root of the option, strike, call before put.

    `root` is the underlying (SPX), `option_root` that of each contract (SPX, SPXW). `quote_date` is the
    session that the quotes belong to, `quote_time` the instant that the file states (aware; it may be
    later, a chain saved on a Saturday holds Friday's quotes), None when it states none. `spot` is the
    underlying's price in points, NaN when the file has none.

    `strike`, `bid`, `ask`, `last` and `forward` are in points, `iv` is a fraction (0.1525), `delta` is
    signed, `gamma` is per point, `theta` and `vega` are the vendor's own; `volume` and `open_interest`
    count contracts, the latter of the evening before. NaN: not stated; for `ask` no offer, for `last`
    never traded, for `iv` none or out of 0…5. A bid of 0 is a bid of 0. `forward` is the vendor's
    forward or implied underlying price for that expiry.

    `settle` is AM or PM, `cp` C or P, `style` E or A. An `adjusted` contract delivers something else
    than `multiplier` units of the underlying. `flags` are codes of `briefing.data.tidy.Flag`, `lines`
    the lines of the file, 0 for unknown. `vendor`, `vintage` and `load_id` say where it came from; a
    chain that is not stored yet has no vintage.
    """

    root: str
    quote_date: date
    clock: str
    quote_time: datetime | None
    spot: float
    vendor: str
    option_root: NDArray[np.str_]
    expiry: Dates
    settle: NDArray[np.str_]
    strike: Values
    cp: NDArray[np.str_]
    style: NDArray[np.str_]
    multiplier: Values
    bid: Values
    ask: Values
    last: Values
    volume: Values
    open_interest: Values
    iv: Values
    delta: Values
    gamma: Values
    theta: Values
    vega: Values
    forward: Values
    occ_symbol: NDArray[np.str_]
    adjusted: NDArray[np.bool_]
    flags: NDArray[np.uint8]
    lines: NDArray[np.int32]
    vintage: str = ""
    load_id: int = 0

    def __len__(self) -> int:
        return len(self.strike)

    @property
    def expiries(self) -> tuple[date, ...]:
        """The days on which contracts of the chain expire, sorted."""
        return tuple(np.unique(self.expiry).tolist())

    @property
    def is_call(self) -> NDArray[np.bool_]:
        """Which contracts are calls."""
        calls: NDArray[np.bool_] = np.equal(self.cp, "C")
        return calls

    def where(self, keep: NDArray[np.bool_]) -> Chain:
        """The contracts for which the mask is true."""
        return self._at(keep)

    def ordered(self) -> Chain:
        """The chain in its order."""
        return self._at(np.lexsort((self.cp, self.strike, self.settle, self.option_root, self.expiry)))

    def _at(self, rows: NDArray[np.bool_ | np.intp]) -> Chain:
        columns: dict[str, Any] = {name: getattr(self, name)[rows] for name in COLUMNS}
        return replace(self, **columns)

    def twins(self) -> NDArray[np.intp]:
        """Places of the contracts whose key stands further up already; the chain has to be in order."""
        if len(self) < 2:
            return np.empty(0, dtype=np.intp)
        same = np.ones(len(self) - 1, dtype=bool)
        for name in KEY:
            column = getattr(self, name)
            same &= column[1:] == column[:-1]
        return np.flatnonzero(same) + 1


KEY = ("option_root", "expiry", "settle", "strike", "cp")
"""What tells two contracts of a chain apart; with root, quote date, clock and vintage it is the key of the store."""

QUOTED = ("bid", "ask", "last", "volume", "open_interest", "iv", "delta", "gamma", "theta", "vega", "forward")
"""The columns that a quote may state of a contract."""

_TYPES: Mapping[str, Any] = {
    "expiry": "datetime64[D]",
    "adjusted": np.bool_,
    "flags": np.uint8,
    "lines": np.int32,
} | dict.fromkeys(("option_root", "settle", "cp", "style", "occ_symbol"), np.str_)

_HEAD = frozenset({"root", "quote_date", "clock", "quote_time", "spot", "vendor", "vintage", "load_id"})
COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Chain) if field.name not in _HEAD)
"""The names of the columns."""


def columns_of(values: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The columns of a chain as arrays, from plain sequences by name; all names of `COLUMNS` must be there."""
    return {name: np.asarray(values[name], dtype=_TYPES.get(name, np.float64)) for name in COLUMNS}
