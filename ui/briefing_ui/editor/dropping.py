"""Taking a widget out of the window for good."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget


def drop(widget: QWidget) -> None:
    """Hide and delete a widget. The keyboard does not wander from it to whatever Qt finds next."""
    focused = QApplication.focusWidget()
    if focused is not None and (focused is widget or widget.isAncestorOf(focused)):
        focused.clearFocus()
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
