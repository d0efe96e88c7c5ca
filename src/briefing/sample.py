"""The sample workspace: synthetic data and a finished note, made afresh from the program's own files."""

from __future__ import annotations

import shutil
from pathlib import Path

from briefing.data.workspace import Workspace, create_workspace, find_workspace
from briefing.problems import Refused, has_errors
from briefing.resources import asset

SAMPLE_NOTE = "morning.brief"
_VINTAGE = "20260306T211500Z"


def create_sample(folder: Path) -> Workspace:
    """Make the sample workspace in a folder. Raises `Refused` when it is a workspace or cannot be written."""
    from briefing.data.intake.importing import import_files

    workspace = create_workspace(folder)
    shutil.copyfile(asset("sample", "catalogue.toml"), workspace.catalogue)
    shutil.copytree(asset("sample", "calendars"), workspace.calendars, dirs_exist_ok=True)
    shutil.copytree(asset("sample", "notes"), workspace.notes, dirs_exist_ok=True)
    reports = import_files(workspace, sorted(asset("sample", "files").glob("*.csv")), vintage=_VINTAGE)
    problems = [problem for report in reports for problem in report.problems]
    if has_errors(problems):
        raise Refused(*problems)
    return workspace


def open_sample(folder: Path) -> Workspace:
    """The sample workspace in a folder, made when it is not there yet."""
    return find_workspace(folder) if (folder / "workspace.toml").is_file() else create_sample(folder)
