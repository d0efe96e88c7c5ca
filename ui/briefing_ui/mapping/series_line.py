"""A line in which a series is named: what is typed finds ids and names in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QListView, QWidget

from briefing.text import Label, side_of
from briefing_ui.mapping.asking import Asking
from briefing_ui.session import Session

_HINT = Label("Id or name", "代碼或名稱")
_ID = Qt.ItemDataRole.UserRole
_WIDTH = 420


class SeriesLine(QLineEdit):
    """Finds series as one types. `picked(str)` gives the id of the one that was chosen from the list."""

    picked = Signal(str)

    def __init__(self, session: Session, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.found = QStandardItemModel(self)
        self.list: QAbstractItemView = QListView()
        self.list.setAccessibleName(session.words(_HINT))
        self.list.setMinimumWidth(_WIDTH)
        completer = QCompleter(self.found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(_ID)
        completer.setPopup(self.list)
        self.setCompleter(completer)
        self.list.clicked.connect(self._pick)
        completer.activated.connect(self.picked)
        self.setPlaceholderText(session.words(_HINT))
        self.textEdited.connect(asking.find)
        asking.found.connect(self._show)

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(str(index.data(_ID)))

    def _show(self, series: Sequence[Mapping[str, Any]]) -> None:
        side = side_of(self._session.lang)
        self.found.clear()
        for one in series:
            item = QStandardItem(f"{one['id']}  {one['name'][side]}  {one['unit']}")
            item.setData(one["id"], _ID)
            self.found.appendRow(item)
        if self.hasFocus() and self.found.rowCount():
            self.completer().complete()
