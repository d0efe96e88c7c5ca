from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk import MARKET_VERBS, METAS, TableJobs
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.note import Note
from briefing.problems import NOWHERE, Refused, error
from briefing.text import Label, Text
from briefing.workers.protocol import Broken
from briefing_ui.look import Look
from briefing_ui.market import unpacked
from briefing_ui.notice import Notice
from briefing_ui.session import Session

pytestmark = pytest.mark.ui
NOTE = Note(date=date(2026, 3, 6))


def titled(words: str) -> Callable[[Note], Note]:
    return lambda note: replace(note, title=Text(words))


@pytest.fixture
def jobs(qapp: QApplication) -> TableJobs:
    return TableJobs(MARKET_VERBS)


@pytest.fixture
def session(jobs: TableJobs) -> Session:
    made = Session(jobs)
    made.show_note(NOTE)
    return made


def test_an_edit_tells_the_old_and_the_new_note(session: Session) -> None:
    heard = []
    session.note_changed.connect(lambda old, new: heard.append((old, new)))
    session.edit(titled("Rates"))
    assert heard == [(NOTE, replace(NOTE, title=Text("Rates")))]


def test_an_edit_that_changes_nothing_is_not_told(session: Session) -> None:
    heard = []
    session.note_changed.connect(lambda old, new: heard.append(new))
    session.edit(titled(""))
    assert heard == []
    assert not session.can_undo


def test_undo_and_redo_walk_through_the_notes(session: Session) -> None:
    session.edit(titled("one"))
    session.edit(titled("two"))
    session.undo()
    assert session.note == replace(NOTE, title=Text("one"))
    session.redo()
    assert session.note == replace(NOTE, title=Text("two"))


def test_edits_with_one_merge_key_are_one_step(session: Session) -> None:
    session.edit(titled("a"), merge="title")
    session.edit(titled("ab"), merge="title")
    session.edit(titled("abc"), merge="title")
    session.undo()
    assert session.note == NOTE


def test_opening_another_note_forgets_the_history(session: Session) -> None:
    session.edit(titled("one"))
    session.show_note(NOTE)
    session.undo()
    assert session.note == NOTE


def test_without_a_note_an_edit_does_nothing(jobs: TableJobs) -> None:
    session = Session(jobs)
    session.edit(titled("one"))
    assert session.note is None


def test_a_workspace_brings_its_listing_and_movers(session: Session, tmp_path: Path) -> None:
    session.open_workspace(tmp_path)
    assert session.as_of == date(2026, 3, 6)
    assert [entry.id for entry in session.listing.entries] == ["UST10Y", "UST2Y", "VIX"]
    assert [entry.id for entry in session.listing.late] == ["UST2Y"]
    assert session.catalogue_entry("DGS10") is session.catalogue_entry("UST10Y")
    assert len(session.market.movers) == 3


def test_a_series_is_asked_for_once_and_then_there_by_each_of_its_names(
    session: Session, jobs: TableJobs, tmp_path: Path, qtbot: QtBot
) -> None:
    session.open_workspace(tmp_path)
    arrived = []
    session.series_arrived.connect(arrived.append)
    assert session.series("DGS10") is None
    assert session.series("UST10Y") is None
    qtbot.waitUntil(lambda: session.series("UST10Y") is not None)
    assert arrived == ["DGS10", "UST10Y"]
    assert session.series("DGS10").values.tolist() == [4.0, 4.1, 4.25]
    assert [verb for verb, _ in jobs.asked].count("series") == 1


def test_a_series_ends_at_the_as_of_date_of_the_note(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    session.open_workspace(tmp_path)
    session.series("UST10Y")
    qtbot.waitUntil(lambda: session.series("UST10Y") is not None)
    session.edit(lambda note: replace(note, as_of=date(2026, 3, 4)))
    assert session.series("UST10Y").last_date == date(2026, 3, 4)


def test_a_note_that_is_pinned_gets_series_and_values_of_its_vintage(
    session: Session, jobs: TableJobs, tmp_path: Path, qtbot: QtBot
) -> None:
    session.open_workspace(tmp_path)
    session.series("UST10Y")
    qtbot.waitUntil(lambda: session.series("UST10Y") is not None)
    session.edit(lambda note: replace(note, vintage="20260306T211500Z-9"))
    assert session.series("UST10Y") is None
    session.want_values(["UST10Y.last"])
    qtbot.waitUntil(lambda: session.series("UST10Y") is not None)
    asked = [(verb, args["vintage"]) for verb, args in jobs.asked if verb in {"series", "values"}]
    assert asked == [("series", None), ("values", "20260306T211500Z-9"), ("series", "20260306T211500Z-9")]


def test_an_unknown_series_is_never_asked_for(session: Session, jobs: TableJobs, tmp_path: Path) -> None:
    session.open_workspace(tmp_path)
    assert session.series("NOPE") is None
    assert "series" not in [verb for verb, _ in jobs.asked]


def test_values_come_and_are_told_once(session: Session, jobs: TableJobs, tmp_path: Path) -> None:
    session.open_workspace(tmp_path)
    told = []
    session.values_changed.connect(lambda: told.append(True))
    session.want_values(["UST10Y.last", "UST10Y.last"])
    session.want_values(["UST10Y.last"])
    assert session.value("UST10Y.last")["text"]["en"] == "4.25%"
    assert [args["refs"] for verb, args in jobs.asked if verb == "values"] == [["UST10Y.last"]]
    assert told == [True]


def test_after_new_data_values_stay_readable_until_the_new_ones_come(
    session: Session, jobs: TableJobs, tmp_path: Path
) -> None:
    session.open_workspace(tmp_path)
    session.want_values(["UST10Y.last"])
    session.refresh()
    assert session.value("UST10Y.last") is not None
    session.want_values(["UST10Y.last"])
    assert [verb for verb, _ in jobs.asked].count("values") == 2


def test_a_refused_job_becomes_a_banner(session: Session, jobs: TableJobs, tmp_path: Path) -> None:
    def refuse(args: Mapping[str, object], body: bytes) -> tuple[dict[str, object], bytes]:
        raise Refused(error("x", NOWHERE, Label("No data.", "沒有資料。"), Label("Import.", "請匯入。")))

    jobs.verbs["open"] = refuse
    banners: list[Notice] = []
    session.noticed.connect(banners.append)
    session.open_workspace(tmp_path)
    assert [(one.message.zh, one.tone) for one in banners] == [("沒有資料。", "error")]


def test_look_and_language_are_told_when_they_change(session: Session) -> None:
    told = []
    session.look_changed.connect(lambda: told.append("look"))
    session.language_changed.connect(lambda: told.append("language"))
    session.set_look(Look("dark"))
    session.set_look(Look("dark"))
    session.set_language("zh-Hant-TW")
    assert told == ["look", "language"]
    assert session.words(Label("Series", "序列")) == "序列"


def test_the_selection_keeps_its_other_parts(session: Session) -> None:
    session.select(block="abcd1234")
    session.select(series="VIX")
    assert (session.selection.block, session.selection.series) == ("abcd1234", "VIX")


def test_fewer_observations_than_announced_are_no_series() -> None:
    with pytest.raises(Broken):
        unpacked([{**METAS[0], "n": 3}], b"\0" * 35, date(2026, 3, 6))


@given(words=st.lists(st.text(max_size=4), max_size=12))
def test_undoing_everything_gives_the_first_note_and_redoing_the_last(qapp: QApplication, words: list[str]) -> None:
    session = Session(TableJobs({}))
    session.show_note(NOTE)
    for word in words:
        session.edit(titled(word))
    last = session.note
    for _ in words:
        session.undo()
    assert session.note == NOTE
    for _ in words:
        session.redo()
    assert session.note == last
