"""The sample's own files, read once; its data with the standard library alone."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from briefing.data.workspace import Workspace
from briefing.metrics.derived import Derived, open_source
from briefing.note import Note
from briefing.sample import create_sample
from briefing.store.notefile import read_note

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "assets" / "sample"


class Column:
    """The cells of one column that are not empty: days as ISO text, values as numbers."""

    def __init__(self, days: list[str], cells: list[str]) -> None:
        kept = [(day, cell) for day, cell in zip(days, cells, strict=True) if cell]
        self.days = np.array([day for day, _ in kept], dtype="datetime64[D]")
        self.values: NDArray[np.float64] = np.array([float(cell) for _, cell in kept])

    @property
    def hundredths(self) -> NDArray[np.int64]:
        """The values as whole hundredths."""
        return np.round(self.values * 100).astype(np.int64)

    def on(self, day: str) -> float:
        """The value of a day."""
        return float(self.values[np.searchsorted(self.days, np.datetime64(day))])


def read(path: Path) -> dict[str, Column]:
    """The columns of a file, named as in its header; the two rows below it that bar files have are left out."""
    with path.open(encoding="ascii", newline="") as file:
        head, *below = list(csv.reader(file))
    rows = [row for row in below if row[0] not in {"Ticker", "Date"}]
    days = [row[0] for row in rows]
    return {name: Column(days, [row[at] for row in rows]) for at, name in enumerate(head) if at}


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the sample."""
    return SAMPLE


@pytest.fixture(scope="session")
def bars() -> dict[str, dict[str, Column]]:
    """The columns of the two bar files by the id of the fund."""
    return {name: read(SAMPLE / "files" / f"{name}.csv") for name in ("SPY", "TLT")}


@pytest.fixture(scope="session")
def columns() -> dict[str, Column]:
    """Every series by its id; the closes of the two bar files under the id of the fund."""
    out: dict[str, Column] = {}
    for path in sorted((SAMPLE / "files").glob("*.csv")):
        table = read(path)
        out |= {path.stem: table["Close"]} if "Close" in table else table
    return out


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace made of the sample, as a new user gets it."""
    return create_sample(tmp_path_factory.mktemp("sample") / "desk")


@pytest.fixture(scope="session")
def source(workspace: Workspace) -> Derived:
    """The sample's market on the note's day, with the derived series."""
    return open_source(workspace, date(2026, 3, 6))


@pytest.fixture(scope="session")
def note(sample: Path) -> Note:
    """The finished note."""
    read, problems = read_note((sample / "notes" / "morning.brief").read_bytes(), "morning.brief")
    assert problems == ()
    return read
