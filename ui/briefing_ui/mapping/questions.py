"""What is still open, as a list: each question leads to where it is answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from briefing.text import Label
from briefing_ui.mapping.asked import Question
from briefing_ui.session import Session

_NAME = Label("Open questions", "待回答的問題")


class Questions(QListWidget):
    """`wanted(Question)` asks to go where a question is answered."""

    wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: Sequence[Question] = ()
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._go)
        self.itemClicked.connect(self._go)

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show what is open; without any the list is away."""
        self._asked = questions
        self.setAccessibleName(self._session.words(_NAME))
        row = self.currentRow()
        self.clear()
        for one in questions:
            item = QListWidgetItem(self._session.words(one.problem.message))
            item.setToolTip(item.text())
            self.addItem(item)
        self.setCurrentRow(min(max(row, 0), len(questions) - 1))
        self.setVisible(bool(questions))

    def _go(self, item: QListWidgetItem) -> None:
        self.wanted.emit(self._asked[self.row(item)])
