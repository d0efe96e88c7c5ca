"""Event calendars: a CSV file with a `date` column, the workspace's own before the shipped ones."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

from briefing.data.workspace import Workspace
from briefing.problems import Place, Problem, Refused, error
from briefing.resources import asset
from briefing.text import Label

_NAME = re.compile(r"[a-z][a-z0-9]*")


def read_events(workspace: Workspace, name: str) -> tuple[date, ...]:
    """The dates of a calendar such as `fomc`, sorted, each once. Raises `Refused` naming file and line."""
    path = _path(workspace, name)
    if path is None:
        raise Refused(
            error(
                "events.missing",
                Place(file=str(workspace.calendars / f"{name}.csv")),
                Label(f"There is no event calendar “{name}”.", f"找不到事件日曆「{name}」。"),
                Label(
                    f"Put {name}.csv with a date column into the workspace's calendars folder.",
                    f"請將含有date欄的{name}.csv放入工作區的calendars資料夾。",
                ),
            )
        )
    return tuple(sorted(set(_dates(path))))


def _path(workspace: Workspace, name: str) -> Path | None:
    if not _NAME.fullmatch(name):
        return None
    paths = (workspace.calendars / f"{name}.csv", asset("calendars", f"{name}.csv"))
    return next((path for path in paths if path.is_file()), None)


def _dates(path: Path) -> list[date]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(_fault(path, 1, str(fault), str(fault))) from fault
    rows = csv.DictReader(lines)
    if "date" not in (rows.fieldnames or ()):
        raise Refused(_fault(path, 1, "has no column “date”", "沒有date欄"))
    return [_date(path, rows.line_num, row["date"] or "") for row in rows]


def _date(path: Path, line: int, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as fault:
        raise Refused(_fault(path, line, f"“{text}” is not a date", f"「{text}」不是日期")) from fault


def _fault(path: Path, line: int, en: str, zh: str) -> Problem:
    return error(
        "events.file",
        Place(file=str(path), row=line, column="date"),
        Label(f"{path.name}, line {line}: {en}.", f"{path.name}第{line}行：{zh}。"),
        Label("Write dates like 2024-09-18.", "日期請寫成2024-09-18。"),
    )
