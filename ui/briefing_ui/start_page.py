"""What one sees without a workspace: three things to do, and three questions that are answered already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefing.settings import Settings
from briefing.text import Label
from briefing_ui.forms import Form
from briefing_ui.session import Session

_TITLE = Label("Market Briefing", "市場簡報")
_WORDS = Label(
    "From a folder of daily data to a bilingual client note. Everything stays on this computer.",
    "將每日資料整理成中英雙語客戶報告。所有資料只留在這台電腦。",
)
_SAMPLE = Label("Open the sample workspace", "開啟示範工作區")
_SAMPLE_HINT = Label(
    "Synthetic data and a finished note. Everything in it can be changed.", "合成資料與一份完成的報告，內容皆可修改。"
)
_NEW = Label("New workspace…", "新增工作區…")
_NEW_HINT = Label("An empty folder for your own data and notes.", "存放自有資料與報告的空資料夾。")
_FOLDER = Label("Open a folder of data files…", "開啟資料檔案資料夾…")
_FOLDER_HINT = Label(
    "Text, workbooks and archives from FRED, the Treasury, Cboe, terminals or your own desk.",
    "FRED、美國財政部、Cboe、資料終端機或自有的文字檔、活頁簿與壓縮檔。",
)
_DROP = Label("Files can also be dropped onto this window.", "也可以將檔案拖放到此視窗。")
_WIDTH = 560


class StartPage(QWidget):
    """Signals for its three actions; `settings_wanted(Settings)` when an answer was changed."""

    sample_wanted = Signal()
    new_wanted = Signal()
    folder_wanted = Signal()
    settings_wanted = Signal(object)

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self.title, self.words, self.drop = QLabel(self), QLabel(self), QLabel(self)
        self.title.setProperty("part", "heading")
        self.drop.setProperty("part", "muted")
        self.sample, self.new, self.folder = (QPushButton(self) for _ in range(3))
        self.sample.setProperty("part", "primary")
        self._hints = {button: QLabel(self) for button in (self.sample, self.new, self.folder)}
        self.form: Form | None = None
        self._card = QFrame(self)
        self._card.setProperty("part", "card")
        self._arrange()
        self.sample.clicked.connect(self.sample_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        session.language_changed.connect(self.retell)
        self.retell()

    def show_settings(self, settings: Settings) -> None:
        """Show other answers."""
        self._settings = settings
        if self.form is not None:
            self.form.show_value(settings)

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words = self._session.words
        for label, said in ((self.title, _TITLE), (self.words, _WORDS), (self.drop, _DROP)):
            label.setText(words(said))
            label.setAccessibleName(words(said))
        for button, said, hint in (
            (self.sample, _SAMPLE, _SAMPLE_HINT),
            (self.new, _NEW, _NEW_HINT),
            (self.folder, _FOLDER, _FOLDER_HINT),
        ):
            button.setText(words(said))
            button.setAccessibleName(words(said))
            button.setAccessibleDescription(words(hint))
            self._hints[button].setText(words(hint))
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = Form(self._settings, self._session.lang, self._changed, self._card)
        self._inside.addWidget(self.form)

    def _arrange(self) -> None:
        self._inside = QVBoxLayout(self._card)
        self._inside.setContentsMargins(8, 8, 8, 8)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self.title, self.words):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(14)
        for button, hint in self._hints.items():
            hint.setProperty("part", "muted")
            hint.setWordWrap(True)
            button.setMinimumHeight(34)
            column.addWidget(button)
            column.addWidget(hint)
            column.addSpacing(4)
        column.addWidget(self.drop)
        column.addSpacing(10)
        column.addWidget(self._card)
        column.addStretch(3)
        middle = QWidget(self)
        middle.setLayout(column)
        middle.setMaximumWidth(_WIDTH)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle, 8, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)

    def _changed(self, name: str, value: object) -> None:
        changes: dict[str, Any] = {name: value}
        self.settings_wanted.emit(replace(self._settings, **changes))
