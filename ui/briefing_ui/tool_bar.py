"""The tool bar: refresh, the ranges of the charts, the edition of the page, checks, export, search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolBar, QToolButton, QWidget

from briefing.charts.ranges import LABELS
from briefing.charts.spec import RANGES
from briefing.text import Label
from briefing_ui.edition import EDITION_HINTS, EDITION_LABELS

if TYPE_CHECKING:
    from briefing_ui.window import MainWindow

_HEIGHT = 38
_NAME = Label("Tools", "工具列")
_SEARCH = Label("Search  Ctrl+P", "搜尋  Ctrl+P")
_SIGNS = {"file.export": "⇩ ", "note.check": "✓ "}
_RANGE = Label("Show {}", "顯示{}")


class ToolBar(QToolBar):
    """Buttons for actions of the table, and two groups of its own: range and edition."""

    def __init__(self, window: MainWindow, actions: Mapping[str, QAction]) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._problems = 0
        self.setObjectName("tool bar")
        self.setMovable(False)
        self.setIconSize(QSize(16, 16))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFixedHeight(_HEIGHT)
        self._buttons: dict[str, QToolButton] = {}
        self._add("data.refresh")
        self.addSeparator()
        self.ranges = self._group(RANGES, window.set_range)
        self.addSeparator()
        self.editions = self._group(tuple(EDITION_LABELS), window.set_edition)
        self.addSeparator()
        self._add("note.check")
        self._add("file.export")
        spring = QWidget(self)
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spring)
        self.search = QPushButton(self)
        self.search.setFixedHeight(_HEIGHT - 12)
        self.search.clicked.connect(lambda: window.open_palette(""))
        self.addWidget(self.search)

    def retell(self) -> None:
        """Say everything in the language of the interface, and press the buttons of what is chosen."""
        words = self._window.session.words
        self.setWindowTitle(words(_NAME))
        for range_, label in LABELS.items():
            _word(self, self.ranges[range_], words(label), words(_RANGE).format(words(label)))
            self.ranges[range_].setChecked(self._window.chart_range() == range_)
        for edition, label in EDITION_LABELS.items():
            _word(self, self.editions[edition], words(label), words(EDITION_HINTS[edition]))
            self.editions[edition].setChecked(self._window.proof.edition.name == edition)
        for name, button in self._buttons.items():
            self._word_button(name, button)
        self.search.setText(words(_SEARCH))
        self.search.setAccessibleName(words(_SEARCH))

    def count_problems(self, count: int) -> None:
        """Show how many problems there are beside the word for checks."""
        self._problems = count
        self._word_button("note.check", self._buttons["note.check"])

    def _word_button(self, name: str, button: QToolButton) -> None:
        words = self._actions[name].text()
        count = f" {self._problems}" if name == "note.check" and self._problems else ""
        button.setText(f"{_SIGNS.get(name, '')}{words}{count}")
        button.setAccessibleName(f"{words}{count}")
        button.setToolTip(f"{words} {self._actions[name].shortcut().toString()}".strip())

    def _add(self, name: str) -> None:
        button = QToolButton(self)
        button.clicked.connect(self._actions[name].trigger)
        self.addWidget(button)
        self._buttons[name] = button

    def _group(self, names: tuple[str, ...], call: Callable[[Any], None]) -> dict[str, QAction]:
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        made: dict[str, QAction] = {}
        for name in names:
            action = self.addAction(name)
            action.setCheckable(True)
            group.addAction(action)
            made[name] = action
            action.triggered.connect(lambda _checked, name=name: call(name))
        return made


def _word(bar: QToolBar, action: QAction, words: str, hint: str) -> None:
    action.setText(words)
    action.setToolTip(hint)
    button = bar.widgetForAction(action)
    button.setAccessibleName(hint)
