"""What the data worker says of the health of the data, and of what entered the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from briefing.workers.protocol import Answer

Ask = Callable[..., Answer]
BAD = "Date,UST10Y\n2026-03-06,4.00\n2026-03-09,many\n"


def test_every_series_has_a_row_and_the_states_are_counted(ask: Ask) -> None:
    result = ask("health").result
    rows = {row["series"]: row for row in result["rows"]}
    assert set(rows) >= {"UST10Y", "JGB10Y", "UST2S10S"}
    assert rows["JGB10Y"]["words"] == {"en": "1 session late, last 4 Mar 2026", "zh": "遲1個交易日，最新為2026年3月4日"}
    assert list(result["counts"]) == ["failed", "late", "flagged", "fresh"]
    assert sum(result["counts"].values()) == len(result["rows"])


def test_a_refused_file_fails_its_series_until_it_is_dismissed(ask_own: Ask, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(BAD, encoding="utf-8")
    ask_own("import", paths=[str(file)])
    failed = {row["series"]: row for row in ask_own("health").result["rows"] if row["state"] == "failed"}
    assert failed["UST10Y"]["refused"]["path"] == str(file)
    assert failed["UST10Y"]["problems"][0]["row"] == 3
    ask_own("dismiss", path=str(file))
    assert ask_own("health").result["counts"]["failed"] == 0


def test_of_very_many_revisions_the_newest_are_told_and_all_are_counted(ask_own: Ask, tmp_path: Path) -> None:
    days = [date(2019, 1, 1) + timedelta(days=at) for at in range(2200)]
    rows = [f"{day},{4 + at % 7 / 100:.2f}" for at, day in enumerate(days) if day.weekday() < 5]
    (tmp_path / "own.csv").write_text("Date,UST10Y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (report,) = ask_own("import", paths=[str(tmp_path / "own.csv")]).result["reports"]
    told = ask_own("revisions").result
    assert told["count"] == len(report["revised"]) + report["more_revised"] > 1000
    assert (len(told["rows"]), len(report["revised"])) == (1000, 200)
    assert told["rows"][-1]["date"] == max(row["date"] for row in told["rows"])
    assert ask_own("revisions", series="UST2Y").result == {"rows": [], "count": 0}


def test_loads_are_listed_with_the_hidden_ones(ask_own: Ask) -> None:
    first = ask_own("loads").result["loads"][0]
    assert first["loaded_at"] == "2026-03-06T21:15:00Z"
    assert first["hidden"] is False
    ask_own("hide", load_ids=[first["load_id"]])
    assert [load["hidden"] for load in ask_own("loads").result["loads"]].count(True) == 1


def test_of_very_many_doubts_the_newest_are_told(ask_own: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {row["series"]: row for row in ask_own("health").result["rows"]}
    assert rows["VIX9D"]["more_flags"] == 0
    monkeypatch.setattr("briefing.workers.data_worker._MOST_FLAGS", 2)
    short = {row["series"]: row for row in ask_own("health").result["rows"]}["VIX9D"]
    assert short["flags"] == rows["VIX9D"]["flags"][-2:]
    assert short["more_flags"] == len(rows["VIX9D"]["flags"]) - 2 > 0
