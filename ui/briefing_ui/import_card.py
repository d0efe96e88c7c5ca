"""One table of an import as a card: what was recognised, what changed, what is doubted, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefing.text import Label, side_of
from briefing_ui import report_words
from briefing_ui.folding import Folding
from briefing_ui.report_words import Report
from briefing_ui.session import Session

_SIGNS = {"refused": "×", "flagged": "!", "read": "✓", "left": "·"}
_NOT_UNDERSTOOD = Label("What was not understood", "未能解讀之處")
_REVISED = Label("Values revised", "修正的數值")
_FLAGS = Label("Flags", "疑點")
_CELLS = Label("Cells refused", "拒絕的儲存格")
_UNJUDGED = Label("Rules not judged", "未能判斷的規則")
_HIDDEN = Label("Taken back: these values are not used.", "已撤回：不使用這些數值。")
_MAP = Label("Choose how to read it…", "選擇讀取方式…")
_UNDO = Label("Undo this import", "撤回此次匯入")
_SHOW = Label("Show it again", "恢復此次匯入")
_FOLDER = Label("Open the folder", "開啟資料夾")
_TONES = {"error": "error", "warning": "warning", "info": "muted"}


class ImportCard(QFrame):
    """One report in words. Its buttons ask: `map_wanted()`, `folder_wanted()`, `hide_wanted(bool)` (false to show again)."""

    map_wanted = Signal()
    folder_wanted = Signal()
    hide_wanted = Signal(bool)

    def __init__(self, report: Report, session: Session, parent: QWidget, *, hidden: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self.report = report
        self.group = report_words.group_of(report)
        self.lines: list[QLabel] = []
        self.folds: list[Folding] = []
        self.buttons: dict[str, QPushButton] = {}
        self._words = session.words
        self._lang = session.lang
        self._side = side_of(session.lang)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        self._tell(hidden=hidden)
        self._offer(hidden=hidden)

    def _tell(self, *, hidden: bool) -> None:
        report, side = self.report, self._side
        title = report_words.title_of(report)
        self._say(f"{_SIGNS[self.group]} {title}", "section")
        summary = report["reason"][side] if self.group == "left" and report["reason"][side] else report["summary"][side]
        for text in (report_words.recognised(report, side), report_words.facts(report, side)):
            if text:
                self._say(text, "")
        if self.group == "left" or report["rows"]["refused"]:
            self._say(summary, "")
        if hidden:
            self._say(self._words(_HIDDEN), "warning")
        for doubt in report["doubts"]:
            self._say(doubt[side], "muted")
        self._tell_points()
        for label, lines in (
            (_FLAGS, report_words.flags(report, side)),
            (_CELLS, report_words.cells(report, side)),
            (_REVISED, report_words.revisions(report, side)),
            (_UNJUDGED, report_words.unjudged(report, side)),
        ):
            self._fold(label, list(lines))
        self.setAccessibleName(title)
        self.setAccessibleDescription(summary)

    def _tell_points(self) -> None:
        points = list(report_words.points(self.report, self._side))
        if points and self.group == "refused":
            self._say(self._words(_NOT_UNDERSTOOD), "section")
        for point in points:
            self._say(point.message, _TONES[point.severity])
            if point.hint:
                self._say(point.hint, "muted")

    def _say(self, text: str, part: str) -> None:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setProperty("part", part)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._column.addWidget(label)
        self.lines.append(label)

    def _fold(self, title: Label, lines: Sequence[str]) -> None:
        if lines:
            fold = Folding(title, lines, self._lang, self)
            self._column.addWidget(fold)
            self.folds.append(fold)

    def _offer(self, *, hidden: bool) -> None:
        row = QHBoxLayout()
        if self.report["outcome"] == "refused" and self.report["sha256"]:
            self._button(row, "map", _MAP).clicked.connect(self.map_wanted)
            if report_words.is_asking(self.report):
                self.buttons["map"].setProperty("part", "primary")
        if self.report["outcome"] == "loaded":
            undo = self._button(row, "undo", _SHOW if hidden else _UNDO)
            undo.clicked.connect(lambda: self.hide_wanted.emit(not hidden))
        self._button(row, "folder", _FOLDER).clicked.connect(self.folder_wanted)
        row.addStretch(1)
        self._column.addLayout(row)

    def _button(self, row: QHBoxLayout, name: str, label: Label) -> QPushButton:
        words = self._words(label)
        button = QPushButton(words, self)
        button.setAccessibleName(f"{words}: {report_words.title_of(self.report)}")
        row.addWidget(button)
        self.buttons[name] = button
        return button
