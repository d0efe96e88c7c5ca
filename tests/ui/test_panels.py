from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk import MARKET_VERBS, TableJobs, meta, opened
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from briefing.blocks.glossary import Entry, Glossary
from briefing.blocks.heading import Heading
from briefing.note import Note
from briefing.problems import Place, error, info, warning
from briefing.text import Label, Text
from briefing_ui.look import Look
from briefing_ui.panels.checks import ChecksPanel
from briefing_ui.panels.glossary import GlossaryPanel
from briefing_ui.panels.inspector import InspectorPanel
from briefing_ui.panels.movers import NAME_LEAST, WEEK, MoversPanel
from briefing_ui.panels.series import MIME, SeriesPanel
from briefing_ui.session import Session

pytestmark = pytest.mark.ui
NOTE = Note(
    date=date(2026, 3, 6),
    blocks=(
        Heading(id="head0001", text=Text("Rates", "利率")),
        Glossary(id="terms001", entries=(Entry(term=Text("Belly", "中天期"), definition=Text("5y", "5年")),)),
    ),
)


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Session:
    made = Session(TableJobs(MARKET_VERBS))
    made.open_workspace(tmp_path)
    return made


@pytest.fixture
def movers(session: Session, qtbot: QtBot) -> MoversPanel:
    panel = MoversPanel(session)
    qtbot.addWidget(panel)
    panel.resize(330, 540)
    panel.show()
    return panel


def test_movers_stand_in_the_order_of_the_worker_with_sign_and_arrow(movers: MoversPanel) -> None:
    cells = [[movers.model.cell(row, column) for column in (0, 2, 4)] for row in movers.model.rows]
    assert cells == [
        ["10-year Treasury yield", "▼ −10.0bp", "−2.4"],
        ["2-year Treasury yield (3 late)", "▲ +5.0bp", "+1.9"],
        ["VIX", "· 0.0bp", "—"],
    ]


def test_up_and_down_have_the_colours_of_the_look(movers: MoversPanel, session: Session) -> None:
    def colours() -> list[str]:
        rows = range(2)
        role = Qt.ItemDataRole.ForegroundRole
        return [movers.model.data(movers.model.index(row, 2), role).name().upper() for row in rows]

    assert colours() == [session.look.down, session.look.up]
    session.set_look(Look("dark", "red-up"))
    assert colours() == [session.look.down, session.look.up]


@pytest.mark.parametrize("width", [250, 300, 330, 380, 420, 600])
def test_movers_never_scroll_sideways_and_names_keep_their_room(movers: MoversPanel, width: int) -> None:
    movers.resize(width, 540)
    QApplication.processEvents()
    view = movers.view
    widths = [view.columnWidth(column) for column in range(6) if not view.isColumnHidden(column)]
    assert sum(widths) <= view.viewport().width()
    assert view.columnWidth(0) >= NAME_LEAST
    if width < 340:
        assert view.isColumnHidden(WEEK)


def test_enter_charts_a_mover_and_space_pins_it(movers: MoversPanel, qtbot: QtBot) -> None:
    heard: list[tuple[str, str]] = []
    movers.chart_wanted.connect(lambda series: heard.append(("chart", series)))
    movers.pin_wanted.connect(lambda series: heard.append(("pin", series)))
    QTest.keyClick(movers.view, Qt.Key.Key_Down)
    QTest.keyClick(movers.view, Qt.Key.Key_Return)
    QTest.keyClick(movers.view, Qt.Key.Key_Space)
    assert heard == [("chart", "UST2Y"), ("pin", "UST2Y")]


def test_one_press_on_a_mover_charts_it(movers: MoversPanel, qtbot: QtBot) -> None:
    heard: list[str] = []
    movers.chart_wanted.connect(heard.append)
    second = movers.view.visualRect(movers.model.index(1, 0)).center()
    QTest.mouseClick(movers.view.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert heard == ["UST2Y"]


def test_the_selected_mover_is_the_selection_and_survives_new_data(movers: MoversPanel, session: Session) -> None:
    QTest.keyClick(movers.view, Qt.Key.Key_Down)
    assert session.selection.series == "UST2Y"
    session.refresh()
    assert movers.view.current() == "UST2Y"


def test_the_table_is_copied_with_its_head(movers: MoversPanel) -> None:
    QTest.keyClick(movers.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == ["Series", "Last", "1d", "5d", "z", "%ile"]
    assert len(lines) == 4


def test_a_tip_says_since_when_a_move_is_the_largest_and_how_late_a_series_is(movers: MoversPanel) -> None:
    tip = movers.model.data(movers.model.index(1, 0), Qt.ItemDataRole.ToolTipRole)
    assert "largest 1d drop since 14 Dec 2023" in tip
    assert "† 3 sessions late, last 3 Mar 2026" in tip


def test_a_late_row_says_how_late_it_is_and_a_doubted_one_has_a_dagger(movers: MoversPanel, session: Session) -> None:
    rows = list(movers.model.rows)
    rows[0] = {**rows[0], "doubts": [{"series": "UST10Y", "caveat": "suspect", "date": "2026-03-06"}]}
    movers.model.show_rows(tuple(rows))
    movers.resize(900, 540)
    QApplication.processEvents()

    assert movers.model.cell(rows[1], 0).endswith("(3 Mar, 3 late)")
    assert movers.model.cell(rows[0], 1).endswith("†")
    assert not movers.model.cell(rows[2], 1).endswith("†")
    tip = movers.model.data(movers.model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert tip.endswith("† flagged as suspect, 6 Mar 2026")
    heard = movers.model.data(movers.model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert heard.endswith("†, flagged as suspect, 6 Mar 2026")
    session.set_language("zh-Hant-TW")
    assert movers.model.cell(rows[1], 0).endswith("（3月3日，遲3）")


def test_a_late_row_says_only_how_late_where_the_day_has_no_room(movers: MoversPanel, session: Session) -> None:
    movers.resize(900, 540)
    QApplication.processEvents()
    assert movers.model.cell(movers.model.rows[1], 0) == "2-year Treasury yield (3 Mar, 3 late)"
    movers.resize(330, 540)
    QApplication.processEvents()
    assert movers.model.cell(movers.model.rows[1], 0) == "2-year Treasury yield (3 late)"
    session.set_language("zh-Hant-TW")
    assert movers.model.cell(movers.model.rows[1], 0) == "美國2年期公債殖利率（遲3）"


def test_a_suspect_series_has_a_dagger_in_the_tree_and_says_which_days(qtbot: QtBot, tmp_path: Path) -> None:
    entry = meta("VIX", "VIX", "VIX指數", caveats={"suspect": ["2026-03-04", "2026-03-05"]})
    told = opened({"workspace": str(tmp_path)}, b"")[0] | {"series": [entry]}
    session = Session(TableJobs({**MARKET_VERBS, "open": lambda *_: (told, b"")}))
    panel = SeriesPanel(session)
    qtbot.addWidget(panel)
    session.open_workspace(tmp_path)
    panel.reveal("VIX")
    badge = panel.view.currentIndex().siblingAtColumn(1)
    assert badge.data() == "VIX †"
    assert badge.data(Qt.ItemDataRole.ToolTipRole).endswith("flagged as suspect, 5 Mar 2026 and 1 more day")
    assert badge.data(Qt.ItemDataRole.AccessibleTextRole) == "VIX †, flagged as suspect, 5 Mar 2026 and 1 more day"


def test_movers_speak_chinese_at_once(movers: MoversPanel, session: Session) -> None:
    session.set_language("zh-Hant-TW")
    assert movers.model.headerData(2, Qt.Orientation.Horizontal) == "1日"
    assert movers.model.cell(movers.model.rows[0], 0) == "美國10年期公債殖利率"


def test_without_movers_there_is_a_way_to_get_some(qapp: QApplication, qtbot: QtBot) -> None:
    panel = MoversPanel(Session(TableJobs({})))
    qtbot.addWidget(panel)
    panel.show()
    assert panel.empty.isVisible()
    assert not panel.view.isVisible()
    assert "Drop files here" in panel.empty.text()


@pytest.fixture
def tree(session: Session, qtbot: QtBot) -> SeriesPanel:
    panel = SeriesPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def _shown(panel: SeriesPanel) -> list[str]:
    model = panel.view.model()
    found: list[str] = []
    for branch in range(model.rowCount()):
        parent = model.index(branch, 0)
        found += [str(model.index(row, 0, parent).data()) for row in range(model.rowCount(parent))]
    return found


def test_series_stand_under_their_tags(tree: SeriesPanel) -> None:
    model = tree.view.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Rates", "Volatility"]
    assert _shown(tree) == ["10-year Treasury yield", "2-year Treasury yield", "VIX"]


@pytest.mark.parametrize("typed", ["10年", "dgs10", "10-year", "UST10"])
def test_a_series_is_found_in_both_languages_and_by_each_id(tree: SeriesPanel, typed: str) -> None:
    tree.search.setFocus()
    QTest.keyClicks(tree.search, typed) if typed.isascii() else tree.search.setText(typed)
    assert _shown(tree) == ["10-year Treasury yield"]


def test_a_branch_is_found_with_all_its_series(tree: SeriesPanel) -> None:
    tree.search.setText("rates")
    assert _shown(tree) == ["10-year Treasury yield", "2-year Treasury yield"]


def test_enter_in_the_search_charts_the_first_series_that_is_found(tree: SeriesPanel, qtbot: QtBot) -> None:
    tree.search.setText("UST10Y")
    first = _shown(tree)[0]
    with qtbot.waitSignal(tree.chart_wanted) as wanted:
        QTest.keyClick(tree.search, Qt.Key.Key_Return)
    assert wanted.args == [tree.view.current()]
    assert tree.view.currentIndex().data() == first


def test_enter_in_an_empty_search_charts_nothing(tree: SeriesPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tree.chart_wanted):
        QTest.keyClick(tree.search, Qt.Key.Key_Return)


def test_a_search_without_result_says_so(tree: SeriesPanel) -> None:
    tree.search.setText("zzzz")
    assert tree.nothing.isVisible()


def test_a_late_series_has_a_badge(tree: SeriesPanel) -> None:
    model = tree.view.model()
    rates = model.index(0, 0)
    assert model.index(1, 1, rates).data() == "3 Mar, 3 late"


def test_a_series_can_be_dragged_by_its_id(tree: SeriesPanel) -> None:
    rates = tree.model.index(0, 0)
    carried = tree.model.mimeData([tree.model.index(0, 0, rates), tree.model.index(0, 1, rates)])
    assert bytes(carried.data(MIME).data()) == b"UST10Y"


@pytest.fixture
def checks(session: Session, qtbot: QtBot) -> ChecksPanel:
    session.show_note(NOTE)
    panel = ChecksPanel(session)
    qtbot.addWidget(panel)
    panel.resize(375, 290)
    panel.show()
    session.set_problems(
        (
            error("a", Place(block="head0001", side="zh"), Label("Bad.", "不好。"), Label("Mend it.", "請修正。")),
            warning("b", Place(block="terms001"), Label("Odd.", "奇怪。"), Label("Look.", "請看。")),
            info("c", Place(), Label("By the way.", "順帶一提。"), Label("-", "-")),
        )
    )
    return panel


def test_problems_are_listed_with_sign_place_and_hint(checks: ChecksPanel) -> None:
    assert checks.list.item(0).text() == "● Bad.\nblock 1, Chinese · Mend it."
    assert checks.list.item(1).text().startswith("▲ Odd.")
    assert checks.list.item(2).text().startswith("○ By the way.")


def test_enter_goes_to_the_place_of_a_problem(checks: ChecksPanel) -> None:
    places: list[Place] = []
    checks.place_wanted.connect(places.append)
    checks.list.setCurrentRow(1)
    QTest.keyClick(checks.list, Qt.Key.Key_Return)
    assert places == [Place(block="terms001")]


def test_stepping_goes_round(checks: ChecksPanel) -> None:
    visited = []
    for _ in range(4):
        checks.step(1)
        visited.append(checks.current)
    checks.step(-1)
    assert [*visited, checks.current] == [0, 1, 2, 0, 2]


def test_problems_vanish_with_their_cause(checks: ChecksPanel, session: Session) -> None:
    session.set_problems(())
    assert checks.list.count() == 0
    assert checks.fine.isVisible()
    assert "Nothing to fix" in checks.fine.text()


def test_problems_are_told_in_chinese_at_once(checks: ChecksPanel, session: Session) -> None:
    session.set_language("zh-Hant-TW")
    assert checks.list.item(0).text() == "● 不好。\n第1區塊、中文 · 請修正。"


def test_the_inspector_edits_the_selected_block_in_one_step(session: Session, qtbot: QtBot) -> None:
    session.show_note(NOTE)
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    session.select(block="head0001")
    assert panel.form is not None
    english = panel.form.findChildren(QLineEdit)[0]
    QTest.keyClicks(english, " and FX")
    assert session.note is not None
    assert session.note.blocks[0] == Heading(id="head0001", text=Text("Rates and FX", "利率"))
    session.undo()
    assert session.note == NOTE
    assert english.text() == "Rates"


def test_the_inspector_lets_go_of_a_block_that_was_deleted(session: Session, qtbot: QtBot) -> None:
    from briefing.note import without_block

    session.show_note(NOTE)
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    session.select(block="head0001")
    session.edit(lambda note: without_block(note, "head0001"))
    assert panel.form is None


def test_the_inspector_tells_the_facts_of_a_series(session: Session, qtbot: QtBot) -> None:
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    session.select(series="UST10Y")
    assert "UST10Y · DGS10" in panel.words.text()
    assert "6 Mar 2026" in panel.words.text()


def test_the_glossary_lists_the_terms_of_the_note(session: Session, qtbot: QtBot) -> None:
    panel = GlossaryPanel(session)
    qtbot.addWidget(panel)
    assert panel.list.topLevelItemCount() == 0
    session.show_note(NOTE)
    item = panel.list.topLevelItem(0)
    assert item is not None
    assert (item.text(0), item.text(1), item.toolTip(1)) == ("Belly", "中天期", "5年")
    wanted: list[str] = []
    panel.block_wanted.connect(wanted.append)
    panel.list.itemActivated.emit(item, 0)
    assert wanted == ["terms001"]
