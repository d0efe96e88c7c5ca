"""F5: what is new in the watched folders comes in, with progress and Cancel; and a word when there is something new."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from briefing.text import Label
from briefing.workers.protocol import Progress, problem_from_json
from briefing_ui.health.desk import HealthDesk
from briefing_ui.jobs import Reply
from briefing_ui.market import Listing
from briefing_ui.notice import Choice, Notice, Tone
from briefing_ui.refresh_words import (
    CANCEL,
    CANCELLED,
    ELSEWHERE_LOADED,
    LOOKING,
    REFRESH_NOW,
    SHOW_HEALTH,
    SHOW_REFUSED,
    nothing_new,
    outcome,
    waiting,
)
from briefing_ui.session import Session
from briefing_ui.watching import Watching

REFRESH = "refresh"
WAITING = "waiting files"
ELSEWHERE = "loaded elsewhere"
_TELL_EVERY = 0.1
_LOOK_EVERY = 60_000
"""What others load into the store makes no noise here: look from time to time; milliseconds."""

Report = Mapping[str, Any]


class Refreshing(QObject):
    """Reads only when it is asked to: what is new is told, and waits.

    `refused(list[dict])` asks for the cards of files that could not be read, `health_wanted()` for the
    health of the data, `waiting_changed(int)` tells how many files wait for a refresh, `withdrawn(str)` that a
    banner has lost its cause.
    """

    refused = Signal(object)
    health_wanted = Signal()
    waiting_changed = Signal(int)
    withdrawn = Signal(str)

    def __init__(self, session: Session, health: HealthDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._health = health
        self._listing = Listing()
        self._running = False
        self._told_at = 0.0
        self._reports: Sequence[Report] | None = None
        self._folders: tuple[Path, ...] = ()
        self._waiting: tuple[str, ...] = ()
        self._behind = False
        self.watching = Watching(self)
        self.watching.happened.connect(self.look)
        self._looking = QTimer(self, interval=_LOOK_EVERY)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        session.market_changed.connect(self._market_changed)
        session.jobs.progressed.connect(self._progressed)
        health.changed.connect(self._health_came)

    @property
    def running(self) -> bool:
        """Whether files are being read now."""
        return self._running

    def start(self) -> None:
        """Read what is new in the watched folders, then the store. What is shown stays until its new values are there."""
        if self._running or self._session.workspace is None:
            return
        self._running, self._reports = True, None
        self._waits(())
        self._falls_behind(False)
        if self._folders:
            self._tell(LOOKING)
        self._session.jobs.ask("data", "refresh", {}, self._done, key=REFRESH, long=True)

    def cancel(self) -> None:
        """Stop reading. What was read until then is in the store, and shown."""
        self._running = False
        self._session.jobs.cancel(REFRESH)
        self.withdrawn.emit(REFRESH)
        self._session.say(CANCELLED)
        self._session.refresh()
        self.look()

    def look(self) -> None:
        """Ask which files wait for a refresh, and whether others loaded data; nothing is read."""
        if not self._running and self._session.workspace is not None:
            self._session.jobs.ask("data", "pending", {}, self._looked, key="pending")

    def stop(self) -> None:
        """Watch no longer; the window closes."""
        self._looking.stop()
        self.watching.stop()

    def _done(self, reply: Reply) -> None:
        self._running = False
        self.withdrawn.emit(REFRESH)
        if self._session.accept(reply):
            self._session.show_problems(map(problem_from_json, reply.result["problems"]))
            self._reports = reply.result["reports"]
            if not self._reports:
                self._session.say(nothing_new(len(self._folders)))
        self._session.refresh()
        self.look()

    def _health_came(self) -> None:
        """Files were read before the health of the data was asked for: now both can be told in one line."""
        reports, self._reports = self._reports, None
        if not reports:
            return
        refused = [report for report in reports if report["outcome"] == "refused"]
        counts = self._health.counts
        choices = [Choice(SHOW_HEALTH, self.health_wanted.emit)]
        if refused:
            choices.insert(0, Choice(SHOW_REFUSED, lambda: self.refused.emit(refused)))
        tone: Tone = "warning" if refused or counts["failed"] or counts["late"] else "ok"
        self._session.notice(Notice(outcome(reports, counts), tone=tone, choices=tuple(choices), key=REFRESH))

    def _market_changed(self) -> None:
        listing, before = self._session.listing, self._listing
        self._listing = listing
        if listing.workspace != before.workspace:
            self._waits(())
            self.look()

    def _looked(self, reply: Reply) -> None:
        if self._running or not self._session.accept(reply):
            return
        self._folders = tuple(map(Path, reply.result["folders"]))
        self.watching.follow(self._folders)
        self._waits(tuple(reply.result["files"]))
        self._falls_behind(reply.result["elsewhere"] is True)

    def _waits(self, files: tuple[str, ...]) -> None:
        """Tell which files wait now, unless that was told."""
        if files == self._waiting:
            return
        self._waiting = files
        self.waiting_changed.emit(len(files))
        if files:
            self._session.notice(Notice(waiting(files), choices=(Choice(REFRESH_NOW, self.start),), key=WAITING))
        else:
            self.withdrawn.emit(WAITING)

    def _falls_behind(self, behind: bool) -> None:
        """Tell that others loaded data, unless that was told."""
        if behind == self._behind:
            return
        self._behind = behind
        if behind:
            choice = Choice(REFRESH_NOW, self.start)
            self._session.notice(Notice(ELSEWHERE_LOADED, choices=(choice,), key=ELSEWHERE))
        else:
            self.withdrawn.emit(ELSEWHERE)

    def _progressed(self, key: str, progress: Progress) -> None:
        now = time.monotonic()
        if key == REFRESH and self._running and now - self._told_at >= _TELL_EVERY:
            self._told_at = now
            self._tell(progress.label)

    def _tell(self, words: Label) -> None:
        self._session.notice(Notice(words, choices=(Choice(CANCEL, self.cancel),), key=REFRESH))
