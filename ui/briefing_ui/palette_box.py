"""The search box: commands, series, blocks, terms and pages by a few letters, in either language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from briefing.blocks.glossary import Glossary
from briefing.blocks.registry import texts
from briefing.inline import plain
from briefing.text import Label
from briefing_ui.actions import ACTIONS
from briefing_ui.look import ROW_HEIGHT

if TYPE_CHECKING:
    from briefing_ui.window import MainWindow

MOST = 12
_TOP = 64
_LEAST_SCORE = 66.0
_HINT = Label("Series, or > commands, @ blocks, # terms, : pages", "輸入序列名稱；>指令、@區塊、#詞彙、:頁碼")
_LIST = Label("What was found", "搜尋結果")
_PAGE = Label("Page {n}", "第{n}頁")


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be found: what it shows, by which words it is found, and what it does."""

    shown: str
    beside: str
    found_by: tuple[str, ...]
    call: Callable[[], object]


def ranked(items: Sequence[Item], query: str, most: int = MOST) -> list[Item]:
    """The items that fit a query, best first; all of them, in their order, without one."""
    if not query.strip():
        return list(items[:most])
    from rapidfuzz import fuzz, process, utils

    words = [(item, text) for item in items for text in item.found_by if text]
    found = process.extract(
        query,
        [text for _, text in words],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=most * 4,
        score_cutoff=_LEAST_SCORE,
    )
    typed = query.strip().casefold()
    best: dict[int, tuple[float, Item]] = {}
    for text, score, at in found:
        item = words[at][0]
        folded = text.casefold()
        bonus = 60 if folded == typed else 30 if folded.startswith(typed) else 20 if typed in folded else 0
        known = best.get(id(item), (0.0, item))[0]
        best[id(item)] = (max(known, score + bonus), item)
    return [item for _, item in sorted(best.values(), key=lambda pair: -pair[0])][:most]


class PaletteBox(QFrame):
    """A box over the window: type, choose with the arrows, Enter does it, Escape or a click elsewhere leaves."""

    def __init__(self, window: MainWindow, prefix: str) -> None:
        super().__init__(window)
        self.setProperty("part", "card")
        self.setAutoFillBackground(True)
        self._window = window
        self._before = QApplication.focusWidget()
        words = window.session.words
        self.line = QLineEdit(prefix, self)
        self.line.setPlaceholderText(words(_HINT))
        self.line.setAccessibleName(words(_HINT))
        self.list = QListWidget(self)
        self.list.setAccessibleName(words(_LIST))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.resize(560, MOST * (ROW_HEIGHT + 4) + 54)
        self.move(window.rect().center().x() - self.width() // 2, _TOP)
        self._items: list[Item] = []
        self.line.textChanged.connect(self.search)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self.choose())
        self.search(prefix)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def search(self, typed: str) -> None:
        """List what fits."""
        prefix, query = (typed[:1], typed[1:]) if typed[:1] in {">", "@", "#", ":"} else ("", typed)
        self._items = ranked(list(self._candidates(prefix)), query)
        self.list.clear()
        for item in self._items:
            row = QListWidgetItem(f"{item.shown}    {item.beside}" if item.beside else item.shown)
            self.list.addItem(row)
        self.list.setCurrentRow(0 if self._items else -1)

    def choose(self) -> None:
        """Do what the selected row says."""
        row = self.list.currentRow()
        self.leave()
        if row >= 0:
            self._items[row].call()

    def leave(self) -> None:
        """Close the box; what had the keyboard gets it back."""
        self.hide()
        self.deleteLater()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in steps:
                row = self.list.currentRow() + steps[Qt.Key(event.key())]
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.choose()
                return True
        if event.type() is QEvent.Type.FocusOut and not self.isHidden() and QApplication.focusWidget() is not self.list:
            self.hide()
            self.deleteLater()
        return super().eventFilter(watched, event)

    def _candidates(self, prefix: str) -> Iterator[Item]:
        if prefix == ">":
            yield from self._commands()
        elif prefix == "@":
            yield from self._blocks()
        elif prefix == "#":
            yield from self._terms()
        elif prefix == ":":
            yield from self._pages()
        else:
            yield from self._series()
            yield from self._commands()

    def _commands(self) -> Iterator[Item]:
        words = self._window.session.words
        for row in ACTIONS:
            call = row.call
            if call is not None:
                key = QKeySequence(row.key).toString(QKeySequence.SequenceFormat.NativeText)
                yield Item(words(row.label), key, (row.label.en, row.label.zh), partial(call, self._window))

    def _series(self) -> Iterator[Item]:
        words = self._window.session.words
        for entry in self._window.session.listing.entries:
            names = (entry.id, *entry.aliases, entry.name.en, entry.name.zh, entry.short.en, entry.short.zh)
            yield Item(words(entry.name), entry.id, names, partial(self._window.chart, entry.id))

    def _blocks(self) -> Iterator[Item]:
        note = self._window.session.note
        for number, block in enumerate(note.blocks if note is not None else (), 1):
            found = [text for entry in texts(block) for text in (plain(entry.text.en), plain(entry.text.zh)) if text]
            if found:
                shown = found[0][:70]
                yield Item(shown, str(number), tuple(found), partial(self._window.go_to_block, block.id))

    def _terms(self) -> Iterator[Item]:
        note = self._window.session.note
        for block in note.blocks if note is not None else ():
            if isinstance(block, Glossary):
                for entry in block.entries:
                    names = (entry.term.en, entry.term.zh)
                    yield Item(" · ".join(names), "", names, partial(self._window.go_to_block, block.id))

    def _pages(self) -> Iterator[Item]:
        for page in range(1, len(self._window.proof.layout.sizes) + 1):
            shown = self._window.session.words(_PAGE).format(n=page)
            yield Item(shown, "", (str(page),), partial(self._window.go_to_page, page))
