"""The command line: `briefing …`. Exit codes: 0 good, 1 problems, 2 bad usage, 3 set-up missing."""

from __future__ import annotations

import os
import sys

from briefing.cli.commands import app
from briefing.cli.printing import print_problems
from briefing.cli.streams import open_streams
from briefing.problems import NOWHERE, Refused, error
from briefing.text import Label


def main() -> None:
    """Run a command. Work that is refused prints its problems and exits 1."""
    open_streams()
    try:
        _check_folder()
        app()
    except Refused as refused:
        print_problems(refused.problems)
        sys.exit(1)


def _check_folder() -> None:
    """Every path is told from the current folder; one that was deleted leads nowhere."""
    try:
        os.getcwd()  # noqa: PTH109 - only whether there is one
    except FileNotFoundError as fault:
        raise Refused(
            error(
                "folder.gone",
                NOWHERE,
                Label("The current folder does not exist any more.", "目前所在的資料夾已不存在。"),
                Label("Change to another folder and try again.", "請切換到其他資料夾後再試。"),
            )
        ) from fault
