"""What was read of a file of option chains: the chains, the rows that do not fit, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from briefing.data.chains.chain import Chain
from briefing.data.intake.choices import Choices
from briefing.data.reading.faults import Fault
from briefing.data.reading.shape import Shape, Sheet
from briefing.problems import Problem
from briefing.text import Label


class Dropped(StrEnum):
    """Why a contract of the file is not in the chain."""

    EXPIRED = "expired"
    ONE_EXCHANGE = "one exchange"
    NO_QUOTE = "no quote"
    REPEATED = "repeated"


DROPPED: Mapping[Dropped, Label] = MappingProxyType(
    {
        Dropped.EXPIRED: Label("expired at the quote", "報價時已到期"),
        Dropped.ONE_EXCHANGE: Label("quote of one exchange alone", "單一交易所報價"),
        Dropped.NO_QUOTE: Label("without a quote at that time", "該時點無報價"),
        Dropped.REPEATED: Label("standing twice with equal values", "重複且數值相同"),
    }
)


class Emptied(StrEnum):
    """Why a cell of the file is not stated in the chain."""

    NO_VOLATILITY = "volatility 0"
    HIGH_VOLATILITY = "volatility above 5"
    SENTINEL = "vendor sentinel"
    NO_OFFER = "ask 0"


EMPTIED: Mapping[Emptied, Label] = MappingProxyType(
    {
        Emptied.NO_VOLATILITY: Label("implied volatility 0", "隱含波動率為0"),
        Emptied.HIGH_VOLATILITY: Label("implied volatility above 500%", "隱含波動率超過500%"),
        Emptied.SENTINEL: Label("the vendor's mark for no volatility", "資料商的無波動率代碼"),
        Emptied.NO_OFFER: Label("ask 0, so no offer", "賣價為0，即無賣盤"),
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class ReadChain:
    """A chain as read, how many contracts and cells it lost, by reason, and what a reader should know of it."""

    chain: Chain
    dropped: Mapping[Dropped, int] = field(default_factory=dict)
    emptied: Mapping[Emptied, int] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ChainReading:
    """Everything that a file held. `rows_*` count rows of the file; `notes` concern no single chain of it."""

    chains: tuple[ReadChain, ...]
    faults: tuple[Fault, ...]
    rows_read: int
    rows_kept: int
    notes: tuple[Problem, ...] = ()


Read = Callable[[Sheet, "ChainShape", Choices], ChainReading]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainShape(Shape):
    """One reading of a grid as option chains; `dates` is the column of expiries.

    `read` makes the chains of it. It raises `Refused` with a question that a choice answers.
    """

    read: Read
