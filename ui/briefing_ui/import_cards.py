"""What an import did, one card for each file; a file that was not recognised can be named and tried again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.session import Session

_TITLE = Label("Imported files", "匯入結果")
_CLOSE = Label("Back to the note", "返回報告")
_AGAIN = Label("Import", "匯入")
_SOURCE = Label("Format", "格式")
_AS = Label("Series id", "序列代碼")
_SIGN = {"loaded": "✓", "already loaded": "·", "refused": "×"}
_ROW = Label("Line {row}: {reason}", "第{row}行：{reason}")
_MOST_ROWS = 5


class ImportCard(QFrame):
    """One report in words. A refused file offers to be read as a named format or series."""

    again = Signal(str, str)

    def __init__(self, report: Mapping[str, Any], session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        side = "en" if session.lang == "en" else "zh"
        words = session.words
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        self.lines: list[QLabel] = []
        self._say(column, f"{_SIGN[report['outcome']]} {report['summary'][side]}", "section")
        if report["reason"][side]:
            self._say(column, report["reason"][side], "muted")
        for doubt in report["doubts"]:
            self._say(column, doubt[side], "muted")
        for fault in report["refused"][:_MOST_ROWS]:
            self._say(column, words(_ROW).format(row=fault["row"], reason=fault["reason"][side]), "muted")
        for problem in report["problems"]:
            self._say(column, f"{problem['message'][side]} {problem['hint'][side]}", "error")
        if report["outcome"] == "refused":
            self._offer(column, words)
        self.setAccessibleName(report["summary"][side])

    def _say(self, column: QVBoxLayout, text: str, part: str) -> None:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setProperty("part", part)
        label.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(label)
        self.lines.append(label)

    def _offer(self, column: QVBoxLayout, words: Any) -> None:
        row = QHBoxLayout()
        self.source, self.as_id = QLineEdit(self), QLineEdit(self)
        for line, label in ((self.source, _SOURCE), (self.as_id, _AS)):
            line.setPlaceholderText(words(label))
            line.setAccessibleName(words(label))
            row.addWidget(line)
        self.button = QPushButton(words(_AGAIN), self)
        self.button.setAccessibleName(words(_AGAIN))
        self.button.clicked.connect(lambda: self.again.emit(self.source.text().strip(), self.as_id.text().strip()))
        row.addWidget(self.button)
        column.addLayout(row)


class ImportPage(QWidget):
    """The cards of the last import. `closed()` asks to leave, `again(str, str, str)` to read a file as a format and id."""

    closed = Signal()
    again = Signal(str, str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._paths: dict[str, Path] = {}
        self.cards: list[ImportCard] = []
        self.title = QLabel(self)
        self.title.setProperty("part", "heading")
        self.close_button = QPushButton(self)
        self.close_button.setProperty("part", "primary")
        self.close_button.clicked.connect(self.closed)
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll = scroll
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        session.language_changed.connect(self.retell)
        self.retell()

    def show_reports(self, paths: Sequence[Path], reports: Sequence[Mapping[str, Any]]) -> None:
        """Show the reports of an import; a file that was tried again keeps one card."""
        self._paths |= {path.name: path for path in paths}
        for report in reports:
            card = ImportCard(report, self._session, self)
            name = str(report["file"])
            card.again.connect(lambda source, as_id, name=name: self.again.emit(str(self._paths[name]), source, as_id))
            self.cards.append(card)
            self._column.insertWidget(self._column.count() - 1, card)

    def clear(self) -> None:
        """Take all cards away."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []

    def retell(self) -> None:
        """Say everything but the reports, which stay as they were told."""
        words = self._session.words
        self.title.setText(words(_TITLE))
        self.close_button.setText(words(_CLOSE))
        self.close_button.setAccessibleName(words(_CLOSE))
        self._scroll.setAccessibleName(words(_TITLE))
