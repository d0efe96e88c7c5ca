"""The morning refresh: watched folders, what is new in them, and what fails without stopping the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.data.folders import read_folders
from briefing.data.market import Market
from briefing.data.refreshing import Refreshed, Seen, refresh, watch, watched
from briefing.data.report import Outcome
from briefing.data.workspace import Workspace
from briefing.problems import Refused

TEN = "observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n"
TWO = "observation_date,DGS2\n2025-01-13,4.40\n2025-01-14,4.37\n"


@pytest.fixture
def folder(workspace: Workspace, tmp_path: Path) -> Path:
    place = tmp_path / "overnight"
    place.mkdir()
    watch(workspace, place)
    return place


def outcomes(done: Refreshed) -> dict[str, Outcome]:
    return {report.file: report.outcome for report in done.reports}


def test_what_lies_in_a_watched_folder_comes_in(workspace: Workspace, folder: Path) -> None:
    (folder / "DGS10.csv").write_text(TEN)
    (folder / "DGS2.csv").write_text(TWO)
    done = refresh(workspace)
    assert outcomes(done) == {"DGS10.csv": Outcome.LOADED, "DGS2.csv": Outcome.LOADED}
    assert Market(workspace).series("UST2Y").values.tolist() == [4.40, 4.37]


def test_a_second_refresh_has_nothing_to_tell(workspace: Workspace, folder: Path) -> None:
    (folder / "DGS10.csv").write_text(TEN)
    refresh(workspace)
    again = refresh(workspace)
    assert (again.reports, again.unchanged) == ((), 1)


def test_a_changed_file_brings_its_new_days(workspace: Workspace, folder: Path) -> None:
    (folder / "DGS10.csv").write_text(TEN)
    seen = Seen()
    refresh(workspace, seen=seen)
    (folder / "DGS10.csv").write_text(TEN + "2025-01-15,4.66\n")
    (report,) = refresh(workspace, seen=seen).reports
    assert report.added == 1
    assert Market(workspace).series("UST10Y").values[-1] == 4.66


def test_a_file_of_the_old_size_and_time_is_not_opened_again(workspace: Workspace, folder: Path) -> None:
    (folder / "DGS10.csv").write_text(TEN)
    seen = Seen()
    refresh(workspace, seen=seen)
    stat = (folder / "DGS10.csv").stat()
    (folder / "DGS10.csv").write_text(TEN.replace("4.78", "9.99"))
    os.utime(folder / "DGS10.csv", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert refresh(workspace, seen=seen).reports == ()
    assert len(refresh(workspace, seen=Seen()).reports) == 1


def test_a_refused_file_is_told_at_every_refresh_and_stops_no_other(workspace: Workspace, folder: Path) -> None:
    (folder / "DGS10.csv").write_text(TEN)
    (folder / "bad.csv").write_text("observation_date,DGS2\n2025-01-13,many\n")
    seen = Seen()
    assert outcomes(refresh(workspace, seen=seen)) == {"DGS10.csv": Outcome.LOADED, "bad.csv": Outcome.REFUSED}
    assert outcomes(refresh(workspace, seen=seen)) == {"bad.csv": Outcome.REFUSED}


def test_a_folder_that_cannot_be_reached_is_named_and_the_others_are_read(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    watch(workspace, drive)
    drive.rmdir()
    (folder / "DGS10.csv").write_text(TEN)
    done = refresh(workspace)
    assert [problem.message.en for problem in done.problems] == [f"The watched folder {drive} cannot be reached."]
    assert outcomes(done) == {"DGS10.csv": Outcome.LOADED}


def test_a_folder_is_watched_until_it_is_not(workspace: Workspace, folder: Path) -> None:
    assert watched(workspace) == (folder.resolve(),)
    watch(workspace, folder, on=False)
    assert watched(workspace) == ()
    (folder / "DGS10.csv").write_text(TEN)
    assert refresh(workspace) == Refreshed((), 0, ())


def test_what_was_decided_for_a_folder_stays_when_it_is_watched(workspace: Workspace, folder: Path) -> None:
    watch(workspace, folder, on=False)
    text = f'[[folder]]\npath = "{folder.resolve()}"\ndates = "dmy"\n'
    workspace.folders.write_text(text, encoding="utf-8")
    watch(workspace, folder)
    assert read_folders(workspace.folders)[str(folder.resolve())].dates == "dmy"


def test_a_folder_inside_the_workspace_moves_with_it(workspace: Workspace) -> None:
    inside = workspace.root / "inbox"
    inside.mkdir()
    watch(workspace, inside)
    assert 'path = "inbox"' in workspace.folders.read_text(encoding="utf-8")
    moved = Workspace(workspace.root.rename(workspace.root.with_name("moved")))
    assert watched(moved) == ((moved.root / "inbox").resolve(),)


def test_what_is_no_folder_is_not_watched(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no folder"):
        watch(workspace, tmp_path / "never")


def test_progress_names_each_file_that_is_read(workspace: Workspace, folder: Path) -> None:
    (folder / "DGS10.csv").write_text(TEN)
    (folder / "DGS2.csv").write_text(TWO)
    told: list[tuple[int, int, str]] = []
    refresh(workspace, progress=lambda *step: told.append(step))
    assert told == [(0, 2, "DGS10.csv"), (1, 2, "DGS2.csv")]
