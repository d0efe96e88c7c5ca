"""What a chart says: its automatic title, subtitle, source line and spoken summary, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from math import isfinite

import numpy as np

from briefing import marks
from briefing.charts.trace import Trace
from briefing.metrics.deltas import delta
from briefing.metrics.doubting import gathered
from briefing.metrics.words import level_of
from briefing.numbers import POINTS, day, money, move
from briefing.series import Doubt, Kind, Late, Series, as_date
from briefing.text import Label

KINDS: dict[Kind, Label] = {
    Kind.PRICE: Label("Price", "價格"),
    Kind.YIELD: Label("Yield", "殖利率"),
    Kind.RATE: Label("Rate", "利率"),
    Kind.SPREAD: Label("Spread", "利差"),
    Kind.INDEX: Label("Index", "指數"),
    Kind.VOLATILITY: Label("Volatility", "波動率"),
    Kind.RATIO: Label("Ratio", "比率"),
    Kind.POSITION: Label("Position", "部位"),
    Kind.PROBABILITY: Label("Probability", "機率"),
    Kind.MONEY: Label("Amount", "金額"),
    Kind.COUNT: Label("Count", "數量"),
}
_UNITS: dict[str, Label] = {
    "": Label("", ""),
    "level": Label("", ""),
    "%": Label("%", "%"),
    "bp": Label("bp", "基點"),
    "pp": Label("pp", "百分點"),
    "x": Label("", ""),
    "sd": Label("standard deviations", "標準差"),
    "contracts": Label("contracts", "口"),
    "shares": Label("shares", "股"),
    "days": Label("days", "日"),
    **dict.fromkeys(POINTS, Label("points", "點")),
}
_MONEY = re.compile(r"([A-Z]{3})(?:[ _]?(?:k|mn|mm|bn|tn))?")
_NOTHING = Label("", "")


def title(series: Sequence[Series]) -> Label:
    """The names of the series: all of one, the short ones of several, three at most."""
    if not series:
        return Label("Chart", "圖表")
    if len(series) == 1:
        return series[0].name
    shown = [entry.short for entry in series[: 4 if len(series) <= 4 else 3]]
    more = len(series) - len(shown)
    if not more:
        return _listed(shown)
    zh = "、".join(label.zh for label in shown)
    return Label(f"{', '.join(label.en for label in shown)} and {more} more", f"{zh}等{len(series)}項")


def subtitle(first: Sequence[Series], second: Sequence[Series]) -> Label:
    """Measure and unit of each axis: `Yield, %` / 「殖利率，%」, the second one marked."""
    left, right = _measures(first), _measures(second)
    if not second:
        return left
    return Label(f"{left.en}; {right.en} (rhs)", f"{left.zh}；{right.zh}（右軸）")


def on_second_axis(label: Label) -> Label:
    """A name marked as read on the right axis."""
    return Label(f"{label.en} (rhs)", f"{label.zh}（右軸）")


def source_line(series: Sequence[Series], as_of: date) -> Label:
    """Where the data come from, the last observation admitted and, when revised, the vintage."""
    lasts = [last for entry in series if (last := entry.until(as_of).last_date) is not None]
    if not lasts:
        return _NOTHING
    names = _unique(entry.source for entry in series)
    last, words = max(lasts), Label(", ".join(n.en for n in names), "、".join(n.zh for n in names))
    vintages = sorted({entry.vintage for entry in series if entry.revised and entry.vintage})
    loaded = f" Vintage: {vintages[-1]}." if vintages else ""
    loaded_zh = f"資料版本：{vintages[-1]}。" if vintages else ""
    return Label(
        f"Source: {words.en}. Last: {day(last).en}.{loaded}",
        f"資料來源：{words.zh}。最新：{day(last).zh}。{loaded_zh}",
    )


def late_mark(late: Late) -> Label:
    """`2 sessions late, last 4 Mar 2025` / 「遲2個交易日，最新為2025年3月4日」."""
    return marks.late(late.sessions, late.last, late.freq)


def with_doubts(line: Label, doubts: Sequence[tuple[Series, Doubt]]) -> Label:
    """A source line that also says what the hollow rings are."""
    if not doubts:
        return line
    names = {doubt.series: one.short for one, doubt in doubts}
    said = [
        (names[doubt.series], marks.doubted(doubt.caveat, doubt.day, more))
        for doubt, more in gathered(doubt for _, doubt in doubts)
    ]
    en = "; ".join(f"{name.en}: {words.en}" for name, words in said)
    zh = "；".join(f"{name.zh}：{words.zh}" for name, words in said)
    gap = " " if line.en else ""
    return Label(f"{line.en}{gap}Ring = {en}.", f"{line.zh}圓圈＝{zh}。")


def summary(lines: Sequence[tuple[Series, Trace]], low: float, high: float, as_of: date) -> Label:
    """One sentence a line for those who hear the chart: last value, move, span in sight."""
    said = [_spoken(series, trace, low, high) for series, trace in lines if len(trace)]
    if not said:
        return Label(f"No data. As of {day(as_of).en}.", f"沒有資料。截至{day(as_of).zh}。")
    return Label(
        " ".join(entry.en for entry in said) + f" As of {day(as_of).en}.",
        "".join(entry.zh for entry in said) + f"截至{day(as_of).zh}。",
    )


NOT_IN_RANGE = Label("no data in range", "此區間無資料")


def no_data(traces: Iterable[Trace]) -> Label:
    """Why a chart is empty, and which years have data."""
    held = [trace.days for trace in traces if len(trace)]
    if not held:
        return Label("No data", "沒有資料")
    first = as_date(min(days[0] for days in held)).year
    last = as_date(max(days[-1] for days in held)).year
    span = f"{first}" if first == last else f"{first}–{last}"
    return Label(f"No data in this range; has data {span}", f"此區間沒有資料；資料期間為{span}年")


@lru_cache(maxsize=256)
def _latest(series: Series, trace: Trace) -> Label:
    """The last value and how it moved."""
    last = level_of(series, float(trace.y[-1]))
    moved = _NOTHING
    change = change_of(series, float(trace.y[-2]), float(trace.y[-1])) if len(trace) > 1 else float("nan")
    if isfinite(change):
        words = move(change, series.kind, series.delta_unit, series.decimals)
        moved = Label(f", {words.en} from the observation before", f"，較前一筆{words.zh}")
    return Label(f"{series.short.en}: last {last.en}{moved.en}", f"{series.short.zh}：最新{last.zh}{moved.zh}")


def _spoken(series: Series, trace: Trace, low: float, high: float) -> Label:
    latest, between = _latest(series, trace), _NOTHING
    start, stop = np.searchsorted(trace.x, [low, high + 1e-9])
    if stop - start > 1:
        seen = trace.y[start:stop]
        least, most = (level_of(series, float(end)) for end in (seen.min(), seen.max()))
        between = Label(
            f", between {least.en} and {most.en} in the range shown",
            f"，圖示區間介於{least.zh}與{most.zh}",
        )
    return Label(f"{latest.en}{between.en}.", f"{latest.zh}{between.zh}。")


def change_of(series: Series, before: float, after: float) -> float:
    """The change between two values in the delta unit of the series; NaN where it has no meaning."""
    return float(delta(np.array([after]), np.array([before]), series)[0])


def _measures(series: Sequence[Series]) -> Label:
    names = _unique(measure(entry) for entry in series)
    return Label("; ".join(name.en for name in names), "；".join(name.zh for name in names))


def measure(series: Series) -> Label:
    """Kind and unit: `Yield, %`, `Spread, bp` / 「利差，基點」, `Price`."""
    kind, unit = KINDS[series.kind], _unit(series.unit)
    return Label(f"{kind.en}, {unit.en}", f"{kind.zh}，{unit.zh}") if unit.en else kind


def _unit(unit: str) -> Label:
    coin = _MONEY.fullmatch(unit)
    if coin is not None:
        return Label(coin[1], money(1, coin[1]).zh.replace("1", ""))
    return _UNITS.get(unit, Label(unit, unit))


def _listed(labels: Sequence[Label]) -> Label:
    *head, tail = labels
    zh = "、".join(label.zh for label in head)
    return Label(f"{', '.join(label.en for label in head)} and {tail.en}", f"{zh}與{tail.zh}")


def _unique(labels: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(dict.fromkeys(labels))
