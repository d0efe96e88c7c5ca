"""Filters in a row: each a button with a name and a count, one of them pressed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

ALL = ""


class Chips(QWidget):
    """`chosen(str)` names the group to show, `ALL` for every one. Groups that are empty cannot be pressed."""

    chosen = Signal(str)

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {name: QToolButton(self) for name in (ALL, *names)}
        self._one = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for name, button in self.buttons.items():
            button.setCheckable(True)
            button.setProperty("part", "chip")
            self._one.addButton(button)
            button.clicked.connect(lambda _checked, name=name: self.chosen.emit(name))
            row.addWidget(button)
        row.addStretch(1)
        self.buttons[ALL].setChecked(True)

    @property
    def current(self) -> str:
        """The group that is shown."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def tell(self, words: Mapping[str, str], counts: Mapping[str, int]) -> None:
        """Name the chips and say how many there are of each; a chip that is pressed and now empty gives way to all."""
        for name, button in self.buttons.items():
            count = sum(counts.values()) if name == ALL else counts.get(name, 0)
            button.setText(f"{words[name]} {count:,}")
            button.setAccessibleName(button.text())
            button.setEnabled(name == ALL or count > 0)
        if not self.buttons[self.current].isEnabled():
            self.buttons[ALL].click()
