"""How fast a wide table comes into the store: strict reading, every rule, Parquet on the disk.

The limit is a ratio of two times taken in turn on the same machine: the whole import against
`pandas.read_csv` alone, which checks nothing and stores nothing.
"""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from briefing.data.intake.importing import import_files
from briefing.data.intake.report import Outcome
from briefing.data.workspace import Workspace, create_workspace

pytestmark = pytest.mark.bench
COLUMNS, ROWS = 400, 6500
AT_MOST = 10.0
ENTRY = """
[[series]]
series_id = "W{n}"
name_en = "Yield {n}"
name_zh = "殖利率{n}"
kind = "yield"
calendar = "WEEKDAYS"
source_en = "Made up"
source_zh = "虛構"
"""


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """400 yields that walk at random, on 6,500 weekdays."""
    days = pd.bdate_range("2000-01-03", periods=ROWS).strftime("%Y-%m-%d")
    steps = np.random.default_rng(1).normal(0, 0.03, (ROWS, COLUMNS))
    values = np.clip(4 + np.cumsum(steps, axis=0) * 0.2, -4, 25)
    path = tmp_path_factory.mktemp("downloads") / "wide.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Date," + ",".join(f"W{n}" for n in range(COLUMNS)) + "\n")
        for day, row in zip(days, values, strict=True):
            file.write(day + "," + ",".join(f"{value:.4f}" for value in row) + "\n")
    return path


def desk(folder: Path) -> Workspace:
    made = create_workspace(folder)
    made.catalogue.write_text("".join(ENTRY.format(n=n) for n in range(COLUMNS)), encoding="utf-8")
    return made


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_a_wide_table_takes_at_most_ten_times_as_long_as_pandas_alone(wide: Path, tmp_path: Path) -> None:
    (report,) = import_files(desk(tmp_path / "warm"), [wide])
    assert (report.outcome, report.added) == (Outcome.LOADED, COLUMNS * ROWS)
    pd.read_csv(wide)
    bare, whole = [], []
    for turn in range(5):
        workspace = desk(tmp_path / str(turn))
        bare.append(seconds(lambda: pd.read_csv(wide)))
        whole.append(seconds(lambda workspace=workspace: import_files(workspace, [wide])))
    ratio = min(whole) / min(bare)
    print(f"pandas {min(bare):.2f} s, import {min(whole):.2f} s, ratio {ratio:.1f}")
    assert ratio <= AT_MOST
