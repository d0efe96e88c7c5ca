"""What moved: every series with its change, ranked by the change against its own history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a field is called date
from typing import Protocol, runtime_checkable

import numpy as np

from briefing import numbers
from briefing.metrics.deltas import delta, integer_deltas, integers
from briefing.metrics.ranks import standard_score, weak
from briefing.metrics.since import largest_words, last_as_large, since_words
from briefing.metrics.windows import OBSERVATIONS
from briefing.metrics.words import change_of, level_of
from briefing.series import Doubt, Kind, Late, Series, SeriesSource, Values, as_date
from briefing.text import Label

_YEAR = OBSERVATIONS["y"]
_WEEK = OBSERVATIONS["w"]
_MONTH = OBSERVATIONS["m"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A series on its last day. None stands for what a short history, or a level of zero or less, cannot give.

    `day`, `week` and `month` are changes over 1, 5 and 21 observations in `delta_unit`. `zscore` ranks the day's
    change among the last 252 daily changes, itself included (at least 126). `percentile` is the weak
    rank of the level among the last 252, or as many as there are: `n` from `since`. `phrase` says
    since when there was no change as large. `doubts` are the caveats on the last day and the base days.
    """

    series: str
    name: Label
    short: Label
    kind: Kind
    unit: str
    delta_unit: str
    date: Day
    last: float
    last_text: Label
    base_date: Day | None
    day: float | None
    day_text: Label
    week: float | None
    week_text: Label
    month: float | None
    month_text: Label
    zscore: float | None
    percentile: float
    percentile_text: Label
    since: Day
    n: int
    phrase: Label | None
    late: Late | None
    doubts: tuple[Doubt, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The printed form of `briefing movers --json`."""
        return {
            "series": self.series,
            "name": self.name.as_json(),
            "short": self.short.as_json(),
            "kind": self.kind.value,
            "unit": self.unit,
            "delta_unit": self.delta_unit,
            "date": self.date.isoformat(),
            "last": self.last,
            "last_text": self.last_text.as_json(),
            "base_date": self.base_date.isoformat() if self.base_date else None,
            "change_1d": self.day,
            "change_1d_text": self.day_text.as_json(),
            "change_1w": self.week,
            "change_1w_text": self.week_text.as_json(),
            "change_1m": self.month,
            "change_1m_text": self.month_text.as_json(),
            "zscore": self.zscore,
            "percentile": self.percentile,
            "percentile_text": self.percentile_text.as_json(),
            "window_start": self.since.isoformat(),
            "n": self.n,
            "largest_since": self.phrase.as_json() if self.phrase else None,
            "late": self.late.as_json() if self.late else None,
            "doubts": [doubt.as_json() for doubt in self.doubts],
        }


@runtime_checkable
class Batched(Protocol):
    """A source that fetches several series faster together than one by one."""

    def read(self, series_ids: Sequence[str]) -> list[Series]:
        """Several series at once, in the order asked for."""
        ...


def movers(source: SeriesSource, ids: Iterable[str]) -> tuple[Mover, ...]:
    """The series by the size of the day's move against their own history, largest first.

    Empty series are left out; those without a z-score stand last, by id. Raises `Refused` for an
    unknown id.
    """
    wanted = list(ids)
    series = source.read(wanted) if isinstance(source, Batched) else [source.series(one) for one in wanted]
    found = [mover(one) for one in series if len(one)]
    return tuple(sorted(found, key=lambda one: (-abs(one.zscore) if one.zscore is not None else 1.0, one.series)))


def mover(series: Series) -> Mover:
    """One series with at least one observation."""
    values = series.values
    tail = values[-_YEAR:]
    rank = float(weak(integers(tail, series).astype(np.float64)[np.newaxis])[0])
    day, week, month = (_change(values, lag, series) for lag in (1, _WEEK, _MONTH))
    return Mover(
        series=series.id,
        name=series.name,
        short=series.short,
        kind=series.kind,
        unit=series.unit,
        delta_unit=series.delta_unit,
        date=as_date(series.dates[-1]),
        last=float(values[-1]),
        last_text=level_of(series, float(values[-1])),
        base_date=as_date(series.dates[-2]) if len(series) > 1 else None,
        day=day,
        day_text=numbers.MISSING if day is None else change_of(series, day),
        week=week,
        week_text=numbers.MISSING if week is None else change_of(series, week),
        month=month,
        month_text=numbers.MISSING if month is None else change_of(series, month),
        zscore=_zscore(values[-_YEAR - 1 :], series),
        percentile=rank,
        percentile_text=numbers.percentile(rank),
        since=as_date(series.dates[-len(tail)]),
        n=len(tail),
        phrase=_phrase(series),
        late=series.late,
        doubts=series.doubts(
            *(as_date(series.dates[at]) for at in (-1, -2, -1 - _WEEK, -1 - _MONTH) if len(series) >= -at)
        ),
    )


def _change(values: Values, lag: int, series: Series) -> float | None:
    if len(values) <= lag:
        return None
    move = float(delta(values[-1:], values[-1 - lag : len(values) - lag], series)[0])
    return move if np.isfinite(move) else None


def _zscore(values: Values, series: Series) -> float | None:
    moves = delta(values[1:], values[:-1], series)
    if len(moves) < _YEAR // 2 or not np.isfinite(moves).all():
        return None
    score = float(standard_score(moves[np.newaxis])[0])
    return score if np.isfinite(score) else None


def _phrase(series: Series) -> Label | None:
    moves = integer_deltas(series.values, 1, series) if len(series) > 1 else np.zeros(1, dtype=np.int64)
    if moves[-1] == 0:
        return None
    found = last_as_large(moves)
    what = largest_words(series.kind, int(moves[-1]), numbers.span_single(1, "d"))
    seen = as_date(series.dates[0 if found is None else found + 1])
    return since_words(what, numbers.day(seen), record=found is None)
