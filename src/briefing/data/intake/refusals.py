"""Files whose last import was refused, remembered for the user until they come in or are gone."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.sniffing import folder_of
from briefing.data.vintages import vintage_now
from briefing.data.workspace import Workspace
from briefing.data.writing import write_file
from briefing.problems import Place, Problem, Refused, has_errors, problem_from_json, warning
from briefing.resources import state_dir
from briefing.text import Label

_MOST = 20
"""So many problems of a file are kept; the report of the import told all of them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was refused at a time (written as a vintage): the series that it was seen to hold, and why."""

    path: str
    at: str
    series: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def file(self) -> str:
        """The name of the file."""
        return Path(self.path).name

    @property
    def folder(self) -> str:
        """Where the file lies."""
        return str(Path(self.path).parent)

    def as_json(self) -> dict[str, object]:
        """The remembered form, and that of `briefing health --json`."""
        return {
            "path": self.path,
            "file": self.file,
            "folder": self.folder,
            "at": self.at,
            "series": list(self.series),
            "problems": [problem.as_json() for problem in self.problems],
        }


def remember(workspace: Workspace, path: Path, reports: Sequence[ImportReport]) -> Problem | None:
    """Keep that a file was refused, or forget it when it was not; gives a problem when that cannot be written.

    `reports` are those of one import of the file. A folder, or a file that is not there, is not remembered.
    """
    refused = any(report.outcome is Outcome.REFUSED for report in reports) and path.is_file()
    try:
        record = _record(workspace, path)
        if refused:
            write_file(record, json.dumps(_refusal(path, reports).as_json()).encode(), 0o600)
        else:
            record.unlink(missing_ok=True)
    except OSError as fault:
        return _not_kept(path, Label(str(fault.strerror), str(fault.strerror)))
    except Refused as fault:
        return _not_kept(path, fault.problems[0].message)
    return None


def forget(workspace: Workspace, path: Path) -> None:
    """Speak of a refused file no more, until it is refused again."""
    _record(workspace, path).unlink(missing_ok=True)


def refusals(workspace: Workspace) -> tuple[Refusal, ...]:
    """The refused files that are still there, sorted by path. A record that cannot be read is made again by an import."""
    found = (_read(record) for record in _folder(workspace).glob("*.json"))
    return tuple(sorted((one for one in found if one is not None and _is_there(one)), key=lambda one: one.path))


def _is_there(refusal: Refusal) -> bool:
    """Whether the file is there; one in a folder that cannot be reached counts as there."""
    path = Path(refusal.path)
    return path.exists() or not path.parent.exists()


def _refusal(path: Path, reports: Sequence[ImportReport]) -> Refusal:
    bad = [report for report in reports if has_errors(report.problems)]
    return Refusal(
        path=str(folder_of(path) / path.name),
        at=vintage_now(),
        series=tuple(sorted({name for report in reports for name in report.series})),
        problems=tuple(problem for report in bad for problem in report.problems if has_errors([problem]))[:_MOST],
    )


def _read(record: Path) -> Refusal | None:
    try:
        told: dict[str, Any] = json.loads(record.read_bytes())
        return Refusal(
            path=str(told["path"]),
            at=str(told["at"]),
            series=tuple(map(str, told["series"])),
            problems=tuple(map(problem_from_json, told["problems"])),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _record(workspace: Workspace, path: Path) -> Path:
    """One record a file, so that two imports at once do not disturb each other."""
    return _folder(workspace) / f"{_digest(folder_of(path) / path.name)}.json"


def _folder(workspace: Workspace) -> Path:
    return state_dir() / "refused" / _digest(workspace.root)


def _digest(path: Path) -> str:
    return blake2b(os.fsencode(path), digest_size=8).hexdigest()


def _not_kept(path: Path, why: Label) -> Problem:
    return warning(
        "import.not_remembered",
        Place(file=path.name),
        Label(
            f"That {path.name} was refused cannot be kept ({why.en.rstrip('.')}).",
            f"無法記錄{path.name}遭拒絕一事（{why.zh.rstrip('。')}）。",
        ),
        Label(
            "It is told here only; make room, or mend the rights to the state folder.",
            "此訊息僅顯示於此；請騰出空間，或修正狀態資料夾的權限。",
        ),
    )
