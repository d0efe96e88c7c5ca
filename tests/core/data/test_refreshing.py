"""The morning refresh: watched folders, what is new in them, and what fails without stopping the rest."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from briefing.data.intake.folders import read_folders
from briefing.data.intake.refreshing import STEADY, Refreshed, pending, refresh, watch, watched
from briefing.data.intake.report import Outcome
from briefing.data.market import Market
from briefing.data.stores.opening import open_store
from briefing.data.workspace import Workspace
from briefing.problems import Refused

LONG_AGO = 1_700_000_000.0
TEN = "observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n"
TWO = "observation_date,DGS2\n2025-01-13,4.40\n2025-01-14,4.37\n"


@pytest.fixture
def folder(workspace: Workspace, tmp_path: Path) -> Path:
    place = tmp_path / "overnight"
    place.mkdir()
    watch(workspace, place)
    return place


def put(folder: Path, name: str, text: str, *, changed: float = LONG_AGO) -> None:
    """Write a file that was changed at a time, in seconds."""
    (folder / name).write_text(text)
    os.utime(folder / name, (changed, changed))


def names(files: Iterable[Path]) -> list[str]:
    return [file.name for file in files]


def outcomes(done: Refreshed) -> dict[str, Outcome]:
    return {report.file: report.outcome for report in done.reports}


def test_what_lies_in_a_watched_folder_comes_in(workspace: Workspace, folder: Path) -> None:
    put(folder, "DGS10.csv", TEN)
    put(folder, "DGS2.csv", TWO)
    done = refresh(workspace)
    assert outcomes(done) == {"DGS10.csv": Outcome.LOADED, "DGS2.csv": Outcome.LOADED}
    assert Market(workspace).series("UST2Y").values.tolist() == [4.40, 4.37]


def test_a_second_refresh_has_nothing_to_tell(workspace: Workspace, folder: Path) -> None:
    put(folder, "DGS10.csv", TEN)
    refresh(workspace)
    again = refresh(workspace)
    assert (again.reports, again.unchanged) == ((), 1)


def test_a_changed_file_brings_its_new_days(workspace: Workspace, folder: Path) -> None:
    put(folder, "DGS10.csv", TEN)
    refresh(workspace)
    put(folder, "DGS10.csv", TEN + "2025-01-15,4.66\n")
    (report,) = refresh(workspace).reports
    assert report.added == 1
    assert Market(workspace).series("UST10Y").values[-1] == 4.66


def test_a_file_of_the_old_size_and_time_is_not_opened_again(workspace: Workspace, folder: Path) -> None:
    put(folder, "DGS10.csv", TEN)
    refresh(workspace)
    put(folder, "DGS10.csv", TEN.replace("4.78", "4.79"))
    assert refresh(workspace).reports == ()
    assert len(refresh(workspace, everything=True).reports) == 1


def test_a_file_that_changed_just_before_is_looked_into_again(workspace: Workspace, folder: Path) -> None:
    put(folder, "DGS10.csv", TEN, changed=time.time() - 1.5)
    refresh(workspace)
    stat = (folder / "DGS10.csv").stat()
    (folder / "DGS10.csv").write_text(TEN.replace("4.78", "4.79"))
    os.utime(folder / "DGS10.csv", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert len(refresh(workspace).reports) == 1


def test_a_file_that_the_store_has_lost_is_read_again(workspace: Workspace, folder: Path) -> None:
    put(folder, "DGS10.csv", TEN)
    refresh(workspace)
    for path in workspace.data.glob("dataset=*/**/*.parquet"):
        path.unlink()
    assert outcomes(refresh(workspace)) == {"DGS10.csv": Outcome.LOADED}


def test_what_a_person_took_out_of_sight_stays_there(workspace: Workspace, folder: Path) -> None:
    put(folder, "DGS10.csv", TEN)
    (report,) = refresh(workspace).reports
    with open_store(workspace).writing() as writer:
        writer.hide([report.load_id])
    assert refresh(workspace).reports == ()


def test_a_refused_file_is_told_at_every_refresh_and_stops_no_other(workspace: Workspace, folder: Path) -> None:
    put(folder, "DGS10.csv", TEN)
    put(folder, "bad.csv", "observation_date,DGS2\n2025-01-13,many\n")
    assert outcomes(refresh(workspace)) == {"DGS10.csv": Outcome.LOADED, "bad.csv": Outcome.REFUSED}
    assert outcomes(refresh(workspace)) == {"bad.csv": Outcome.REFUSED}


def test_a_file_that_is_being_written_is_left_and_named(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "DGS10.csv", TEN)
    put(folder, "DGS2.csv", "observation_date,DGS2\n2025-01-13,4.40\n", changed=time.time())

    def write_on(seconds: float) -> None:
        assert 0 < seconds <= STEADY
        put(folder, "DGS2.csv", TWO, changed=time.time())

    monkeypatch.setattr("briefing.data.intake.refreshing.time.sleep", write_on)
    done = refresh(workspace)
    assert outcomes(done) == {"DGS10.csv": Outcome.LOADED}
    assert [problem.message.en for problem in done.problems] == [
        "DGS2.csv is still being written; it was left for the next time."
    ]


def test_a_file_that_has_just_been_written_is_read_after_a_moment(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "DGS10.csv", TEN, changed=time.time())
    waited: list[float] = []
    monkeypatch.setattr("briefing.data.intake.refreshing.time.sleep", waited.append)
    assert outcomes(refresh(workspace)) == {"DGS10.csv": Outcome.LOADED}
    assert len(waited) == 1


def test_what_waits_for_a_refresh_is_known_without_opening_it(workspace: Workspace, folder: Path) -> None:
    put(folder, "DGS10.csv", TEN)
    put(folder, "bad.csv", "observation_date,DGS2\n2025-01-13,many\n")
    assert names(pending(workspace)) == ["DGS10.csv", "bad.csv"]
    refresh(workspace)
    assert names(pending(workspace)) == []
    put(folder, "bad.csv", "observation_date,DGS2\n2025-01-13,some\n", changed=LONG_AGO + 1)
    put(folder, "DGS2.csv", TWO)
    assert names(pending(workspace)) == ["DGS2.csv", "bad.csv"]


@pytest.mark.parametrize("text", ["", "[1]", '{"a": 1}', '{"a": [1, 2]}', "not json"])
def test_a_damaged_memory_only_means_reading_once_more(
    workspace: Workspace, folder: Path, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "cache"))
    put(folder, "DGS10.csv", TEN)
    refresh(workspace)
    (record,) = (tmp_path / "cache" / "seen").glob("*.json")
    record.write_text(text)
    assert pending(workspace) == (folder / "DGS10.csv",)
    assert refresh(workspace) == Refreshed((), 1, ())
    assert pending(workspace) == ()


def test_a_folder_that_cannot_be_reached_is_named_and_the_others_are_read(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    watch(workspace, drive)
    drive.rmdir()
    put(folder, "DGS10.csv", TEN)
    done = refresh(workspace)
    assert [problem.message.en for problem in done.problems] == [
        f"The watched folder {drive} cannot be reached (No such file or directory)."
    ]
    assert outcomes(done) == {"DGS10.csv": Outcome.LOADED}


def test_a_folder_is_watched_until_it_is_not(workspace: Workspace, folder: Path) -> None:
    assert watched(workspace) == (folder.resolve(),)
    watch(workspace, folder, on=False)
    assert watched(workspace) == ()
    put(folder, "DGS10.csv", TEN)
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
    put(folder, "DGS10.csv", TEN)
    put(folder, "DGS2.csv", TWO)
    told: list[tuple[int, int, str]] = []
    refresh(workspace, progress=lambda *step: told.append(step))
    assert told == [(0, 2, "DGS10.csv"), (1, 2, "DGS2.csv")]
