"""The window on a workspace of its own whose data worker is the real one, asked without a process around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from desk import Answering, Renderer, TableJobs
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from briefing.settings import Settings
from briefing.workers.data_worker import Desk, verbs
from briefing.workers.protocol import Handler, Job
from briefing_ui.look import load_fonts
from briefing_ui.window import MainWindow

CLEAR = "DATE,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n2025-01-15,4.66\n"
UNKNOWN = "Date,House yield,Positions\n2025-01-13,4.79,11\n2025-01-14,4.78,12\n2025-01-15,4.66,13\n"
AMBIGUOUS = "Date,UST10Y\n03/04/2024,4.20\n04/04/2024,4.30\n09/04/2024,4.40\n"


def answering(handler: Handler) -> Answering:
    """A verb of the worker as `TableJobs` asks for it."""

    def answer(args: Mapping[str, Any], body: bytes) -> tuple[Mapping[str, Any], bytes]:
        made = handler(Job(args, body, lambda _done, _label: None))
        return made.result, made.body

    return answer


def real_jobs() -> TableJobs:
    """Jobs with the data worker's own verbs, and a renderer that draws nothing."""
    renderer = Renderer()
    drawn = {"view": renderer.view, "render": renderer.render, "pages": renderer.images}
    data = {name: answering(handler) for name, handler in verbs(Desk()).items()}
    return TableJobs({**data, **drawn, "warm": lambda *_: ({}, b"")})


def carried(paths: Sequence[Path]) -> QMimeData:
    """Files as a file manager hands them over: their addresses, and these once more as text."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(QUrl.fromLocalFile(str(path)).toString() for path in paths))
    return data


@contextmanager
def window_on(workspace: Path, qtbot: QtBot, *, language: Literal["en", "zh"] = "en") -> Iterator[MainWindow]:
    """The window on a workspace, with its desk in sight."""
    load_fonts()
    made = MainWindow(real_jobs(), Settings(language=language, theme="light"))
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitUntil(lambda: made._charts is not None)
    made.session.open_workspace(workspace)
    made.show_desk()
    yield made
    made.close()


class Drag:
    """A drag of something over a window, as the platform tells it to the window."""

    def __init__(self, window: QWidget, data: QMimeData, place: QPointF) -> None:
        self._window, self._data, self._place = window, data, place

    def enter(self) -> bool:
        """Come in; gives whether it is welcome."""
        point = self._place.toPoint()
        for kind in (QDragEnterEvent, QDragMoveEvent):
            event = kind(point, *self._more())
            self._send(event)
        return event.isAccepted()

    def leave(self) -> None:
        """Go out again."""
        self._send(QDragLeaveEvent())

    def drop(self) -> None:
        """Let go."""
        self._send(QDropEvent(self._place, *self._more()))

    def _more(self) -> tuple[Any, ...]:
        copy, button, nothing = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        return copy, self._data, button, nothing

    def _send(self, event: QEvent) -> None:
        QApplication.sendEvent(self._window.windowHandle(), event)


def drop_files(window: MainWindow, *paths: Path, place: QPointF | None = None) -> None:
    """Drag files in and let them go."""
    drag = Drag(window, carried(paths), place or QPointF(400, 400))
    assert drag.enter()
    drag.drop()
