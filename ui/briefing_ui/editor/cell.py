"""One side of one text, to be written in: keys, input methods and the clipboard become edits of the source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QInputMethodEvent, QKeyEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QWidget

from briefing.text import Side, entered
from briefing_ui.dropping import files_in
from briefing_ui.editor.bursts import Bursts
from briefing_ui.editor.chip_edit import ChipEdit
from briefing_ui.editor.commands import command_for
from briefing_ui.editor.marking import Marked
from briefing_ui.editor.pasting import clipboard_source
from briefing_ui.editor.shown import shown
from briefing_ui.session import Session

_BRACE, _FULL_WIDTH_BRACE = "{", "｛"
_LINE = "\u2028"
_TABS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_STEPS = count(1)


class Cell(ChipEdit):
    """A text whose every change is told, and which takes the note's words without losing the caret.

    `edited(str, str)` gives the new source and the key under which edits merge into one step.
    `asked(str)` names an action, or `next` and `back` for Enter and for Backspace at the start,
    `left(int)` says that the caret wants out (-1 up, 1 down), `grown()` that the text needs another
    height, `caret_moved()` that the user moved the caret, `pasted(str)` that several paragraphs came
    from the clipboard, `menu_wanted(QPoint)` where, `tabbed(bool)` that Tab (or Shift+Tab) was pressed,
    `entered()` that the cell got the keyboard.
    """

    edited = Signal(str, str)
    asked = Signal(str)
    left = Signal(int)
    grown = Signal()
    caret_moved = Signal()
    pasted = Signal(str)
    menu_wanted = Signal(object)
    tabbed = Signal(bool)
    entered = Signal()

    def __init__(self, side: Side, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(side, session, parent)
        self._noted = ""
        self._pending: str | None = None
        self._composing = False
        self._height = 0
        self._bursts = Bursts()
        self.textChanged.connect(self._text_changed)
        self.cursorPositionChanged.connect(self._cursor_moved)
        self.document().documentLayout().documentSizeChanged.connect(self._size_changed)

    @property
    def composing(self) -> bool:
        """Whether an input method is at work on characters that are not text yet."""
        return self._composing

    def show_words(self, words: str) -> None:
        """Show what the note says now, by the smallest change; during composition it waits."""
        if self._composing:
            self._pending = words
            return
        self._pending, self._noted = None, words
        before = self.shown
        if before.source != words:
            self._write(before, shown(words))
            self._bursts.end()

    def put(self, made: Marked) -> None:
        """Exchange the text and the selection: one step of the history."""
        before = self.shown
        after = shown(made.source, made.end)
        self._write(before, after)
        self._select(after, made.start, made.end)
        self._report(own_step=True)
        self.caret_moved.emit()

    def set_caret(self, start: int, end: int | None = None) -> None:
        """Put the caret at a place of the source, or select from there to another one."""
        self._select(self.shown, start, start if end is None else end)
        self.caret_moved.emit()

    def _text_changed(self) -> None:
        if not self._writing and not self._composing:
            self._report(own_step=False)
            self._fold(self.caret())
            self._revision = self.document().revision()

    def _report(self, *, own_step: bool) -> None:
        """Tell the new source, unless the note has it already."""
        source = entered(self.source)
        if source == self._noted:
            return
        key = f"step {next(_STEPS)}" if own_step else self._bursts.key(self._noted, source)
        if own_step:
            self._bursts.end()
        self._noted = source
        self.edited.emit(source, key)

    def _cursor_moved(self) -> None:
        """Typing moves the caret too: only a move without a new revision ends a burst."""
        if self._writing or self._composing:
            return
        if self._revision == self.document().revision():
            self._bursts.end()
            if not self.textCursor().hasSelection():
                self._fold(self.caret())
        self._revision = self.document().revision()
        if self.hasFocus():
            self.caret_moved.emit()

    def _size_changed(self) -> None:
        height = ceil(self.document().size().height())
        if height != self._height:
            self._height = height
            self.grown.emit()

    # --- input methods

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        commit, goes_on = event.commitString(), bool(event.preeditString())
        if _FULL_WIDTH_BRACE in commit:
            narrow = commit.replace(_FULL_WIDTH_BRACE, _BRACE)
            event.setCommitString(narrow, event.replacementStart(), event.replacementLength())
        if self._pending is not None and (commit or not goes_on):
            super().inputMethodEvent(QInputMethodEvent())
            self._composing = False
            self.show_words(self._pending)
        self._composing = True
        super().inputMethodEvent(event)
        self._composing = goes_on
        if commit or not goes_on:
            self._report(own_step=True)
        if not goes_on:
            self._fold(self.caret())
            self.caret_moved.emit()
        self._revision = self.document().revision()

    # --- keys

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride and (self._composing or command_for(event) is not None):
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and event.key() in _TABS and not self._composing:
                self.tabbed.emit(event.key() == Qt.Key.Key_Tab)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing:
            event.accept()
            return
        command = command_for(event)
        if command is not None:
            self.asked.emit(command)
        elif not self._own_key(event):
            super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.text() == _FULL_WIDTH_BRACE:
            self.textCursor().insertText(_BRACE, self._plain)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return self._enter(held)
        keys: Mapping[int, Callable[[], bool]] = {
            Qt.Key.Key_Backspace: self._backspace,
            Qt.Key.Key_Delete: lambda: self.take_chip(self.textCursor().position()),
            Qt.Key.Key_Up: lambda: self._leave(QTextCursor.MoveOperation.Up, -1),
            Qt.Key.Key_Down: lambda: self._leave(QTextCursor.MoveOperation.Down, 1),
        }
        return keys[key]() if not held and key in keys else False

    def _enter(self, held: Qt.KeyboardModifier) -> bool:
        if held == Qt.KeyboardModifier.ShiftModifier:
            self.textCursor().insertText(_LINE, self._plain)
        elif not self.open_chip():
            self.asked.emit("next")
        return True

    def _backspace(self) -> bool:
        cursor = self.textCursor()
        if cursor.hasSelection() or cursor.position() == 0:
            if not cursor.hasSelection():
                self.asked.emit("back")
            return not cursor.hasSelection()
        return self.take_chip(cursor.position() - 1)

    def _leave(self, move: QTextCursor.MoveOperation, way: int) -> bool:
        if self.textCursor().movePosition(move):
            return False
        self.left.emit(way)
        return True

    # --- clipboard, focus, wheel

    def createMimeDataFromSelection(self) -> QMimeData:
        start, end = self.selection()
        data = QMimeData()
        data.setText(self.source[start:end])
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not files_in(source) and (source.hasText() or source.hasHtml())

    def insertFromMimeData(self, source: QMimeData) -> None:
        if files := files_in(source):
            self._session.give_files(files)
            return
        words = clipboard_source(source.text(), source.html() if source.hasHtml() else "").strip("\n")
        if "\n\n" in words:
            self.pasted.emit(words)
        elif words:
            (start, end), whole = self.selection(), self.source
            self.put(Marked(whole[:start] + words + whole[end:], start + len(words), start + len(words)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._bursts.end()
        if not self._composing and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._fold(None)

    def leave(self, forward: bool) -> bool:
        """Give the keyboard to what stands after or before the note."""
        return self.focusNextPrevChild(forward)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
