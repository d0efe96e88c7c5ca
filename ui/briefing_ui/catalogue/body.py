"""The fields of an entry under their headings, and what its formula gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from briefing import numbers
from briefing.text import Label
from briefing_ui.catalogue.entry_field import EntryField
from briefing_ui.catalogue.fields import COMPUTED, GROUPS, ID, Field, Group
from briefing_ui.catalogue.spark import Spark
from briefing_ui.session import Session

_RESULT = Label(
    "Gives {text} on {day}; {unit}, changes in {delta}.", "{day}為{text}；單位：{unit}，變動單位：{delta}。"
)
_NO_UNIT = Label("without unit", "無單位")


class EntryBody(QScrollArea):
    """`edited(str)` tells the key of the field that the user changed. For a new series the formula comes first."""

    edited = Signal(str)

    def __init__(self, session: Session, parent: QWidget, *, new: bool) -> None:
        super().__init__(parent)
        self._session = session
        self._heads: list[tuple[QLabel, Label]] = []
        self.fields: dict[str, EntryField] = {}
        self.result = QLabel(self)
        self.result.setWordWrap(True)
        self.result.setProperty("part", "muted")
        self.result.hide()
        self.spark = Spark(session, self)
        self.spark.hide()
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(4, 0, 10, 0)
        self._column.setSpacing(10)
        if new:
            self._column.addWidget(self._field(ID))
        for group in (COMPUTED, *GROUPS[:-1]) if new else GROUPS:
            self._group(group)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.retell()

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        for head, label in self._heads:
            head.setText(self._session.words(label))
        for field in self.fields.values():
            field.retell()

    def show_result(self, row: Mapping[str, str], last: Mapping[str, Any] | None, recent: Iterable[float]) -> None:
        """What the formula gives: the last value in words with the units of `row`, the newest values as a line."""
        words = self._session.words
        self.spark.show_values(tuple(recent))
        self.result.setVisible(last is not None)
        if last is not None:
            day = words(numbers.day(date.fromisoformat(last["date"])))
            unit, delta = (row.get(key) or words(_NO_UNIT) for key in ("unit", "delta_unit"))
            text = words(Label(last["text"]["en"], last["text"]["zh"]))
            self.result.setText(words(_RESULT).format(text=text, day=day, unit=unit, delta=delta))
            self.result.setAccessibleName(self.result.text())

    def show_hint(self, words: Label) -> None:
        """Say below the formula what is still needed to compute it."""
        self.spark.show_values(())
        self.result.setText(self._session.words(words))
        self.result.setAccessibleName(self.result.text())
        self.result.show()

    def go_to(self, field: EntryField) -> None:
        """Give a field the keyboard, and bring it into sight with what is wrong with it."""
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(field)

    def _group(self, group: Group) -> None:
        head = QLabel(self)
        head.setProperty("part", "section")
        self._heads.append((head, group.label))
        self._column.addWidget(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self._column.addLayout(grid)
        for at, field in enumerate(group.fields):
            grid.addWidget(self._field(field), at // 2, at % 2, 1, 2 if field.wide else 1)
        if group is COMPUTED:
            self._column.addWidget(self.result)
            self._column.addWidget(self.spark)

    def _field(self, field: Field) -> EntryField:
        made = EntryField(field, self._session, self)
        made.edited.connect(lambda: self.edited.emit(field.key))
        self.fields[field.key] = made
        return made
