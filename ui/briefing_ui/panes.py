"""The panes of the window in reading order, and which of them has the keyboard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

ORDER = ("movers", "series", "charts", "editor", "preview", "inspector", "checks", "health", "glossary")


class Panes:
    """Panes by name; those in docks are shown when they are wanted."""

    def __init__(self, widgets: Mapping[str, QWidget], docks: Mapping[str, QDockWidget]) -> None:
        self._widgets = dict(widgets)
        self._docks = docks

    def add(self, name: str, widget: QWidget) -> None:
        """Take in a pane that comes later."""
        self._widgets[name] = widget

    def focused(self) -> str:
        """The name of the pane that has the keyboard, empty for none."""
        focused = QApplication.focusWidget()
        for name, pane in self._widgets.items():
            if focused is not None and (pane is focused or pane.isAncestorOf(focused)):
                return name
        return ""

    def show(self, name: str) -> None:
        """Show a pane and give it the keyboard."""
        if name in self._docks:
            self._docks[name].show()
            self._docks[name].raise_()
        if name in self._widgets:
            self._widgets[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int) -> None:
        """Give the next or the previous pane in sight the keyboard."""
        names = [name for name in ORDER if name in self._widgets and self._widgets[name].isVisible()]
        focused = self.focused()
        at = names.index(focused) if focused in names else -1 if by > 0 else 0
        if names:
            self.show(names[(at + by) % len(names)])
