"""Loads into a folder store that are killed at each of their system calls, and what is left of the store.

Run as `killed_loader.py FOLDER`; prints one line of JSON for each call at which a load was killed. Each
load is a forked process, so nothing is imported twice. It writes two tables of one file, so that there
is a moment at which one is there and the other is not.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet  # noqa: F401 - once, before the forks

from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.stores.contract import Arrival
from briefing.data.stores.folder import FolderStore
from briefing.data.tidy import SeriesRows, tidy_of

CALLS = ("open", "write", "fsync", "replace", "link", "unlink", "mkdir", "rename")


def arrivals(value: float) -> list[Arrival]:
    made = []
    for dataset in ("one", "two"):
        rows = tidy_of(
            [
                SeriesRows(
                    dataset.upper(),
                    np.array(["2025-01-13"], dtype="datetime64[D]"),
                    np.array([value]),
                    np.zeros(1, dtype=np.uint8),
                    np.ones(1, dtype=np.int32),
                )
            ]
        )
        report = ImportReport(
            file=f"{value}.xlsx",
            outcome=Outcome.REFUSED,
            sha256=f"{int(value):064x}"[::-1],
            dataset=dataset,
            recogniser=dataset,
            series=rows.names,
        )
        made.append(Arrival(report, rows))
    return made


def load(folder: Path, value: float) -> None:
    with FolderStore(folder).writing(wait=1.0) as writer:
        writer.write(arrivals(value))


def seen(folder: Path) -> dict[str, float]:
    """The value of each series; nothing may be missing or damaged."""
    view = FolderStore(folder).snapshot()
    held = view.read(["ONE", "TWO"])
    assert view.faults == (), view.faults
    return {name: float(stored.values[-1]) for name, parts in held.items() for stored in parts.values()}


def counted(call: Callable[..., Any], folder: Path, left: list[int]) -> Callable[..., Any]:
    def inner(*args: Any, **named: Any) -> Any:
        if _concerns(args[0], folder):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **named)

    return inner


def _concerns(named: Any, folder: Path) -> bool:
    path = Path(f"/proc/self/fd/{named}").readlink() if isinstance(named, int) else Path(named)
    return path.is_relative_to(folder)


def load_and_be_killed(folder: Path, value: float, kth: int) -> None:
    left = [kth]
    for name in CALLS:
        setattr(os, name, counted(getattr(os, name), folder, left))
    load(folder, value)


def killed(folder: Path, value: float, kth: int) -> bool:
    """Whether the load was killed at its k-th call; it ends by itself when it makes fewer."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            load_and_be_killed(folder, value, kth)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status)


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    load(folder, 1.0)
    value, kth, going = 1.0, 0, True
    while going:
        before, value, kth = value, value + 1.0, kth + 1
        going = killed(folder, value, kth)
        left = seen(folder)
        load(folder, value + 0.5)
        after = seen(folder)
        print(json.dumps({"killed": going, "before": before, "new": value, "left": left, "after": after}))
        value += 0.5
    print(json.dumps({"temporary": [str(path) for path in folder.rglob(".~*")]}))


if __name__ == "__main__":
    main()
