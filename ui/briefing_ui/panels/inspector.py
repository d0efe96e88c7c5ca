"""The properties of what is selected: a form made from the fields that its class declares."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from briefing.note import Block, Note, block_of, with_block
from briefing.text import Label
from briefing_ui.forms import Form
from briefing_ui.market import Listed
from briefing_ui.session import Session

_NAME = Label("Inspector: properties of the selection", "屬性：所選項目的設定")
_EMPTY = Label("Select a block of the note, or a series.", "請選取報告中的區塊或序列。")
_SERIES = Label(
    "{name}\n{id}\nUnit {unit}, changes in {delta}\nSource: {source}\nLast observation {day}",
    "{name}\n{id}\n單位{unit}，變動以{delta}計\n資料來源：{source}\n最新觀測日{day}",
)


class InspectorPanel(QScrollArea):
    """Shows the selected block as a form, else the facts of the selected series."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.form: Form | None = None
        self._block: str | None = None
        self._language = session.lang
        self.title = QLabel()
        self.title.setProperty("part", "section")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("part", "muted")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QWidget(self)
        inside.setProperty("part", "surface")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.addWidget(self.title)
        self._column.addWidget(self.words)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        session.selection_changed.connect(self.show_selection)
        session.note_changed.connect(self.show_selection)
        session.market_changed.connect(self.show_selection)
        session.language_changed.connect(self.show_selection)
        self.show_selection()

    def show_selection(self) -> None:
        """Show what is selected now; a form that has the keyboard is only filled again."""
        session = self._session
        self.setAccessibleName(session.words(_NAME))
        block = self._selected_block(session.note)
        kept = self.form is not None and block is not None and self._block == block.id
        if kept and self.form is not None and self._language == session.lang:
            self.form.show_value(block)
            return
        self._language = session.lang
        self._block = block.id if block is not None else None
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        if block is not None:
            self._show_block(block)
        else:
            self._show_series(session.catalogue_entry(session.selection.series or ""))

    def _selected_block(self, note: Note | None) -> Block | None:
        block = self._session.selection.block
        if note is None or block is None or all(entry.id != block for entry in note.blocks):
            return None
        return block_of(note, block)

    def _show_block(self, block: Block) -> None:
        from briefing.blocks.registry import type_of

        kind = type_of(block)
        self._say(self._session.words(kind.label), self._session.words(kind.hint))
        self.form = Form(block, self._session.lang, self._changed, self, stacked=True)
        self._column.insertWidget(2, self.form)

    def _show_series(self, entry: Listed | None) -> None:
        if entry is None:
            self._say("", self._session.words(_EMPTY))
            return
        from briefing import numbers

        words, lang = self._session.words, self._session.lang
        text = words(_SERIES).format(
            name=words(entry.name),
            id=" · ".join((entry.id, *entry.aliases)),
            unit=entry.unit,
            delta=entry.delta_unit,
            source=words(entry.source),
            day=numbers.day(entry.last).of(lang) if entry.last else "—",
        )
        self._say(words(entry.short), text)

    def _say(self, title: str, words: str) -> None:
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.words.setText(words)
        self.words.setAccessibleName(words)

    def _changed(self, name: str, value: object) -> None:
        block = self._block
        if block is None:
            return
        changes: dict[str, Any] = {name: value}

        def change(note: Note) -> Note:
            return with_block(note, replace(block_of(note, block), **changes))

        self._session.edit(change, merge=f"inspect {block} {name}")
