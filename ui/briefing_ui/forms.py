"""Forms made from what a dataclass declares: a field with a label is a row, its type chooses the control."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QWidget

from briefing.text import Label, Lang, Text
from briefing_ui.look import TARGET

OnChange = Callable[[str, object], None]
_SIDES: tuple[tuple[Literal["en", "zh"], Label], ...] = (
    ("en", Label("English", "英文")),
    ("zh", Label("Chinese", "中文")),
)
_NONE = Label("none", "無")
_WIDEST = 1_000_000


class Form(QWidget):
    """A form over one dataclass value. `on_change(name, value)` hears each change of the user.

    Text of authors gets a line for each language; lists, numbers, flags and single words their own
    control; `stacked` puts each below its label. Fields without a label, and those that hold blocks of their own, are left out.
    """

    def __init__(
        self, value: object, lang: Lang, on_change: OnChange, parent: QWidget | None = None, *, stacked: bool = False
    ) -> None:
        super().__init__(parent)
        self._on_change = on_change
        self._lang = lang
        self._value = value
        self._rows: dict[str, Callable[[object], None]] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(8, 8, 8, 8)
        self._form.setHorizontalSpacing(10)
        self._form.setVerticalSpacing(6)
        policy = QFormLayout.RowWrapPolicy
        self._form.setRowWrapPolicy(policy.WrapAllRows if stacked else policy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for entry in fields(value):  # type: ignore[arg-type]
            if "label" in entry.metadata:
                self._add(entry, _kind(type(value), entry))

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that have a row."""
        return tuple(self._rows)

    def show_value(self, value: object) -> None:
        """Show another value of the same class, without telling anybody."""
        self._value = value
        for name, fill in self._rows.items():
            fill(getattr(value, name))

    def _add(self, entry: Field[Any], kind: object) -> None:
        label, value = entry.metadata["label"], getattr(self._value, entry.name)
        if isinstance(value, Text):
            self._add_text(entry.name, label, value)
            return
        choices = _choices(entry, kind)
        made = self._chooser(entry.name, choices, value) if choices else self._control(entry.name, value)
        if made is not None:
            control, fill = made
            self._rows[entry.name] = fill
            self._row(label.of(self._lang), control)

    def _row(self, words: str, control: QWidget) -> None:
        label = QLabel(words, self)
        label.setWordWrap(True)
        label.setBuddy(control)
        control.setMinimumHeight(TARGET)
        control.setAccessibleName(words)
        self._form.addRow(label, control)

    def _add_text(self, name: str, label: Label, value: Text) -> None:
        lines = {side: QLineEdit(value.of(side), self) for side, _ in _SIDES}
        for side, language in _SIDES:
            line = lines[side]
            line.setProperty("field", f"{name}.{side}")
            self._row(f"{label.of(self._lang)} ({language.of(self._lang)})", line)

            def changed(words: str, side: Literal["en", "zh"] = side) -> None:
                self._tell(name, getattr(self._value, name).with_side(side, words))

            line.textEdited.connect(changed)

        def fill(text: object) -> None:
            for side, line in lines.items():
                if isinstance(text, Text) and line.text() != text.of(side):
                    line.setText(text.of(side))

        self._rows[name] = fill

    def _chooser(
        self, name: str, choices: Mapping[object, Label], value: object
    ) -> tuple[QWidget, Callable[[object], None]]:
        box = QComboBox(self)
        for choice, label in choices.items():
            box.addItem(label.of(self._lang), choice)
        box.setCurrentIndex(box.findData(value))
        box.activated.connect(lambda index: self._tell(name, box.itemData(index)))
        return box, lambda new: box.setCurrentIndex(box.findData(new))

    def _control(self, name: str, value: object) -> tuple[QWidget, Callable[[object], None]] | None:
        if isinstance(value, bool):
            flag = QCheckBox(self)
            flag.setChecked(value)
            flag.clicked.connect(lambda checked: self._tell(name, checked))
            return flag, lambda new: flag.setChecked(bool(new))
        if isinstance(value, int):
            whole = QSpinBox(self)
            whole.setRange(-_WIDEST, _WIDEST)
            whole.setValue(value)
            whole.editingFinished.connect(lambda: self._tell(name, whole.value()))
            return whole, lambda new: whole.setValue(int(str(new)))
        if isinstance(value, float):
            number = QDoubleSpinBox(self)
            number.setRange(-_WIDEST, _WIDEST)
            number.setValue(value)
            number.editingFinished.connect(lambda: self._tell(name, number.value()))
            return number, lambda new: number.setValue(float(str(new)))
        if isinstance(value, str):
            line = QLineEdit(value, self)
            line.setProperty("field", name)
            line.textEdited.connect(lambda words: self._tell(name, words))
            return line, lambda new: _refill(line, str(new))
        return None

    def _tell(self, name: str, value: object) -> None:
        if value != getattr(self._value, name):
            self._on_change(name, value)


def _refill(line: QLineEdit, words: str) -> None:
    if line.text() != words:
        line.setText(words)


@lru_cache(maxsize=64)
def _hints(cls: type) -> Mapping[str, object]:
    return get_type_hints(cls)


def _kind(cls: type, entry: Field[Any]) -> object:
    return _hints(cls)[entry.name]


def _choices(entry: Field[Any], kind: object) -> Mapping[object, Label]:
    """What a closed list offers: declared with labels, or the literals of its type."""
    declared = entry.metadata.get("choices")
    if declared:
        return dict(declared)
    if get_origin(kind) is Literal:
        return {choice: _NONE if choice == "" else Label(str(choice), str(choice)) for choice in get_args(kind)}
    return {}
