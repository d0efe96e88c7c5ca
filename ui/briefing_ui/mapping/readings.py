"""Readings side by side, one of them chosen: a button for each, with what speaks for it below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

_INDENT = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read something: its name in the choices, its words, and what it would give."""

    name: str
    words: str
    detail: str


class Readings(QWidget):
    """`chosen(str)` names the reading that the user chose. Nothing is chosen while the question is open."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(self)
        self.title.setProperty("part", "section")
        self.title.setWordWrap(True)
        self.buttons: dict[str, QRadioButton] = {}
        self._shown: tuple[Reading, ...] = ()
        self._details: list[QLabel] = []
        self._one = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.title)

    def show_readings(self, title: str, readings: Sequence[Reading], current: str) -> None:
        """Show readings; the same ones as before keep the keyboard."""
        self.title.setText(title)
        if tuple(readings) != self._shown:
            self._make(readings)
        self._one.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == current)
        self._one.setExclusive(True)
        self.setVisible(bool(readings))

    def focus(self) -> None:
        """Give the keyboard to the reading that is chosen, or else to the first."""
        buttons = list(self.buttons.values())
        chosen = next((button for button in buttons if button.isChecked()), buttons[0] if buttons else None)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, readings: Sequence[Reading]) -> None:
        for old in (*self.buttons.values(), *self._details):
            old.hide()
            old.deleteLater()
        self.buttons, self._details, self._shown = {}, [], tuple(readings)
        for reading in readings:
            button = QRadioButton(reading.words, self)
            button.setAccessibleName(reading.words)
            button.setAccessibleDescription(reading.detail)
            button.clicked.connect(lambda _checked, name=reading.name: self.chosen.emit(name))
            self._one.addButton(button)
            self._column.addWidget(button)
            self.buttons[reading.name] = button
            if reading.detail:
                self._column.addWidget(self._detail(reading.detail))

    def _detail(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setWordWrap(True)
        label.setIndent(_INDENT)
        label.setProperty("part", "muted")
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._details.append(label)
        return label
