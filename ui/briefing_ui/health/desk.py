"""What the data worker knows of the health of the data, asked again whenever they change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from briefing.note import Block
from briefing.text import Label
from briefing_ui.health.rows import STATES, Health, Revised, State, health_rows, loaded_rows, revised_rows
from briefing_ui.jobs import Reply
from briefing_ui.market import Listing
from briefing_ui.notice import Choice, Notice
from briefing_ui.session import Session

REVISED = "revised"
HIDDEN = "hidden import"
_HIDDEN = Label(
    "The import of {file} is hidden. What was loaded before shows again.", "已隱藏{file}的匯入，恢復先前載入的數值。"
)
_SHOWN = Label("The import of {file} counts again.", "已恢復{file}的匯入。")
SHOW = Label("Show it again", "恢復此匯入")
HIDE = Label("Hide this import", "隱藏此匯入")


class HealthDesk(QObject):
    """The health of every series and file, what revised past values, and what entered the store.

    `changed()` tells that health came, `revised(tuple[Revised, ...])` that a load changed past values since the
    data were read last, `revisions_came(tuple[Revised, ...])` and `loads_came(tuple[Loaded, ...])` answer
    `want_revisions` and `want_loads`. `hide_wanted(list[int], bool)` asks to hide loads, or to show them again.
    """

    changed = Signal()
    revised = Signal(object)
    revisions_came = Signal(object)
    loads_came = Signal(object)
    hide_wanted = Signal(object, bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._listing = Listing()
        self.rows: tuple[Health, ...] = ()
        self.revised_count = 0
        """How many values were revised; the rows that came last are the newest of them."""
        self._hiding: dict[tuple[int, ...], str] = {}
        session.market_changed.connect(self._read)

    @property
    def counts(self) -> Mapping[State, int]:
        """How many rows there are of each state, the worst first."""
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in STATES}

    def ask(self) -> None:
        """Ask for the health of the data again."""
        self._ask("health", {}, self._came)

    def want_revisions(self, series: str = "") -> None:
        """Make the revisions of one series come, or all."""

        def came(reply: Reply) -> None:
            rows, self.revised_count = revised_rows(reply.result)
            self.revisions_came.emit(rows)

        self._ask("revisions", {"series": series} if series else {}, came)

    def want_loads(self) -> None:
        """Make all loads come."""
        self._ask("loads", {}, lambda reply: self.loads_came.emit(loaded_rows(reply.result)))

    def hide(self, load_ids: Sequence[int], file: str, *, hidden: bool) -> None:
        """Ask to take an import out of sight, or to show it again."""
        self._hiding[tuple(load_ids)] = file
        self.hide_wanted.emit(list(load_ids), hidden)

    def tell_hidden(self, load_ids: Sequence[int], hidden: bool) -> None:
        """An import was hidden or shown again: where that was asked here, a banner offers the way back."""
        file = self._hiding.pop(tuple(load_ids), "")
        if file:
            words, back = (_HIDDEN, SHOW) if hidden else (_SHOWN, HIDE)
            undo = Choice(back, lambda: self.hide(load_ids, file, hidden=not hidden))
            message = Label(words.en.format(file=file), words.zh.format(file=file))
            self._session.notice(Notice(message, tone="ok", choices=(undo,), key=HIDDEN))

    def hide_import(self, load_id: int, file: str) -> None:
        """Take everything out of sight that came in with a load."""

        def found(reply: Reply) -> None:
            rows = loaded_rows(reply.result)
            self.hide(next(row.load_ids for row in rows if load_id in row.load_ids), file, hidden=True)

        self._ask("loads", {}, found)

    def dismiss(self, path: str) -> None:
        """Speak no more of a refused file until it is refused again."""
        self._ask("dismiss", {"path": path}, lambda _reply: self.ask())

    def blocks_with(self, ids: frozenset[str]) -> tuple[Block, ...]:
        """The blocks of the open note that use any of these series, or one that is computed from them.

        Nothing when the note pins a vintage: what it prints does not change.
        """
        from briefing.blocks.mentions import series_of

        note = self._session.note
        if note is None or note.vintage is not None:
            return ()
        wanted = self._computed_from(ids)
        return tuple(block for block in note.blocks if wanted & {self._id(name) for name in series_of(block)})

    def places(self, rows: Sequence[Revised]) -> tuple[int, ...]:
        """Which blocks of the open note, counted from 1, use a series that was revised."""
        note = self._session.note
        used = {block.id for block in self.blocks_with(frozenset(row.series for row in rows))}
        return tuple(at for at, block in enumerate(note.blocks if note is not None else (), 1) if block.id in used)

    def _computed_from(self, ids: frozenset[str]) -> frozenset[str]:
        """These series and all that are computed from them, over any number of steps."""
        from briefing.metrics.formula import legs, parse_formula

        derived = [(row.series, legs(parse_formula(row.formula))) for row in self.rows if row.formula]
        while True:
            more = ids | {name for name, parts in derived if ids & {self._id(part) for part in parts}}
            if more == ids:
                return ids
            ids = more

    def _id(self, name: str) -> str:
        entry = self._session.catalogue_entry(name)
        return entry.id if entry is not None else name

    def _read(self) -> None:
        listing, before = self._session.listing, self._listing
        if listing is before:
            return
        self._listing = listing
        if not listing.workspace:
            self.rows = ()
            self.changed.emit()
            return
        self.ask()
        known = before.vintage if before.workspace == listing.workspace else ""
        if known and listing.vintage and known != listing.vintage:
            self._ask("revisions", {"since": known}, self._revisions_came, key="revisions since")

    def _revisions_came(self, reply: Reply) -> None:
        rows, self.revised_count = revised_rows(reply.result)
        if rows:
            self.revised.emit(rows)

    def _came(self, reply: Reply) -> None:
        self.rows = health_rows(reply.result)
        self.changed.emit()

    def _ask(self, verb: str, args: Mapping[str, Any], then: Any, key: str = "") -> None:
        def came(reply: Reply) -> None:
            if self._session.accept(reply):
                then(reply)

        self._session.jobs.ask("data", verb, args, came, key=key or verb)
