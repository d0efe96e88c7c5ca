"""Files in the data worker: looked at, taken in, refreshed from watched folders, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.data.intake.importing import import_files
from briefing.data.workspace import find_workspace
from briefing.problems import Refused
from briefing.text import Label
from briefing.workers.protocol import Answer

Ask = Callable[..., Answer]
NEW_DAY = "Date,UST10Y\n2026-03-05,4.10\n2026-03-06,4.00\n2026-03-09,3.95\n"


def last_of(ask: Ask, series: str) -> float:
    value: float = ask("values", refs=[f"{series}.last"]).result["values"][f"{series}.last"]["value"]
    return value


@pytest.fixture
def inbox(ask_own: Ask, tmp_path: Path) -> Path:
    place = tmp_path / "inbox"
    place.mkdir()
    assert ask_own("watch", path=str(place)).result["folders"] == [str(place.resolve())]
    return place


def test_a_file_is_looked_at_without_being_taken_in(ask_own: Ask, tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("Date,UST10Y\n03/04/2026,4.10\n04/03/2026,4.00\n", encoding="utf-8")
    open_questions = ask_own("look_at", path=str(file)).result["preview"]
    settled = ask_own("look_at", path=str(file), choices={"dates": "dmy"}).result["preview"]
    assert [problem["check"] for problem in open_questions["tables"][0]["questions"]] == ["import.ambiguous_dates"]
    assert settled["tables"][0]["questions"] == []
    assert last_of(ask_own, "UST10Y") != 4.00


def test_a_refresh_brings_what_is_new_in_a_watched_folder(ask_own: Ask, inbox: Path, reported: list[Label]) -> None:
    (inbox / "day.csv").write_text(NEW_DAY, encoding="utf-8")
    (report,) = ask_own("refresh").result["reports"]
    assert report["outcome"] == "loaded"
    assert last_of(ask_own, "UST10Y") == 3.95
    assert [label.zh for label in reported] == ["讀取day.csv（1／1）"]
    assert ask_own("refresh").result == {"reports": [], "unchanged": 1, "problems": []}


def test_a_watched_folder_that_is_gone_is_told(ask_own: Ask, inbox: Path) -> None:
    inbox.rmdir()
    (problem,) = ask_own("refresh").result["problems"]
    assert problem["check"] == "watch.unreachable"


def test_a_folder_that_is_watched_no_longer_is_left_alone(ask_own: Ask, inbox: Path) -> None:
    (inbox / "day.csv").write_text(NEW_DAY, encoding="utf-8")
    assert ask_own("watch", path=str(inbox), on=False).result["folders"] == []
    assert ask_own("refresh").result["reports"] == []


def test_an_import_is_taken_back_and_shown_again(ask_own: Ask, inbox: Path) -> None:
    before = last_of(ask_own, "UST10Y")
    (inbox / "day.csv").write_text(NEW_DAY, encoding="utf-8")
    (report,) = ask_own("refresh").result["reports"]
    ask_own("hide", load_ids=[report["load_id"]])
    assert last_of(ask_own, "UST10Y") == before
    ask_own("hide", load_ids=[report["load_id"]], hidden=False)
    assert last_of(ask_own, "UST10Y") == 3.95


def test_numbers_of_loads_are_whole_numbers(ask_own: Ask) -> None:
    with pytest.raises(Refused, match="load_ids"):
        ask_own("hide", load_ids=["1"])


def test_a_refresh_tells_in_full_why_a_file_was_refused_and_of_others_only_that_they_came(
    ask_own: Ask, inbox: Path
) -> None:
    (inbox / "a.csv").write_text(NEW_DAY, encoding="utf-8")
    (inbox / "b.csv").write_text(NEW_DAY.replace("3.95", "many"), encoding="utf-8")
    loaded, refused = ask_own("refresh").result["reports"]
    assert loaded == {
        "file": "a.csv",
        "folder": str(inbox),
        "part": "",
        "outcome": "loaded",
        "load_id": loaded["load_id"],
    }
    assert refused["summary"]["en"].startswith("b.csv: refused")
    assert refused["problems"][0]["row"] == 4


def test_what_waits_is_told_without_reading_it(ask_own: Ask, inbox: Path) -> None:
    (inbox / "day.csv").write_text(NEW_DAY, encoding="utf-8")
    told = ask_own("pending").result
    assert told == {"folders": [str(inbox)], "files": [str(inbox / "day.csv")], "elsewhere": False}
    assert last_of(ask_own, "UST10Y") != 3.95


def test_what_another_program_loads_is_noticed_until_the_store_is_read_again(ask_own: Ask, tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(NEW_DAY, encoding="utf-8")
    import_files(find_workspace(tmp_path / "own"), [tmp_path / "day.csv"])
    assert ask_own("pending").result["elsewhere"] is True
    ask_own("refresh")
    assert last_of(ask_own, "UST10Y") == 3.95
    assert ask_own("pending").result["elsewhere"] is False
