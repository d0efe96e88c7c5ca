"""Options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from briefing.data.workspace import Workspace, find_workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("-w", "--workspace", help="The workspace; by default the nearest folder above with workspace.toml."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The last observation date admitted; by default the newest."),
]
VintageOption = Annotated[
    str | None,
    typer.Option(
        "--vintage", help="Only what was loaded by then, like 20260306T211500Z, or 20260306T211500Z-118 up to a load."
    ),
]


def workspace_of(chosen: Path | None, near: Path | None = None) -> Workspace:
    """The workspace that was named, or the one around a file or the current folder.

    Raises `Refused` when there is none.
    """
    return find_workspace(chosen or near or Path.cwd())


def day_of(moment: datetime | None) -> date | None:
    """An option's day."""
    return moment.date() if moment else None
