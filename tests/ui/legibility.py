"""Finds what a reader would stumble over in a window: words that do not fit, controls over each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QTabBar,
    QTableView,
    QWidget,
)

_TAB_PADDING = 16
_BUTTON_PADDING = 4
_KINDS = (QLabel, QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QTabBar)


def faults(window: QWidget) -> list[str]:
    """Every fault of what is in sight, in words."""
    found: list[str] = []
    for widget in [window, *window.findChildren(QWidget)]:
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            found += (f"{type(widget).__name__} “{words}” {why}" for words, why in _unfit(widget))
            found += _overlaps(widget)
    return found


def _unfit(widget: QWidget) -> Iterator[tuple[str, str]]:
    for kind, look in _LOOKS:
        if isinstance(widget, kind):
            yield from look(widget)


def _button(button: QAbstractButton) -> Iterator[tuple[str, str]]:
    wanted = button.fontMetrics().horizontalAdvance(button.text()) + _BUTTON_PADDING
    if button.text() and (button.width() < wanted or button.height() < button.fontMetrics().height()):
        yield button.text(), f"has {button.width()} of {wanted} px"


def _tabs(bar: QTabBar) -> Iterator[tuple[str, str]]:
    for at in range(bar.count()):
        needed = bar.fontMetrics().horizontalAdvance(bar.tabText(at)) + _TAB_PADDING
        if bar.tabRect(at).width() < needed:
            yield bar.tabText(at), f"has {bar.tabRect(at).width()} of {needed} px"


def _menus(bar: QMenuBar) -> Iterator[tuple[str, str]]:
    for action in bar.actions():
        if bar.actionGeometry(action).right() > bar.width():
            yield action.text(), "does not fit the menu bar"


def _line(line: QLineEdit) -> Iterator[tuple[str, str]]:
    room = line.width() - 2 * 8
    if not line.text() and line.fontMetrics().horizontalAdvance(line.placeholderText()) > room:
        yield line.placeholderText(), f"has {room} px"


def _label(label: QLabel) -> Iterator[tuple[str, str]]:
    text = label.text()
    if not text or label.textFormat() is Qt.TextFormat.RichText:
        return
    area = label.contentsRect().adjusted(label.margin(), 0, -label.margin(), 0)
    flags = int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0
    needed = label.fontMetrics().boundingRect(QRect(0, 0, area.width(), 10_000), flags, text)
    if needed.width() > area.width() + 1 or needed.height() > label.height() + 1:
        yield text, f"has {area.width()} x {label.height()} of {needed.width()} x {needed.height()} px"


def _header(header: QHeaderView) -> Iterator[tuple[str, str]]:
    for section in range(header.count()) if header.orientation() is Qt.Orientation.Horizontal else ():
        if not header.isSectionHidden(section) and header.sectionSize(section) < header.sectionSizeHint(section):
            words = str(header.model().headerData(section, Qt.Orientation.Horizontal))
            yield words, f"has {header.sectionSize(section)} of {header.sectionSizeHint(section)} px"


def _cells(table: QTableView) -> Iterator[tuple[str, str]]:
    """All columns but the first, which shortens names in the middle and tells them in full in its tip."""
    model = table.model()
    for row in range(model.rowCount()):
        for column in range(1, model.columnCount()):
            text = str(model.index(row, column).data())
            needed = table.fontMetrics().horizontalAdvance(text) + 6
            if not table.isColumnHidden(column) and table.columnWidth(column) < needed:
                yield text, f"has {table.columnWidth(column)} of {needed} px"


def _overlaps(parent: QWidget) -> Iterator[str]:
    children = [child for child in parent.children() if isinstance(child, _KINDS) and child.isVisible()]
    for one, other in combinations(children, 2):
        shared = one.geometry().intersected(other.geometry())
        if shared.width() > 1 and shared.height() > 1:
            yield f"{_named(one)} lies over {_named(other)}"


def _named(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} “{words or widget.accessibleName()}”"


_LOOKS: tuple[tuple[type[QWidget], Callable[..., Iterator[tuple[str, str]]]], ...] = (
    (QLabel, _label),
    (QAbstractButton, _button),
    (QHeaderView, _header),
    (QTabBar, _tabs),
    (QMenuBar, _menus),
    (QLineEdit, _line),
    (QTableView, _cells),
)
