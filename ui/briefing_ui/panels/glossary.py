"""The terms that the note explains, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from briefing.inline import plain
from briefing.text import Label
from briefing_ui.look import ROW_HEIGHT
from briefing_ui.session import Session

if TYPE_CHECKING:
    from briefing.blocks.glossary import Glossary

_NAME = Label("Glossary: the terms of this note", "詞彙：本報告的名詞")
_HEADS = (Label("English", "英文"), Label("Chinese", "中文"))
_EMPTY = Label(
    "This note explains no terms. Insert a block “Terms” to explain some.",
    "本報告沒有名詞解釋。插入「名詞解釋」區塊即可新增。",
)
_MISSING = Label("not yet explained", "尚未解釋")


class GlossaryPanel(QWidget):
    """The terms with their explanations as tool tips. `block_wanted(str)` asks to go to the block of a term."""

    block_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[Glossary, ...] = ()
        self.list = QTreeWidget(self)
        self.list.setProperty("part", "pane")
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setMargin(12)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setProperty("part", "muted")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.list.itemActivated.connect(lambda item: self.block_wanted.emit(item.data(0, Qt.ItemDataRole.UserRole)))
        session.note_changed.connect(self._note_changed)
        session.language_changed.connect(self.show_terms)
        self.show_terms()

    def show_terms(self) -> None:
        """List the terms of the note as it stands."""
        words = self._session.words
        self.list.setAccessibleName(words(_NAME))
        self.list.setHeaderLabels([words(head) for head in _HEADS])
        self.empty.setText(words(_EMPTY))
        self.empty.setAccessibleName(words(_EMPTY))
        self.list.clear()
        self._shown = self._blocks()
        for block in self._shown:
            for entry in block.entries:
                item = QTreeWidgetItem([entry.term.en, entry.term.zh])
                item.setData(0, Qt.ItemDataRole.UserRole, block.id)
                item.setSizeHint(0, QSize(0, ROW_HEIGHT))
                for column, text in enumerate((entry.definition.en, entry.definition.zh)):
                    item.setToolTip(column, plain(text) or words(_MISSING))
                self.list.addTopLevelItem(item)
        self._stack.setCurrentWidget(self.list if self.list.topLevelItemCount() else self.empty)

    def _blocks(self) -> tuple[Glossary, ...]:
        from briefing.blocks.glossary import Glossary

        note = self._session.note
        return tuple(block for block in note.blocks if isinstance(block, Glossary)) if note is not None else ()

    def _note_changed(self) -> None:
        blocks = self._blocks()
        if blocks != self._shown:
            self.show_terms()
