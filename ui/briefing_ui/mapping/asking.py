"""Asks the data worker about a file. Answers come as signals: a window that was closed meanwhile hears none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from briefing.data.intake.choices import Choices
from briefing.text import side_of
from briefing_ui.jobs import Reply
from briefing_ui.session import Session


class Asking(QObject):
    """`seen(dict)` is the preview that was asked for last, `found(list)` are series that what was typed may mean.

    `unseen(tuple[Problem, ...])` says why there is no preview.
    """

    seen = Signal(object)
    unseen = Signal(object)
    found = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def look_at(self, path: Path, choices: Choices) -> None:
        """Ask what a file would become with these choices. An older question is forgotten."""
        args = {"path": str(path), "choices": choices.as_json()}
        self._session.jobs.ask("data", "look_at", args, self._saw, key="look_at", long=True)

    def find(self, typed: str) -> None:
        """Ask which series are meant."""
        args = {"typed": typed, "lang": side_of(self._session.lang)}
        self._session.jobs.ask("data", "find_series", args, self._found, key="find_series")

    def _saw(self, reply: Reply) -> None:
        if reply.ok:
            self.seen.emit(reply.result["preview"])
        else:
            self.unseen.emit(reply.problems)

    def _found(self, reply: Reply) -> None:
        if self._session.accept(reply):
            self.found.emit(reply.result["series"])
