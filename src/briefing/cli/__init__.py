"""The command line: `briefing …`. Exit codes: 0 good, 1 problems, 2 bad usage, 3 set-up missing."""

from __future__ import annotations

import sys

from briefing.cli.commands import app
from briefing.cli.printing import print_problems
from briefing.problems import Refused


def main() -> None:
    """Run a command. Work that is refused prints its problems and exits 1."""
    try:
        app()
    except Refused as refused:
        print_problems(refused.problems)
        sys.exit(1)
