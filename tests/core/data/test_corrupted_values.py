"""Values that were corrupted on the way: the file is refused, or what is wrong is marked. Nothing is silently wrong."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random

import pytest
from tests.core.data.corrupting import CORRUPTIONS, KNOWN, LOADED_ON, Corruption, Table, truth, values

from briefing.data.catalogue import load_catalogue
from briefing.data.containers.opening import open_tables
from briefing.data.intake.admitting import Judged, judge
from briefing.data.intake.choices import UNDECIDED
from briefing.data.intake.folders import Folder
from briefing.data.intake.importing import import_files
from briefing.data.intake.incoming import read_table
from briefing.data.stores.contract import Snapshot
from briefing.data.stores.opening import open_store
from briefing.data.tidy import Flag, Tidy
from briefing.data.workspace import create_workspace
from briefing.problems import Severity

CATALOGUE = load_catalogue()
SEEDS = range(3)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> list[Snapshot]:
    """For each seed a store that was loaded with the first days, as they truly were."""
    found = []
    for seed in SEEDS:
        folder = tmp_path_factory.mktemp(f"seed{seed}")
        known = truth(Random(seed))
        path = folder / "known.csv"
        path.write_text(Table(known.header, known.rows[:KNOWN]).text(), encoding="utf-8")
        workspace = create_workspace(folder / "desk")
        import_files(workspace, [path])
        found.append(open_store(workspace).snapshot())
    return found


def judged(table: Table, store: Snapshot) -> Judged:
    """What becomes of a file."""
    content = table.text().encode()
    (found,) = open_tables(Path("new.csv"), content, hashlib.sha256(content).hexdigest())
    incoming = read_table(found, CATALOGUE, UNDECIDED, Folder())
    return judge(incoming, CATALOGUE, store, LOADED_ON)


def silently_wrong(found: Judged, true: dict[tuple[str, str], float]) -> list[tuple[str, str]]:
    """The values on their way into the store that are not true, and of which nothing says so."""
    (report,), (arrival,) = found.reports, found.arrivals
    told = {one.series for one in report.findings if one.severity is not Severity.INFO}
    rows = arrival.content
    assert isinstance(rows, Tidy)
    wrong = []
    for name, place in rows.by_series():
        for day, value, flag in zip(
            rows.dates[place].tolist(), rows.values[place].tolist(), rows.flags[place].tolist(), strict=True
        ):
            untrue = value == value and true.get((name, day.isoformat())) != value  # noqa: PLR0124 - NaN is missing
            if untrue and flag != Flag.SUSPECT and name not in told:
                wrong.append((name, day.isoformat()))
    return wrong


@pytest.mark.parametrize("seed", SEEDS)
def test_the_true_file_is_loaded_and_nothing_in_it_is_doubted(stores: list[Snapshot], seed: int) -> None:
    table = truth(Random(seed))
    found = judged(table, stores[seed])
    assert not found.refused
    (arrival,) = found.arrivals
    assert isinstance(arrival.content, Tidy)
    assert len(arrival.content) == 3 * (len(table.rows) - KNOWN)
    assert set(arrival.content.flags.tolist()) == {Flag.OK}
    assert silently_wrong(found, values(table)) == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("corrupt", CORRUPTIONS, ids=lambda corrupt: corrupt.__name__)
def test_a_corruption_is_refused_or_marked(stores: list[Snapshot], corrupt: Corruption, seed: int) -> None:
    table = truth(Random(seed))
    true = values(table)
    corrupt(table, Random(seed))
    found = judged(table, stores[seed])
    assert found.refused or silently_wrong(found, true) == []
    assert found.refused or any(
        problem.severity is not Severity.INFO for report in found.reports for problem in report.problems
    )


def test_a_slip_that_nobody_could_see_is_counted_as_silently_wrong(stores: list[Snapshot]) -> None:
    table = truth(Random(0))
    true = values(table)
    day = table.rows[KNOWN + 20][0]
    table.rows[KNOWN + 20][1] = f"{float(table.rows[KNOWN + 20][1]) + 0.01:.2f}"
    assert silently_wrong(judged(table, stores[0]), true) == [("DGS10", day)]
