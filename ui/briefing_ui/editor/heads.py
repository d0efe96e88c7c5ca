"""The line above the blocks: what can be inserted, and which column is which language."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from briefing.text import SIDES, Label
from briefing_ui.editor.block_view import RIGHT
from briefing_ui.editor.field_row import BETWEEN, LANGUAGES
from briefing_ui.editor.gutter import gutter_width
from briefing_ui.look import TARGET, colour, ui_font
from briefing_ui.session import Session

_INSERT = Label("+ Insert", "+插入")
_INSERT_NAME = Label("Insert a block", "插入區塊")
_SCROLL_BAR = 11


class Heads(QWidget):
    """Names the two columns, and holds the button that inserts a block."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setFixedHeight(TARGET + 8)
        self.insert = QToolButton(self)
        self.insert.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def retitle(self, menu: QMenu) -> None:
        """Say everything in the language of the interface."""
        lang = self._session.lang
        old = self.insert.menu()
        self.insert.setMenu(menu)
        if old is not None:
            old.deleteLater()
        self.insert.setText(_INSERT.of(lang))
        self.insert.setToolTip(_INSERT_NAME.of(lang))
        self.insert.setAccessibleName(_INSERT_NAME.of(lang))
        self.insert.adjustSize()
        self.insert.move(4, (self.height() - self.insert.height()) // 2)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, tokens = QPainter(self), self._session.look.tokens
        left = gutter_width(self._session.lang)
        half = (self.width() - _SCROLL_BAR - left - RIGHT - BETWEEN) // 2
        painter.setFont(ui_font(bold=True))
        painter.setPen(colour(tokens.muted))
        for index, side in enumerate(SIDES):
            at = left + index * (half + BETWEEN) + 4
            words = LANGUAGES[side].of(self._session.lang)
            painter.drawText(at, 0, half, self.height(), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(colour(tokens.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
