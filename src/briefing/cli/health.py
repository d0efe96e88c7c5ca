"""The command that tells how the data stand: what is late, failed or doubted, and where that comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing.cli.options import AsOfOption, JsonOption, VintageOption, WorkspaceOption, day_of, workspace_of
from briefing.cli.printing import language, print_json, print_line, print_table
from briefing.data.health import Health, State, counted
from briefing.metrics.derived import open_source
from briefing.metrics.health import health
from briefing.text import Label, Side

_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("state", "id", "name", "last", "expected", "what", "file", "line", "loaded"),
    "zh": ("狀態", "代碼", "名稱", "最新日期", "下次日期", "說明", "檔案", "行", "載入時間"),
}
STATES: dict[State, Label] = {
    State.FAILED: Label("failed", "失敗"),
    State.LATE: Label("late", "延遲"),
    State.FLAGGED: Label("flagged", "存疑"),
    State.FRESH: Label("fresh", "最新"),
}


def show_health(
    *,
    everything: Annotated[bool, typer.Option("--all", help="List what is fresh too.")] = False,
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    vintage: VintageOption = None,
    json: JsonOption = False,
) -> None:
    """Tell which series are late, failed or doubted, the worst first. Exits 1 when anything failed."""
    where = workspace_of(workspace)
    rows = health(where, lambda: open_source(where, day_of(as_of), vintage))
    if json:
        print_json([row.as_json() for row in rows])
    else:
        side = language()
        shown = [row for row in rows if everything or row.state is not State.FRESH]
        if shown:
            print_table(_HEADS[side], [_cells(row, side) for row in shown])
        print_line(tally(counted(rows)).of(side))
    if any(row.state is State.FAILED for row in rows):
        raise typer.Exit(1)


def tally(counts: dict[State, int]) -> Label:
    """`63 fresh · 1 late · 0 failed · 8 flagged` / 「63個最新 · 1個延遲 · 0個失敗 · 8個存疑」."""
    order = (State.FRESH, State.LATE, State.FAILED, State.FLAGGED)
    return Label(
        " · ".join(f"{counts[state]:,} {STATES[state].en}" for state in order),
        " · ".join(f"{counts[state]:,}個{STATES[state].zh}" for state in order),
    )


def _cells(row: Health, side: Side) -> tuple[str, ...]:
    file, line = _place(row)
    return (
        STATES[row.state].of(side),
        row.series or "—",
        row.name.of(side),
        str(row.last or "—"),
        str(row.expected or "—"),
        row.words.of(side),
        file,
        line,
        row.origin.vintage if row.origin else "—",
    )


def _place(row: Health) -> tuple[str, str]:
    """The file, and the line where there is one to look at: that of the fault, or of the first doubted value."""
    if row.refused is not None:
        lines = [problem.place.row for problem in row.refused.problems if problem.place.row]
        return row.refused.file, str(lines[0]) if lines else "—"
    if row.flags:
        return row.flags[0].file or "—", str(row.flags[0].line or "—")
    return row.origin.file if row.origin else "—", "—"
