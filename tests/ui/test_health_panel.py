"""The health of the data in the window: rows, filters, keys, menus, revisions, imports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk import HEALTH, MARKET_VERBS, METAS, TableJobs, standing
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from briefing.blocks.heading import Heading
from briefing.blocks.pair import Pair
from briefing.note import Note
from briefing.problems import Place, error
from briefing.text import Label, Text
from briefing_ui.health.desk import HealthDesk
from briefing_ui.health.rows import health_rows
from briefing_ui.health.telling import revision_notice
from briefing_ui.health.words import report
from briefing_ui.panels.health import HealthPanel
from briefing_ui.session import Session

pytestmark = pytest.mark.ui
BAD_LINE = error(
    "import.value",
    Place(file="DGS30.csv", row=17, column="DGS30"),
    Label("“many” is no number.", "「many」不是數字。"),
    Label("Correct the file.", "請修正檔案。"),
)
FAILED = standing(
    METAS[0],
    "failed",
    BAD_LINE.message.as_json(),
    series="",
    name={"en": "DGS30.csv", "zh": "DGS30.csv"},
    last=None,
    expected=None,
    origin=None,
    refused={"path": "/data/fred/DGS30.csv"},
    problems=[BAD_LINE.as_json()],
)
FLAGGED = standing(
    METAS[2],
    "flagged",
    {"en": "flagged as suspect, 5 Mar 2026", "zh": "2026年3月5日標記為存疑"},
    flags=[
        {
            "days": ["2026-03-05"],
            "what": {"en": "a hundred times its neighbours", "zh": "為鄰近值的一百倍"},
            "value": 1942.5,
            "row": 4031,
            "column": "CLOSE",
            "file": "VIX_History.csv",
            "part": "",
        }
    ],
)
ROWS = (FAILED, HEALTH[0], FLAGGED, HEALTH[1])
NOTE = Note(
    date=date(2026, 3, 6),
    blocks=(
        Heading(id="head0001", text=Text("Rates", "利率")),
        Pair(id="pair0001", text=Text("Yields at {UST10Y.last}.", "殖利率{UST10Y.last}。")),
        Pair(id="pair0002", text=Text("The curve: {CURVE.last}.", "")),
    ),
)


@pytest.fixture
def jobs() -> TableJobs:
    return TableJobs({**MARKET_VERBS, "health": lambda *_: ({"rows": list(ROWS)}, b"")})


@pytest.fixture
def session(qapp: QApplication, jobs: TableJobs) -> Session:
    return Session(jobs)


@pytest.fixture
def desk(session: Session) -> HealthDesk:
    return HealthDesk(session)


@pytest.fixture
def panel(session: Session, desk: HealthDesk, tmp_path: Path, qtbot: QtBot) -> Iterator[HealthPanel]:
    made = HealthPanel(session, desk)
    qtbot.addWidget(made)
    session.open_workspace(tmp_path)
    made.resize(375, 300)
    made.show()
    made.activateWindow()
    made.standing.list.setFocus()
    yield made
    for menu in made.findChildren(QMenu):
        menu.close()


def shown(panel: HealthPanel) -> list[str]:
    rows = panel.standing.list
    return [rows.item(at).text() for at in range(rows.count())]


def do(panel: HealthPanel, words: str) -> None:
    """Open the menu of the current row by its key and choose an entry."""
    rows = panel.standing.list
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(rows.viewport(), event)
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible())
    action = next(action for action in menu.actions() if action.text() == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def heard(signal: object) -> list[str]:
    found: list[str] = []
    signal.connect(found.append)  # type: ignore[attr-defined]
    return found


def hidings(desk: HealthDesk) -> list[tuple[list[int], bool]]:
    """What is asked to be hidden or shown; it is done at once."""
    found: list[tuple[list[int], bool]] = []

    def hide(loads: list[int], hidden: bool) -> None:
        found.append((loads, hidden))
        desk.tell_hidden(loads, hidden)

    desk.hide_wanted.connect(hide)
    return found


def test_rows_say_what_is_wrong_in_words_and_the_worst_comes_first(panel: HealthPanel) -> None:
    first, second, third = shown(panel)
    assert first == "● DGS30.csv\n“many” is no number."
    assert second.startswith("▲ 2-year Treasury yield (UST2Y)\n3 sessions late, last 3 Mar 2026")
    assert "next expected 9 Mar 2026 · UST2Y.csv · loaded 6 Mar 2026" in second
    assert third.startswith("† VIX (VIX)\nflagged as suspect, 5 Mar 2026")


def test_a_chip_shows_and_hides_its_rows(panel: HealthPanel) -> None:
    chips = panel.standing.chips
    assert [chip.text() for chip in chips.values()] == ["● 1 failed", "▲ 1 late", "† 1 flagged", "✓ 1 fresh"]
    QTest.mouseClick(chips["fresh"], Qt.MouseButton.LeftButton)
    assert len(shown(panel)) == 4
    for state in ("failed", "late", "flagged"):
        QTest.mouseClick(chips[state], Qt.MouseButton.LeftButton)
    assert shown(panel) == ["✓ 10-year Treasury yield (UST10Y)\nlast 6 Mar 2026 · UST10Y.csv · " + _loaded(panel)]


def _loaded(panel: HealthPanel) -> str:
    """The time of loading depends on the time zone of the machine."""
    return shown(panel)[0].rpartition(" · ")[2]


def test_everything_is_said_in_chinese(panel: HealthPanel, session: Session) -> None:
    session.set_language("zh-Hant-TW")
    assert panel.standing.chips["late"].text() == "▲ 1個延遲"
    assert shown(panel)[1].startswith("▲ 美國2年期公債殖利率（UST2Y）\n遲3個交易日，最新為2026年3月3日")
    assert panel.to_imports.text() == "匯入紀錄"


def test_a_screen_reader_hears_the_state_in_words(panel: HealthPanel) -> None:
    told = panel.standing.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Late: 2-year Treasury yield (UST2Y), 3 sessions late")
    names = [panel.standing.list.accessibleName(), *(chip.accessibleName() for chip in panel.standing.chips.values())]
    assert all(names)


def test_enter_goes_to_the_series_and_shows_the_report_of_a_file_that_has_none(panel: HealthPanel) -> None:
    wanted = heard(panel.series_wanted)
    QTest.keyClick(panel.standing.list, Qt.Key.Key_Return)
    assert panel.standing.card.isVisible()
    assert wanted == []
    QTest.keyClick(panel.standing.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.standing.list, Qt.Key.Key_Return)
    assert wanted == ["UST2Y"]


def test_a_double_click_goes_to_the_series(panel: HealthPanel) -> None:
    wanted = heard(panel.series_wanted)
    rows = panel.standing.list
    place = rows.visualItemRect(rows.item(1)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted == ["UST2Y"]


def test_the_report_names_file_line_column_and_value(panel: HealthPanel) -> None:
    QTest.keyClick(panel.standing.list, Qt.Key.Key_Space)
    assert _report(panel).count("“many” is no number.") == 1
    assert "DGS30.csv, line 17, column DGS30\n“many” is no number.\nCorrect the file." in _report(panel)
    QTest.keyClick(panel.standing.list, Qt.Key.Key_End)
    told = _report(panel)
    assert "VIX_History.csv, line 4,031, column CLOSE, value 1942.5\na hundred times its neighbours" in told
    QTest.keyClick(panel.standing.list, Qt.Key.Key_Escape)
    assert panel.standing.card.isHidden()


def _report(panel: HealthPanel) -> str:
    return panel.standing.card.toPlainText().replace("\u2028", "\n")


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_the_menu_of_a_refused_file_offers_its_folder_and_another_try(panel: HealthPanel, jobs: TableJobs) -> None:
    folders, files = heard(panel.folder_wanted), heard(panel.file_wanted)
    jobs.verbs["dismiss"] = lambda *_: ({}, b"")
    do(panel, "Open the folder of the file")
    do(panel, "Import the file again")
    do(panel, "Speak no more of this file")
    assert (folders, files) == (["/data/fred"], ["/data/fred/DGS30.csv"])
    assert ("dismiss", {"path": "/data/fred/DGS30.csv"}) in jobs.asked


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_the_menu_of_a_series_leads_to_its_properties_and_hides_its_import(
    panel: HealthPanel, desk: HealthDesk, session: Session
) -> None:
    notices: list[str] = []
    session.noticed.connect(lambda notice: notices.append(notice.message.en))
    hidden = hidings(desk)
    wanted = heard(panel.properties_wanted)
    QTest.keyClick(panel.standing.list, Qt.Key.Key_Down)
    do(panel, "Series properties…")
    do(panel, "Hide this import")
    assert wanted == ["UST2Y"]
    assert hidden == [([3], True)]
    assert notices == ["The import of UST2Y.csv is hidden. What was loaded before shows again."]


def test_an_import_is_shown_again_from_the_list_of_imports(panel: HealthPanel, desk: HealthDesk) -> None:
    hidden = hidings(desk)
    QTest.mouseClick(panel.to_imports, Qt.MouseButton.LeftButton)
    rows = panel.imports.list
    assert [rows.item(at).text().partition(" · ")[0] for at in range(2)] == ["UST2Y.csv", "VIX.csv"]
    assert "hidden" in rows.item(1).text()
    QTest.keyClick(rows, Qt.Key.Key_End)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert hidden == [([2], False)]
    QTest.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    assert panel.standing.list.isVisible()


def test_revised_values_stand_in_a_table_with_old_and_new_and_the_blocks_that_use_them(
    panel: HealthPanel, session: Session, jobs: TableJobs
) -> None:
    curve = standing(METAS[0], "fresh", {"en": "", "zh": ""}, series="CURVE", formula="DGS10 - UST2Y")
    jobs.verbs["health"] = lambda *_: ({"rows": [*ROWS, curve]}, b"")
    session.refresh()
    session.show_note(NOTE)
    blocks = heard(panel.block_wanted)
    QTest.mouseClick(panel.to_revisions, Qt.MouseButton.LeftButton)
    table = panel.revisions.table
    cells = [table.item(0, column).text() for column in range(5)]
    assert cells == ["10-year Treasury yield", "4 Mar 2026", "4.10%", "4.12%", "DGS10.csv"]
    used = panel.revisions.blocks
    assert [used.item(at).text() for at in range(used.count())] == [
        "Block 2: Yields at {UST10Y.last}.",
        "Block 3: The curve: {CURVE.last}.",
    ]
    QTest.mouseClick(used.viewport(), Qt.MouseButton.LeftButton, pos=used.visualItemRect(used.item(0)).center())
    assert blocks == ["pair0001"]


def test_a_note_that_pins_a_vintage_uses_no_revised_value(desk: HealthDesk, session: Session, tmp_path: Path) -> None:
    session.open_workspace(tmp_path)
    session.show_note(NOTE)
    assert [block.id for block in desk.blocks_with(frozenset({"UST10Y"}))] == ["pair0001"]
    session.edit(_pinned)
    assert desk.blocks_with(frozenset({"UST10Y"})) == ()


def _pinned(note: Note) -> Note:
    return replace(note, vintage="20260306T211500Z")


def test_all_fresh_is_said_in_one_line(panel: HealthPanel, jobs: TableJobs, session: Session) -> None:
    jobs.verbs["health"] = lambda *_: ({"rows": [HEALTH[1], HEALTH[2]]}, b"")
    session.refresh()
    assert panel.standing.empty.isVisible()
    assert panel.standing.empty.text() == "All 2 series are fresh."


def test_the_cursor_stays_on_its_row_when_the_data_are_read_again(panel: HealthPanel, session: Session) -> None:
    QTest.keyClick(panel.standing.list, Qt.Key.Key_End)
    session.refresh()
    assert panel.standing.current is not None
    assert panel.standing.current.series == "VIX"


def test_the_panel_counts_what_is_not_fresh(panel: HealthPanel, session: Session) -> None:
    counts = heard(panel.counted)
    session.refresh()
    assert counts[-1:] == [3]


def test_revisions_are_told_when_the_data_are_newer_than_before_and_not_at_the_first_reading(
    desk: HealthDesk, session: Session, jobs: TableJobs, tmp_path: Path
) -> None:
    told: list[int] = []
    desk.revised.connect(lambda rows: told.append(len(rows)))
    session.open_workspace(tmp_path)
    session.refresh()
    assert told == []
    before = jobs.verbs["open"]
    jobs.verbs["open"] = lambda args, body: ({**before(args, body)[0], "vintage": "20260307T080000Z-4"}, b"")
    session.refresh()
    assert told == [1]
    assert ("revisions", {"since": "20260306T211500Z-3"}) in jobs.asked


@pytest.mark.parametrize(
    ("places", "hint"), [((), ("", "")), ((2, 3), ("Used in this note, block 2, 3.", "本報告使用於第2、3區塊。"))]
)
def test_the_banner_names_series_and_blocks(
    desk: HealthDesk, session: Session, tmp_path: Path, places: tuple[int, ...], hint: tuple[str, str]
) -> None:
    came: list[Callable[[], None]] = []
    desk.revisions_came.connect(came.append)
    session.open_workspace(tmp_path)
    desk.want_revisions()
    notice = revision_notice(came[0], 1, places, lambda: None)  # type: ignore[arg-type]
    assert notice.message.en == "1 past value was revised: 10-year Treasury yield."
    assert notice.message.zh == "有1個歷史數值被修正：美國10年期公債殖利率。"
    assert (notice.hint.en, notice.hint.zh) == hint


def test_of_very_many_revisions_the_page_says_how_many_it_lists(
    panel: HealthPanel, session: Session, jobs: TableJobs, tmp_path: Path
) -> None:
    before = jobs.verbs["revisions"]
    jobs.verbs["revisions"] = lambda args, body: ({**before(args, body)[0], "count": 240_000}, b"")
    session.open_workspace(tmp_path)
    panel.want_revisions()
    assert panel.revisions.more.text() == "The newest 1 of 240,000 revised values are listed."
    assert panel.revisions.more.isVisibleTo(panel)
    jobs.verbs["revisions"] = before
    panel.want_revisions()
    assert not panel.revisions.more.isVisibleTo(panel)


def test_of_very_many_doubts_the_report_says_how_many_are_left_out() -> None:
    (row,) = health_rows({"rows": [FLAGGED | {"more_flags": 2350}]})
    told = [label.en for part in report(row) for label in part]
    assert "and 2,350 earlier findings" in told
    (row,) = health_rows({"rows": [FLAGGED]})
    assert not any("earlier findings" in label.en for part in report(row) for label in part)
