"""A chain out of columns: what a format does not state is NaN, and the terms come from the roots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.data.chains.chain import COLUMNS, QUOTED, Chain, columns_of
from briefing.data.chains.option_roots import OptionRoot, option_root


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is true of a whole chain; see `Chain`."""

    root: str
    quote_date: date
    clock: str
    vendor: str
    quote_time: datetime | None = None
    spot: float = float("nan")


def build_chain(head: Head, roots: Sequence[str], columns: dict[str, NDArray[Any]]) -> Chain:
    """A chain of n contracts.

    `roots` has the root of each contract; `columns` must have expiry, strike, cp and lines, and may have any
    other. Settlement, style, multiplier and adjustment are those of the root unless a column states them.
    """
    terms = {name: option_root(name) for name in set(roots)}
    of = [terms[name] for name in roots]
    filled: dict[str, Any] = {name: np.full(len(of), np.nan) for name in ("strike", *QUOTED)}
    filled |= {
        "option_root": roots,
        "settle": [term.settle for term in of],
        "style": [term.style for term in of],
        "multiplier": [term.multiplier for term in of],
        "adjusted": [term.adjusted for term in of],
        "occ_symbol": [""] * len(of),
        "flags": np.zeros(len(of), dtype=np.uint8),
    }
    filled |= columns
    return Chain(
        root=head.root,
        quote_date=head.quote_date,
        clock=head.clock,
        quote_time=head.quote_time,
        spot=head.spot,
        vendor=head.vendor,
        **columns_of({name: filled[name] for name in COLUMNS}),
    )


def underlyings(roots: Sequence[str]) -> dict[str, OptionRoot]:
    """The underlyings of some roots, each with the first root that has it."""
    out: dict[str, OptionRoot] = {}
    for name in dict.fromkeys(roots):
        terms = option_root(name)
        out.setdefault(terms.underlying, terms)
    return out


def joined(*parts: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The columns of several parts, one below the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
