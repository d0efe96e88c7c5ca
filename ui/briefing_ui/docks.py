"""The docks of the window: a thin title, a fixed name, one pane each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QTabWidget, QWidget

from briefing.text import Label, Lang

TITLE_HEIGHT = 20
Area = Qt.DockWidgetArea


@dataclass(frozen=True, slots=True)
class Place:
    """A dock's name, its words, its side, and whether its title is the tab of a group."""

    name: str
    label: Label
    area: Qt.DockWidgetArea
    tabbed: bool = False


PLACES: tuple[Place, ...] = (
    Place("movers", Label("Movers", "異動"), Area.LeftDockWidgetArea),
    Place("series", Label("Series", "序列"), Area.LeftDockWidgetArea),
    Place("preview", Label("Preview", "預覽"), Area.RightDockWidgetArea),
    Place("inspector", Label("Inspector", "屬性"), Area.RightDockWidgetArea, tabbed=True),
    Place("checks", Label("Checks", "檢查"), Area.RightDockWidgetArea, tabbed=True),
    Place("health", Label("Data", "資料"), Area.RightDockWidgetArea, tabbed=True),
    Place("glossary", Label("Glossary", "詞彙"), Area.RightDockWidgetArea, tabbed=True),
)


def build_docks(window: QMainWindow, panes: Mapping[str, QWidget]) -> dict[str, QDockWidget]:
    """Put every pane into its dock and every dock in its place, the tabbed ones in one group."""
    window.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
    window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
    docks: dict[str, QDockWidget] = {}
    for place in PLACES:
        dock = QDockWidget(window)
        dock.setObjectName(f"dock {place.name}")
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable | QDockWidget.DockWidgetFeature.DockWidgetFloatable
        )
        dock.setTitleBarWidget(_bare(dock) if place.tabbed else _title(dock))
        dock.setWidget(panes[place.name])
        docks[place.name] = dock
    group: QDockWidget | None = None
    for place in PLACES:
        dock = docks[place.name]
        window.addDockWidget(place.area, dock, Qt.Orientation.Vertical)
        if place.tabbed and group is not None:
            window.tabifyDockWidget(group, dock)
        elif place.tabbed:
            group = dock
    docks["checks"].raise_()
    return docks


def name_docks(docks: Mapping[str, QDockWidget], lang: Lang, counts: Mapping[str, int]) -> None:
    """Say the titles in the language of the interface, with counts where there are some."""
    for place in PLACES:
        count = counts.get(place.name, 0)
        words = f"{place.label.of(lang)} {count}" if count else place.label.of(lang)
        dock = docks[place.name]
        dock.setWindowTitle(words)
        dock.setAccessibleName(words)
        title = dock.titleBarWidget()
        if isinstance(title, QLabel):
            title.setText(words)
            title.setAccessibleName(words)


def _title(dock: QDockWidget) -> QLabel:
    title = QLabel(dock)
    title.setProperty("part", "dock title")
    title.setFixedHeight(TITLE_HEIGHT)
    return title


def _bare(dock: QDockWidget) -> QWidget:
    """No title: the tab of the group says what this is."""
    bare = QWidget(dock)
    bare.setFixedHeight(0)
    return bare
