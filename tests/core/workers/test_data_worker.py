"""The data worker, asked as the window asks it: the verbs over the sample workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from briefing.problems import Refused
from briefing.sample import SAMPLE_NOTE
from briefing.store.notefile import read_note
from briefing.text import Label
from briefing.workers.client import WorkerClient
from briefing.workers.data_worker import Desk, verbs
from briefing.workers.protocol import Answer

Ask = Callable[..., Answer]


def test_every_verb_is_served() -> None:
    assert set(verbs(Desk())) == {
        *("init", "init_sample", "open", "movers", "series", "revisions", "values", "complete"),
        *("look_at", "import", "refresh", "watch", "pending", "hide", "loads", "health", "dismiss"),
        *("note", "check", "view"),
        *("files", "find_series", "catalogue_entry", "catalogue_try", "catalogue_declare", "catalogue_forget"),
    }


def test_opening_lists_series_with_words_and_tags(unopened: Ask, folder: Path) -> None:
    result = unopened("open", workspace=str(folder)).result
    named = {entry["id"]: entry for entry in result["series"]}
    assert result["as_of"] == result["newest"] == "2026-03-06"
    assert named["UST10Y"]["short"] == {"en": "UST 10Y", "zh": "美債10年"}
    assert set(named["UST10Y"]["tags"]) <= set(result["tags"])


def test_opening_at_an_earlier_date_gives_the_market_of_then(unopened: Ask, folder: Path) -> None:
    assert unopened("open", workspace=str(folder), as_of="2025-06-30").result["as_of"] == "2025-06-30"
    found = unopened("values", refs=["UST10Y.last"]).result["values"]["UST10Y.last"]
    assert found["date"] == "2025-06-30"


def test_series_come_as_days_and_values(ask: Ask) -> None:
    answer = ask("series", ids=["UST10Y", "VIX"])
    first, second = answer.result["series"]
    n, m = first["n"], second["n"]
    assert len(answer.body) == 12 * (n + m)
    days = np.frombuffer(answer.body, "<i4", n)
    values = np.frombuffer(answer.body, "<f8", n, 4 * n)
    assert np.datetime64("1970-01-01") + days[-1] == np.datetime64(first["last"])
    assert 0 < values[-1] < 20
    assert np.frombuffer(answer.body, "<i4", m, 12 * n)[0] > 0


def test_a_value_that_cannot_be_had_comes_with_its_reason(ask: Ask) -> None:
    found = ask("values", refs=["GONE.last", "no reference"]).result["values"]
    assert found["GONE.last"]["text"] == {"en": "—", "zh": "—"}
    assert found["GONE.last"]["problems"][0]["check"] == "market.unknown"
    assert found["no reference"]["problems"][0]["check"] == "reference.syntax"


def test_completion_begins_with_the_series_on_screen(ask: Ask) -> None:
    listed = ask("complete", typed="", ids=["VIX"]).result["candidates"]
    assert listed[0]["ref"] == "VIX.last"
    assert all(entry["value"]["en"] and entry["value"]["zh"] for entry in listed)


def test_completion_tells_windows_of_one_metric_apart(ask: Ask) -> None:
    listed = ask("complete", typed="UST10Y.change", ids=[]).result["candidates"]
    labels = {entry["ref"]: entry["label"]["en"] for entry in listed}
    assert labels["UST10Y.change.1d"] != labels["UST10Y.change.1w"]


def test_completion_finds_a_series_by_its_chinese_name(ask: Ask) -> None:
    listed = ask("complete", typed="黃金", ids=[]).result["candidates"]
    assert {entry["ref"].partition(".")[0] for entry in listed} >= {"GOLD", "GLD"}


def test_completion_after_the_dot_offers_metrics_of_as_many_series(ask: Ask) -> None:
    listed = ask("complete", typed="UST2Y,UST10Y.curve", ids=[]).result["candidates"]
    assert [entry["ref"] for entry in listed][:2] == ["UST2Y,UST10Y.curve_slope", "UST2Y,UST10Y.curve_regime.1d"]


def test_what_nothing_fits_completes_to_nothing(ask: Ask) -> None:
    assert ask("complete", typed="qqqqqq", ids=[]).result["candidates"] == []


def test_a_note_comes_back_in_canonical_form(ask: Ask) -> None:
    loose = b'format=1\n[note]\ndate=2026-03-06\n\n[[block]]\ntype="pair"\nid="a"\nen="Calm."\n'
    answer = ask("note", loose, name="loose.brief")
    assert answer.body != loose
    assert read_note(answer.body, "x")[0] == read_note(loose, "x")[0]


def test_the_view_of_the_sample_note_is_whole(ask: Ask, folder: Path) -> None:
    content = (folder / "notes" / SAMPLE_NOTE).read_bytes()
    result = ask("view", content, edition="both", layout="stacked", attach=True).result
    assert result["request"]["view"]["as_of"] == "2026-03-06"
    names = {entry["name"] for entry in result["request"]["attachments"]}
    assert {"note.brief", "manifest.json", "figure-1.csv"} <= names
    assert [problem for problem in result["problems"] if problem["severity"] == "error"] == []


def test_nothing_private_is_attached(ask: Ask) -> None:
    note = (
        b'format = 1\n\n[note]\ndate = 2026-03-06\n\n[[block]]\nid = "a"\ntype = "private"\nen = "SENTINEL"\n'
        b'\n[[block]]\nid = "d"\ntype = "disclosure"\n'
    )
    result = ask("view", note, attach=True).result
    assert "SENTINEL" not in str(result)


def test_an_unknown_edition_is_refused(ask: Ask) -> None:
    with pytest.raises(Refused, match="no edition"):
        ask("view", b"format = 1\n\n[note]\ndate = 2026-03-06\n", edition="fr")


def test_importing_reports_each_file_and_the_new_values_are_seen(
    unopened: Ask, reported: list[Label], tmp_path: Path
) -> None:
    room = unopened("init", dir=str(tmp_path / "room")).result["workspace"]
    file = tmp_path / "DGS10.csv"
    file.write_text("DATE,DGS10\n2026-03-05,4.10\n2026-03-06,4.00\n", encoding="utf-8")
    assert unopened("open", workspace=room).result["series"] == []
    reports = unopened("import", paths=[str(file)]).result["reports"]
    assert [(report["outcome"], report["series"]) for report in reports] == [("loaded", ["DGS10"])]
    assert reported[-1].en == "Reading DGS10.csv, 1 of 1"
    assert unopened("values", refs=["UST10Y.change.1d"]).result["values"]["UST10Y.change.1d"]["text"]["en"] == "−10bp"


@pytest.mark.parametrize(
    ("verb", "args"), [("open", {}), ("series", {"ids": "VIX"}), ("values", {"refs": [1]}), ("complete", {"ids": []})]
)
def test_a_request_without_its_arguments_is_refused(ask: Ask, verb: str, args: Mapping[str, Any]) -> None:
    with pytest.raises(Refused, match="lacks a proper"):
        ask(verb, **args)


def test_nothing_is_answered_before_a_workspace_is_open(unopened: Ask) -> None:
    with pytest.raises(Refused, match="No workspace is open"):
        unopened("movers")


def test_the_real_process_answers_and_refuses(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path))
    with WorkerClient("briefing.workers.data_worker") as worker:
        assert worker.call("open", {"workspace": str(folder)}).result["as_of"] == "2026-03-06"
        with pytest.raises(Refused, match="No series is called"):
            worker.call("series", {"ids": ["GONE"]})
        assert len(worker.call("movers", {}).result["rows"]) >= 40
