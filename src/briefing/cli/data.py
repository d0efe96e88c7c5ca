"""Commands about data: workspaces, imports, series, metrics, values, movers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from briefing import marks, numbers
from briefing.cli.options import AsOfOption, JsonOption, VintageOption, WorkspaceOption, day_of, workspace_of
from briefing.cli.printing import language, print_json, print_line, print_problems, print_report, print_table
from briefing.data.workspace import create_workspace
from briefing.metrics.derived import open_source
from briefing.metrics.doubting import gathered, late_series
from briefing.metrics.listing import facts, found
from briefing.metrics.registry import METRICS, describe, evaluate
from briefing.problems import Place, has_errors
from briefing.reference import parse_reference
from briefing.series import Doubt, Late
from briefing.text import Label, Lang, Side, lang_of

_SERIES_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("id", "name", "kind", "unit", "n", "last"),
    "zh": ("代碼", "名稱", "類別", "單位", "筆數", "最新日期"),
}
_METRIC_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("name", "family", "label", "window", "example"),
    "zh": ("名稱", "類別", "說明", "預設期間", "範例"),
}
_COLON: dict[Side, str] = {"en": ": ", "zh": "："}
_MOVER_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("id", "name", "last", "1d", "1w", "1m", "z", "%ile"),
    "zh": ("代碼", "名稱", "最新", "1日", "1週", "1個月", "z值", "百分位"),
}


def init(
    folder: Annotated[Path, typer.Argument(help="The new workspace.")],
    sample: Annotated[bool, typer.Option("--sample", help="Fill it with the synthetic sample.")] = False,
) -> None:
    """Make a workspace: a folder for notes, data and exports."""
    from briefing.sample import create_sample

    workspace = create_sample(folder) if sample else create_workspace(folder)
    print_line(str(workspace.root))


def import_(
    files: Annotated[list[Path], typer.Argument(help="Data files, or folders of them.")],
    *,
    workspace: WorkspaceOption = None,
    source: Annotated[str, typer.Option("--source", help="The format, when a file fits several.")] = "",
    as_id: Annotated[str, typer.Option("--as", help="The series id, when the file does not say it.")] = "",
    dates: Annotated[str, typer.Option("--dates", help="How dates are written: mdy, dmy, iso …")] = "",
    numbers: Annotated[str, typer.Option("--numbers", help="The decimal sign: point or comma.")] = "",
    encoding: Annotated[str, typer.Option("--encoding", help="The encoding of a text: big5, gb18030 …")] = "",
    column: Annotated[
        list[str] | None, typer.Option("--column", help="HEADING=ID: a column's series; HEADING= leaves it out.")
    ] = None,
    skip: Annotated[
        list[str] | None, typer.Option("--skip", help="A sheet, or a file of an archive, to leave out.")
    ] = None,
    quote_date: Annotated[
        datetime | None,
        typer.Option("--quote-date", formats=["%Y-%m-%d"], help="The session of an option chain without a date."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Load data files. Prints rows read, kept and refused, and values revised; exits 1 when a file is refused.

    What is chosen here is remembered for the folder of the files.
    """
    from briefing.data.intake.choices import Choices
    from briefing.data.intake.importing import import_files

    choices = Choices(
        source=source,
        as_id=as_id,
        dates=dates,
        numbers=numbers,
        encoding=encoding,
        columns=dict(_parted(pair) for pair in column or ()),
        skip=frozenset(skip or ()),
        quote_date=day_of(quote_date),
    )
    reports = import_files(workspace_of(workspace), files, choices=choices)
    if json:
        print_json([report.as_json() for report in reports])
    else:
        for report in reports:
            print_report(report)
    if any(has_errors(report.problems) for report in reports):
        raise typer.Exit(1)


def _parted(pair: str) -> tuple[str, str]:
    """The heading and the id of `HEADING=ID`; a heading may hold the sign too."""
    heading, sign, series = pair.rpartition("=")
    if not sign or not heading:
        raise typer.BadParameter(f"“{pair}” is not HEADING=ID", param_hint="--column")
    return heading.strip(), series.strip()


def series(
    query: Annotated[str, typer.Argument(help="Part of an id or a name, in either language.")] = "",
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    vintage: VintageOption = None,
    json: JsonOption = False,
) -> None:
    """List the series of the workspace, with their last date and value."""
    opened = open_source(workspace_of(workspace), day_of(as_of), vintage)
    side = language()
    listed = found(opened, query, lang_of(side))
    if json:
        print_json([facts(opened, entry) for entry in listed])
        return
    rows = [
        (entry.id, entry.name.of(side), entry.kind.value, entry.unit, str(len(entry)), str(entry.last_date or "—"))
        for entry in listed
    ]
    print_table(_SERIES_HEADS[side], rows, numbers=2)


def metrics(json: JsonOption = False) -> None:
    """List the metrics that references may use."""
    if json:
        print_json([describe(metric) for metric in METRICS.values()])
        return
    side = language()
    rows = [
        (metric.name, metric.family, metric.label.of(side), metric.default_window, metric.example)
        for metric in METRICS.values()
    ]
    print_table(_METRIC_HEADS[side], rows)


def value(
    reference: Annotated[str, typer.Argument(help="A reference, with or without braces: UST10Y.change.1d")],
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    vintage: VintageOption = None,
    lang: Annotated[Lang, typer.Option("--lang", help="The language of the printed text.")] = "en",
    json: JsonOption = False,
) -> None:
    """Resolve one reference. Exits 1 when it has no value."""
    source = open_source(workspace_of(workspace), day_of(as_of), vintage)
    resolved = evaluate(parse_reference(reference.strip().removeprefix("{").removesuffix("}"), Place()), source)
    if json:
        print_json(resolved.as_json())
    else:
        print_line(resolved.text.of(lang))
        ids = ", ".join(resolved.series)
        late = (late_series(ids, Label(ids, ids), resolved.late),) if resolved.late else ()
        print_problems((*resolved.problems, *late))
    if resolved.value is None:
        raise typer.Exit(1)


def movers(
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    vintage: VintageOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many are shown.")] = 60,
    json: JsonOption = False,
) -> None:
    """List what moved, the most unusual first; the JSON holds all."""
    from briefing.metrics.movers import movers as find_movers

    source = open_source(workspace_of(workspace), day_of(as_of), vintage)
    rows = find_movers(source, (series.id for series in found(source, "")))
    if json:
        print_json([row.as_json() for row in rows])
        return
    side = language()
    print_line(numbers.weekday_day(source.as_of).of(side))
    print_table(
        _MOVER_HEADS[side],
        [
            (
                row.series,
                row.name.of(side),
                row.last_text.of(side) + (marks.DAGGER if row.late or row.doubts else ""),
                row.day_text.of(side),
                row.week_text.of(side),
                row.month_text.of(side),
                "—" if row.zscore is None else numbers.written(row.zscore, 1, signed=True),
                str(numbers.whole_percentile(row.percentile)),
            )
            for row in rows[:top]
        ],
        numbers=6,
    )
    for row in rows[:top]:
        for reason in _reasons(row.late, row.doubts):
            print_line(f"{marks.DAGGER} {row.series}{_COLON[side]}{reason.of(side)}")
    if len(rows) > top:
        more = len(rows) - top
        print_line(Label(f"{more:,} more; see them with --top.", f"另有{more:,}個，以--top顯示。").of(side))


def _reasons(late: Late | None, doubts: Iterable[Doubt]) -> list[Label]:
    """Why a value is marked."""
    told = [marks.late(late.sessions, late.last, late.freq)] if late else []
    return told + [marks.doubted(doubt.caveat, doubt.day, more) for doubt, more in gathered(doubts)]
