"""The morning: from F5 to movers, 200 series of 2,500 days in watched folders, the data worker warm."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from briefing.problems import Refused
from briefing.workers.client import WorkerClient

pytestmark = pytest.mark.bench
SERIES, DAYS, ROUNDS = 200, 2500, 4
MOST_SECONDS = 2.0
MOST_FOR_SINGLE_FILES = 12.0
"""A file for each series takes at most so many times as long as five tables of forty."""
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


class Desk:
    """A workspace with a watched folder, and the worker that reads it. `columns` is how many series a file has."""

    def __init__(self, root: Path, worker: WorkerClient, columns: int) -> None:
        self.inbox = root / "inbox"
        self.inbox.mkdir(parents=True)
        self._worker = worker
        self._columns = columns
        days = np.arange("2016-01-04", "2026-12-01", dtype="datetime64[D]")
        self._days = days[np.is_busday(days)][: DAYS + ROUNDS].astype(str).tolist()
        steps = np.random.default_rng(1).normal(0, 0.006, (DAYS + ROUNDS, SERIES))
        self._values = 4 + np.cumsum(steps, axis=0)
        self._workspace = str(root / "desk")
        worker.call("init", {"dir": self._workspace})
        entries = "".join(ENTRY.format(n=n) for n in range(SERIES))
        (root / "desk" / "catalogue.toml").write_text(entries, encoding="utf-8")
        with contextlib.suppress(Refused):  # there is no data yet, but the worker is in the workspace now
            worker.call("open", {"workspace": self._workspace})
        worker.call("watch", {"path": str(self.inbox)})
        self.put(DAYS)
        self.morning()

    def morning(self) -> float:
        """What F5 asks the worker for, and how many seconds that takes."""
        began = time.perf_counter()
        reports = self._worker.call("refresh", {}, timeout=300).result["reports"]
        self._worker.call("open", {"workspace": self._workspace})
        rows = self._worker.call("movers", {}).result["rows"]
        spent = time.perf_counter() - began
        assert [report["outcome"] for report in reports] == ["loaded"] * (SERIES // self._columns)
        assert len(rows) == SERIES
        return spent

    def best(self) -> float:
        """The quickest of some mornings, each of which brings one day more."""
        spent = []
        for more in range(1, ROUNDS + 1):
            self.put(DAYS + more)
            spent.append(self.morning())
        return min(spent)

    def put(self, days: int) -> None:
        """Write every file anew, with so many days."""
        for first in range(0, SERIES, self._columns):
            columns = slice(first, first + self._columns)
            rows = [
                ",".join([day, *(f"{value:.4f}" for value in row)])
                for day, row in zip(self._days[:days], self._values[:days, columns], strict=True)
            ]
            names = ",".join(f"W{n}" for n in range(SERIES)[columns])
            path = self.inbox / f"table {first}.csv"
            path.write_text("Date," + names + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
            os.utime(path, (1_700_000_000 + days, 1_700_000_000 + days))


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerClient]:
    before = os.environ.get("BRIEFING_STATE")
    os.environ["BRIEFING_STATE"] = str(tmp_path_factory.mktemp("state"))
    with WorkerClient("briefing.workers.data_worker") as made:
        yield made
    if before is None:
        del os.environ["BRIEFING_STATE"]
    else:
        os.environ["BRIEFING_STATE"] = before


def test_five_tables_of_forty_series_are_in_the_movers_within_two_seconds(worker: WorkerClient, tmp_path: Path) -> None:
    spent = Desk(tmp_path, worker, columns=40).best()
    print(f"F5 to movers: {spent:.2f} s")
    assert spent <= MOST_SECONDS


def test_a_file_for_each_series_does_not_take_for_ever(worker: WorkerClient, tmp_path: Path) -> None:
    tables = Desk(tmp_path / "tables", worker, columns=40).best()
    single = Desk(tmp_path / "single", worker, columns=1).best()
    print(f"5 tables {tables:.2f} s, 200 files {single:.2f} s, ratio {single / tables:.1f}")
    assert single / tables <= MOST_FOR_SINGLE_FILES
