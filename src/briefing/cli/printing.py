"""How the command line prints: tables, problems, JSON."""

from __future__ import annotations

import io
import json
import locale
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text as RichText

from briefing.cli.streams import seen, write_out, writes_unicode
from briefing.problems import Place, Problem, Refused, Severity
from briefing.resources import state_dir
from briefing.settings import read_settings
from briefing.text import Side

if TYPE_CHECKING:
    from briefing.data.intake.report import ImportReport

_MARKS = {Severity.ERROR: "●", Severity.WARNING: "▲", Severity.INFO: "○"}

_WORDS: dict[Side, tuple[str, str, str]] = {"en": ("line ", "column ", "block "), "zh": ("行", "欄", "區塊")}


def language() -> Side:
    """The language of messages: the user's setting, else the system's. Raises `Refused` for unusable settings."""
    chosen = read_settings(state_dir() / "settings.toml").language
    if chosen == "system":
        return system_language()
    return "zh" if chosen == "zh" else "en"


def system_language() -> Side:
    """The system's language: what the environment asks for, even where that locale is not installed."""
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, asked), "") or locale.getlocale()[0] or ""
    return "zh" if name.startswith(("zh", "Chinese")) else "en"


def print_json(value: object) -> None:
    """A result for another program."""
    write_out(json.dumps(value, ensure_ascii=not writes_unicode(), indent=1, sort_keys=False) + "\n")


def print_line(text: str) -> None:
    """A line for a person."""
    write_out(seen(text) + "\n")


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int = 0) -> None:
    """A table whose last `numbers` columns are figures; its first column, which names the row, is never shortened."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    listed = [[RichText(seen(cell)) for cell in row] for row in rows]
    widest = max((row[0].cell_len for row in listed), default=0)
    for index, head in enumerate(heads):
        side: JustifyMethod = "right" if index >= len(heads) - numbers else "left"
        table.add_column(head, justify=side, no_wrap=True, min_width=None if index else widest)
    for row in listed:
        table.add_row(*row)
    shown = sys.stdout.isatty()
    console = Console(file=io.StringIO(), force_terminal=shown, width=None if shown else 200)
    with console.capture() as drawn:
        console.print(table)
    write_out(drawn.get())


def print_problems(problems: Iterable[Problem]) -> None:
    """Problems on the error stream, each with its place, what is wrong and what helps.

    Where the settings cannot be used that is one more problem, and the system's language is taken.
    """
    listed = tuple(problems)
    if not listed:
        return
    try:
        side = language()
    except Refused as refused:
        side = system_language()
        listed += tuple(problem for problem in refused.problems if problem not in listed)
    for problem in listed:
        place = _place(problem.place, side)
        head = f"{_MARKS[problem.severity]} {problem.check}"
        where = f" [{place}]" if place else ""
        sys.stderr.write(seen(f"{head}{where}: {problem.message.of(side)}\n   {problem.hint.of(side)}\n"))


def print_report(report: ImportReport) -> None:
    """What became of a table: one line, then what of it was left out and why, then its problems."""
    side = language()
    print_line(report.summary.of(side))
    for doubt in report.doubts:
        print_line(f"   {doubt.of(side)}")
    print_problems(report.problems)


def _place(place: Place, side: Side) -> str:
    line, column, block = _WORDS[side]
    parts = [
        place.file,
        f"{line}{place.row}" if place.row is not None else None,
        f"{column}{place.column}" if place.column else None,
        f"{block}{place.block}" if place.block else None,
        place.field if place.field and place.field != "text" else None,
        place.side,
        f"{place.span[0]}-{place.span[1]}" if place.span else None,
    ]
    return ", ".join(part for part in parts if part)
