"""The probe for PySide6 builds that lose references to None and True, and then end the program."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

pytestmark = pytest.mark.ui


class Sender(QObject):
    told = Signal()


def lost(act: Callable[[], object], times: int) -> tuple[int, ...]:
    """How many references to True, False and None were gained by doing something often."""
    for _ in range(50):
        act()
    gc.collect()
    before = [sys.getrefcount(thing) for thing in (True, False, None)]
    for _ in range(times):
        act()
    gc.collect()
    return tuple(sys.getrefcount(thing) - count for thing, count in zip((True, False, None), before, strict=True))


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from Python 3.12 on")
@pytest.mark.parametrize("name", ["emit", "parent", "layout", "focus widget", "single shot", "grab"])
def test_no_reference_is_lost(name: str, qapp: QApplication) -> None:
    sender, widget = Sender(), QWidget()
    acts: dict[str, Callable[[], object]] = {
        "emit": sender.told.emit,
        "parent": sender.parent,
        "layout": widget.layout,
        "focus widget": qapp.focusWidget,
        "single shot": lambda: QTimer.singleShot(0, sender, sender.told.emit),
        "grab": widget.grab,
    }
    keep = [None] * 200_000, [True] * 200_000  # a bad build would end the probe itself
    assert min(lost(acts[name], 400 if name == "grab" else 4000)) > -100
    assert len(keep) == 2
    qapp.processEvents()
