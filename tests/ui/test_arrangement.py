from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QSplitter, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from briefing_ui.arrangement import VERSION, Arrangement, arrange, restore_state, sizes_for, state_path, store_state
from briefing_ui.docks import PLACES, build_docks, name_docks

pytestmark = pytest.mark.ui


class Room:
    def __init__(self) -> None:
        self.window = QMainWindow()
        self.docks = build_docks(self.window, {place.name: QWidget() for place in PLACES})
        self.home = self.window.saveState(VERSION)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(QWidget())
        self.splitter.addWidget(QWidget())
        self.window.setCentralWidget(self.splitter)
        self.window.resize(1440, 900)

    def shown(self) -> set[str]:
        return {name for name, dock in self.docks.items() if not dock.isHidden()}


@pytest.fixture
def room(qapp: QApplication, qtbot: QtBot) -> Room:
    made = Room()
    qtbot.addWidget(made.window)
    made.window.show()
    return made


@pytest.mark.parametrize(("kind", "left"), [("scan", True), ("compose", True), ("translate", False), ("proof", False)])
def test_each_arrangement_shows_its_panes(room: Room, kind: Arrangement, left: bool) -> None:
    arrange(room.window, room.docks, room.splitter, kind, room.home)
    assert ({"movers", "series"} <= room.shown()) is left
    assert "preview" in room.shown()


def test_composing_has_the_widths_of_the_drawing(room: Room) -> None:
    arrange(room.window, room.docks, room.splitter, "compose", room.home)
    QApplication.processEvents()
    assert room.docks["movers"].width() == pytest.approx(330, abs=6)
    assert room.docks["preview"].width() == pytest.approx(375, abs=6)


@pytest.mark.parametrize(
    ("width", "left", "right"), [(1366, 300, 340), (1440, 330, 375), (1920, 360, 540), (2560, 380, 860)]
)
def test_wider_screens_give_wider_panes(width: int, left: int, right: int) -> None:
    sizes = sizes_for(width, 900, "compose")
    assert (sizes.left, sizes.right) == (left, right)


def test_what_the_user_made_of_it_comes_back(room: Room) -> None:
    room.docks["glossary"].hide()
    room.splitter.setSizes([200, 600])
    store_state(room.window, room.splitter)
    kept = room.splitter.sizes()
    arrange(room.window, room.docks, room.splitter, "compose", room.home)
    assert restore_state(room.window, room.splitter) is True
    assert "glossary" not in room.shown()
    share, whole = room.splitter.sizes()[0], sum(room.splitter.sizes())
    assert share / whole == pytest.approx(kept[0] / sum(kept), abs=0.01)


def tabs(room: Room) -> int:
    QApplication.processEvents()
    return len([bar for bar in room.window.findChildren(QTabBar) if bar.isVisible()])


def test_going_from_one_arrangement_to_another_leaves_no_stray_tabs(room: Room) -> None:
    for kind in ("compose", "translate", "proof", "scan", "compose", "compose"):
        arrange(room.window, room.docks, room.splitter, cast("Arrangement", kind), room.home)
        assert tabs(room) == 1


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_docks_that_were_moved_come_home_and_leave_no_stray_tabs(room: Room) -> None:
    room.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, room.docks["checks"])
    room.docks["preview"].setFloating(True)
    arrange(room.window, room.docks, room.splitter, "compose", room.home)
    assert room.window.dockWidgetArea(room.docks["checks"]) is Qt.DockWidgetArea.RightDockWidgetArea
    assert not room.docks["preview"].isFloating()
    assert tabs(room) == 1


def test_a_restored_layout_leaves_no_stray_tabs(room: Room) -> None:
    store_state(room.window, room.splitter)
    restore_state(room.window, room.splitter)
    assert tabs(room) == 1


def test_without_a_kept_state_nothing_is_restored(room: Room) -> None:
    assert restore_state(room.window, room.splitter) is None


@pytest.mark.parametrize("damage", ["", "{", '{"docks": "AAAA", "splitter": "", "geometry": ""}', '{"docks": 3}'])
def test_a_damaged_state_changes_nothing(room: Room, damage: str) -> None:
    before = room.shown()
    state_path().write_text(damage, encoding="utf-8")
    assert restore_state(room.window, room.splitter) is False
    assert room.shown() == before


def test_docks_are_named_in_both_languages_with_their_counts(room: Room) -> None:
    name_docks(room.docks, "en", {"checks": 3})
    assert room.docks["checks"].windowTitle() == "Checks 3"
    name_docks(room.docks, "zh-Hant-TW", {})
    assert room.docks["checks"].windowTitle() == "檢查"


def test_every_dock_has_a_fixed_name(room: Room) -> None:
    names = [dock.objectName() for dock in room.window.findChildren(QDockWidget)]
    assert len(set(names)) == len(PLACES)
    assert all(names)
    assert isinstance(state_path(), Path)
