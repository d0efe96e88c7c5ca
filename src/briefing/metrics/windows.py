"""Windows: `1d 1w 1m 3m 6m 1y 5y ytd all since2021 since-2024-09-18 since-fomc`, resolved on dates.

A day, week, month and year are 1, 5, 21 and 252 observations of the series (or of the joint dates
of several). A change over k needs k+1 levels, a sample of n includes the day itself, n returns
reach back to n+1 levels. `ytd` starts at the last observation of the previous year. `since…` has as
its base the last observation on or before the anchor, and as its sample what lies from it on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from briefing import numbers
from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.reference import is_window
from briefing.series import Dates, SeriesSource
from briefing.text import Label

Starts = NDArray[np.int64]
"""For each date the index at which its window starts, or -1 where it has none."""

OBSERVATIONS = {"d": 1, "w": 5, "m": 21, "y": 252}
_COUNTED = re.compile(r"(?P<count>\d+)(?P<unit>[dwmy])")
_NEAR = np.timedelta64(10, "D")


class Role(StrEnum):
    """What a metric does with its window: look back to a base, take a sample, take returns, nothing."""

    LAG = "lag"
    SAMPLE = "sample"
    RETURNS = "returns"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Window:
    """A window as written. Exactly one of `count` (with `unit`), `anchors` or a bare word is used.

    `anchors` are the days that it counts from: one day, or every day of a calendar of events.
    """

    word: str
    count: int = 0
    unit: str = ""
    anchors: tuple[date, ...] = ()

    @property
    def observations(self) -> int:
        """The length in observations, or 0 for a window that starts at a day."""
        return self.count * OBSERVATIONS[self.unit] if self.count else 0


def window(word: str, source: SeriesSource | None = None) -> Window:
    """Read a window; `source` knows the calendars. Raises `Refused` for a word that is none."""
    if not is_window(word):
        raise Refused(_no_window(word))
    counted = _COUNTED.fullmatch(word)
    if counted is not None:
        return Window(word, int(counted["count"]), counted["unit"])
    if word in {"ytd", "all"}:
        return Window(word)
    tail = word.removeprefix("since")
    if tail.startswith("-"):
        return Window(word, anchors=_anchors(tail[1:], source))
    return Window(word, anchors=(date(int(tail), 1, 1),))


def starts(window: Window, role: Role, dates: Dates, share: float = 1.0) -> Starts:
    """Where the window of each date starts, shape (n,), -1 where the history is too short.

    `share` is the part of a counted sample that must be there; a shorter one starts at index 0.
    """
    here = np.arange(len(dates), dtype=np.int64)
    if role is Role.NONE:
        return np.zeros_like(here)
    if window.count:
        return _counted(window.observations, role, here, share)
    out = _anchored(window, role, dates)
    return np.where(out < here if role is not Role.SAMPLE else out <= here, out, -1)


def needed(window: Window, role: Role, share: float = 1.0) -> int:
    """How many observations a value needs, at least."""
    if role is Role.NONE:
        return 1
    if not window.count:
        return 1 if role is Role.SAMPLE else 2
    if role is Role.SAMPLE:
        return int(np.ceil(window.observations * share))
    return window.observations + 1


def over(window: Window, start: date) -> Label:
    """A window with its start, to stand after a statistic: `over 1y` / `近一年`, `since 2021` / `2021年以來`.

    A history that begins more than ten days after the anchor is called by its own first day.
    """
    if window.count:
        alone = numbers.span_alone(window.count, window.unit)
        return Label(f"over {alone.en}", f"近{alone.zh}")
    if window.word == "ytd":
        return Label("year to date", "今年以來")
    anchor = max((day for day in window.anchors if day <= start), default=None)
    late = anchor is None or np.datetime64(start) - np.datetime64(anchor) > _NEAR
    if not late and anchor is not None and window.word == f"since{anchor.year}":
        return Label(f"since {anchor.year}", f"{anchor.year}年以來")
    words = numbers.day(start if late or anchor is None else anchor)
    return Label(f"since {words.en}", f"{words.zh}以來")


def ago(window: Window, base: date) -> Label:
    """A base by its distance, to stand before a level: `1m ago` / `一個月前`, else the day itself."""
    if window.count:
        alone = numbers.span_alone(window.count, window.unit)
        return Label(f"{alone.en} ago", f"{alone.zh}前")
    return numbers.day(base)


def spelled(window: Window, base: date) -> Label:
    """A window next to other words: `1 day` / `1日`, `3 months` / `3個月`, else since its base."""
    if window.count:
        return numbers.span(window.count, window.unit)
    return over(window, base)


def _counted(length: int, role: Role, here: Starts, share: float) -> Starts:
    if role is Role.SAMPLE:
        least = int(np.ceil(length * share))
        return np.where(here + 1 >= least, np.maximum(here - length + 1, 0), -1)
    return np.maximum(here - length, -1)


def _anchored(window: Window, role: Role, dates: Dates) -> Starts:
    if window.word == "all":
        return np.zeros(len(dates), dtype=np.int64)
    if window.word == "ytd":
        new_year = dates.astype("datetime64[Y]").astype("datetime64[D]")
        return np.searchsorted(dates, new_year, side="left").astype(np.int64) - 1
    days = np.array(window.anchors, dtype="datetime64[D]")
    last = np.searchsorted(days, dates, side="right") - 1
    anchor = days[np.maximum(last, 0)]
    sampled = role is Role.SAMPLE
    at = np.searchsorted(dates, anchor, side="left" if sampled else "right") - (0 if sampled else 1)
    return np.where(last >= 0, at, len(dates) if sampled else -1).astype(np.int64)


def _anchors(tail: str, source: SeriesSource | None) -> tuple[date, ...]:
    if tail[0].isdigit():
        return (date.fromisoformat(tail),)
    days = source.events(tail) if source is not None else ()
    if not days:
        raise Refused(
            error(
                "value.calendar",
                NOWHERE,
                Label(f"There is no calendar of events named “{tail}”.", f"沒有名為「{tail}」的事件日曆。"),
                Label(
                    "Name a calendar of the workspace, such as since-fomc.", "請使用工作區內的日曆，例如since-fomc。"
                ),
            )
        )
    return tuple(sorted(days))


def _no_window(word: str) -> Problem:
    return error(
        "value.window",
        NOWHERE,
        Label(f"“{word}” is not a window.", f"「{word}」不是有效的期間。"),
        Label(
            "Use 1d, 1w, 1m, 3m, 6m, 1y, 5y, ytd, all or since2021.",
            "請使用1d、1w、1m、3m、6m、1y、5y、ytd、all或since2021。",
        ),
    )
