"""The menus of the editor, made from the tables of block types and of actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from briefing.blocks.registry import load_block_types
from briefing.text import Label, Lang
from briefing_ui.editor.cell import Cell
from briefing_ui.editor.commands import actions

_NAME = Label("What can be done here", "可用操作")
_CLIPBOARD = (
    ("cut", Label("Cut", "剪下"), "Ctrl+X"),
    ("copy", Label("Copy", "複製"), "Ctrl+C"),
    ("paste", Label("Paste", "貼上"), "Ctrl+V"),
)
_GROUPS = (
    ("editor.bold", "editor.mark", "editor.link", "editor.reference", "editor.markup"),
    ("editor.paragraph", "editor.heading1", "editor.heading2", "editor.heading3", "editor.bullet", "editor.private"),
    ("editor.confirm", "editor.up", "editor.down", "editor.block", "editor.delete"),
)


def insert_menu(lang: Lang, insert: Callable[[str], None], parent: QWidget) -> QMenu:
    """A row for each type of block; `insert` gets its name."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for entry in load_block_types().values():
        row = _row(menu, entry.label.of(lang), "", partial(insert, entry.name))
        row.setToolTip(entry.hint.of(lang))
    return menu


def context_menu(lang: Lang, cell: Cell | None, run: Callable[[str], None], parent: QWidget) -> QMenu:
    """Clipboard, marks, kinds and block: `run` gets the id of an action."""
    menu = QMenu(parent)
    menu.setAccessibleName(_NAME.of(lang))
    menu.aboutToHide.connect(menu.deleteLater)
    if cell is not None:
        for name, label, key in _CLIPBOARD:
            _row(menu, label.of(lang), key, getattr(cell, name))
    for group in _GROUPS:
        menu.addSeparator()
        for name in group:
            action = actions()[name]
            _row(menu, action.label.of(lang), action.key, partial(run, name))
    return menu


def _row(menu: QMenu, words: str, key: str, call: Callable[[], object]) -> QAction:
    """A row that shows its key without binding it: the cell hears the key itself."""
    row = menu.addAction(f"{words}\t{key}" if key else words)
    row.triggered.connect(lambda _checked: call())
    return row
