"""Commands about watched folders: which they are, and taking in what is new in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import JsonOption, WorkspaceOption, workspace_of
from briefing.cli.printing import language, print_json, print_line, print_problems, print_report
from briefing.data.intake.refreshing import watch, watched
from briefing.data.workspace import Workspace
from briefing.problems import has_errors
from briefing.text import Label

FolderArgument = Annotated[Path, typer.Argument(help="The folder.")]

app = typer.Typer(help="The folders that “briefing refresh” looks into.", no_args_is_help=True)


def refresh(
    *,
    everything: Annotated[bool, typer.Option("--all", help="Read files again that have not changed.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Load what is new or changed in the watched folders. Exits 1 when a file or folder cannot be read."""
    from briefing.data.intake.refreshing import refresh as run

    done = run(workspace_of(workspace), everything=everything)
    problems = [problem for report in done.reports for problem in report.problems]
    if json:
        print_json(
            {
                "reports": [report.as_json() for report in done.reports],
                "unchanged": done.unchanged,
                "problems": [problem.as_json() for problem in done.problems],
            }
        )
    else:
        for report in done.reports:
            print_report(report)
        print_problems(done.problems)
        print_line(_unchanged(done.unchanged).of(language()))
    if done.problems or has_errors(problems):
        raise typer.Exit(1)


@app.command()
def add(folder: FolderArgument, workspace: WorkspaceOption = None) -> None:
    """Watch a folder from now on."""
    where = workspace_of(workspace)
    watch(where, folder)
    _print_watched(where)


@app.command()
def remove(folder: FolderArgument, workspace: WorkspaceOption = None) -> None:
    """Watch a folder no longer; what was loaded from it stays."""
    where = workspace_of(workspace)
    watch(where, folder, on=False)
    _print_watched(where)


@app.command("list")
def list_(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """List the watched folders."""
    where = workspace_of(workspace)
    if json:
        print_json([str(folder) for folder in watched(where)])
    else:
        _print_watched(where)


def _print_watched(workspace: Workspace) -> None:
    folders = watched(workspace)
    if not folders:
        print_line(Label("No folder is watched.", "未監看任何資料夾。").of(language()))
    for folder in folders:
        print_line(str(folder))


def _unchanged(count: int) -> Label:
    files = "1 file has" if count == 1 else f"{count:,} files have"
    return Label(f"{files} nothing new.", f"{count:,}個檔案沒有新資料。")
