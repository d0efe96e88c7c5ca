"""A list of rows of a few lines each, for panes that are too narrow for a table."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget


class RowList(QListWidget):
    """Words wrap, nothing is cut.

    `chosen(int)` is Enter or a double click on a row, `looked_at(int)` Space, `menu_wanted(int, QPoint)` the key
    for menus or the right button.
    """

    chosen = Signal(int)
    looked_at = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "pane")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSpacing(2)
        self.itemDoubleClicked.connect(lambda item: self.chosen.emit(self.row(item)))

    def add(self, words: str, heard: str, colour: str, tip: str = "") -> None:
        """Add a row: what it shows, what a screen reader says, its colour."""
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, heard)
        item.setForeground(QColor(colour))
        item.setToolTip(tip)
        self.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.currentRow() >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(self.currentRow())
        elif self.currentRow() >= 0 and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.looked_at.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            item = self.itemAt(event.pos())
            if item is None:
                return
            self.setCurrentItem(item)
        if self.currentRow() >= 0:
            by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
            here = self.visualItemRect(self.currentItem()).bottomLeft() + QPoint(8, 0)
            place = event.globalPos() if by_mouse else self.viewport().mapToGlobal(here)
            self.menu_wanted.emit(self.currentRow(), place)
