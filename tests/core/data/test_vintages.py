"""The store: loads are kept as they came, later ones stand over earlier ones, and nothing is half there."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace, create_workspace
from briefing.problems import Refused

Load = Callable[..., ImportReport]
FIRST, SECOND, THIRD = "20250114T210000Z", "20250115T210000Z", "20250116T210000Z"
HEADER = "observation_date,DGS10\n"


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_load_is_one_partition_and_one_report(load: Load, workspace: Workspace) -> None:
    report = load("DGS10.csv", HEADER + "2025-01-13,4.79\n", vintage=FIRST)
    name = report.sha256[:8]
    assert set(files_in(workspace.data)) == {
        f"dataset=fred_graph/vintage={FIRST}/1-{name}.parquet",
        f"reports/{FIRST}-1-{name}.json",
    }
    written = json.loads((workspace.data / "reports" / f"{FIRST}-1-{name}.json").read_text(encoding="utf-8"))
    assert written == report.as_json()
    assert written["rows"] == {"read": 1, "kept": 1, "refused": 0, "passed": 0}


def test_a_second_load_lists_what_it_adds_revises_and_lacks(load: Load) -> None:
    load("a.csv", HEADER + "2025-01-10,4.77\n2025-01-13,4.79\n2025-01-14,4.78\n", vintage=FIRST)
    report = load("b.csv", HEADER + "2025-01-10,4.77\n2025-01-14,4.80\n2025-01-15,4.66\n", vintage=SECOND)
    assert (report.added, report.vanished) == (1, 1)
    (revision,) = report.revised
    assert (revision.series, revision.date, revision.old, revision.new) == ("DGS10", "2025-01-14", 4.78, 4.80)
    assert report.summary.en.endswith("1 values added, 1 revised, 1 vanished.")
    assert report.summary.zh.endswith("新增1個數值，修正1個，消失1個。")


def test_a_revised_value_can_be_seen_as_it_was(load: Load, workspace: Workspace) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n2025-01-14,4.78\n", vintage=FIRST)
    load("b.csv", HEADER + "2025-01-13,4.79\n2025-01-14,4.80\n", vintage=SECOND)
    now, before = Market(workspace).series("UST10Y"), Market(workspace, vintage=FIRST).series("UST10Y")
    assert (now.values.tolist(), now.vintage, now.revised) == ([4.79, 4.80], SECOND, True)
    assert (before.values.tolist(), before.vintage, before.revised) == ([4.79, 4.78], FIRST, False)


def test_the_same_file_again_changes_nothing(load: Load, workspace: Workspace) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n", vintage=FIRST)
    before = files_in(workspace.data)
    report = load("renamed.csv", HEADER + "2025-01-13,4.79\n", vintage=SECOND)
    assert report.outcome is Outcome.KNOWN
    assert report.vintage == FIRST
    assert files_in(workspace.data) == before


def test_the_same_file_under_another_id_is_another_load(load: Load, workspace: Workspace) -> None:
    text = "date,value\n2025-01-13,4.79\n"
    load("x.csv", text, source="fred_graph", as_id="UST10Y")
    report = load("x.csv", text, source="fred_graph", as_id="UST30Y")
    assert report.outcome is Outcome.LOADED
    assert Market(workspace).ids() == ("DGS10", "DGS30")


def test_a_value_that_becomes_missing_is_gone_from_the_newest_view(load: Load, workspace: Workspace) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n2025-01-14,4.78\n", vintage=FIRST)
    report = load("b.csv", HEADER + "2025-01-13,4.79\n2025-01-14,.\n", vintage=SECOND)
    assert [(revision.old, revision.new) for revision in report.revised] == [(4.78, None)]
    market = Market(workspace)
    assert market.as_of == date(2025, 1, 13)
    assert market.series("DGS10").values.tolist() == [4.79]


def test_the_newest_date_is_that_of_another_series_when_a_value_was_taken_away(
    load: Load, workspace: Workspace
) -> None:
    load("a.csv", HEADER + "2025-01-09,4.68\n2025-01-14,4.78\n", vintage=FIRST)
    load("b.csv", "observation_date,DGS2\n2025-01-13,4.40\n", vintage=FIRST)
    load("c.csv", HEADER + "2025-01-09,4.68\n2025-01-14,.\n", vintage=SECOND)
    assert Market(workspace).newest() == date(2025, 1, 13)


def test_a_value_that_was_missing_is_added_not_revised(load: Load, workspace: Workspace) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n2025-01-14,.\n", vintage=FIRST)
    report = load("b.csv", HEADER + "2025-01-13,4.79\n2025-01-14,4.78\n", vintage=SECOND)
    assert (report.added, report.revised) == (1, ())
    assert not Market(workspace).series("DGS10").revised


def test_a_slip_of_the_unit_is_refused_and_the_old_values_stay(load: Load, workspace: Workspace) -> None:
    load("a.csv", "date,value\n2025-01-13,0.82\n2025-01-14,0.81\n", source="fred_graph", as_id="IG_OAS")
    report = load("b.csv", "date,value\n2025-01-13,82\n2025-01-14,81\n", source="fred_graph", as_id="IG_OAS")
    assert report.outcome is Outcome.REFUSED
    assert "import.unit_slip" in [problem.check for problem in report.problems]
    assert Market(workspace).series("IG_OAS").values.tolist() == [82.0, 81.0]


def test_much_revised_history_is_a_warning(load: Load) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n2025-01-14,4.78\n", vintage=FIRST)
    report = load("b.csv", HEADER + "2025-01-13,4.69\n2025-01-14,4.68\n", vintage=SECOND)
    assert "import.revised" in [problem.check for problem in report.problems]
    assert report.outcome is Outcome.LOADED


def test_a_load_cannot_stand_before_the_newest_one(load: Load) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n", vintage=SECOND)
    report = load("b.csv", HEADER + "2025-01-14,4.78\n", vintage=FIRST)
    assert report.outcome is Outcome.REFUSED
    assert [problem.check for problem in report.problems] == ["vintage.order"]


def test_a_clock_that_went_back_does_not_hide_a_load(load: Load, workspace: Workspace) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n", vintage="29990101T000000Z")
    report = load("b.csv", HEADER + "2025-01-13,4.70\n")
    assert report.vintage == "29990101T000000Z"
    assert Market(workspace).series("DGS10").values.tolist() == [4.70]


def test_a_vintage_that_is_none_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="is not a vintage"):
        import_files(workspace, [], vintage="yesterday")


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_store_as_it_was(
    load: Load, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n", vintage=FIRST)
    before = files_in(workspace.data)

    def refuse(*_arguments: object, **_options: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        if call == "replace":
            broken.setattr(Path, "replace", refuse)
        else:
            broken.setattr(os, call, refuse)
        report = load("b.csv", HEADER + "2025-01-13,4.70\n", vintage=SECOND)
    assert report.outcome is Outcome.REFUSED
    assert report.problems[0].message.en.endswith("cannot be written (No space left on device).")
    assert files_in(workspace.data) == before
    assert Market(workspace).series("DGS10").values.tolist() == [4.79]
    assert load("b.csv", HEADER + "2025-01-13,4.70\n", vintage=SECOND).outcome is Outcome.LOADED


def test_a_disk_that_takes_one_byte_at_a_time_still_gets_the_whole_file(
    load: Load, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: real(handle, content[:100]))
    load("a.csv", HEADER + "2025-01-13,4.79\n")
    assert Market(workspace).series("DGS10").values.tolist() == [4.79]


def test_a_damaged_partition_is_named(load: Load, workspace: Workspace) -> None:
    load("a.csv", HEADER + "2025-01-13,4.79\n")
    (path,) = workspace.data.rglob("*.parquet")
    path.write_bytes(path.read_bytes()[:-20])
    twin = create_workspace(workspace.root.with_name("twin"))
    target = twin.data / path.relative_to(workspace.data)
    target.parent.mkdir(parents=True)
    target.write_bytes(path.read_bytes())
    with pytest.raises(Refused, match=f"{path.name} in the store is damaged"):
        Market(twin)


def test_the_query_engine_sees_the_store_and_nothing_else(workspace: Workspace, tmp_path: Path) -> None:
    import duckdb

    from briefing.data.stores.querying import engine

    outside = tmp_path / "secret.csv"
    outside.write_text("a\n1\n", encoding="utf-8")
    with engine(workspace.data) as connection:
        for statement in (
            "SELECT * FROM read_csv($file)",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement, {"file": str(outside)} if "$file" in statement else None)


History = st.lists(
    st.dictionaries(
        st.dates(date(2025, 1, 1), date(2025, 1, 9)), st.one_of(st.none(), st.integers(100, 900)), min_size=1
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(History)
def test_every_vintage_shows_the_last_word_on_each_day_until_then(
    tmp_path_factory: pytest.TempPathFactory, history: list[dict[date, int | None]]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    workspace = create_workspace(folder / "desk")
    known: dict[date, int | None] = {}
    expected = []
    for number, days in enumerate(history):
        vintage = f"202502{number + 1:02}T000000Z"
        rows = "".join(f"{day},{'.' if value is None else value / 100}\n" for day, value in days.items())
        path = folder / f"{number}.csv"
        path.write_text(HEADER + rows, encoding="utf-8")
        (report,) = import_files(workspace, [path], vintage=vintage)
        if report.outcome is Outcome.LOADED:
            known = known | days
        expected.append((vintage, {day: value / 100 for day, value in sorted(known.items()) if value is not None}))
    for vintage, values in expected:
        if values:
            series = Market(workspace, vintage=vintage).series("DGS10")
            assert dict(zip(series.dates.tolist(), series.values.tolist(), strict=True)) == values
