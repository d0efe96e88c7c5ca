"""How the command line prints: tables, problems, JSON."""

from __future__ import annotations

import json
import locale
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

from briefing.problems import Place, Problem, Severity
from briefing.resources import state_dir
from briefing.settings import read_settings
from briefing.text import Side

_MARKS = {Severity.ERROR: "●", Severity.WARNING: "▲", Severity.INFO: "○"}

_WORDS: dict[Side, tuple[str, str, str]] = {"en": ("line ", "column ", "block "), "zh": ("行", "欄", "區塊")}


def language() -> Side:
    """The language of messages: the user's setting, else the system's."""
    chosen = read_settings(state_dir() / "settings.toml").language
    if chosen == "system":
        name = locale.getlocale()[0] or ""
        return "zh" if name.startswith(("zh", "Chinese")) else "en"
    return "zh" if chosen == "zh" else "en"


def print_json(value: object) -> None:
    """A result for another program."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False) + "\n")


def print_line(text: str) -> None:
    """A line for a person."""
    sys.stdout.write(text + "\n")


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int = 0) -> None:
    """A table whose last `numbers` columns are figures."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, head in enumerate(heads):
        table.add_column(head, justify="right" if index >= len(heads) - numbers else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(RichText(cell) for cell in row))
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 200)
    console.print(table)


def print_problems(problems: Iterable[Problem]) -> None:
    """Problems on the error stream, each with its place, what is wrong and what helps."""
    side = language()
    for problem in problems:
        place = _place(problem.place, side)
        head = f"{_MARKS[problem.severity]} {problem.check}"
        where = f" [{place}]" if place else ""
        sys.stderr.write(f"{head}{where}: {problem.message.of(side)}\n   {problem.hint.of(side)}\n")


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
