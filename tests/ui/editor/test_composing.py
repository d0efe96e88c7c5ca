from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing_ui.editor.cell import Cell
from briefing_ui.session import Session

pytestmark = [pytest.mark.ui, pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)]

TEN = "{UST10Y.last}"


@pytest.fixture
def cell(session: Session, qtbot: QtBot) -> Cell:
    made = Cell("zh", session)
    qtbot.addWidget(made)
    made.resize(360, 60)
    made.show()
    made.setFocus()
    return made


def _told(cell: Cell) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    cell.edited.connect(lambda words, key: told.append((words, key)))
    return told


def _compose(cell: Cell, *preedits: str, commit: str = "") -> None:
    """What an input method sends: the characters in the making, then those that became text."""
    for preedit in preedits:
        QApplication.sendEvent(cell, QInputMethodEvent(preedit, []))
    if commit:
        event = QInputMethodEvent("", [])
        event.setCommitString(commit)
        QApplication.sendEvent(cell, event)


def test_composing_tells_nothing_until_it_is_committed(cell: Cell) -> None:
    told = _told(cell)
    _compose(cell, "ㄓ", "ㄓˊ", "殖")
    assert told == []
    assert cell.composing
    assert cell.source == ""
    _compose(cell, commit="殖利率")
    assert [words for words, _ in told] == ["殖利率"]
    assert not cell.composing


def test_every_commit_is_a_step_of_its_own(cell: Cell) -> None:
    told = _told(cell)
    _compose(cell, "ㄓ", commit="殖利率")
    _compose(cell, "ㄕ", commit="上升")
    assert [words for words, _ in told] == ["殖利率", "殖利率上升"]
    assert told[0][1] != told[1][1]


def test_a_composition_that_is_given_up_changes_nothing(cell: Cell) -> None:
    told = _told(cell)
    cell.show_words("殖利率")
    _compose(cell, "ㄕ", "")
    assert told == []
    assert cell.source == "殖利率"
    assert not cell.composing


def test_composing_over_a_selection_is_one_step(cell: Cell) -> None:
    told = _told(cell)
    cell.show_words("殖利率下跌")
    cell.set_caret(3, 5)
    _compose(cell, "ㄕ", "ㄕㄤ", commit="上升")
    assert [words for words, _ in told] == ["殖利率上升"]


@pytest.mark.parametrize("place", [3, 3 + len(TEN)])
def test_chips_survive_composing_beside_them(cell: Cell, place: int) -> None:
    source = f"殖利率{TEN}。"
    cell.show_words(source)
    cell.set_caret(place)
    _compose(cell, "ㄨ", "ㄨㄟˊ", commit="為")
    assert cell.source == source[:place] + "為" + source[place:]
    assert cell.toPlainText().count("\ufffc") == 1


def test_composing_inside_bold_and_highlight_keeps_the_marks(cell: Cell) -> None:
    cell.show_words("==**殖率**==")
    cell.set_caret(5)
    _compose(cell, "ㄌ", commit="利")
    assert cell.source == "==**殖利率**=="


def test_the_note_waits_while_one_composes(cell: Cell) -> None:
    told = _told(cell)
    cell.show_words("殖利率上升")
    cell.set_caret(5)
    _compose(cell, "ㄐ")
    cell.show_words("今日殖利率上升")
    assert cell.source == "殖利率上升"
    _compose(cell, commit="近1%")
    assert cell.source == "今日殖利率上升近1%"
    assert [words for words, _ in told] == ["今日殖利率上升近1%"]


def test_the_note_is_shown_when_composing_is_given_up(cell: Cell) -> None:
    cell.show_words("殖利率")
    _compose(cell, "ㄐ")
    cell.show_words("股市")
    _compose(cell, "")
    assert cell.source == "股市"


def test_no_shortcut_fires_and_no_key_arrives_while_composing(cell: Cell, qtbot: QtBot) -> None:
    fired: list[str] = []
    for keys in ("Ctrl+S", "Ctrl+B", "F8"):
        QShortcut(keys, cell, lambda keys=keys: fired.append(keys))
    asked: list[str] = []
    cell.asked.connect(asked.append)
    _compose(cell, "ㄓ")
    QTest.keyClick(cell, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(cell, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(cell, Qt.Key.Key_F8)
    QTest.keyClick(cell, Qt.Key.Key_Return)
    assert (fired, asked, cell.source) == ([], [], "")
    _compose(cell, commit="殖")
    QTest.keyClick(cell, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert fired == ["Ctrl+S"]


def test_a_shortcut_of_the_editor_is_the_editors_own(cell: Cell) -> None:
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    override.ignore()
    QApplication.sendEvent(cell, override)
    assert override.isAccepted()


def test_a_full_width_brace_that_is_committed_is_stored_narrow(cell: Cell) -> None:
    _compose(cell, "｛", commit="｛")
    assert cell.source == "{"
