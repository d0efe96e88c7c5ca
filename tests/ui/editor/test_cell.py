from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing_ui.editor.cell import Cell
from briefing_ui.editor.marking import Marked
from briefing_ui.session import Session

pytestmark = [pytest.mark.ui, pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)]

TEN, LATE, WRONG = "{UST10Y.last}", "{CUTS_YE.last}", "{NOWHERE.last}"


@pytest.fixture
def cell(session: Session, qtbot: QtBot) -> Cell:
    made = Cell("en", session)
    qtbot.addWidget(made)
    made.resize(360, 60)
    made.show()
    made.setFocus()
    return made


def _told(cell: Cell) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    cell.edited.connect(lambda words, key: told.append((words, key)))
    return told


def _press(cell: Cell, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(cell, key)


def test_typing_tells_the_source_and_merges_by_word(cell: Cell) -> None:
    told = _told(cell)
    QTest.keyClicks(cell, "ab c")
    assert [words for words, _ in told] == ["a", "ab", "ab ", "ab c"]
    keys = [key for _, key in told]
    assert keys[0] == keys[1] == keys[2] != keys[3]


def test_moving_the_caret_begins_a_new_step(cell: Cell) -> None:
    told = _told(cell)
    QTest.keyClicks(cell, "ab")
    _press(cell, Qt.Key.Key_Left)
    QTest.keyClicks(cell, "c")
    assert told[-1][0] == "acb"
    assert told[-1][1] != told[0][1]


def test_deleting_is_a_step_of_its_own(cell: Cell) -> None:
    told = _told(cell)
    QTest.keyClicks(cell, "ab")
    _press(cell, Qt.Key.Key_Backspace)
    assert told[-1][0] == "a"
    assert told[-1][1] != told[0][1]


def test_a_reference_becomes_a_chip_when_its_brace_closes(cell: Cell) -> None:
    QTest.keyClicks(cell, "At " + TEN)
    assert cell.source == f"At {TEN}"
    assert cell.toPlainText() == "At \ufffc"
    assert cell.textCursor().position() == 4


def test_backspace_selects_a_chip_first_and_then_deletes_it(cell: Cell) -> None:
    cell.show_words(f"At {TEN}")
    cell.set_caret(len(cell.source))
    _press(cell, Qt.Key.Key_Backspace)
    assert cell.source == f"At {TEN}"
    assert cell.selection() == (3, 3 + len(TEN))
    _press(cell, Qt.Key.Key_Backspace)
    assert cell.source == "At "


def test_delete_selects_a_chip_first(cell: Cell) -> None:
    cell.show_words(f"{TEN} x")
    cell.set_caret(0)
    _press(cell, Qt.Key.Key_Delete)
    assert cell.selection() == (0, len(TEN))
    _press(cell, Qt.Key.Key_Delete)
    assert cell.source == " x"


def test_enter_opens_a_selected_chip_and_leaving_closes_it(cell: Cell) -> None:
    cell.show_words(f"At {TEN} now")
    cell.set_caret(3 + len(TEN))
    _press(cell, Qt.Key.Key_Backspace, Qt.Key.Key_Return)
    assert cell.toPlainText() == f"At {TEN} now"
    assert cell.caret() == 3 + len(TEN) - 1
    _press(cell, Qt.Key.Key_Right)
    assert cell.toPlainText() == "At \ufffc now"
    assert cell.textCursor().position() == 4


def test_leaving_an_open_chip_to_the_left_keeps_the_caret_before_it(cell: Cell) -> None:
    cell.show_words(f"At {TEN}")
    cell.set_caret(3 + len(TEN))
    _press(cell, Qt.Key.Key_Backspace, Qt.Key.Key_Return, *[Qt.Key.Key_Left] * (len(TEN) - 1))
    assert cell.toPlainText() == "At \ufffc"
    assert cell.textCursor().position() == 3


def test_editing_inside_an_open_chip_changes_the_reference(cell: Cell) -> None:
    told = _told(cell)
    cell.show_words(TEN)
    cell.set_caret(len(TEN))
    _press(cell, Qt.Key.Key_Backspace, Qt.Key.Key_Return, *[Qt.Key.Key_Backspace] * 4)
    QTest.keyClicks(cell, "change.1d")
    assert told[-1][0] == "{UST10Y.change.1d}"
    assert cell.toPlainText() == "{UST10Y.change.1d}"


def test_a_double_click_opens_a_chip(cell: Cell) -> None:
    cell.show_words(f"At {TEN} now")
    QTest.mouseDClick(cell.viewport(), Qt.MouseButton.LeftButton, pos=cell.chip_box(3).center())
    assert cell.toPlainText() == f"At {TEN} now"


def test_losing_the_focus_closes_an_open_chip(cell: Cell) -> None:
    cell.show_words(TEN)
    cell.set_caret(len(TEN))
    _press(cell, Qt.Key.Key_Backspace, Qt.Key.Key_Return)
    cell.clearFocus()
    assert cell.toPlainText() == "\ufffc"


def test_copy_and_paste_carry_the_source(cell: Cell) -> None:
    cell.show_words(f"At {TEN} **now** 𠮷")
    cell.selectAll()
    cell.copy()
    assert QApplication.clipboard().text() == f"At {TEN} **now** 𠮷"
    cell.show_words("")
    cell.paste()
    assert cell.source == f"At {TEN} **now** 𠮷"
    assert "\ufffc" in cell.toPlainText()


def test_words_after_a_chip_are_plain_words(cell: Cell) -> None:
    cell.show_words(TEN)
    cell.set_caret(len(TEN))
    QTest.keyClicks(cell, "x" + TEN)
    assert cell.source == f"{TEN}x{TEN}"


def test_a_full_width_brace_is_stored_narrow(cell: Cell) -> None:
    QTest.sendKeyEvent(QTest.KeyAction.Click, cell, Qt.Key.Key_unknown, "｛", Qt.KeyboardModifier.NoModifier)
    assert cell.source == "{"


def test_shift_enter_breaks_the_line(cell: Cell) -> None:
    QTest.keyClicks(cell, "a")
    QTest.keyClick(cell, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(cell, "b")
    assert cell.source == "a\nb"


def test_what_the_note_says_is_patched_in_under_the_caret(cell: Cell) -> None:
    cell.show_words("Yields rose today")
    cell.set_caret(7, 11)
    cell.show_words("Bond yields rose today")
    assert cell.selection() == (12, 16)


def test_a_patch_tells_no_edit(cell: Cell) -> None:
    told = _told(cell)
    cell.show_words(f"One {TEN}")
    cell.show_words("Two")
    assert told == []


def test_put_is_one_step(cell: Cell) -> None:
    told = _told(cell)
    cell.show_words("ab")
    cell.put(Marked("a**b**", 3, 4))
    assert [words for words, _ in told] == ["a**b**"]
    assert cell.selection() == (3, 4)


def test_chips_tell_where_a_value_comes_from(cell: Cell, session: Session, qtbot: QtBot) -> None:
    cell.show_words(f"At {LATE} and {WRONG}")
    with qtbot.waitSignal(session.values_changed):
        session.want_values([LATE[1:-1], WRONG[1:-1]])
    cell.refresh_values()
    story = cell.story_at(cell.chip_box(3).center())
    assert LATE in story
    assert "2 sessions late, last 4 Mar 2026" in story
    assert "No series for NOWHERE.last." in cell.story_at(cell.chip_box(8).center())
    assert cell.story_at(QPoint(355, 2)) == ""


def test_the_caret_leaves_at_the_first_and_last_line(cell: Cell) -> None:
    ways: list[int] = []
    cell.left.connect(ways.append)
    cell.show_words("one\ntwo")
    cell.set_caret(0)
    _press(cell, Qt.Key.Key_Down)
    assert ways == []
    _press(cell, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert ways == [1, -1]


def test_commands_are_named_not_done(cell: Cell) -> None:
    asked: list[str] = []
    cell.asked.connect(asked.append)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(cell, Qt.Key.Key_Z, control)
    QTest.keyClick(cell, Qt.Key.Key_B, control)
    _press(cell, Qt.Key.Key_Return, Qt.Key.Key_Backspace)
    assert asked == ["edit.undo", "editor.bold", "next", "back"]
    assert cell.source == ""


def test_the_text_decides_the_height(cell: Cell) -> None:
    cell.show_words("word " * 60)
    assert cell.height_for(200) > cell.height_for(600) > 20


def test_places_count_code_points_beside_astral_characters(cell: Cell) -> None:
    told = _told(cell)
    cell.show_words(f"𠮷😀{TEN}")
    cell.set_caret(2)
    QTest.keyClicks(cell, "x")
    assert told[-1][0] == f"𠮷😀x{TEN}"
    assert cell.caret() == 3
    _press(cell, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert told[-1][0] == f"𠮷{TEN}"
