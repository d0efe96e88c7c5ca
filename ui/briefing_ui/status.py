"""The status bar: the state of data and note at a glance; each part leads to its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStatusBar, QToolButton, QWidget

from briefing.inline import plain
from briefing.note import Note
from briefing.text import Label
from briefing_ui.health.rows import State
from briefing_ui.health.words import counts_line
from briefing_ui.proof import Proof
from briefing_ui.refresh_words import waiting_count
from briefing_ui.session import Session

_AS_OF = Label("Data as of {day}", "資料截至{day}")
_NO_DATA = Label("No data yet", "尚無資料")
_HEALTH_HINT = Label("Health of the data (F7)", "資料狀態（F7）")
_WAITING_HINT = Label("Files of watched folders that are new or changed", "監看的資料夾中的新檔案或有變更的檔案")
_OFFLINE = Label("Offline", "離線")
_OFFLINE_HINT = Label("The program never uses the network.", "本程式從不使用網路。")
_COUNT = Label("{words} w · {han}字", "{words}詞 · {han}字")
_COUNT_HINT = Label("English words and Chinese characters", "英文詞數與中文字數")
_PAGES = Label("{pages} pp", "{pages}頁")
_SAVED = Label("Saved", "已儲存")
_JOURNAL = Label("In the journal", "已存入輸入紀錄")
_SHOWN_FOR = 8000
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,’'%-]*")


def counted(note: Note) -> tuple[int, int]:
    """English words and Chinese characters that a reader will see; private blocks are not counted."""
    from briefing.blocks.private import Private
    from briefing.blocks.registry import texts

    words = han = 0
    for block in note.blocks:
        if isinstance(block, Private):
            continue
        for entry in texts(block):
            words += len(_WORD.findall(plain(entry.text.en)))
            han += len(_HAN.findall(plain(entry.text.zh)))
    return words, han


class StatusBar(QStatusBar):
    """Built of buttons. `lead` says where each leads; `refresh_wanted()` asks for the files that wait."""

    refresh_wanted = Signal()

    def __init__(self, session: Session, proof: Proof, lead: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._proof = proof
        self.setSizeGripEnabled(False)
        self._waiting = 0
        self.waiting = QToolButton(self)
        self.waiting.clicked.connect(self.refresh_wanted)
        self.addPermanentWidget(self.waiting)
        self.as_of, self.fresh, self.offline, self.kept, self.count, self.pages = (QToolButton(self) for _ in range(6))
        for button, place in (
            (self.as_of, "movers"),
            (self.fresh, "health"),
            (self.offline, "movers"),
            (self.kept, "editor"),
            (self.count, "editor"),
            (self.pages, "preview"),
        ):
            button.clicked.connect(lambda _checked=False, place=place: lead(place))
            self.addPermanentWidget(button)
        session.said.connect(lambda label: self.showMessage(session.words(label), _SHOWN_FOR))
        session.saved.connect(lambda _path: self.show_kept(saved=True))
        session.note_changed.connect(self._note_changed)
        for changed in (session.market_changed, session.language_changed, proof.laid_out):
            changed.connect(self.retell)
        self._saved = True
        self._health: Mapping[State, int] = {}
        self.retell()

    def show_health(self, counts: Mapping[State, int]) -> None:
        """How many series and files stand how."""
        self._health = counts
        self.retell()

    def show_waiting(self, count: int) -> None:
        """How many files of watched folders are new or changed."""
        self._waiting = count
        self.retell()

    def show_kept(self, *, saved: bool) -> None:
        """Whether the file holds the note, or the journal more than the file."""
        self._saved = saved
        self.retell()

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words, lang = self._session.words, self._session.lang
        day, note = self._session.as_of, self._session.note
        _say(self.as_of, words(_AS_OF).format(day=_written(day).of(lang)) if day else words(_NO_DATA))
        _say(self.fresh, words(counts_line(self._health)), words(_HEALTH_HINT))
        _say(self.waiting, words(waiting_count(self._waiting)), words(_WAITING_HINT))
        self.waiting.setVisible(self._waiting > 0)
        _say(self.offline, words(_OFFLINE), words(_OFFLINE_HINT))
        self.fresh.setVisible(any(self._health.values()))
        for button in (self.kept, self.count, self.pages):
            button.setVisible(note is not None)
        if note is not None:
            count, han = counted(note)
            _say(self.kept, words(_SAVED if self._saved else _JOURNAL))
            _say(self.count, words(_COUNT).format(words=count, han=han), words(_COUNT_HINT))
            _say(self.pages, words(_PAGES).format(pages=len(self._proof.layout.sizes)))

    def _note_changed(self, old: object, new: object) -> None:
        self.show_kept(saved=old is None or new is None)


def _written(day: date) -> Label:
    from briefing import numbers

    return numbers.day(day)


def _say(button: QToolButton, words: str, hint: str = "") -> None:
    button.setText(words)
    button.setAccessibleName(words)
    button.setToolTip(hint or words)
