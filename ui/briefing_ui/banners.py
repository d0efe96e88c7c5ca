"""Banners: what the program has to say, in the window and never in a box over it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.notice import Notice, problem_notice
from briefing_ui.session import Session

MOST = 4
_CLOSE = Label("Close this message", "關閉此訊息")
_TONE = {
    "info": Label("Note", "提示"),
    "ok": Label("Done", "完成"),
    "warning": Label("Warning", "警告"),
    "error": Label("Error", "錯誤"),
}


class Banner(QFrame):
    """One message with its choices. Each choice closes it; `dismissed(Banner)` tells that it is closed."""

    dismissed = Signal(object)

    def __init__(self, notice: Notice, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self._session = session
        self.setProperty("part", "banner")
        self.setProperty("tone", notice.tone)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.buttons = [self._button(place) for place in range(len(notice.choices))]
        self.close_button = QToolButton(self)
        self.close_button.setText("×")
        self.close_button.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 4, 4)
        row.addWidget(self.words, 1)
        for button in self.buttons:
            row.addWidget(button)
        row.addWidget(self.close_button)
        self.retell()

    def retell(self) -> None:
        """Say it in the language of the interface."""
        tone, message, hint = (
            self._session.words(label) for label in (_TONE[self.notice.tone], self.notice.message, self.notice.hint)
        )
        gap = "\n" if hint else ""
        self.words.setText(f"{message}{gap}{hint}")
        self.setAccessibleName(tone)
        self.words.setAccessibleName(f"{tone}: {message}")
        for button, choice in zip(self.buttons, self.notice.choices, strict=True):
            button.setText(self._session.words(choice.label))
            button.setAccessibleName(self._session.words(choice.label))
        self.close_button.setAccessibleName(self._session.words(_CLOSE))
        self.close_button.setToolTip(self._session.words(_CLOSE))

    def takes(self, notice: Notice) -> bool:
        """Say something else with the same buttons and in the same tone, so that nothing moves; False when it differs."""
        labels = [choice.label for choice in notice.choices]
        if notice.tone != self.notice.tone or labels != [choice.label for choice in self.notice.choices]:
            return False
        self.notice = notice
        self.retell()
        return True

    def dismiss(self) -> None:
        """Take the banner away."""
        self.dismissed.emit(self)
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _button(self, place: int) -> QPushButton:
        button = QPushButton(self)

        def chosen() -> None:
            choice = self.notice.choices[place]
            self.dismiss()
            choice.call()

        button.clicked.connect(chosen)
        return button


class Banners(QWidget):
    """The banners that stand now, newest below. One with the key of an older one takes its place."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._ailing: tuple[Notice, ...] = ()
        session.noticed.connect(self.show_notice)
        session.market_changed.connect(self._tell_store)
        session.language_changed.connect(self._retell)

    def shown(self) -> list[Banner]:
        """The banners that stand, oldest first."""
        return list(self._shown)

    def show_notice(self, notice: Notice) -> None:
        """Show a banner."""
        for banner in self.shown():
            if notice.key and banner.notice.key == notice.key:
                if banner.takes(notice):
                    return
                banner.dismiss()
        fresh = Banner(notice, self._session, self)
        fresh.dismissed.connect(self._forget)
        self._shown.append(fresh)
        self._column.addWidget(fresh)
        for banner in self.shown()[:-MOST]:
            banner.dismiss()

    def withdraw(self, key: str) -> None:
        """Take the banner with a key away, because its cause is gone."""
        for banner in self.shown():
            if banner.notice.key == key:
                banner.dismiss()

    def _tell_store(self) -> None:
        """Show what ails the store now, and take away what does not any more."""
        notices = tuple(problem_notice(problem) for problem in self._session.market.listing.problems)
        for key in {notice.key for notice in self._ailing} - {notice.key for notice in notices}:
            self.withdraw(key)
        for notice in notices:
            if notice not in self._ailing:
                self.show_notice(notice)
        self._ailing = notices

    def _forget(self, banner: Banner) -> None:
        self._shown.remove(banner)

    def _retell(self) -> None:
        for banner in self.shown():
            banner.retell()
