"""A list under a button that opens and closes it; its lines are made when it is opened first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from briefing.text import Label, Lang

_COUNTED = Label("{title} ({n})", "{title}（{n}）")
_MOST_LINES = 12


class Folding(QWidget):
    """Lines that a reader may want: closed, they are one button with their title and how many there are."""

    def __init__(self, title: Label, lines: Sequence[str], lang: Lang, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = tuple(lines)
        self.button = QToolButton(self)
        self.button.setText(_COUNTED.of(lang).format(title=title.of(lang), n=f"{len(self.lines):,}"))
        self.button.setAccessibleName(self.button.text())
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.toggled.connect(self._toggle)
        self._title = title.of(lang)
        self._text: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.button)

    def _toggle(self, opened: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        if self._text is None:
            self._text = self._few() if len(self.lines) <= _MOST_LINES else self._many()
            self._column.addWidget(self._text)
        self._text.setVisible(opened)

    def _few(self) -> QWidget:
        label = QLabel("\n".join(self.lines), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setIndent(16)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        label.setAccessibleName(self._title)
        return label

    def _many(self) -> QWidget:
        """A field that scrolls by itself, so that thousands of lines are no taller than a dozen."""
        field = QPlainTextEdit("\n".join(self.lines), self)
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setAccessibleName(self._title)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * (_MOST_LINES + 1))
        return field
