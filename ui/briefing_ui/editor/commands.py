"""What the editor can be told to do, with the keys for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from briefing.text import Label


@dataclass(frozen=True, slots=True)
class Command:
    """A command by name, its words, its keys; those of one `group` stand together in a menu."""

    name: str
    label: Label
    keys: tuple[str, ...]
    group: str


COMMANDS: tuple[Command, ...] = (
    Command("undo", Label("Undo", "復原"), ("Ctrl+Z",), "history"),
    Command("redo", Label("Redo", "重做"), ("Ctrl+Shift+Z", "Ctrl+Y"), "history"),
    Command("cut", Label("Cut", "剪下"), ("Ctrl+X",), "clipboard"),
    Command("copy", Label("Copy", "複製"), ("Ctrl+C",), "clipboard"),
    Command("paste", Label("Paste", "貼上"), ("Ctrl+V",), "clipboard"),
    Command("bold", Label("Bold", "粗體"), ("Ctrl+B",), "marks"),
    Command("highlight", Label("Highlight", "螢光標示"), ("Ctrl+Shift+H",), "marks"),
    Command("link", Label("Link", "連結"), ("Ctrl+K",), "marks"),
    Command("marks", Label("Show or hide mark-up", "顯示或隱藏標記"), ("Ctrl+/",), "marks"),
    Command("pick", Label("Insert a number…", "插入數據…"), ("Ctrl+M",), "marks"),
    Command("heading 1", Label("Heading 1", "標題1"), ("Ctrl+1",), "kind"),
    Command("heading 2", Label("Heading 2", "標題2"), ("Ctrl+2",), "kind"),
    Command("heading 3", Label("Heading 3", "標題3"), ("Ctrl+3",), "kind"),
    Command("paragraph", Label("Paragraph", "段落"), ("Ctrl+0",), "kind"),
    Command("bullet", Label("Bullet", "項目符號"), ("Ctrl+Shift+8",), "kind"),
    Command("indent", Label("Indent the bullet", "增加項目層級"), ("Alt+Shift+Right",), "kind"),
    Command("outdent", Label("Outdent the bullet", "減少項目層級"), ("Alt+Shift+Left",), "kind"),
    Command("private", Label("Make private or public", "設為私人或公開"), ("Ctrl+Shift+M",), "kind"),
    Command(
        "confirm", Label("Confirm the pair and go on", "確認對照並前往下一段"), ("Ctrl+Return", "Ctrl+Enter"), "block"
    ),
    Command("up", Label("Move the block up", "上移區塊"), ("Alt+Shift+Up",), "block"),
    Command("down", Label("Move the block down", "下移區塊"), ("Alt+Shift+Down",), "block"),
    Command("select", Label("Select the block", "選取區塊"), ("Esc",), "block"),
    Command("delete", Label("Delete the block", "刪除區塊"), (), "block"),
)

BY_NAME = MappingProxyType({command.name: command for command in COMMANDS})


def command_for(event: QKeyEvent) -> Command | None:
    """The command that a key event asks for, or None. Digits mean the same with and without Shift's signs."""
    pressed = event.keyCombination()
    plain = QKeyCombination(pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier, _digit(pressed.key()))
    return _by_key().get(QKeySequence(plain).toString())


def _digit(key: Qt.Key) -> Qt.Key:
    return Qt.Key.Key_8 if key is Qt.Key.Key_Asterisk else key


@cache
def _by_key() -> dict[str, Command]:
    return {QKeySequence(key).toString(): command for command in COMMANDS for key in command.keys}
