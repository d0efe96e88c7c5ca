"""How fast a panel comes out of a team database: 200 series of 25 years, 1.3 million rows, 20 later loads.

The goals on a quiet machine are one second for the newest view, two for one at a vintage, and at most one
and a half times what the bare driver takes for the same rows, each time compared with the run beside it.
The limits in seconds are twice that, because benchmarks share their machine.
"""

from __future__ import annotations

import operator
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

import numpy as np
import pytest

from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.stores.contract import Arrival
from briefing.data.stores.postgres import PostgresStore
from briefing.data.stores.postgres_address import parse_address
from briefing.data.tidy import SeriesRows, tidy_of
from briefing.data.vintages import Bound

pytestmark = pytest.mark.bench
SERIES, DAYS, LATER, ROUNDS = 400, 6500, 20, 9
NAMES = [f"S{index:04d}" for index in range(SERIES)]
PANEL = NAMES[::2]


class Server(Protocol):
    """The server of the tests."""

    port: int

    def url(self, database: str, user: str) -> str: ...
    def do(self, statement: str, database: str = ...) -> None: ...


def arrival(days: np.ndarray[Any, Any], seed: int) -> Arrival:
    values = np.random.default_rng(seed).normal(4, 1, (SERIES, len(days)))
    flags, lines = np.zeros(len(days), dtype=np.uint8), np.arange(2, len(days) + 2, dtype=np.int32)
    content = tidy_of(SeriesRows(name, days, values[at], flags, lines) for at, name in enumerate(NAMES))
    report = ImportReport(
        file="wide.csv", outcome=Outcome.REFUSED, sha256=f"{seed:08x}", dataset="d", series=content.names
    )
    return Arrival(report, content)


def seconds_of(work: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Seconds of each piece of work in each round, done in turns so that all meet the same weather."""
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, do in work.items():
            start = time.perf_counter()
            do()
            seconds[name].append(time.perf_counter() - start)
    return seconds


@pytest.mark.timeout(900)
def test_a_panel_is_read_about_as_fast_as_the_driver_can(postgres: Server, own_team: str) -> None:
    from adbc_driver_postgresql import dbapi

    store = PostgresStore(parse_address(postgres.url(own_team, "anna")))
    days = np.arange(np.datetime64("2000-01-03"), np.datetime64("2026-03-07"))
    days = days[np.is_busday(days)][-DAYS:]
    with store.writing() as writer:
        start = time.perf_counter()
        writer.write([arrival(days, 0)], "20260101T000000Z")
        loaded = time.perf_counter() - start
        for number in range(1, LATER + 1):
            writer.write([arrival(days[-number - 5 : -number], number)], f"20260102T0000{number:02d}Z")
    postgres.do("VACUUM ANALYZE brief.obs", own_team)
    bare = dbapi.connect(
        f"host=127.0.0.1 port={postgres.port} user=anna dbname={own_team} sslmode=allow", autocommit=True
    )
    query = "SELECT series_id, obs_date, value FROM brief.obs WHERE series_id = ANY ('{}')"
    query = query.replace("{}", "{" + ",".join(PANEL) + "}")

    def plain() -> int:
        with bare.cursor() as cursor:
            cursor.execute(query)
            return int(cursor.fetch_arrow_table().num_rows)

    assert plain() == len(PANEL) * (DAYS + 5 * LATER)
    taken = seconds_of(
        {
            "plain driver": plain,
            "panel": lambda: store.snapshot().read(PANEL),
            "panel at a vintage": lambda: store.snapshot(Bound("20260102T000010Z")).read(PANEL),
            "panel of five years": lambda: store.snapshot().read(PANEL, since=date(2021, 3, 6)),
            "one series": lambda: store.snapshot().read(["S0007"]),
            "anything new?": store.token,
        }
    )
    bare.close()
    store.close()
    ratio = statistics.median(map(operator.truediv, taken["panel"], taken["plain driver"]))
    print(f"\n2.6 m rows loaded: {loaded:.1f} s; panel / plain driver: {ratio:.2f}")
    for name, seconds in taken.items():
        print(f"{name}: fastest {min(seconds) * 1000:.1f} ms, median {statistics.median(seconds) * 1000:.1f} ms")
    assert ratio <= 1.5
    assert min(taken["panel"]) <= 2 * 1.0
    assert min(taken["panel at a vintage"]) <= 2 * 2.0
    assert min(taken["one series"]) <= 2 * 0.010
    assert min(taken["anything new?"]) <= 2 * 0.001
