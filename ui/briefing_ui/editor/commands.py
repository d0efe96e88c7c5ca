"""Which action of the editor a key event asks for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from briefing_ui.actions import ACTIONS, Action

TEXT_COMMANDS = (
    *("edit.undo", "edit.redo", "editor.bold", "editor.mark", "editor.link", "editor.markup", "editor.reference"),
    *("editor.heading1", "editor.heading2", "editor.heading3", "editor.paragraph", "editor.bullet"),
    *(
        "editor.indent",
        "editor.outdent",
        "editor.private",
        "editor.up",
        "editor.down",
        "editor.confirm",
        "editor.block",
    ),
)
"""What the keys of a cell mean, by the ids of actions."""

_SHIFTED = {Qt.Key.Key_Asterisk: Qt.Key.Key_8, Qt.Key.Key_Enter: Qt.Key.Key_Return}
"""Keys that mean the same as another one: Shift+8 on most keyboards, Enter of the number pad."""


@cache
def actions() -> dict[str, Action]:
    """The actions that the editor does itself, by id."""
    return {action.id: action for action in ACTIONS if action.id in TEXT_COMMANDS or action.area == "editor"}


def command_for(event: QKeyEvent) -> str | None:
    """The id of the action that a key event in a cell asks for, or None."""
    pressed = event.keyCombination()
    key = _SHIFTED.get(pressed.key(), pressed.key())
    held = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _by_key().get(QKeySequence(QKeyCombination(held, key)).toString())


@cache
def _by_key() -> dict[str, str]:
    return {QKeySequence(actions()[name].key).toString(): name for name in TEXT_COMMANDS}
