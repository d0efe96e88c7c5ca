"""One field of the form: its words, the control, the way back to what is shipped, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.catalogue.fields import FORMULA, Field
from briefing_ui.catalogue.formula_line import FormulaLine
from briefing_ui.look import TARGET
from briefing_ui.session import Session

_BACK = Label("Back to what is shipped: {label}", "恢復隨附的設定：{label}")
_CLEAR = Label("Back to the usual: {label}", "恢復慣用的設定：{label}")
_CHOOSE = Label("choose", "請選擇")
_USUAL = Label("{value} (as usual)", "{value}（慣用）")
_AS_USUAL = Label("as usual", "慣用")


class _Choices(QComboBox):
    """A closed list that the wheel passes over, so that scrolling the form changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class EntryField(QWidget):
    """`edited()` tells that the user changed it. An empty field means what stands in it in grey."""

    edited = Signal()

    def __init__(self, field: Field, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self._session = session
        self._shipped = False
        self._usual = ""
        self.label, self.problem = QLabel(self), QLabel(self)
        self.problem.setProperty("part", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.control = self._made()
        self.control.setMinimumHeight(TARGET)
        self.control.setProperty("field", field.key)
        self.label.setBuddy(self.control)
        self.back = QToolButton(self)
        self.back.setText("×")
        # Tab leads from field to field: an emptied field goes back too, and a space typed in passing must not.
        self.back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.back.clicked.connect(self._go_back)
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(self.control, 1)
        line.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.label)
        column.addLayout(line)
        column.addWidget(self.problem)
        column.addStretch(1)
        self.retell()

    @property
    def text(self) -> str:
        """What the workspace is to say; empty for what is shipped or usual."""
        if isinstance(self.control, QComboBox):
            return str(self.control.currentData())
        return self.control.text().strip()

    def show_value(self, text: str, usual: str, *, shipped: bool) -> None:
        """Show a value of the workspace's own, and what stands without one; `shipped` says that it comes from there."""
        self._usual, self._shipped = usual, shipped
        if isinstance(self.control, QComboBox):
            self.control.setCurrentIndex(max(self.control.findData(text), 0))
        else:
            self.control.setText(text)
        self._tell_usual()

    def show_usual(self, usual: str) -> None:
        """What an empty field means now."""
        if not self.text:
            self._usual = usual
            self._tell_usual()

    def show_problem(self, words: Label | None, hint: Label | None = None) -> None:
        """Say what is wrong, or that nothing is."""
        said = " ".join(self._session.words(part) for part in (words, hint) if part is not None and part.en)
        self.problem.setText(said)
        self.problem.setAccessibleName(said)
        self.problem.setVisible(bool(said))
        self.control.setAccessibleDescription(said or self._session.words(self.field.hint))

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words = self._session.words
        name = words(self.field.label)
        self.label.setText(f"{name} *" if self.field.required else name)
        self.control.setAccessibleName(name)
        self.control.setToolTip(words(self.field.hint))
        back = words(_BACK if self._shipped else _CLEAR).format(label=name)
        self.back.setToolTip(back)
        self.back.setAccessibleName(back)
        if isinstance(self.control, QComboBox):
            for at, label in enumerate(self.field.choices.values(), 1):
                self.control.setItemText(at, words(label))
        self._tell_usual()

    def _made(self) -> QComboBox | QLineEdit:
        if self.field.choices:
            box = _Choices(self)
            box.addItem("", "")
            for value in self.field.choices:
                box.addItem("", value)
            box.activated.connect(self._edited)
            return box
        line = self._line()
        line.textEdited.connect(self._edited)
        return line

    def _line(self) -> QLineEdit:
        if self.field.key == FORMULA.key:
            formula = FormulaLine(self._session, self)
            formula.inserted.connect(self._edited)
            return formula
        line = QLineEdit(self)
        if self.field.key == "calendar":
            from briefing.data.calendars import calendar_names

            names = QCompleter(calendar_names(), line)
            names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            names.activated.connect(self._edited)
            line.setCompleter(names)
        return line

    def _tell_usual(self) -> None:
        words = self._session.words
        if isinstance(self.control, QComboBox):
            choice = self.field.choices.get(self._usual)
            empty = words(_CHOOSE if self.field.required else _AS_USUAL)
            self.control.setItemText(0, words(_USUAL).format(value=words(choice)) if choice else empty)
        else:
            self.control.setPlaceholderText(self._usual)
        self.back.setVisible(bool(self.text))

    def _edited(self) -> None:
        self.back.setVisible(bool(self.text))
        self.edited.emit()

    def _go_back(self) -> None:
        if isinstance(self.control, QComboBox):
            self.control.setCurrentIndex(0)
        else:
            self.control.clear()
        self.control.setFocus()
        self._edited()
