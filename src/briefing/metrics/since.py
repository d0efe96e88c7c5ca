"""Since when a move was not so large, or a level not so high or low."""

from __future__ import annotations

from typing import Literal

import numpy as np

from briefing import numbers
from briefing.metrics.deltas import Integers, delta, integer_deltas, integers
from briefing.metrics.levels import bases
from briefing.metrics.metric import At, Fact, Measured, Told
from briefing.metrics.registry import metric
from briefing.metrics.windows import Role
from briefing.problems import NOWHERE, Problem, error
from briefing.series import Kind, Values
from briefing.text import Label

_EXACT = {"comparison": "in whole tenths of a basis point, else hundredths of the last decimal"}


def last_as_large(moves: Integers) -> int | None:
    """The latest earlier index with a move at least as large as the last one, in its direction.

    Ties count. None when there is none; the last move must not be zero.
    """
    now, before = moves[-1], moves[:-1]
    found = np.flatnonzero(before <= now if now < 0 else before >= now)
    return int(found[-1]) if len(found) else None


def last_beyond(levels: Integers, side: Literal["above", "below"]) -> int | None:
    """The latest earlier index with a level strictly above or below the last one, or None."""
    now, before = levels[-1], levels[:-1]
    found = np.flatnonzero(before > now if side == "above" else before < now)
    return int(found[-1]) if len(found) else None


def largest_words(kind: Kind, move: int, span: Label) -> Label:
    """`largest 1d drop` / `最大單日跌幅`, by the sign of a move that is not zero."""
    noun = numbers.DIRECTIONS[kind][1 if move > 0 else -1].noun
    return Label(f"largest {span.en} {noun.en}", f"最大{span.zh}{noun.zh}")


def since_words(what: Label, since: Label, *, record: bool) -> Label:
    """`largest 1d drop since 14 Dec 2023`; on record, always with the first date of the data."""
    if record:
        return Label(f"{what.en} on record since {since.en}", f"自{since.zh}有紀錄以來{what.zh}")
    return Label(f"{what.en} since {since.en}", f"自{since.zh}以來{what.zh}")


def _largest(measured: Measured) -> Told | Problem:
    span, series, values = measured.at.window, measured.at.series[0], measured.arrays[0][: measured.index + 1]
    if not span.count:
        return _not_counted(span.word)
    lag = span.observations
    moves = integer_deltas(values, lag, series)
    if moves[-1] == 0:
        return _unchanged()
    found = last_as_large(moves)
    seen = 0 if found is None else found + lag
    what = largest_words(series.kind, int(moves[-1]), numbers.span_single(span.count, span.unit))
    text = since_words(what, numbers.day(measured.day(seen)), record=found is None)
    facts: dict[str, Fact] = {
        "since": measured.day(seen).isoformat(),
        "record": found is None,
        "days": _days(measured, measured.start),
    }
    if found is not None:
        facts["since_change"] = float(delta(values[seen : seen + 1], values[found : found + 1], series)[0])
        facts["since_days"] = (measured.day(seen) - measured.day(found)).days
        facts["tie"] = bool(moves[found] == moves[-1])
    return Told(text, text, facts)


@metric(
    "largest_since",
    label=Label("Largest move since", "自…以來最大變動"),
    doc=Label(
        "The last day with a move at least as large in the same direction; ties count and are told.",
        "上一次出現同方向且幅度不小於本次變動的日期；相等者亦計入並註明。",
    ),
    source="Desk usage",
    example="UST10Y.largest_since.1d",
    shape="delta",
    role=Role.LAG,
    default_window="1d",
    signed=True,
    told=_largest,
    conventions=_EXACT | {"ties": "count as at least as large"},
)
def largest_since(values: Values, *, at: At) -> Values:
    """The change whose rank is told, in the delta unit."""
    return delta(values, bases(values, at.starts), at.series[0])


_EXTREMES = {
    ("above", False): Label("highest", "最高"),
    ("below", False): Label("lowest", "最低"),
    ("above", True): Label("widest", "最寬"),
    ("below", True): Label("tightest", "最窄"),
}


def _extreme(measured: Measured, side: Literal["above", "below"]) -> Told:
    series, values = measured.at.series[0], measured.arrays[0][: measured.index + 1]
    found = last_beyond(integers(values, series), side)
    words = _EXTREMES[side, series.kind is Kind.SPREAD and measured.value > 0]
    seen = measured.day(found or 0)
    text = since_words(words, numbers.day(seen), record=found is None)
    level = None if found is None else float(values[found])
    return Told(text, text, {"since": seen.isoformat(), "record": found is None, "since_level": level, "strict": True})


def _highest(measured: Measured) -> Told:
    return _extreme(measured, "above")


def _lowest(measured: Measured) -> Told:
    return _extreme(measured, "below")


@metric(
    "highest_since",
    label=Label("Highest since", "自…以來最高"),
    doc=Label("The last day with a strictly higher level.", "上一次水準嚴格高於目前的日期。"),
    source="Desk usage",
    example="VIX.highest_since",
    shape="level",
    history=False,
    told=_highest,
    conventions=_EXACT | {"ties": "an equal level is not higher"},
)
def highest_since(values: Values) -> Values:
    """The level whose rank is told, in the series' unit."""
    return values


@metric(
    "lowest_since",
    label=Label("Lowest since", "自…以來最低"),
    doc=Label("The last day with a strictly lower level.", "上一次水準嚴格低於目前的日期。"),
    source="Desk usage",
    example="IG_OAS.lowest_since",
    shape="level",
    history=False,
    told=_lowest,
    conventions=_EXACT | {"ties": "an equal level is not lower"},
)
def lowest_since(values: Values) -> Values:
    """The level whose rank is told, in the series' unit."""
    return values


def _days(measured: Measured, start: int) -> int:
    return (measured.day(measured.index) - measured.day(start)).days


def _unchanged() -> Problem:
    return error(
        "value.unchanged",
        NOWHERE,
        Label("There was no change, so there is no largest one.", "並無變動，故無最大變動可言。"),
        Label("Take the statement out.", "請刪除此項敘述。"),
    )


def _not_counted(word: str) -> Problem:
    return error(
        "value.window",
        NOWHERE,
        Label(
            f"Moves over {word} have different lengths and cannot be ranked.", f"{word}期間的變動長短不一，無法排序。"
        ),
        Label("Use a window such as 1d, 1w or 1m.", "請使用1d、1w或1m等期間。"),
    )
