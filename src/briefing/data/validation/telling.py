"""Findings as problems: one a rule and series, or one a rule when very many series are concerned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from briefing import numbers
from briefing.data.validation.finding import Finding, Skipped
from briefing.data.validation.rules import RULES
from briefing.problems import Place, Problem, info
from briefing.text import Label

_SHOWN = 5
"""Up to so many series of a file are told one by one of a rule."""


def told(file: str, findings: Sequence[Finding], skipped: Sequence[Skipped]) -> tuple[Problem, ...]:
    """The findings, sorted by rule and series, and the rules that could not be judged, in words."""
    return (*_told(file, findings), *_unjudged(file, skipped))


def _told(file: str, findings: Iterable[Finding]) -> Iterator[Problem]:
    for name, found in groupby(findings, key=lambda one: one.rule):
        by_series = [list(group) for _, group in groupby(found, key=lambda one: one.series)]
        if len(by_series) <= _SHOWN:
            yield from (_problem(name, file, group, Label("", "")) for group in by_series)
        else:
            more = len(by_series) - 1
            tail = Label(f" {more:,} more series likewise.", f"另有{more:,}個序列亦同。")
            yield _problem(name, file, by_series[0], tail)


def _problem(name: str, file: str, found: Sequence[Finding], tail: Label) -> Problem:
    """The first finding of a series with its place, and how many rows more there are."""
    entry, first = RULES[name], found[0]
    more = sum(one.count for one in found) - 1
    days = numbers.day(first.first)
    row_en, row_zh = (f", line {first.line}", f"第{first.line}行") if first.line else ("", "")
    more_en, more_zh = (f" ({more:,} more row{'s' if more > 1 else ''})", f"（另有{more:,}列）") if more else ("", "")
    return Problem(
        f"import.{name}",
        entry.severity,
        Place(file=file, row=first.line or None, column=first.column),
        Label(
            f"{file}{row_en}: {first.series} on {days.en} {first.what.en}{more_en}.{tail.en}",
            f"{file}{row_zh}：{first.series}於{days.zh}{first.what.zh}{more_zh}。{tail.zh}",
        ),
        entry.hint,
    )


def _unjudged(file: str, skipped: Sequence[Skipped]) -> Iterator[Problem]:
    """One remark for all rules that could not be judged."""
    if not skipped:
        return
    rules = sorted({one.rule for one in skipped})
    series = sorted({one.series for one in skipped})
    labels = [RULES[name].label for name in rules]
    some_en, some_zh = ", ".join(series[:_SHOWN]), "、".join(series[:_SHOWN])
    more = len(series) - _SHOWN
    if more > 0:
        some_en, some_zh = f"{some_en} and {more:,} more", f"{some_zh}等{len(series):,}個序列"
    yield info(
        "import.skipped",
        Place(file=file, column=series[0]),
        Label(
            f"{file}: not checked for {some_en}: {'; '.join(label.en for label in labels)} ({skipped[0].why.en}).",
            f"{file}：{some_zh}未檢查：{'；'.join(label.zh for label in labels)}（{skipped[0].why.zh}）。",
        ),
        Label("Nothing needs to be done; more history is needed to judge.", "無須處理；判斷需要更長的歷史。"),
    )
