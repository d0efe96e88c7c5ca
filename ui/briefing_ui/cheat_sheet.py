"""All keys on one sheet, out of the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.actions import ACTIONS, AREAS, Area
from briefing_ui.session import Session

_TITLE = Label("Keys", "按鍵一覽")
_HEADS = (Label("Key", "按鍵"), Label("Action", "動作"))
_CLOSE = Label("Close", "關閉")


class CheatSheet(QDialog):
    """The keys by area; `area` None shows all of them."""

    def __init__(self, session: Session, area: Area | None, parent: QWidget) -> None:
        super().__init__(parent)
        words = session.words
        self.setWindowTitle(words(_TITLE))
        self.list = QTreeWidget(self)
        self.list.setAccessibleName(words(_TITLE))
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([words(head) for head in _HEADS])
        for each, label in AREAS.items():
            if area in {None, each}:
                self._add(words(label), [(shown_key(row.key), words(row.label)) for row in ACTIONS if row.area == each])
        self.list.expandAll()
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(words(_CLOSE), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAccessibleName(words(_CLOSE))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.list)
        column.addWidget(buttons)
        self.resize(520, 620)

    def _add(self, title: str, rows: list[tuple[str, str]]) -> None:
        head = QTreeWidgetItem([title])
        head.setFirstColumnSpanned(True)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.list.addTopLevelItem(head)
        head.setFirstColumnSpanned(True)
        for key, words in rows:
            if key:
                head.addChild(QTreeWidgetItem([key, words]))


def shown_key(key: str) -> str:
    """A key as the desktop writes it; a range of keys as it stands."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
