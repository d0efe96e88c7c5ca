"""While an input method composes, keys belong to it: no shortcut fires."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


class Composing(QObject):
    """Watches the widget that has the keyboard, and that one alone."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._watched: QWidget | None = None
        self._active = False
        app.focusChanged.connect(self._focus_changed)

    @property
    def active(self) -> bool:
        """Whether characters are being composed."""
        return self._active

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._active = bool(event.preeditString())
        elif event.type() is QEvent.Type.ShortcutOverride and self._active:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        self._active = False
        if new is not None:
            new.installEventFilter(self)
