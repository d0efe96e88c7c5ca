"""Checks of what was read, before it enters the store: ranges, slips of the unit, impossible bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np

from briefing.data.catalogue import Catalogue
from briefing.data.comparing import Comparison
from briefing.data.containers.table import Table
from briefing.data.grid import Grid
from briefing.data.reading import Reading
from briefing.data.tidy import Tidy
from briefing.problems import Place, Problem, error, info, warning
from briefing.series import Kind, as_date
from briefing.text import Label

_SHOWN = 20
_MUCH = 0.01
_RANGES: Mapping[Kind, tuple[float, float]] = MappingProxyType(
    {Kind.YIELD: (-5.0, 30.0), Kind.RATE: (-5.0, 30.0), Kind.VOLATILITY: (0.0, 500.0), Kind.PROBABILITY: (0.0, 100.0)}
)
"""What values of a kind can be, in the shown unit."""


def faults_as_problems(name: str, reading: Reading) -> tuple[Problem, ...]:
    """One error a refused row, the first twenty; the last one says how many more there are."""
    shown = reading.faults[:_SHOWN]
    more = len(reading.faults) - len(shown)
    out = []
    for number, fault in enumerate(shown, start=1):
        tail_en, tail_zh = (f" ({more:,} more)", f"（另有{more:,}處）") if more and number == len(shown) else ("", "")
        out.append(
            error(
                "import.row",
                Place(file=name, row=fault.line, column=fault.column),
                Label(
                    f"{name}, line {fault.line}, column {fault.column}: {fault.reason.en}{tail_en}.",
                    f"{name}第{fault.line}行，{fault.column}欄：{fault.reason.zh}{tail_zh}。",
                ),
                Label(
                    "Mend the file or export it again; nothing of it was loaded.", "請修正或重新匯出；該檔完全未載入。"
                ),
            )
        )
    return tuple(out)


def check_values(name: str, rows: Tidy, catalogue: Catalogue) -> Iterator[Problem]:
    """Errors for values out of the range of their kind; a warning for bars whose low is not the lowest."""
    for series, place in rows.by_series():
        entry = catalogue.entry(series)
        bounds = _RANGES.get(entry.kind) if entry else None
        if entry is None or bounds is None:
            continue
        values = rows.values[place] * entry.factor
        outside = np.flatnonzero((values < bounds[0]) | (values > bounds[1]))
        if len(outside):
            day = as_date(rows.dates[place][outside[0]])
            yield error(
                "import.range",
                Place(file=name, column=series),
                Label(
                    f"{name}: {series} is {values[outside[0]]:g} on {day}, which no {entry.kind} is"
                    f" ({len(outside):,} such values).",
                    f"{name}：{series}於{day}為{values[outside[0]]:g}，超出合理範圍（共{len(outside):,}筆）。",
                ),
                Label("Check the unit and the series id.", "請檢查單位與序列代碼。"),
            )
    yield from _impossible_bars(name, rows)


def check_changes(name: str, comparison: Comparison) -> Iterator[Problem]:
    """Errors for a slip of the unit; warnings for much revised history and for days that are gone."""
    for series, factor in comparison.slips.items():
        yield error(
            "import.unit_slip",
            Place(file=name, column=series),
            Label(
                f"{name}: {series} is {factor:g} times what was loaded before; the unit has changed.",
                f"{name}：{series}為先前載入值的{factor:g}倍，單位可能已改變。",
            ),
            Label("Export it in the old unit, or under another series id.", "請以原單位匯出，或改用其他序列代碼。"),
        )
    overlap = sum(comparison.overlap.values())
    if len(comparison.revised) > _MUCH * overlap:
        yield warning(
            "import.revised",
            Place(file=name),
            Label(
                f"{name}: {len(comparison.revised):,} of {overlap:,} values loaded before have changed.",
                f"{name}：先前載入的{overlap:,}個數值中，有{len(comparison.revised):,}個已修正。",
            ),
            Label("See whether the source or its adjustment is another one.", "請確認來源或還原方式是否不同。"),
        )
    if comparison.vanished:
        yield warning(
            "import.vanished",
            Place(file=name),
            Label(
                f"{name}: {comparison.vanished:,} days loaded before are not in the file any more; they stay.",
                f"{name}：先前載入的{comparison.vanished:,}日不在此檔中，原值保留。",
            ),
            Label("See whether the file is complete.", "請確認檔案是否完整。"),
        )


def check_whole(file: Table, grid: Grid, reading: Reading) -> Iterator[Problem]:
    """What concerns the file as a whole: no value at all, a cut end, a guessed encoding, days merged."""
    name, last = file.name, grid.rows[-1]
    if not reading.rows_kept and not reading.faults:
        yield error(
            "import.no_values",
            Place(file=name, row=last.line),
            Label(
                f"{name}, line {last.line}: the file ends without a single value.",
                f"{name}第{last.line}行：全檔沒有任何數值。",
            ),
            Label("Download or export it again.", "請重新下載或匯出。"),
        )
    if grid.cut:
        yield warning(
            "import.cut",
            Place(file=name, row=last.line, column=str(len(last.cells))),
            Label(
                f"{name}, line {last.line}: the last line has no line end; its last value"
                f" “{last.cells[-1]}” may be cut off.",
                f"{name}第{last.line}行：最後一行沒有換行，末值「{last.cells[-1]}」可能不完整。",
            ),
            Label("Compare the last line with the source.", "請與來源核對最後一行。"),
        )
    if file.guessed:
        yield info(
            "import.encoding",
            Place(file=name),
            Label(
                f"{name} is not in UTF-8; it was read as {file.encoding}.",
                f"{name}不是UTF-8編碼，以{file.encoding}讀取。",
            ),
            Label("See whether its words look right.", "請確認文字是否正確。"),
        )
    if reading.merged:
        yield info(
            "import.merged",
            Place(file=name),
            Label(
                f"{name}: {reading.merged:,} values stand twice and are equal; one of each was kept.",
                f"{name}：有{reading.merged:,}個數值重複且相同，各保留一個。",
            ),
            Label("Nothing needs to be done.", "無須處理。"),
        )


def _impossible_bars(name: str, rows: Tidy) -> Iterator[Problem]:
    found = dict(rows.by_series())
    for low in (series for series in found if series.endswith("_LOW")):
        base = low.removesuffix("_LOW")
        bars = [
            _aligned(rows, found.get(other), rows.dates[found[low]]) for other in (base, f"{base}_OPEN", f"{base}_HIGH")
        ]
        close, opening, high = bars
        bottom = rows.values[found[low]]
        with np.errstate(invalid="ignore"):
            bad = (bottom > np.fmin(opening, close)) | (high < np.fmax(opening, close))
        if bad.any():
            day = as_date(rows.dates[found[low]][np.flatnonzero(bad)[0]])
            yield warning(
                "import.bars",
                Place(file=name, column=low),
                Label(
                    f"{name}: on {int(bad.sum()):,} days, first {day}, open or close lies outside low and high.",
                    f"{name}：有{int(bad.sum()):,}日（首日{day}）的開盤或收盤價在最高與最低價之外。",
                ),
                Label("Do not use ranges of those days.", "請勿使用這些日期的高低區間。"),
            )


def _aligned(
    rows: Tidy, place: slice | None, dates: np.ndarray[tuple[int], np.dtype[np.datetime64]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    out = np.full(len(dates), np.nan)
    if place is not None:
        _, here, there = np.intersect1d(dates, rows.dates[place], assume_unique=True, return_indices=True)
        out[here] = rows.values[place][there]
    return out
