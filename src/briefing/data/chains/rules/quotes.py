"""Rules over single contracts: prices, volatilities and deltas that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from briefing.data.chains.field_words import FIELD_WORDS
from briefing.data.chains.reading import Emptied
from briefing.data.chains.rules.registry import Hit, Subject, chain_rule
from briefing.problems import Severity
from briefing.text import Label

_FEW = 0.2
"""The share up to which a fault is one of single contracts; columns that are exchanged or unsigned give far more."""
_NEGATIVE = ("bid", "ask", "last", "volume", "open_interest", "iv")
_ROUNDING = 1e-6


@chain_rule(
    "strike",
    Label("Strikes above zero", "履約價大於零"),
    Severity.ERROR,
    hint=Label("Export the chain again.", "請重新匯出。"),
)
def strikes_above_zero(subject: Subject) -> Iterator[Hit]:
    """Contracts without a strike, or with one that is not above zero."""
    bad = np.flatnonzero(~(subject.chain.strike > 0))
    if len(bad):
        yield Hit(Label("has a strike that is not above 0", "有不大於0的履約價"), "strike", bad)


@chain_rule(
    "negative",
    Label("No price, count or volatility below zero", "價格、口數與波動率不為負"),
    Severity.ERROR,
    hint=Label("Export the chain again.", "請重新匯出。"),
)
def nothing_below_zero(subject: Subject) -> Iterator[Hit]:
    """Numbers below zero where there can be none."""
    for name in _NEGATIVE:
        bad = np.flatnonzero(getattr(subject.chain, name) < 0)
        if len(bad):
            words = FIELD_WORDS[name]
            yield Hit(Label(f"has a negative {words.en}", f"有負的{words.zh}"), name, bad)


@chain_rule(
    "crossed",
    Label("Bids not above asks", "買價不高於賣價"),
    Severity.WARNING,
    hint=Label("Do not use these contracts; they are marked as suspect.", "請勿使用這些合約，已標記為存疑。"),
    doubts=True,
)
def few_crossed(subject: Subject) -> Iterator[Hit]:
    """Contracts whose bid is above the ask, when they are few."""
    bad, few = _crossed(subject)
    if len(bad) and few:
        yield Hit(_ABOVE, "bid", bad)


@chain_rule(
    "all_crossed",
    Label("Bids not above asks in more than a few contracts", "買價高於賣價的合約只占少數"),
    Severity.ERROR,
    hint=Label("See whether the columns of bid and ask are exchanged.", "請確認買價與賣價欄位是否互換。"),
)
def many_crossed(subject: Subject) -> Iterator[Hit]:
    """Contracts whose bid is above the ask, when they are many."""
    bad, few = _crossed(subject)
    if len(bad) and not few:
        yield Hit(_ABOVE, "bid", bad)


_ABOVE = Label("has a bid above the ask", "有合約的買價高於賣價")


def _crossed(subject: Subject) -> tuple[NDArray[np.intp], bool]:
    chain = subject.chain
    bad = np.flatnonzero(chain.bid > chain.ask)
    quoted = int(np.isfinite(chain.ask).sum())
    return bad, len(bad) <= max(1.0, _FEW * quoted)


@chain_rule(
    "delta_sign",
    Label("Deltas of calls from 0 to 1, of puts from −1 to 0", "買權Delta介於0與1、賣權介於−1與0"),
    Severity.WARNING,
    hint=Label(
        "Do not use the vendor's deltas of these contracts; they are marked as suspect.",
        "請勿使用這些合約的Delta，已標記為存疑。",
    ),
    doubts=True,
)
def few_wrong_deltas(subject: Subject) -> Iterator[Hit]:
    """Contracts whose delta cannot be one, when they are few."""
    bad, few = _wrong_deltas(subject)
    if len(bad) and few:
        yield Hit(_NO_DELTA, "delta", bad)


@chain_rule(
    "all_delta_signs",
    Label("Signed deltas", "Delta帶正負號"),
    Severity.ERROR,
    hint=Label(
        "See whether calls and puts are exchanged, or deltas are without a sign or in per cent.",
        "請確認買權與賣權是否互換，或Delta未帶正負號、以百分比表示。",
    ),
)
def many_wrong_deltas(subject: Subject) -> Iterator[Hit]:
    """Contracts whose delta cannot be one, when they are many."""
    bad, few = _wrong_deltas(subject)
    if len(bad) and not few:
        yield Hit(_NO_DELTA, "delta", bad)


_NO_DELTA = Label("has a delta that a contract of its side cannot have", "有合約的Delta與買賣權別不符")


def _wrong_deltas(subject: Subject) -> tuple[NDArray[np.intp], bool]:
    chain = subject.chain
    low = np.where(chain.is_call, 0.0, -1.0) - _ROUNDING
    high = np.where(chain.is_call, 1.0, 0.0) + _ROUNDING
    bad = np.flatnonzero((chain.delta < low) | (chain.delta > high))
    stated = int(np.isfinite(chain.delta).sum())
    return bad, len(bad) <= max(1.0, _FEW * stated)


@chain_rule(
    "volatility_unit",
    Label("Volatility as a fraction", "波動率以小數表示"),
    Severity.ERROR,
    hint=Label(
        "Export implied volatility as a fraction: 0.1525, not 15.25.", "請以小數匯出隱含波動率：0.1525，而非15.25。"
    ),
)
def volatility_is_a_fraction(subject: Subject) -> Iterator[Hit]:
    """Volatilities most of which are above 5: they are in per cent."""
    high = subject.read.emptied.get(Emptied.HIGH_VOLATILITY, 0)
    kept = int(np.isfinite(subject.chain.iv).sum())
    if high > kept:
        yield Hit(
            Label(
                f"has implied volatilities above 5 in {high:,} of {high + kept:,} contracts; they seem to be in per cent",
                f"的{high + kept:,}個隱含波動率中有{high:,}個大於5，似為百分比",
            ),
            "iv",
        )
