"""The four arrangements of the window, and what the user made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSplitter, QTabBar

from briefing.resources import state_dir
from briefing_ui.docks import PLACES

Arrangement = Literal["scan", "compose", "translate", "proof"]
VERSION = 2
"""Goes up when docks come or go, so that an older state is not applied."""

NARROW = 1400
"""Below this width of the window charts stand in one column."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths and heights in pixels: left and right docks, charts over note."""

    left: int
    right: int
    charts: int
    note: int


def sizes_for(width: int, height: int, kind: Arrangement) -> Sizes:
    """The sizes that fit a window; 3.2 of the interface's own table."""
    left, right = (
        (300, 340) if width < NARROW else (330, 375) if width < 1800 else (360, 540) if width < 2400 else (380, 860)
    )
    room = height - 90
    if kind == "scan":
        return Sizes(420, right, room, 0)
    if kind == "translate":
        return Sizes(left, right, 0, room)
    if kind == "proof":
        return Sizes(left, width - 380 - 360, 0, room)
    return Sizes(left, right, round(room * 0.58), round(room * 0.42))


def arrange(
    window: QMainWindow, docks: Mapping[str, QDockWidget], splitter: QSplitter, kind: Arrangement, home: QByteArray
) -> None:
    """Show the docks of an arrangement and give everything its size.

    `home` is the state of the docks as they were built: Qt then puts tabs and docks back by itself.
    """
    shown = {
        "scan": {"movers", "series", "preview", "checks", "inspector", "health", "glossary"},
        "compose": {"movers", "series", "preview", "checks", "inspector", "health", "glossary"},
        "translate": {"preview", "checks", "inspector", "health", "glossary"},
        "proof": {"preview", "checks", "inspector", "health", "glossary"},
    }[kind]
    if not _at_home(window, docks):
        _restore_docks(window, home)
    for name, dock in docks.items():
        dock.setVisible(name in shown)
    docks["glossary" if kind == "translate" else "checks"].raise_()
    sizes = sizes_for(window.width(), window.height(), kind)
    for index, size in enumerate((sizes.charts, sizes.note)):
        pane = splitter.widget(index)
        if pane is not None:
            pane.setVisible(size > 0)
    splitter.setSizes([sizes.charts, sizes.note])
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    window.resizeDocks([docks["movers"], docks["preview"]], [sizes.left, sizes.right], horizontal)
    room = window.height() - 90
    window.resizeDocks([docks["movers"], docks["series"]], [round(room * 0.66), round(room * 0.34)], vertical)
    share = 0.8 if kind == "proof" else 0.63
    window.resizeDocks([docks["preview"], docks["checks"]], [round(room * share), round(room * (1 - share))], vertical)


def state_path() -> Path:
    """Where the arrangement of the last time is kept."""
    return state_dir() / "window.json"


def store_state(window: QMainWindow, splitter: QSplitter) -> None:
    """Keep docks, splitter and geometry for the next time."""
    state = {
        "docks": _text(window.saveState(VERSION)),
        "splitter": _text(splitter.saveState()),
        "geometry": _text(window.saveGeometry()),
    }
    fresh = state_path().with_suffix(".fresh")
    fresh.write_text(json.dumps(state), encoding="utf-8")
    fresh.replace(state_path())


def restore_state(window: QMainWindow, splitter: QSplitter) -> bool | None:
    """Bring back what was kept. None when nothing was, False when it cannot be used: nothing changed then."""
    if not state_path().exists():
        return None
    try:
        state = json.loads(state_path().read_text(encoding="utf-8"))
        docks, split, geometry = (_bytes(state[key]) for key in ("docks", "splitter", "geometry"))
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if not _restore_docks(window, docks):
        return False
    window.restoreGeometry(geometry)
    splitter.restoreState(split)
    return True


def _at_home(window: QMainWindow, docks: Mapping[str, QDockWidget]) -> bool:
    """Whether every dock is where it was built, and the tabbed ones in one group."""
    tabbed = {place.name for place in PLACES if place.tabbed}
    for place in PLACES:
        dock = docks[place.name]
        beside = {name for name in tabbed if docks[name] in window.tabifiedDockWidgets(dock)}
        wanted = tabbed - {place.name} if place.tabbed else set()
        hidden = {name for name in tabbed if docks[name].isHidden()}
        if dock.isFloating() or window.dockWidgetArea(dock) is not place.area or beside - hidden != wanted - hidden:
            return False
    return True


def _restore_docks(window: QMainWindow, state: QByteArray) -> bool:
    """Restore docks. Qt makes new tabs and forgets to take the old ones away."""
    old = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if not window.restoreState(state, VERSION):
        return False
    for bar in old:
        bar.hide()
    return True


def _text(value: QByteArray) -> str:
    return bytes(value.toBase64().data()).decode("ascii")


def _bytes(text: object) -> QByteArray:
    return QByteArray.fromBase64(str(text).encode("ascii"))
