"""What entered the store, the newest first; each import can be taken out of sight and shown again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.health.desk import HIDE, SHOW, HealthDesk
from briefing_ui.health.row_list import RowList
from briefing_ui.health.rows import Loaded
from briefing_ui.health.words import imported
from briefing_ui.session import Session

_NAME = Label(
    "Imports, the newest first. Enter hides one or shows it again.", "匯入紀錄，最新者在前。按Enter可隱藏或恢復。"
)
_NONE = Label("Nothing was imported yet.", "尚未匯入任何檔案。")


class ImportsPage(QWidget):
    """The imports as they came last."""

    def __init__(self, session: Session, desk: HealthDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = desk
        self._rows: tuple[Loaded, ...] = ()
        self.list = RowList(self)
        self.none = QLabel(self)
        self.none.setMargin(12)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none.setProperty("part", "muted")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.none)
        self._stack.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._toggle)
        self.list.menu_wanted.connect(self._offer)
        session.language_changed.connect(self.retell)
        session.look_changed.connect(self.retell)
        self.retell()

    def show_loads(self, rows: tuple[Loaded, ...]) -> None:
        """Show these imports; the cursor stays in its row."""
        at = max(self.list.currentRow(), 0)
        self._rows = rows
        self.retell()
        self.list.setCurrentRow(min(at, len(rows) - 1))

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words, tokens = self._session.words, self._session.look.tokens
        at = self.list.currentRow()
        self.list.setAccessibleName(words(_NAME))
        self.none.setText(words(_NONE))
        self.none.setAccessibleName(words(_NONE))
        self.list.clear()
        for row in self._rows:
            first, second = (words(line) for line in imported(row))
            self.list.add(f"{first}\n{second}", f"{first}, {second}", tokens.muted if row.hidden else tokens.ink)
        self.list.setCurrentRow(at)
        self._stack.setCurrentWidget(self.list if self._rows else self.none)

    def _toggle(self, at: int) -> None:
        row = self._rows[at]
        self._desk.hide(row.load_ids, row.file, hidden=not row.hidden)

    def _offer(self, at: int, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        label = SHOW if self._rows[at].hidden else HIDE
        menu.addAction(self._session.words(label)).triggered.connect(lambda: self._toggle(at))
        menu.popup(place)
