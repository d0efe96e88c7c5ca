"""How late and doubtful values are said, in both languages and everywhere alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from briefing import numbers
from briefing.text import Label

DAGGER = "†"
"""Stands after a value that is late or doubted; a note on the same page says why."""

_PERIODS: Mapping[str, tuple[Label, str]] = MappingProxyType(
    {
        "D": (Label("session", "交易日"), "個"),
        "W": (Label("week", "週"), ""),
        "M": (Label("month", "月"), "個"),
        "Q": (Label("quarter", "季"), ""),
    }
)
"""What a series of a frequency misses, and the Chinese measure word."""

CAVEATS: Mapping[str, Label] = MappingProxyType(
    {
        "suspect": Label("flagged as suspect", "標記為存疑"),
        "estimate": Label("an estimate", "為估計值"),
        "forecast": Label("a forecast", "為預測值"),
    }
)
"""What a value with a caveat is, after “is” and after the day in Chinese: the words of `briefing.series.Caveat`."""


def how_late(missed: int, freq: str = "D") -> Label:
    """`2 sessions late` / 「遲2個交易日」."""
    period, measure = _PERIODS.get(freq, _PERIODS["D"])
    return Label(f"{missed:,} {period.en}{'' if missed == 1 else 's'} late", f"遲{missed:,}{measure}{period.zh}")


def last_day(last: date) -> Label:
    """`last 13 Jan 2025` / 「最新為2025年1月13日」."""
    day = numbers.day(last)
    return Label(f"last {day.en}", f"最新為{day.zh}")


def late(missed: int, last: date, freq: str = "D") -> Label:
    """`2 sessions late, last 13 Jan 2025` / 「遲2個交易日，最新為2025年1月13日」."""
    long, day = how_late(missed, freq), last_day(last)
    return Label(f"{long.en}, {day.en}", f"{long.zh}，{day.zh}")


def short_late(missed: int, last: date) -> Label:
    """`13 Jan, 2 late` / 「1月13日，遲2」, where there is little room."""
    day = numbers.day(last)
    return Label(f"{day.en.rpartition(' ')[0]}, {missed:,} late", f"{day.zh.partition('年')[2]}，遲{missed:,}")


def brief_late(missed: int) -> Label:
    """`2 late` / 「遲2」, where there is hardly any room."""
    return Label(f"{missed:,} late", f"遲{missed:,}")


def days(first: date, more: int = 0) -> Label:
    """`9 Jan 2025` or `9 Jan 2025 and 3 more days` / 「2025年1月9日等4日」."""
    day = numbers.day(first)
    if not more:
        return day
    return Label(f"{day.en} and {more:,} more day{'' if more == 1 else 's'}", f"{day.zh}等{more + 1:,}日")


def doubted(caveat: str, first: date, more: int = 0) -> Label:
    """`flagged as suspect, 9 Jan 2025` / 「2025年1月9日標記為存疑」."""
    when, what = days(first, more), CAVEATS[caveat]
    return Label(f"{what.en}, {when.en}", f"{when.zh}{what.zh}")
