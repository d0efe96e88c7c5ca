"""From the file to the value: what a rule doubts is stored, read back and said with every value that rests on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.tidy import SeriesRows
from briefing.data.workspace import Workspace, create_workspace
from briefing.metrics.registry import evaluate
from briefing.problems import Place
from briefing.reference import parse_reference
from briefing.series import Caveat

Rows = Callable[..., SeriesRows]


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "desk")


@pytest.fixture
def load(desk: Workspace, tmp_path: Path) -> Callable[..., ImportReport]:
    """Loads the first rows of a series as a FRED file, with some values changed."""

    def loaded(rows: SeriesRows, count: int, changes: dict[int, float]) -> ImportReport:
        values = rows.values[:count].copy()
        values[list(changes)] = list(changes.values())
        lines = [f"{day},{value:.2f}" for day, value in zip(rows.dates[:count], values, strict=True)]
        path = tmp_path / "DGS10.csv"
        path.write_text("\n".join(["observation_date,DGS10", *lines, ""]))
        [report] = import_files(desk, [path], vintage=f"20240701T10{count - 200:02d}00Z")
        return report

    return loaded


def suspects(desk: Workspace) -> list[str]:
    return Market(desk).series("DGS10").caveats.get(Caveat.SUSPECT, np.empty(0, "datetime64[D]")).astype(str).tolist()


def test_a_doubted_value_is_stored_and_every_value_on_its_day_warns(
    desk: Workspace, load: Callable[..., ImportReport], yields: Rows
) -> None:
    rows = yields(3)
    day = str(rows.dates[198])

    report = load(rows, 200, {198: 9.99})

    assert report.outcome is Outcome.LOADED
    assert [(one.rule, str(one.first), one.line, one.value) for one in report.findings] == [("spike", day, 200, 9.99)]
    assert suspects(desk) == [day]
    source = Market(desk)
    change = evaluate(parse_reference("DGS10.change.1d", Place()), source)
    assert [str(doubt.day) for doubt in change.doubts] == [day]
    assert [problem.check for problem in change.problems] == ["value.suspect"]
    assert evaluate(parse_reference(f"DGS10.last@{rows.dates[197]}", Place()), source).problems == ()


def test_what_the_next_day_shows_of_a_value_is_kept_though_the_value_is_the_same(
    desk: Workspace, load: Callable[..., ImportReport], yields: Rows
) -> None:
    rows = yields(3)
    far = round(float(rows.values[199]) + 0.95, 2)

    first = load(rows, 200, {199: far})
    assert [(one.rule, one.severity) for one in first.findings] == [("last_move", "warning")]
    assert suspects(desk) == []

    second = load(rows, 201, {199: far})

    assert [one.rule for one in second.findings] == ["spike"]
    assert suspects(desk) == [str(rows.dates[199])]
    assert not Market(desk).series("DGS10").revised


def test_a_last_line_that_was_cut_and_comes_again_whole_is_not_doubted_any_more(
    desk: Workspace, tmp_path: Path, yields: Rows
) -> None:
    rows = yields(3)
    lines = [f"{day},{value:.2f}" for day, value in zip(rows.dates[:40], rows.values[:40], strict=True)]
    path = tmp_path / "DGS10.csv"

    path.write_text("\n".join(["observation_date,DGS10", *lines[:39]]))
    import_files(desk, [path], vintage="20240701T100000Z")
    assert suspects(desk) == [str(rows.dates[38])]
    path.write_text("\n".join(["observation_date,DGS10", *lines, ""]))
    import_files(desk, [path], vintage="20240702T100000Z")

    assert suspects(desk) == []
    assert not Market(desk).series("DGS10").revised


def test_a_doubt_stays_until_the_value_is_revised(
    desk: Workspace, load: Callable[..., ImportReport], yields: Rows
) -> None:
    rows = yields(3)
    load(rows, 200, {100: 9.99})
    assert suspects(desk) == [str(rows.dates[100])]

    load(rows, 202, {})

    assert suspects(desk) == []
    assert Market(desk).series("DGS10").revised


def test_a_file_that_a_rule_refuses_changes_nothing(
    desk: Workspace, load: Callable[..., ImportReport], yields: Rows
) -> None:
    rows = yields(3)
    load(rows, 200, {})

    report = load(rows, 201, {100: 409.0})

    assert report.outcome is Outcome.REFUSED
    assert "import.range" in {problem.check for problem in report.problems}
    assert Market(desk).series("DGS10").values[100] == rows.values[100]
