"""Moves that are far larger than the moves around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from briefing.data.validation.finding import Hit
from briefing.data.validation.ranges import stand_ins
from briefing.data.validation.rules import rule
from briefing.data.validation.slips import powers_of_ten
from briefing.data.validation.subject import FAR, Subject, spread
from briefing.problems import Severity
from briefing.series import Kind
from briefing.text import Label

_AROUND = 60
"""The sigma of a move is that of the series or, where it is larger, that of so many moves on either side."""

_BACK_WITHIN = 3
_BACK = 0.3
"""A move is taken back when one of the next three values lies within three tenths of it from where it began."""

_EVEN_SO = 25.0
"""A move that stands, or comes back later than on the next day, is doubted from so many sigmas on.

Real days of turmoil (1987, September 2001, October 2008, March 2020) stay below. So does an open, high
or low, which are off for a moment only.
"""


_DAYS = np.timedelta64(14, "D")
"""A change over more days is no move of a day."""

_KINDS = frozenset(Kind) - {Kind.COUNT, Kind.POSITION, Kind.MONEY, Kind.RATE}
_ASK = Label(
    "Compare the value with another source; the rows are marked as suspect.", "請與其他來源核對；該數值已標記為存疑。"
)


@dataclass(frozen=True, slots=True)
class Jump:
    """A move of many sigmas to the value at `at`; the level is as before again at `back`, None when it stands."""

    at: int
    back: int | None
    sigmas: float


def jumps(subject: Subject) -> Iterator[Jump]:
    """Every move of more than ten sigmas that does not end another jump.

    Moves into and out of another unit, of zeros that stand for missing values, and over gaps are left out.
    """
    moves, values = subject.moves, subject.values
    places = subject.far_moves
    if not len(places):
        return
    done, empty = 0, stand_ins(subject)
    size = np.abs(values)
    slipped = powers_of_ten(size[places], size[places + 1], subject.tick) != 0
    late = subject.dates[places + 1] - subject.dates[places] > _DAYS
    for at in (places[~(slipped | late | empty[places] | empty[places + 1])] + 1).tolist():
        if at <= done:
            continue
        around = np.concatenate([moves[max(at - 1 - _AROUND, 0) : at - 1], moves[at : at + _AROUND]])
        sigmas = abs(float(moves[at - 1]) - subject.middle) / max(spread(around), subject.sigma)
        if sigmas <= FAR:
            continue
        began, moved = values[at - 1], abs(values[at] - values[at - 1])
        later = np.abs(values[at + 1 : at + 1 + _BACK_WITHIN] - began)
        home = np.flatnonzero(later <= _BACK * moved)
        back = at + 1 + int(home[0]) if len(home) else None
        done = back or at
        yield Jump(at, back, sigmas)


@rule(
    "spike",
    Label("No value far off its neighbours on both sides", "沒有孤立偏離前後值的數值"),
    Severity.WARNING,
    hint=_ASK,
    kinds=_KINDS,
    freqs="D",
    least=30,
    doubts=True,
)
def spike(subject: Subject) -> Iterator[Hit]:
    """Values that lie more than ten sigmas off for one day, or much more for up to three."""
    for found in jumps(subject):
        if found.back is not None and _doubted(found, subject):
            yield Hit(found.at, found.back, _words(found, "and comes back", "隨後回到原水準"))


@rule(
    "jump",
    Label("No move of very many sigmas", "沒有倍數過大的變動"),
    Severity.WARNING,
    hint=_ASK,
    kinds=_KINDS,
    freqs="D",
    least=30,
    doubts=True,
)
def jump(subject: Subject) -> Iterator[Hit]:
    """Moves of more than twenty-five sigmas that stand."""
    for found in jumps(subject):
        if found.back is None and _doubted(found, subject) and not subject.momentary:
            yield Hit(found.at, found.at + 1, _words(found, "and stays there", "且未回到原水準"))


@rule(
    "last_move",
    Label("No move of more than ten sigmas on the last day", "最後一日沒有超過十個標準差的變動"),
    Severity.WARNING,
    hint=Label(
        "Compare the last value with another source; the next day will show whether it stays.",
        "請與其他來源核對最後一筆數值；次日即可判斷是否維持。",
    ),
    kinds=_KINDS,
    freqs="D",
    least=30,
)
def last_move(subject: Subject) -> Iterator[Hit]:
    """A move of more than ten sigmas to the last value, which nothing that follows can bear out yet."""
    for found in jumps(subject):
        if found.at == len(subject) - 1 and not _doubted(found, subject) and not subject.momentary:
            yield Hit(found.at, found.at + 1, _words(found, "on the last day", "且為最後一日"))


@rule(
    "large_move",
    Label("No move of more than ten sigmas", "沒有超過十個標準差的變動"),
    Severity.INFO,
    hint=Label("Nothing needs to be done when the news of the day explains it.", "若當日消息可解釋，無須處理。"),
    kinds=_KINDS,
    freqs="D",
    least=30,
)
def large_move(subject: Subject) -> Iterator[Hit]:
    """Moves of more than ten sigmas that are not doubted: real days of turmoil are among them."""
    for found in jumps(subject):
        if found.at < len(subject) - 1 and not _doubted(found, subject) and not subject.momentary:
            yield Hit(found.at, found.at + 1, _words(found, "in one day", "須由當日消息解釋"))


def _doubted(found: Jump, subject: Subject) -> bool:
    at_once = found.back == found.at + 1 and not subject.momentary
    return at_once or found.sigmas > _EVEN_SO


def _words(found: Jump, en: str, zh: str) -> Label:
    return Label(
        f"moves by {found.sigmas:,.0f} times a usual day’s standard deviation {en}",
        f"單日變動達平日的{found.sigmas:,.0f}個標準差，{zh}",
    )
