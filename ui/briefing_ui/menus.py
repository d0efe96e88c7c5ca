"""Menu bar and shortcuts out of the table of actions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from briefing_ui.actions import ACTIONS, MENUS, Action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from briefing_ui.window import MainWindow

_RULES_BEFORE = frozenset(
    {
        "file.save",
        "file.export",
        "file.quit",
        "edit.palette",
        "view.next",
        "view.light",
        "note.next",
        "note.stacked",
        "help.report",
        "view.reset",
        "view.inspector",
    }
)
_ALSO = {"edit.redo": ("Ctrl+Y",)}


def qt_actions(window: MainWindow) -> dict[str, QAction]:
    """An action of Qt for each row that calls something, bound to its key everywhere in the window."""
    made: dict[str, QAction] = {}
    for row in ACTIONS:
        if row.call is None:
            continue
        action = QAction(window)
        action.setObjectName(row.id)
        action.setCheckable(bool(row.mark))
        keys = [QKeySequence(key) for key in (row.key, *_ALSO.get(row.id, ())) if key]
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(partial(_run, row, window))
        window.addAction(action)
        made[row.id] = action
    return made


def fill_menu_bar(window: MainWindow, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """The menus, in the order of the table."""
    menus: dict[str, QMenu] = {}
    for name in MENUS:
        menu = window.menuBar().addMenu("")
        menus[name] = menu
        for row in ACTIONS:
            if row.menu == name and row.id in actions:
                if row.id in _RULES_BEFORE:
                    menu.addSeparator()
                menu.addAction(actions[row.id])
    return menus


def retell(window: MainWindow, actions: Mapping[str, QAction], menus: Mapping[str, QMenu]) -> None:
    """Say everything in the language of the interface, and set the ticks."""
    words = window.session.words
    for name, label in MENUS.items():
        menus[name].setTitle(words(label))
    for row in ACTIONS:
        if row.id in actions:
            actions[row.id].setText(words(row.label))
            actions[row.id].setChecked(bool(row.mark) and row.mark in window.marks())


def _run(row: Action, window: MainWindow, checked: bool = False) -> None:
    del checked
    if row.call is not None:
        row.call(window)
    window.set_ticks()
