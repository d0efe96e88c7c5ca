from __future__ import annotations

import inspect
from collections import Counter

import pytest
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from briefing_ui.actions import ACTIONS, AREAS, MENUS, NEVER_BOUND
from briefing_ui.composing import Composing

pytestmark = pytest.mark.ui


def test_every_action_has_its_own_id() -> None:
    assert [name for name, count in Counter(row.id for row in ACTIONS).items() if count > 1] == []


@pytest.mark.parametrize("area", AREAS)
def test_no_two_actions_share_a_key_in_one_area(area: str) -> None:
    # A key of the window works in every pane as well, so both count together.
    keys = Counter(
        QKeySequence(row.key).toString() or row.key for row in ACTIONS if row.area in {area, "window"} and row.key
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_nothing_is_bound_to_the_keys_of_chinese_input_methods() -> None:
    taken = {QKeySequence(key).toString() for key in NEVER_BOUND}
    assert [row.id for row in ACTIONS if row.key and QKeySequence(row.key).toString() in taken] == []


def test_single_characters_act_only_in_panes_that_take_no_text() -> None:
    assert [row.id for row in ACTIONS if len(row.key) == 1 and row.area in {"window", "editor"}] == []


def test_every_action_of_a_menu_does_something_and_is_worded_in_both_languages() -> None:
    for row in ACTIONS:
        assert row.label.en, row.id
        assert row.label.zh, row.id
        if row.menu:
            assert row.menu in MENUS
            assert row.call is not None, row.id


def test_keys_without_a_call_belong_to_a_pane() -> None:
    assert [row.id for row in ACTIONS if row.call is None and row.area == "window"] == []


def test_calls_take_the_window_and_nothing_else() -> None:
    assert [row.id for row in ACTIONS if row.call and len(inspect.signature(row.call).parameters) != 1] == []


def test_no_shortcut_fires_while_an_input_method_composes(qapp: QApplication, qtbot: QtBot) -> None:
    room = QWidget()
    line = QLineEdit(room)
    qtbot.addWidget(room)
    Composing(qapp)
    fired: list[bool] = []
    QShortcut(QKeySequence("Ctrl+D"), room, lambda: fired.append(True))
    room.show()
    room.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)

    QApplication.sendEvent(line, QInputMethodEvent("ㄓㄨ", []))
    QTest.keySequence(line, QKeySequence("Ctrl+D"))
    assert fired == []

    committed = QInputMethodEvent("", [])
    committed.setCommitString("殖")
    QApplication.sendEvent(line, committed)
    QTest.keySequence(line, QKeySequence("Ctrl+D"))
    assert fired == [True]
    assert line.text() == "殖"
