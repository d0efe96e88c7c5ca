from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from briefing.blocks.figure import Figure
from briefing.blocks.glossary import Glossary
from briefing.blocks.heading import Heading
from briefing.blocks.key_points import KeyPoints, Point
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.blocks.unknown import UnknownBlock
from briefing.charts.spec import ChartSpec, Line
from briefing.note import Block, Note, block_of, without_block
from briefing.problems import Place, error
from briefing.text import Label, Side, Text
from briefing_ui.editor.cell import Cell
from briefing_ui.look import Look
from briefing_ui.notice import Notice
from briefing_ui.panels.editor import EditorPanel
from briefing_ui.session import Session

pytestmark = [pytest.mark.ui, pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)]

TEN = "{UST10Y.last}"
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def panel(session: Session, note: Note, qtbot: QtBot) -> EditorPanel:
    made = EditorPanel(session)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.activateWindow()
    session.show_note(note)
    return made


def cell(panel: EditorPanel, block: str, side: Side = "en", path: str = "text") -> Cell:
    view = panel._blocks.view(block)
    assert view is not None
    found = view.cell(path, side)
    assert found is not None
    return found


def at(panel: EditorPanel, block: str, side: Side = "en", path: str = "text", place: int | None = None) -> Cell:
    """The caret in a cell, at its end unless a place is given."""
    found = cell(panel, block, side, path)
    panel._caret.put(found, place)
    assert found.hasFocus()
    return found


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, held)


def type_words(words: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), words)


def block(session: Session, block_id: str) -> Block:
    assert session.note is not None
    return block_of(session.note, block_id)


def ids(session: Session) -> list[str]:
    assert session.note is not None
    return [one.id for one in session.note.blocks]


# --- typing and history


def test_typing_lands_in_the_note(panel: EditorPanel, session: Session) -> None:
    at(panel, "b", "zh")
    type_words("!")
    assert block(session, "b") == Pair(id="b", text=Text("Stocks fell.", "股市下跌。!"))


def test_typing_redraws_nothing_but_its_own_block(panel: EditorPanel) -> None:
    before = {view.block.id: view.block for view in panel._blocks.views}
    at(panel, "b")
    type_words("x")
    changed = [view.block.id for view in panel._blocks.views if view.block is not before[view.block.id]]
    assert changed == ["b"]


def test_undo_goes_back_by_words_and_redo_forward(panel: EditorPanel, session: Session) -> None:
    found = at(panel, "b")
    type_words(" And bonds")
    press(Qt.Key.Key_Z, CTRL)
    assert found.source == "Stocks fell. And "
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert found.source == "Stocks fell. And bonds"


def test_undo_over_text_and_blocks_restores_the_note(panel: EditorPanel, session: Session, note: Note) -> None:
    at(panel, "a")
    type_words("More")
    press(Qt.Key.Key_1, CTRL)
    press(Qt.Key.Key_Return)
    type_words("new words")
    press(Qt.Key.Key_Up, ALT | SHIFT)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Delete)
    assert session.note != note
    while session.can_undo:
        session.undo()
    assert session.note == note
    assert [view.block for view in panel._blocks.views[1:]] == list(note.blocks)
    assert cell(panel, "a").source == note.blocks[1].text.en


def test_the_caret_stays_on_undo(panel: EditorPanel, session: Session) -> None:
    at(panel, "b", place=7)
    session.edit(lambda note: replace(note, title=Text("Other")))
    type_words("s")
    found = cell(panel, "b")
    scroll = panel._blocks.verticalScrollBar().value()
    found.set_caret(2, 5)
    session.undo()
    session.undo()
    assert found.source == "Stocks fell."
    assert found.selection() == (2, 5)
    assert panel._blocks.verticalScrollBar().value() == scroll


def test_the_title_is_written_like_any_other_text(panel: EditorPanel, session: Session) -> None:
    at(panel, "", "zh", "title")
    type_words("A")
    assert session.note is not None
    assert session.note.title == Text("Morning note", "晨報A")
    session.undo()
    assert cell(panel, "", "zh", "title").source == "晨報"


def test_reopening_shows_the_same(panel: EditorPanel, session: Session, qtbot: QtBot) -> None:
    at(panel, "b")
    type_words(f" At {TEN}")
    session.show_note(session.note)
    assert cell(panel, "b").source == f"Stocks fell. At {TEN}"
    assert cell(panel, "b").toPlainText() == "Stocks fell. At \ufffc"


def test_composing_in_the_note_is_one_step_for_each_commit(panel: EditorPanel, session: Session) -> None:
    found = at(panel, "b", "zh")
    for commit in ("今日", "收盤"):
        QApplication.sendEvent(found, QInputMethodEvent("ㄐ", []))
        assert session.note is not None
        event = QInputMethodEvent("", [])
        event.setCommitString(commit)
        QApplication.sendEvent(found, event)
    assert block(session, "b").text.zh == "股市下跌。今日收盤"
    session.undo()
    assert block(session, "b").text.zh == "股市下跌。今日"
    session.undo()
    assert not session.can_undo


def test_an_undo_from_elsewhere_waits_for_the_composition(panel: EditorPanel, session: Session) -> None:
    found = at(panel, "b", "zh")
    type_words("x")
    QApplication.sendEvent(found, QInputMethodEvent("ㄐ", []))
    session.undo()
    assert found.source == "股市下跌。x"
    QApplication.sendEvent(found, QInputMethodEvent("", []))
    assert found.source == "股市下跌。"


# --- completion


def test_a_brace_completes_to_a_reference(panel: EditorPanel, session: Session, qtbot: QtBot) -> None:
    found = at(panel, "b")
    type_words(" Now {ust")
    qtbot.waitUntil(panel.completion.isVisible)
    row = panel.completion.rows.topLevelItem(0)
    assert [row.text(column) for column in range(4)] == ["UST10Y.last", "10Y: UST10Y.last", "4.25%", "4.25%"]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert block(session, "b").text.en == "Stocks fell. Now {UST10Y.change.1d}"
    assert found.toPlainText().endswith("\ufffc")
    assert not panel.completion.isVisible()


def test_escape_leaves_the_brace_alone(panel: EditorPanel, session: Session, qtbot: QtBot) -> None:
    at(panel, "b")
    type_words("{ust")
    qtbot.waitUntil(panel.completion.isVisible)
    press(Qt.Key.Key_Escape)
    type_words("1")
    QApplication.processEvents()
    assert not panel.completion.isVisible()
    assert block(session, "b").text.en == "Stocks fell.{ust1"


def test_the_list_goes_when_the_caret_leaves_the_brace(panel: EditorPanel, qtbot: QtBot) -> None:
    found = at(panel, "b")
    type_words("{ust")
    qtbot.waitUntil(panel.completion.isVisible)
    found.set_caret(0)
    assert not panel.completion.isVisible()


def test_nothing_found_is_said_and_enter_makes_a_new_pair(panel: EditorPanel, session: Session, qtbot: QtBot) -> None:
    at(panel, "b")
    type_words("{zzz")
    qtbot.waitUntil(panel.completion.isVisible)
    assert "No match" in panel.completion.rows.topLevelItem(0).text(1)
    press(Qt.Key.Key_Return)
    assert len(ids(session)) == 6


def test_the_picker_inserts_where_the_caret_is(panel: EditorPanel, session: Session, qtbot: QtBot) -> None:
    found = at(panel, "b", "zh", place=2)
    press(Qt.Key.Key_M, CTRL)
    qtbot.waitUntil(lambda: panel.completion.rows.topLevelItemCount() > 0)
    assert panel.completion.search.hasFocus()
    type_words("move")
    qtbot.waitUntil(lambda: panel.completion.rows.topLevelItemCount() == 1)
    press(Qt.Key.Key_Tab)
    assert block(session, "b").text.zh == "股市{UST10Y.change.1d|move}下跌。"
    assert found.hasFocus()


def test_values_are_asked_for_when_a_note_is_shown(panel: EditorPanel, session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.value("UST10Y.last") is not None)
    found = cell(panel, "a", "zh")
    assert "4.25%" not in found.toPlainText()
    assert found.story_at(found.chip_box(8).center()).startswith(TEN)


# --- blocks


def test_enter_makes_a_pair_below_and_backspace_takes_it_away(panel: EditorPanel, session: Session) -> None:
    at(panel, "a", "zh")
    press(Qt.Key.Key_Return)
    fresh = ids(session)[2]
    assert block(session, fresh) == Pair(id=fresh)
    assert cell(panel, fresh, "zh").hasFocus()
    press(Qt.Key.Key_Backspace)
    assert ids(session) == ["h", "a", "b", "k", "d"]
    assert cell(panel, "a", "zh").hasFocus()


def test_shift_enter_is_a_line_break(panel: EditorPanel, session: Session) -> None:
    at(panel, "b")
    press(Qt.Key.Key_Return, SHIFT)
    type_words("x")
    assert block(session, "b").text.en == "Stocks fell.\nx"


def test_key_points_grow_and_shrink(panel: EditorPanel, session: Session) -> None:
    at(panel, "k", path="points.0.text")
    press(Qt.Key.Key_Return)
    type_words("Half")
    assert [point.text.en for point in block(session, "k").points] == ["One", "Half", "Two"]
    assert cell(panel, "k", path="points.1.text").hasFocus()
    at(panel, "k", path="points.2.text")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert len(block(session, "k").points) == 3
    assert isinstance(block(session, ids(session)[4]), Pair)


def test_a_new_term_goes_from_term_to_definition(panel: EditorPanel, session: Session) -> None:
    at(panel, "b")
    panel._scribe.insert("glossary")
    type_words("Duration")
    press(Qt.Key.Key_Return)
    type_words("Sensitivity")
    made = block(session, ids(session)[3])
    assert isinstance(made, Glossary)
    assert (made.entries[0].term.en, made.entries[0].definition.en) == ("Duration", "Sensitivity")


@pytest.mark.parametrize(
    ("key", "held", "expected"),
    [
        (Qt.Key.Key_2, CTRL, Heading(id="b", level=2, text=Text("Stocks fell.", "股市下跌。"))),
        (Qt.Key.Key_8, CTRL | SHIFT, Pair(id="b", bullet=1, text=Text("Stocks fell.", "股市下跌。"))),
        (Qt.Key.Key_M, CTRL | SHIFT, Private(id="b", text=Text("Stocks fell.", "股市下跌。"))),
        (Qt.Key.Key_0, CTRL, Pair(id="b", text=Text("Stocks fell.", "股市下跌。"))),
    ],
)
def test_keys_change_what_a_block_is(
    panel: EditorPanel, session: Session, key: Qt.Key, held: Qt.KeyboardModifier, expected: Block
) -> None:
    found = at(panel, "b")
    press(key, held)
    assert block(session, "b") == expected
    assert found.hasFocus()
    assert found.source == "Stocks fell."


def test_a_bullet_moves_in_and_out_and_ends_with_an_empty_one(panel: EditorPanel, session: Session) -> None:
    at(panel, "b")
    press(Qt.Key.Key_8, CTRL | SHIFT)
    press(Qt.Key.Key_Right, ALT | SHIFT)
    assert block(session, "b").bullet == 2
    press(Qt.Key.Key_Return)
    fresh = ids(session)[3]
    assert block(session, fresh).bullet == 2
    press(Qt.Key.Key_Return)
    assert block(session, fresh).bullet == 0
    at(panel, "b", place=0)
    press(Qt.Key.Key_Backspace)
    assert block(session, "b").bullet == 1


def test_blocks_move_and_the_caret_goes_along(panel: EditorPanel, session: Session) -> None:
    found = at(panel, "b")
    press(Qt.Key.Key_Up, ALT | SHIFT)
    assert ids(session) == ["h", "b", "a", "k", "d"]
    press(Qt.Key.Key_Down, ALT | SHIFT)
    assert ids(session) == ["h", "a", "b", "k", "d"]
    assert found.hasFocus()


def test_a_block_is_selected_deleted_and_brought_back(panel: EditorPanel, session: Session, qtbot: QtBot) -> None:
    at(panel, "b")
    press(Qt.Key.Key_Escape)
    assert panel._blocks.view("b").hasFocus()
    with qtbot.waitSignal(session.noticed) as noticed:
        press(Qt.Key.Key_Delete)
    assert "b" not in ids(session)
    notice: Notice = noticed.args[0]
    notice.choices[0].call()
    assert ids(session) == ["h", "a", "b", "k", "d"]


def test_arrows_walk_over_blocks_and_enter_goes_back_into_the_text(panel: EditorPanel) -> None:
    at(panel, "a", "zh")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Down)
    assert panel._blocks.view("b").hasFocus()
    press(Qt.Key.Key_Return)
    assert cell(panel, "b", "zh").hasFocus()


def test_bold_highlight_and_link(panel: EditorPanel, session: Session) -> None:
    found = at(panel, "b")
    found.set_caret(0, 6)
    press(Qt.Key.Key_B, CTRL)
    assert block(session, "b").text.en == "**Stocks** fell."
    press(Qt.Key.Key_B, CTRL)
    press(Qt.Key.Key_H, CTRL | SHIFT)
    assert block(session, "b").text.en == "==Stocks== fell."
    session.undo()
    found.set_caret(0, 6)
    press(Qt.Key.Key_K, CTRL)
    type_words("https://x.y")
    assert block(session, "b").text.en == "[Stocks](https://x.y) fell."


def test_markup_can_be_hidden_without_changing_the_text(panel: EditorPanel, session: Session) -> None:
    found = at(panel, "b")
    type_words(" **x** **y** **z** ==marked==")
    note, width = session.note, found.cursorRect().left()
    press(Qt.Key.Key_Slash, CTRL)
    assert session.note is note
    assert found.cursorRect().left() < width - 20
    press(Qt.Key.Key_Slash, CTRL)
    assert found.cursorRect().left() == width


def test_confirming_goes_on_to_the_next_pair(panel: EditorPanel, session: Session) -> None:
    at(panel, "a", "zh")
    press(Qt.Key.Key_Return, CTRL)
    assert block(session, "a").synced_en == block(session, "a").text.en != ""
    assert cell(panel, "b", "zh").hasFocus()


def test_confirming_half_a_pair_goes_to_the_missing_side(panel: EditorPanel, session: Session) -> None:
    at(panel, "b", "zh").selectAll()
    press(Qt.Key.Key_Delete)
    at(panel, "b", "en")
    press(Qt.Key.Key_Return, CTRL)
    assert block(session, "b").synced_en == ""
    assert cell(panel, "b", "zh").hasFocus()


def test_the_gutter_tells_how_the_sides_agree(panel: EditorPanel, session: Session) -> None:
    at(panel, "b")
    press(Qt.Key.Key_Return, CTRL)
    at(panel, "b", "en")
    type_words(" Hard.")
    view = panel._blocks.view("b")
    assert view._gutter.state == "English changed"
    assert "Ctrl+Enter" in view.accessibleDescription()


def test_up_and_down_stay_on_their_side(panel: EditorPanel) -> None:
    at(panel, "a", "zh")
    press(Qt.Key.Key_Down)
    assert cell(panel, "b", "zh").hasFocus()
    press(Qt.Key.Key_Down)
    assert cell(panel, "k", "zh", "points.0.text").hasFocus()
    press(Qt.Key.Key_Up)
    assert cell(panel, "b", "zh").hasFocus()


def test_tab_follows_reading(panel: EditorPanel) -> None:
    at(panel, "a", "en")
    press(Qt.Key.Key_Tab)
    assert cell(panel, "a", "zh").hasFocus()
    press(Qt.Key.Key_Tab)
    assert cell(panel, "b", "en").hasFocus()
    press(Qt.Key.Key_Backtab, SHIFT)
    assert cell(panel, "a", "zh").hasFocus()


# --- pasting


def test_paragraphs_become_pairs_below(panel: EditorPanel, session: Session) -> None:
    found = at(panel, "b")
    data = QMimeData()
    data.setText("Gold rose.\n\n黃金上漲。\n\nOil fell.")
    found.insertFromMimeData(data)
    texts = [one.text for one in session.note.blocks if isinstance(one, Pair)]
    assert texts[2:] == [Text("Gold rose.", "黃金上漲。"), Text("Oil fell.", "")]


def test_a_web_page_leaves_its_looks_behind(panel: EditorPanel, session: Session) -> None:
    found = at(panel, "b")
    data = QMimeData()
    data.setHtml("<span style='color:red'>Very <b>hard</b></span>")
    found.insertFromMimeData(data)
    assert block(session, "b").text.en == "Stocks fell.Very **hard**"


# --- what the window asks for


def test_a_chart_is_dropped_after_the_current_block_and_then_updated(panel: EditorPanel, session: Session) -> None:
    at(panel, "a")
    panel.drop_figure(ChartSpec(lines=(Line(series="UST10Y"),)))
    made = ids(session)[2]
    panel.drop_figure(ChartSpec(lines=(Line(series="UST10Y"),), range="5Y"))
    assert ids(session)[2:4] == [made, "b"]
    assert block(session, made) == Figure(id=made, chart=ChartSpec(lines=(Line(series="UST10Y"),), range="5Y"))
    assert panel.current_block() == made


def test_a_metric_row_makes_a_table_and_then_fills_it(panel: EditorPanel, session: Session) -> None:
    at(panel, "a")
    panel.drop_metric_row("UST10Y")
    panel.drop_metric_row("VIX")
    made = block(session, ids(session)[2])
    assert isinstance(made, MetricTable)
    assert made.rows == ("UST10Y", "VIX")


def test_a_place_is_gone_to_with_its_span(panel: EditorPanel) -> None:
    panel.go_to(Place(block="b", field="text", side="zh", span=(2, 4)))
    found = cell(panel, "b", "zh")
    assert found.hasFocus()
    assert found.selection() == (2, 4)
    panel.go_to(Place(block="d"))
    assert panel._blocks.view("d").hasFocus()
    panel.go_to(Place(block="", field="title"))
    assert cell(panel, "", path="title").hasFocus() or cell(panel, "", "zh", "title").hasFocus()


def test_a_folded_field_is_unfolded_to_go_there(panel: EditorPanel, session: Session) -> None:
    at(panel, "a")
    panel.drop_figure(ChartSpec(lines=(Line(series="UST10Y"),)))
    figure = ids(session)[2]
    panel.go_to(Place(block=figure, field="alt", side="en"))
    assert cell(panel, figure, path="alt").hasFocus()


def test_moving_to_another_block_is_told(panel: EditorPanel) -> None:
    told: list[str] = []
    panel.caret_moved.connect(told.append)
    at(panel, "a")
    at(panel, "a", "zh")
    at(panel, "b")
    assert told == ["a", "b"]
    assert panel.current_block() == "b"


def test_an_unknown_block_can_be_moved_and_deleted_but_not_written_in(panel: EditorPanel, session: Session) -> None:
    session.edit(lambda note: replace(note, blocks=(*note.blocks, UnknownBlock(id="u", name="flow_map"))))
    panel.go_to(Place(block="u"))
    type_words("x")
    press(Qt.Key.Key_Up, ALT | SHIFT)
    assert ids(session)[-2:] == ["u", "d"]
    assert block(session, "u") == UnknownBlock(id="u", name="flow_map")
    press(Qt.Key.Key_Delete)
    assert "u" not in ids(session)


def test_every_block_type_can_be_inserted(panel: EditorPanel, session: Session) -> None:
    menu = panel._heads.insert.menu()
    at(panel, "a")
    for row in menu.actions():
        row.trigger()
    assert len(ids(session)) == 5 + len(menu.actions())
    assert any(isinstance(one, KeyPoints) and one.points == (Point(),) for one in session.note.blocks)


def test_when_its_block_goes_the_caret_goes_to_what_takes_its_place(panel: EditorPanel, session: Session) -> None:
    at(panel, "a", "zh")
    session.edit(lambda note: without_block(note, "a"))
    assert panel._blocks.view("a") is None
    assert cell(panel, "b", "zh").hasFocus()


def test_when_its_item_is_undone_the_caret_stays_in_the_block(panel: EditorPanel, session: Session) -> None:
    at(panel, "k", path="points.1.text")
    press(Qt.Key.Key_Return)
    session.undo()
    assert panel.current_block() == "k"
    assert cell(panel, "k", path="points.0.text").hasFocus()


def test_without_a_note_nothing_can_be_done(panel: EditorPanel, session: Session) -> None:
    session.show_note(None)
    panel.run("editor.bold")
    panel.drop_metric_row("VIX")
    assert session.note is None
    assert panel._blocks.views == []


# --- look, language, names


def test_every_widget_that_takes_the_keyboard_has_a_name(panel: EditorPanel, session: Session) -> None:
    session.set_language("zh-Hant-TW")
    at(panel, "a")
    panel.drop_figure(ChartSpec(lines=(Line(series="UST10Y"),)))
    nameless = [
        type(widget).__name__
        for widget in panel.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible() and not widget.accessibleName()
    ]
    assert nameless == []


def test_cells_are_named_in_the_language_of_the_interface(panel: EditorPanel, session: Session) -> None:
    assert cell(panel, "b").accessibleName() == "Paragraph: Text, English"
    session.set_language("zh-Hant-TW")
    assert cell(panel, "b").accessibleName() == "段落：內文，英文"
    assert cell(panel, "b").hasFocus() is False
    assert panel._heads.insert.text() == "+插入"


def test_another_theme_keeps_text_and_caret(panel: EditorPanel, session: Session, qapp: QApplication) -> None:
    found = at(panel, "a", place=3)
    before = session.note
    session.set_look(Look("dark"))
    assert session.note is before
    assert found.caret() == 3


def test_cells_have_no_history_and_no_rich_text(panel: EditorPanel) -> None:
    cells = panel.findChildren(QTextEdit)
    assert len(cells) == 2 * 6
    assert not any(one.isUndoRedoEnabled() or one.acceptRichText() for one in cells)


def test_a_problem_marks_its_block_alone(panel: EditorPanel, session: Session) -> None:
    fault = error("n", Place(block="b"), Label("Differs.", "不一致。"), Label("Compare.", "請比對。"))
    session.set_problems((fault,))
    marks = {view.block.id: view._gutter.mark for view in panel._blocks.views}
    assert {name for name, mark in marks.items() if mark} == {"b"}
    assert "Differs. Compare." in panel._blocks.view("b").story_at(QPoint(5, 5))
    session.set_problems(())
    assert panel._blocks.view("b")._gutter.mark == ""


def test_a_table_tells_its_live_values(panel: EditorPanel, session: Session, qtbot: QtBot) -> None:
    at(panel, "a")
    panel.drop_metric_row("UST10Y")
    qtbot.waitUntil(lambda: session.value("UST10Y.change.1d") is not None)
    panel._show_values()
    card = panel._blocks.view(ids(session)[2]).card
    assert card.accessibleName() == "UST10Y 4.25%, −12bp"


def test_what_is_out_of_sight_is_filled_in_time_and_can_be_gone_to_before(
    panel: EditorPanel, session: Session, qtbot: QtBot, qapp: QApplication
) -> None:
    pairs = tuple(Pair(id=f"p{number}", text=Text("Words " * 40, "文字" * 40)) for number in range(60))
    session.show_note(replace(session.note, blocks=pairs))
    assert not panel._blocks.view("p59").filled
    panel.go_to(Place(block="p59", field="text", side="en"))
    found = cell(panel, "p59")
    assert found.hasFocus()
    assert found.mapTo(panel, found.cursorRect().bottomLeft()).y() <= panel.height()
    qtbot.waitUntil(lambda: all(view.filled for view in panel._blocks.views))
    assert found.mapTo(panel, found.cursorRect().bottomLeft()).y() <= panel.height()


def test_the_text_grows_with_its_cell_and_pushes_what_is_below(panel: EditorPanel) -> None:
    before = panel._blocks.view("k").y()
    at(panel, "b")
    type_words(" many words" * 12)
    assert panel._blocks.view("k").y() > before
