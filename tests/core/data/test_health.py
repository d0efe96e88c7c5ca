"""How each series and file stands, and the file, line and load that this comes from."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from briefing.data.health import Health, State, counted
from briefing.data.intake.importing import import_files
from briefing.data.intake.refreshing import watch
from briefing.data.intake.refusals import forget, refusals
from briefing.data.intake.report import ImportReport
from briefing.data.market import Market
from briefing.data.stores.opening import open_store
from briefing.data.workspace import Workspace
from briefing.metrics.derived import open_source
from briefing.metrics.health import health
from briefing.problems import Refused

Load = Callable[..., ImportReport]

BEFORE = "20250115T221500Z"
HEAD = "observation_date,"
TEN = f"{HEAD}DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n2025-01-15,4.66\n"
TWO = f"{HEAD}DGS2\n2025-01-08,4.30\n2025-01-13,4.40\n"
BAD = f"{HEAD}DGS10\n2025-01-15,4.66\n2025-01-16,many\n"


def rows_of(workspace: Workspace, as_of: date | None = None) -> dict[str, Health]:
    return {row.series or row.name.en: row for row in health(workspace, lambda: open_source(workspace, as_of))}


def suspect_file() -> str:
    """A year of quiet days, and a day that is off by a factor of a hundred."""
    days = [date.fromordinal(date(2024, 1, 1).toordinal() + at) for at in range(380)]
    open_days = [day for day in days if day.weekday() < 5]
    rows = [f"{day},{4 + at % 7 / 100:.2f}" for at, day in enumerate(open_days)]
    rows[200] = f"{open_days[200]},9.70"
    return f"{HEAD}DGS10\n" + "\n".join(rows) + "\n"


def test_a_series_up_to_date_is_fresh_and_says_where_it_comes_from(workspace: Workspace, load: Load) -> None:
    report = load("DGS10.csv", TEN, vintage=BEFORE)
    row = rows_of(workspace)["DGS10"]
    assert (row.state, row.words.en, row.words.zh) == (State.FRESH, "last 15 Jan 2025", "最新為2025年1月15日")
    assert row.origin is not None
    assert (row.origin.file, row.origin.folder, row.origin.load_id) == ("DGS10.csv", report.folder, report.load_id)
    assert row.as_json()["origin"] == {
        "dataset": report.dataset,
        "file": "DGS10.csv",
        "folder": report.folder,
        "part": "",
        "vintage": "20250115T221500Z",
        "loaded_at": "2025-01-15T22:15:00Z",
        "load_id": report.load_id,
    }


def test_the_next_day_is_told_by_the_calendar_of_the_series(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", f"{HEAD}DGS10\n2025-01-16,4.61\n2025-01-17,4.61\n")
    row = rows_of(workspace)["DGS10"]
    assert row.expected == date(2025, 1, 21)  # the 20th is Martin Luther King's day


def test_a_late_series_says_how_late_by_its_calendar(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", TEN)
    load("DGS2.csv", TWO)
    row = rows_of(workspace)["DGS2"]
    assert (row.state, row.words.en) == (State.LATE, "1 session late, last 13 Jan 2025")
    assert row.last == date(2025, 1, 13)


def test_a_refused_file_fails_its_series_and_names_the_line(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", TEN, vintage=BEFORE)
    load("DGS10.csv", BAD)
    row = rows_of(workspace)["DGS10"]
    assert row.state is State.FAILED
    assert row.words.en == "DGS10.csv, line 3, column DGS10: “many” is not a number."
    assert [(one.place.file, one.place.row, one.place.column) for one in row.problems] == [("DGS10.csv", 3, "DGS10")]
    assert row.refused is not None
    assert (row.refused.file, row.last) == ("DGS10.csv", date(2025, 1, 15))


def test_a_file_that_is_no_table_any_more_fails_the_series_that_it_brought_before(
    workspace: Workspace, load: Load
) -> None:
    load("DGS10.csv", TEN, vintage=BEFORE)
    load("DGS10.csv", "<html><body>Sign in first</body></html>")
    assert rows_of(workspace)["DGS10"].state is State.FAILED


def test_a_file_of_the_same_name_in_another_folder_fails_nothing(
    workspace: Workspace, load: Load, tmp_path: Path
) -> None:
    load("DGS10.csv", TEN, vintage=BEFORE)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "DGS10.csv").write_text("<html></html>")
    import_files(workspace, [tmp_path / "elsewhere"])
    rows = rows_of(workspace)
    assert (rows["DGS10"].state, rows["DGS10.csv"].state) == (State.FRESH, State.FAILED)


def test_a_series_is_well_again_once_its_file_comes_in(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", TEN, vintage=BEFORE)
    load("DGS10.csv", BAD)
    load("DGS10.csv", TEN + "2025-01-16,4.61\n")
    assert rows_of(workspace)["DGS10"].state is State.FRESH
    assert refusals(workspace) == ()


def test_a_series_is_well_again_when_another_file_brings_it_later(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", TEN, vintage=BEFORE)
    load("DGS10.csv", BAD)
    load("again.csv", TEN + "2025-01-16,4.61\n", vintage="20990101T000000Z")
    rows = rows_of(workspace)
    assert (rows["DGS10"].state, rows["DGS10.csv"].state) == (State.FRESH, State.FAILED)


def test_a_refused_file_is_forgotten_when_it_is_gone_or_a_person_says_so(workspace: Workspace, load: Load) -> None:
    gone = Path(load("gone.csv", "nothing").folder) / "gone.csv"
    other = gone.with_name("other.csv")
    load("other.csv", "nothing")
    assert [one.path for one in refusals(workspace)] == [str(gone), str(other)]
    gone.unlink()
    assert [one.path for one in refusals(workspace)] == [str(other)]
    forget(workspace, other)
    assert refusals(workspace) == ()


def test_a_workspace_without_data_still_shows_its_refused_files(workspace: Workspace, load: Load) -> None:
    load("bad.csv", BAD)
    row = rows_of(workspace)["bad.csv"]
    assert (row.state, row.series, row.problems[0].place.row) == (State.FAILED, "", 3)


def test_a_suspect_value_names_rule_file_and_line(workspace: Workspace, load: Load) -> None:
    report = load("DGS10.csv", suspect_file())
    row = rows_of(workspace)["DGS10"]
    assert row.state is State.FLAGGED
    (flag,) = row.flags
    (finding,) = [one for one in report.findings if one.first in flag.days]
    assert (flag.rule, flag.file, flag.line, flag.value) == (finding.rule, "DGS10.csv", 202, 9.70)
    assert flag.load_id == report.load_id
    assert row.words.en == "flagged as suspect, 7 Oct 2024"


@pytest.mark.parametrize("findings", [3, [3], [{}], [{"rule": "spike", "series": "DGS10", "first": "soon"}]])
def test_a_suspect_day_whose_report_is_none_is_still_told(workspace: Workspace, load: Load, findings: object) -> None:
    load("DGS10.csv", suspect_file())
    (path,) = (workspace.data / "reports").glob("*.json")
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "findings": findings}), encoding="utf-8")
    row = rows_of(workspace)["DGS10"]
    assert (row.state, [flag.rule for flag in row.flags]) == (State.FLAGGED, [""])


def test_a_suspect_day_whose_report_is_lost_is_still_told(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", suspect_file())
    for path in (workspace.data / "reports").glob("*.json"):
        path.unlink()
    row = rows_of(workspace)["DGS10"]
    assert (row.state, [flag.rule for flag in row.flags]) == (State.FLAGGED, [""])
    assert row.origin is not None
    assert (row.origin.file, row.origin.folder) == ("DGS10.csv", "")


def test_a_damaged_partition_fails_its_series_and_no_other(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", TEN)
    load("DGS2.csv", TWO.replace("2025-01-13", "2025-01-15"))
    (bad,) = [path for path in workspace.data.glob("dataset=*/**/*.parquet") if path.name.startswith("1-")]
    bad.write_bytes(bad.read_bytes()[:200])
    rows = rows_of(workspace)
    assert (rows["DGS10"].state, rows["DGS2"].state) == (State.FAILED, State.FRESH)


def test_a_derived_series_has_the_troubles_of_its_legs(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", TEN, vintage=BEFORE)
    load("DGS2.csv", TWO.replace("2025-01-13", "2025-01-15"), vintage=BEFORE)
    load("DGS10.csv", BAD)
    row = rows_of(workspace)["UST2S10S"]
    assert (row.state, row.formula) == (State.FAILED, "UST10Y - UST2Y")
    assert row.refused is not None
    assert row.refused.file == "DGS10.csv"


def test_a_derived_series_is_as_late_as_its_latest_leg(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", TEN)
    load("DGS2.csv", TWO)
    assert rows_of(workspace)["UST2S10S"].words.en == "1 session late, last 13 Jan 2025"


def test_an_earlier_day_is_judged_as_it_was(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", TEN)
    load("DGS2.csv", TWO)
    assert rows_of(workspace, date(2025, 1, 14))["DGS2"].state is State.FRESH


def test_a_watched_folder_out_of_reach_is_a_row(workspace: Workspace, load: Load, tmp_path: Path) -> None:
    load("DGS10.csv", TEN)
    drive = tmp_path / "drive"
    drive.mkdir()
    watch(workspace, drive)
    drive.rmdir()
    row = rows_of(workspace)["drive"]
    assert (row.state, row.problems[0].check) == (State.FAILED, "watch.unreachable")


def test_rows_are_worst_first_and_counted(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", suspect_file() + "2025-01-15,4.05\n", vintage=BEFORE)
    load("DGS2.csv", TWO, vintage=BEFORE)
    load("DGS30.csv", TWO.replace("DGS2", "DGS30").replace("2025-01-13", "2025-01-15"), vintage=BEFORE)
    load("bad.csv", "nothing")
    rows = health(workspace, lambda: open_source(workspace))
    stored = [row.series or row.name.en for row in rows if not row.formula]
    assert stored == ["bad.csv", "DGS2", "DGS10", "DGS30"]
    assert list(counted(rows)) == [State.FAILED, State.LATE, State.FLAGGED, State.FRESH]
    assert sum(counted(rows).values()) == len(rows)


def test_the_report_of_a_load_is_the_one_that_its_import_gave(workspace: Workspace, load: Load) -> None:
    report = load("DGS10.csv", TEN)
    view = open_store(workspace).snapshot()
    assert view.report(view.loads[0]) == json.loads(json.dumps(report.as_json()))


def test_a_store_that_cannot_be_read_at_all_is_refused(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", TEN)
    with pytest.raises(Refused, match="is not a vintage"):
        health(workspace, lambda: open_source(workspace, None, "yesterday"))


def test_what_the_market_says_of_files_stands_behind_the_series(workspace: Workspace, load: Load) -> None:
    load("DGS10.csv", TEN)
    load("bad.csv", "nothing")
    assert [row.series for row in Market(workspace).health()] == ["DGS10", ""]
