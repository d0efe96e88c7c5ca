"""F5: files that wait are told and not read; what was read, late and refused is told in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from desk import MARKET_VERBS, TableJobs
from PySide6.QtWidgets import QApplication

from briefing.problems import Place, Problem, Refused, warning
from briefing.text import Label
from briefing.workers.protocol import Progress
from briefing_ui.banners import Banners
from briefing_ui.health.desk import HealthDesk
from briefing_ui.refresh_words import nothing_new, outcome, waiting_count
from briefing_ui.refreshing import REFRESH, Refreshing
from briefing_ui.session import Session

pytestmark = pytest.mark.ui


def report(file: str, outcome: str = "loaded") -> dict[str, Any]:
    return {"file": file, "folder": "/in", "outcome": outcome, "load_id": 1, "problems": []}


GONE = warning(
    "watch.unreachable",
    Place(file="/in"),
    Label("/in cannot be reached.", "無法連上/in。"),
    Label("Connect.", "請連上。"),
)


class SlowJobs(TableJobs):
    """Jobs whose refresh is never answered."""

    def __init__(self, verbs: Any) -> None:
        super().__init__(verbs)
        self.cancelled: list[str] = []

    def ask(self, worker: str, verb: str, args: Mapping[str, Any], on_reply: Any, **options: Any) -> None:
        if verb == "refresh":
            self.asked.append((verb, dict(args)))
        else:
            super().ask(worker, verb, args, on_reply, **options)

    def cancel(self, key: str) -> None:
        self.cancelled.append(key)


class Room:
    """A session whose data worker has watched folders."""

    def __init__(self, kind: type[TableJobs] = TableJobs) -> None:
        self.folders: list[str] = []
        self.files: list[str] = []
        self.elsewhere = False
        self.reports: list[dict[str, Any]] = []
        self.problems: list[Problem] = []
        self.refusal: Refused | None = None
        verbs = {"pending": self.pending, "refresh": self.refresh}
        self.jobs = kind({**MARKET_VERBS, **verbs})
        self.session = Session(self.jobs)
        self.banners = Banners(self.session)
        self.refreshing = Refreshing(self.session, HealthDesk(self.session))
        self.refreshing.withdrawn.connect(self.banners.withdraw)
        self.said: list[str] = []
        self.session.said.connect(lambda label: self.said.append(label.en))

    def pending(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        return {"folders": self.folders, "files": self.files, "elsewhere": self.elsewhere}, b""

    def refresh(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        if self.refusal is not None:
            raise self.refusal
        self.files = []
        problems = [problem.as_json() for problem in self.problems]
        return {"reports": self.reports, "unchanged": 0, "problems": problems}, b""

    def open(self) -> None:
        self.session.open_workspace(Path("/desk"))

    @property
    def told(self) -> list[str]:
        return [banner.words.text() for banner in self.banners.shown()]

    @property
    def asked(self) -> list[str]:
        return [verb for verb, _ in self.jobs.asked]


@pytest.fixture
def room(qapp: QApplication) -> Iterator[Room]:
    made = Room()
    yield made
    made.refreshing.stop()


def test_files_that_wait_are_told_when_a_workspace_opens_and_not_read(room: Room) -> None:
    room.files = ["/in/DGS10.csv", "/in/DGS2.csv", "/in/VIX.csv"]
    counts: list[int] = []
    room.refreshing.waiting_changed.connect(counts.append)
    room.open()
    assert room.told == ["3 files are new or changed: F5 takes them in."]
    assert counts == [3]
    assert "refresh" not in room.asked


def test_one_file_that_waits_is_told_by_name(room: Room) -> None:
    room.files = ["/in/DGS10.csv"]
    room.open()
    assert room.told == ["DGS10.csv is new or changed: F5 takes it in."]


def test_the_banner_goes_when_nothing_waits_any_more(room: Room) -> None:
    room.files = ["/in/DGS10.csv"]
    room.open()
    room.files = []
    room.refreshing.watching.happened.emit()
    assert room.told == []


def test_the_banner_stays_closed_until_other_files_wait(room: Room) -> None:
    room.files = ["/in/DGS10.csv"]
    room.open()
    room.banners.shown()[0].dismiss()
    room.refreshing.look()
    assert room.told == []
    room.files = ["/in/DGS10.csv", "/in/DGS2.csv"]
    room.refreshing.look()
    assert room.told == ["2 files are new or changed: F5 takes them in."]


def test_the_button_of_the_banner_reads_the_files(room: Room) -> None:
    room.files = ["/in/DGS10.csv"]
    room.open()
    room.reports = [report("DGS10.csv")]
    room.banners.shown()[0].buttons[0].click()
    assert "refresh" in room.asked
    assert room.told == ["1 file read · 1 late"]


def test_a_refresh_tells_files_read_and_what_is_late_and_reads_the_store_again(room: Room) -> None:
    room.open()
    room.reports = [report("DGS10.csv"), report("DGS10.csv"), report("VIX.csv")]
    room.jobs.asked.clear()
    room.refreshing.start()
    assert room.told == ["2 files read · 1 late"]
    assert room.asked[:2] == ["refresh", "open"]


def test_refused_files_are_shown_as_cards_when_asked_for(room: Room) -> None:
    room.open()
    room.reports = [report("DGS10.csv"), report("bad.csv", "refused")]
    cards: list[Any] = []
    health: list[bool] = []
    room.refreshing.refused.connect(cards.append)
    room.refreshing.health_wanted.connect(lambda: health.append(True))
    room.refreshing.start()
    (banner,) = room.banners.shown()
    assert [button.text() for button in banner.buttons] == ["Show refused files", "Data health"]
    banner.buttons[0].click()
    assert [[one["file"] for one in shown] for shown in cards] == [["bad.csv"]]
    room.refreshing.start()
    room.banners.shown()[0].buttons[1].click()
    assert health == [True]


def test_data_that_others_loaded_are_told_until_they_are_read(room: Room) -> None:
    room.open()
    room.elsewhere = True
    room.refreshing._looking.timeout.emit()
    assert room.told == ["Others have loaded new data: F5 shows them."]
    room.banners.shown()[0].dismiss()
    room.refreshing.look()
    assert room.told == []
    room.elsewhere = False
    room.refreshing.look()
    room.elsewhere = True
    room.refreshing.look()
    room.elsewhere = False
    room.jobs.asked.clear()
    room.banners.shown()[0].buttons[0].click()
    assert room.asked[:2] == ["refresh", "open"]
    assert room.told == []


def test_nothing_new_is_said_in_the_status_bar_only(room: Room, tmp_path: Path) -> None:
    room.folders = [str(tmp_path)]
    room.open()
    room.refreshing.start()
    assert room.told == []
    assert room.said[-1] == "Nothing is new in the watched folder."


def test_a_folder_out_of_reach_is_told_and_the_rest_is_read(room: Room) -> None:
    room.open()
    room.reports, room.problems = [report("DGS10.csv")], [GONE]
    room.refreshing.start()
    assert room.told == ["/in cannot be reached.\nConnect.", "1 file read · 1 late"]


def test_a_refused_refresh_is_told_and_can_be_tried_again(room: Room) -> None:
    room.open()
    room.refusal = Refused(GONE)
    room.refreshing.start()
    assert room.told == ["/in cannot be reached.\nConnect."]
    room.refusal, room.reports = None, [report("DGS10.csv")]
    room.refreshing.start()
    assert "1 file read · 1 late" in room.told


@pytest.fixture
def slow(qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    """A room whose refresh takes for ever."""
    made = Room(SlowJobs)
    made.folders = [str(tmp_path)]
    made.open()
    yield made
    made.refreshing.stop()


def test_progress_is_told_in_one_banner_that_can_cancel(slow: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing_ui.refreshing._TELL_EVERY", 0)
    slow.refreshing.start()
    (banner,) = slow.banners.shown()
    assert slow.told == ["Looking into the watched folders"]
    slow.jobs.progressed.emit(REFRESH, Progress(0.5, Label("Reading VIX.csv, 2 of 4", "讀取VIX.csv（2／4）")))
    assert slow.told == ["Reading VIX.csv, 2 of 4"]
    assert slow.banners.shown() == [banner]
    assert [button.text() for button in banner.buttons] == ["Cancel"]
    banner.buttons[0].click()
    assert isinstance(slow.jobs, SlowJobs)
    assert slow.jobs.cancelled == [REFRESH]
    assert slow.asked[-1] == "pending"
    assert slow.said[-1] == "The refresh was cancelled; what was read until then is kept."
    assert slow.told == []


def test_a_second_f5_does_not_start_over(slow: Room) -> None:
    slow.refreshing.start()
    slow.refreshing.start()
    assert slow.asked.count("refresh") == 1


def test_changes_are_not_asked_about_while_files_are_read(slow: Room) -> None:
    slow.refreshing.start()
    before = slow.asked.count("pending")
    slow.refreshing.watching.happened.emit()
    assert slow.asked.count("pending") == before


def test_late_progress_of_a_cancelled_refresh_is_not_told(slow: Room) -> None:
    slow.refreshing.start()
    slow.refreshing.cancel()
    slow.jobs.progressed.emit(REFRESH, Progress(0.9, Label("Reading", "讀取")))
    assert slow.told == []


def test_without_a_workspace_f5_does_nothing(room: Room) -> None:
    room.refreshing.start()
    assert room.asked == []


def test_watched_folders_are_followed_and_left_with_the_workspace(room: Room, tmp_path: Path) -> None:
    room.folders = [str(tmp_path)]
    room.open()
    assert room.refreshing.watching.folders == (tmp_path,)
    room.folders = []
    room.session.open_workspace(Path("/other"))
    assert not room.refreshing.watching.folders


def test_words_count_in_both_languages() -> None:
    told = outcome([report("a.csv"), report("b.csv"), report("c.csv", "refused")], {"late": 3, "failed": 1})
    assert (told.en, told.zh) == ("2 files read · 3 late · 1 failed", "讀取2個檔案 · 3個延遲 · 1個失敗")
    assert nothing_new(0).en == "No folder is watched; the store was read again."
    assert nothing_new(2).zh == "2個監看的資料夾沒有新資料。"
    assert (waiting_count(3).en, waiting_count(3).zh) == ("3 new (F5)", "3個新檔（F5）")
