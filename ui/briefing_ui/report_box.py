"""The report of a problem, to be read and copied; nothing is sent anywhere."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.session import Session

_TITLE = Label("Report a problem", "回報問題")
_WORDS = Label(
    "This holds versions, settings and places in the code; no text of a note, no path and no name. "
    "Nothing is sent: copy it into your own message.",
    "內容包含版本、設定與程式位置，不含報告文字、路徑或姓名。不會自動傳送，請複製到您的訊息中。",
)
_COPY = Label("Copy", "複製")
_CLOSE = Label("Close", "關閉")


class ReportBox(QDialog):
    """Shows a report and copies it."""

    def __init__(self, session: Session, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        words = session.words
        self.setWindowTitle(words(_TITLE))
        label = QLabel(words(_WORDS), self)
        label.setWordWrap(True)
        self.text = QPlainTextEdit(text, self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(words(_TITLE))
        buttons = QDialogButtonBox(self)
        self.copy = buttons.addButton(words(_COPY), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(words(_CLOSE), QDialogButtonBox.ButtonRole.RejectRole)
        for button, name in ((self.copy, _COPY), (close, _CLOSE)):
            button.setAccessibleName(words(name))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(label)
        column.addWidget(self.text)
        column.addWidget(buttons)
        self.resize(640, 480)
