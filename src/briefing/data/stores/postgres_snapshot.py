"""A team database as it was at one moment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from briefing.data.chains.table import TABLE_COLUMNS
from briefing.data.loads import Load, hidden_loads, visible
from briefing.data.revisions import Change, changes_in
from briefing.data.stored import Held, stored_by_series
from briefing.data.stores.contract import BEGINNING, EVER, StoreFault
from briefing.data.stores.pinning import pin_of
from briefing.data.stores.postgres_errors import DENIED
from briefing.data.stores.postgres_journal import Journal
from briefing.data.stores.postgres_rows import rows_of
from briefing.data.stores.postgres_session import Session
from briefing.data.vintages import Bound
from briefing.problems import Refused

if TYPE_CHECKING:
    import pyarrow as pa

_CHAIN = f"SELECT {', '.join(TABLE_COLUMNS)} FROM brief.chain WHERE load_id = $1 ORDER BY row_number"  # noqa: S608

_REPORT = "SELECT report::text AS report FROM brief.load WHERE load_id = $1"


class PostgresSnapshot:
    """A `Snapshot` of a database. Rows are never changed there, so the loads that are seen say what is seen."""

    def __init__(self, session: Session, journal: Journal, bound: Bound) -> None:
        self._session = session
        self._journal = journal
        self._hidings = tuple(one for one in journal.hidings if bound.admits(*one.order))
        self._loads = visible(journal.loads, self._hidings, bound)
        self._hidden = hidden_loads(journal.loads, self._hidings, bound)
        self._denied: dict[frozenset[str], StoreFault] = {}

    @property
    def loads(self) -> tuple[Load, ...]:
        """The loads that are seen, in their order."""
        return self._loads

    @property
    def hidden(self) -> tuple[Load, ...]:
        """The loads that are hidden in this view, in their order."""
        return self._hidden

    @property
    def pin(self) -> Bound:
        """The bound that gives this view again later."""
        return pin_of(self._loads, self._hidings)

    @property
    def faults(self) -> tuple[StoreFault, ...]:
        """What the user was not allowed to read so far."""
        return tuple(self._denied.values())

    def read(self, ids: Sequence[str], since: date = BEGINNING, until: date = EVER) -> Held:
        """The newest stored values of some series, on days from `since` to `until`, both included."""
        wanted = sorted(self._held.intersection(ids))
        if not wanted:
            return {}
        try:
            rows = rows_of(self._session, self._loads, self._unseen, wanted, since, until)
        except Refused as refused:
            if refused.problems[0].check != DENIED:
                raise
            series = frozenset(wanted)
            self._denied[series] = StoreFault(refused.problems[0], series)
            return {}
        return stored_by_series(rows)

    def read_chain(self, load: Load) -> pa.Table:
        """The contracts of one chain, as they were written."""
        from briefing.data.chains.table import chain_schema

        return self._session.ask(_CHAIN, load.load_id).cast(chain_schema())

    def changes(self, after: Bound | None = None) -> tuple[Change, ...]:
        """The past values that loads after a bound changed."""
        later = [load for load in self._loads if after is None or not after.admits(*load.order)]
        ids = sorted({series for load in later for series in load.series})
        if not ids:
            return ()
        return changes_in(rows_of(self._session, self._loads, self._unseen, ids, BEGINNING, EVER), after)

    def report(self, load: Load) -> Mapping[str, Any]:
        """The report of the import that brought a load, as it was written."""
        found = self._session.ask(_REPORT, load.load_id).column("report").to_pylist()
        told: dict[str, Any] = json.loads(found[0]) if found else {}
        return told

    @property
    def _held(self) -> frozenset[str]:
        return frozenset(series for load in self._loads for series in load.series)

    @property
    def _unseen(self) -> list[int]:
        """The numbers of the loads that are not seen: hidden, or beyond the bound."""
        seen = {load.load_id for load in self._loads}
        return [load.load_id for load in self._journal.loads if load.load_id not in seen]
