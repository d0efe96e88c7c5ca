"""How fast a store answers: one series, a panel of four hundred, what the desk looks at each morning, and the names alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.loads import Load
from briefing.data.market import Market
from briefing.data.stores.contract import Arrival
from briefing.data.stores.folder import FolderStore
from briefing.data.stores.index import index_of
from briefing.data.stores.partitions import partition_bytes, partition_name, table_of
from briefing.data.tidy import SeriesRows, tidy_of
from briefing.data.workspace import Workspace, create_workspace
from briefing.metrics.derived import Derived
from briefing.metrics.movers import movers

pytestmark = pytest.mark.bench

NAMES = tuple(f"S{number:03}" for number in range(400))
DAYS = np.busday_offset("2000-01-03", np.arange(6500), roll="forward")
KINDS = ("yield", "price", "index", "spread")
ENTRY = """
[[series]]
series_id = "{name}"
name_en = "Series {name}"
name_zh = "序列{name}"
kind = "{kind}"
calendar = "SIFMA_US"
source_en = "Synthetic"
source_zh = "合成資料"
"""

MOST_ONE = 0.010
MOST_MORNING = 0.200
MOST_PANEL = 1.0
MOST_LATER = 3.0
"""How many times longer one series may take when twenty later loads lie over the first."""


def written(store: FolderStore, values: np.ndarray, days: slice, vintage: str) -> None:
    span = DAYS[days]
    rows = tidy_of(
        SeriesRows(
            name, span, row[days], np.zeros(len(span), dtype=np.uint8), np.arange(2, len(span) + 2, dtype=np.int32)
        )
        for name, row in zip(NAMES, values, strict=True)
    )
    report = ImportReport(
        file="wide.csv", outcome=Outcome.REFUSED, sha256=vintage * 4, dataset="plain_wide", series=NAMES
    )
    with store.writing() as writer:
        writer.write([Arrival(report, rows)], vintage)


@pytest.fixture(scope="module")
def walks() -> np.ndarray:
    steps = np.random.default_rng(1).normal(0.0, 0.05, (len(NAMES), len(DAYS)))
    return np.round(100.0 + np.cumsum(steps, axis=1), 2)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, walks: np.ndarray) -> Workspace:
    """Four hundred series of 6,500 days in one load."""
    return _desk(tmp_path_factory.mktemp("one"), walks, later=0)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory, walks: np.ndarray) -> Workspace:
    """The same, the last twenty days each in a load of its own that brings the ten days before again."""
    return _desk(tmp_path_factory.mktemp("month"), walks, later=20)


def _desk(folder: Path, walks: np.ndarray, later: int) -> Workspace:
    workspace = create_workspace(folder / "desk")
    entries = (ENTRY.format(name=name, kind=KINDS[number % 4]) for number, name in enumerate(NAMES))
    workspace.catalogue.write_text("".join(entries), encoding="utf-8")
    store = FolderStore(workspace.data)
    first = len(DAYS) - later
    written(store, walks, slice(0, first), "20250101T000000Z")
    for number in range(later):
        written(store, walks, slice(first - 10 + number, first + 1 + number), f"202502{number + 1:02}T000000Z")
    return workspace


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def each(work: Callable[[str], object]) -> Iterator[float]:
    """How long the work takes for each of a hundred series that were not asked for before."""
    for name in NAMES[:400:4]:
        yield seconds(lambda name=name: work(name))


def test_one_series_is_read_in_ten_milliseconds(desk: Workspace) -> None:
    market = Market(desk)
    taken = sorted(each(market.series))
    print(f"one series: median {taken[50] * 1e3:.1f} ms, 95 % {taken[95] * 1e3:.1f} ms")
    assert median(taken) <= MOST_ONE


def test_later_loads_over_it_make_a_series_little_slower_and_a_compaction_undoes_that(
    desk: Workspace, month: Workspace
) -> None:
    alone, over = median(each(Market(desk).series)), median(each(Market(month).series))
    FolderStore(month.data).compact()
    after = median(each(Market(month).series))
    print(f"one series: one load {alone * 1e3:.1f} ms, 21 loads {over * 1e3:.1f} ms, compacted {after * 1e3:.1f} ms")
    assert over <= MOST_LATER * alone
    assert after <= 1.5 * alone


def test_a_panel_of_four_hundred_series_is_read_in_a_second(desk: Workspace) -> None:
    Market(desk).read(NAMES)
    taken = median(seconds(lambda: Market(desk).read(NAMES)) for _ in range(5))
    print(f"400 series of 6,500 days: {taken * 1e3:.0f} ms")
    assert taken <= MOST_PANEL


def test_last_day_week_month_and_percentile_of_a_warm_panel_take_200_milliseconds(desk: Workspace) -> None:
    source = Derived(Market(desk))
    source.read(NAMES)
    taken = sorted(seconds(lambda: movers(source, NAMES)) for _ in range(9))
    rows = movers(source, NAMES)
    assert len(rows) == 400
    assert all(None not in {row.day, row.week, row.month, row.percentile} for row in rows)
    print(f"movers of 400 series, panel warm: median {taken[4] * 1e3:.0f} ms, worst {taken[-1] * 1e3:.0f} ms")
    assert median(taken) <= MOST_MORNING


def test_opening_a_store_of_a_thousand_files_again_reads_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "cache"))
    store = FolderStore(tmp_path / "data")
    rows = tidy_of(
        [SeriesRows(name, DAYS[:1], np.ones(1), np.zeros(1, np.uint8), np.ones(1, np.int32)) for name in NAMES]
    )
    for number in range(1000):
        vintage = f"20250101T{number // 3600:02}{number // 60 % 60:02}{number % 60:02}Z"
        series = dict.fromkeys(NAMES, "2000-01-03")
        load = Load(number + 1, "one", vintage, "a.csv", f"{number:064x}", "one", 1, "0", series)
        path = store.data / partition_name(load)
        path.parent.mkdir(parents=True)
        path.write_bytes(partition_bytes(table_of(rows, load.load_id), load))
    cold = seconds(store.snapshot)
    index_of.cache_clear()
    kept = seconds(store.snapshot)
    warm = seconds(store.snapshot)
    token = store.token()
    asked = seconds(lambda: store.changed_since(token))
    print(f"1,000 files: first {cold:.2f} s, next program {kept:.2f} s, again {warm:.3f} s, anything new {asked:.3f} s")
    assert kept <= 0.7 * cold
    assert warm <= 0.3 * cold
    assert asked <= warm
