"""A line for a formula: ids, names in both languages and metrics are offered for the word at the caret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from briefing_ui.market import Listed
from briefing_ui.session import Session

_WORD = re.compile(r"[^\s(),+*/-]+$")
_FOUND_BY = Qt.ItemDataRole.UserRole


class FormulaLine(QLineEdit):
    """Type a few letters of an id, of a name or of a metric, choose with the arrows and Enter.

    `inserted()` tells that something was chosen.
    """

    inserted = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        model = QStandardItemModel(self)
        self._inserted: dict[str, str] = {}
        for inserted, shown, found_by in (*_series(session.listing.entries, session), *_metrics(session)):
            item = QStandardItem(shown)
            item.setData(found_by, _FOUND_BY)
            model.appendRow(item)
            self._inserted[found_by] = inserted
        self.offers = QListView(self)
        self.offered = QCompleter(model, self)
        self.offered.setPopup(self.offers)
        self.offered.setWidget(self)
        self.offered.setCompletionRole(_FOUND_BY)
        self.offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.offered.setFilterMode(Qt.MatchFlag.MatchContains)
        self.offered.activated.connect(self._insert)
        self.textEdited.connect(self._offer)

    def _offer(self) -> None:
        word = _WORD.search(self.text()[: self.cursorPosition()])
        self.offered.setCompletionPrefix(word.group() if word else "")
        if word is None or self.offered.completionCount() == 0:
            self.offers.hide()
            return
        self.offers.setCurrentIndex(self.offered.completionModel().index(0, 0))
        self.offered.complete()

    def _insert(self, found_by: str) -> None:
        at = self.cursorPosition()
        word = _WORD.search(self.text()[:at])
        start = word.start() if word else at
        chosen = self._inserted[found_by]
        self.setText(self.text()[:start] + chosen + self.text()[at:])
        self.setCursorPosition(start + len(chosen))
        self.offers.hide()
        self.inserted.emit()


def _series(entries: Iterable[Listed], session: Session) -> Iterator[tuple[str, str, str]]:
    for entry in entries:
        names = (entry.id, *entry.aliases, entry.name.en, entry.name.zh, entry.short.en, entry.short.zh)
        yield entry.id, f"{entry.id}    {session.words(entry.name)}", " ".join(names)


def _metrics(session: Session) -> Iterator[tuple[str, str, str]]:
    from briefing.metrics.registry import METRICS

    for name, metric in METRICS.items():
        if metric.history:
            yield (
                f"{name}(",
                f"{name}(…)    {session.words(metric.label)}",
                f"{name} {metric.label.en} {metric.label.zh}",
            )
