"""What every store of data can do, whether it is a folder or a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from briefing.data.intake.report import ImportReport
from briefing.data.loads import Load
from briefing.data.revisions import Change
from briefing.data.stored import Held
from briefing.data.tidy import Tidy
from briefing.data.vintages import LATEST, Bound
from briefing.problems import Problem
from briefing.text import Label

if TYPE_CHECKING:
    import pyarrow as pa

BEGINNING = date(1, 1, 1)
"""A day before all others."""
EVER = date(9999, 12, 31)
"""A day after all others."""
PATIENCE = 30.0
"""Seconds that a writer waits for another one."""


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a store is, for people: its kind in words, where it is, and what it allows.

    `writable` is whether this user may import at all; `remote` whether reading it crosses a network.
    """

    kind: Label
    place: str
    writable: bool
    remote: bool


@dataclass(frozen=True, slots=True)
class StoreFault:
    """Something in the store that cannot be read, and the series that may lack values because of it.

    `series` None means that nobody knows which: any series may be concerned.
    """

    problem: Problem
    series: frozenset[str] | None

    def concerns(self, series_id: str) -> bool:
        """Whether the series may lack values."""
        return self.series is None or series_id in self.series


@dataclass(frozen=True, slots=True, eq=False)
class ChainTable:
    """One option chain as it is stored: an Arrow table of the columns of `briefing.data.chains`."""

    root: str
    quote_date: date
    clock: str
    table: pa.Table


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """One table of a file on its way into the store: its report so far, and what is to be kept of it."""

    report: ImportReport
    content: Tidy | ChainTable


class Snapshot(Protocol):
    """A store as it was at one moment, up to a bound; what is loaded later never shows in it."""

    @property
    def loads(self) -> tuple[Load, ...]:
        """The loads that are seen, in their order; hidden ones are not."""
        ...

    @property
    def hidden(self) -> tuple[Load, ...]:
        """The loads that are hidden in this view, in their order."""
        ...

    @property
    def pin(self) -> Bound:
        """The bound that gives this view again later. Raises `Refused` for a store without any load."""
        ...

    @property
    def faults(self) -> tuple[StoreFault, ...]:
        """What could not be read so far; reading may add to it."""
        ...

    def read(self, ids: Sequence[str], since: date = BEGINNING, until: date = EVER) -> Held:
        """The newest stored values of some series, on days from `since` to `until`, both included.

        A series that has no row in these days is not in the answer. What is damaged is left out and
        stands in `faults`. Raises `Refused` when the store as a whole cannot be read.
        """
        ...

    def read_chain(self, load: Load) -> pa.Table:
        """The contracts of one chain, as they were written. Raises `Refused` when they cannot be read."""
        ...

    def changes(self, after: Bound | None = None) -> tuple[Change, ...]:
        """The past values that loads after a bound (None: all loads) changed, by load, series and date.

        Raises `Refused` when what they were before cannot be read any more.
        """
        ...

    def report(self, load: Load) -> Mapping[str, Any]:
        """The report of the import that brought a load, as `ImportReport.as_json` wrote it; empty when it is lost."""
        ...


class Writer(Protocol):
    """The one that may write, while it has the lock; compare with `snapshot` before writing."""

    @property
    def snapshot(self) -> Snapshot:
        """The store as it is under the lock."""
        ...

    def write(self, arrivals: Sequence[Arrival], vintage: str | None = None) -> tuple[ImportReport, ...]:
        """Write all tables of one file or none of them; gives their reports with vintage and load id.

        `vintage` None means now. Raises `Refused`; the store is then as it was.
        """
        ...

    def hide(self, load_ids: Sequence[int], *, hidden: bool = True) -> None:
        """Take loads out of sight, or show them again. Views at earlier vintages stay as they are.

        Raises `Refused` for a load that there is not, or that is so already.
        """
        ...


class DataStore(Protocol):
    """Where the data of a workspace lie."""

    @property
    def facts(self) -> StoreFacts:
        """What this store is and allows. Raises `Refused` when it cannot be reached."""
        ...

    def snapshot(self, bound: Bound = LATEST) -> Snapshot:
        """The store as it is now. Raises `Refused` when it cannot be reached or read."""
        ...

    def writing(self, wait: float = PATIENCE) -> AbstractContextManager[Writer]:
        """The lock of writers: one at a time, over all programs that use the store.

        Waits up to `wait` seconds for another writer. Raises `Refused`: still held, by whom and since
        when; or the store cannot be written.
        """
        ...

    def token(self) -> str:
        """What changes whenever something was loaded, hidden or shown; cheap enough to ask every few seconds."""
        ...

    def changed_since(self, token: str) -> bool:
        """Whether anything was loaded, hidden or shown since the token was given."""
        ...
