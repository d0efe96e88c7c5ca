"""Writing into a team database, under its lock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.data.intake.loading import loads_of, settled_vintage, vintage_after
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.loads import Load, check_hiding
from briefing.data.stores.contract import Arrival, ChainTable
from briefing.data.stores.partitions import table_of
from briefing.data.stores.postgres_journal import Journal, newest_vintage, read_journal
from briefing.data.stores.postgres_session import Session
from briefing.data.stores.postgres_snapshot import PostgresSnapshot
from briefing.data.tidy import Tidy
from briefing.data.vintages import LATEST, checked_vintage, instant

if TYPE_CHECKING:
    import pyarrow as pa

_MAKE_YEARS = "SELECT bool_or(brief.make_year($1, year)) AS made FROM unnest($2::integer[]) AS year"
_LOAD = """
INSERT INTO brief.load (load_id, batch, vintage, dataset, file_name, part, file_sha256, recogniser, recogniser_version,
    program, series, root, quote_date, clock, rows_read, rows_kept, rows_refused, rows_revised, rows_stored,
    report)
VALUES ($1, $2::bigint[], $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12, $13, $14, $15, $16, $17, $18, $19,
    $20::text::jsonb)
"""
_HIDING = "INSERT INTO brief.hiding (event_id, vintage, load_ids, hidden) VALUES ($1, $2, $3, $4)"


class PostgresWriter:
    """A `Writer` of a database: its session has the lock, so that numbers are given out one after the other."""

    def __init__(self, session: Session, journal: Journal) -> None:
        self._session = session
        self._journal = journal

    @property
    def snapshot(self) -> PostgresSnapshot:
        """The store as it is under the lock."""
        return PostgresSnapshot(self._session, self._journal, LATEST)

    def write(self, arrivals: Sequence[Arrival], vintage: str | None = None) -> tuple[ImportReport, ...]:
        """Write all tables of one file or none of them; gives their reports with vintage and load id."""
        asked = checked_vintage(vintage) if vintage else None
        newest = newest_vintage(self._journal)
        vintages = [settled_vintage(asked, one.report, self._journal.loads, newest) for one in arrivals]
        loads = loads_of(arrivals, self._journal.number + 1, vintages)
        reports = tuple(
            replace(one.report, outcome=Outcome.LOADED, vintage=load.vintage, load_id=load.load_id)
            for one, load in zip(arrivals, loads, strict=True)
        )
        tables = [_rows(one.content, load) for one, load in zip(arrivals, loads, strict=True)]
        self._make_years(tables)
        with self._session.transaction():
            for load, report, (parent, rows) in zip(loads, reports, tables, strict=True):
                self._session.run(_LOAD, *_load_row(load, report, rows.num_rows))
                self._session.load(parent, rows)
        self._journal = read_journal(self._session, self._journal)
        return reports

    def hide(self, load_ids: Sequence[int], *, hidden: bool = True) -> None:
        """Take loads out of sight, or show them again. Views at earlier vintages stay as they are."""
        check_hiding(load_ids, self._journal.loads, self.snapshot.hidden, hidden=hidden)
        vintage = vintage_after(newest_vintage(self._journal))
        numbers = sorted(set(load_ids))
        self._session.run(_HIDING, self._journal.number + 1, instant(vintage), numbers, hidden)
        self._journal = read_journal(self._session, self._journal)

    def _make_years(self, tables: Iterable[tuple[str, pa.Table]]) -> None:
        """Make the parts that the rows will lie in, for good: an empty one disturbs nobody when the load fails."""
        import pyarrow.compute as pc

        for parent, rows in tables:
            days = rows.column("obs_date" if parent == "obs" else "quote_date")
            years = pc.unique(pc.year(days)).to_pylist()
            if years:
                self._session.ask(_MAKE_YEARS, parent, sorted(years))


def _rows(content: Tidy | ChainTable, load: Load) -> tuple[str, pa.Table]:
    """The table of the database for some content, and its rows."""
    import pyarrow as pa

    if isinstance(content, Tidy):
        table = table_of(content, load.load_id)
        flags = pa.array(content.flags.astype("int16"))
        return "obs", table.set_column(table.column_names.index("flag"), "flag", flags)
    count = content.table.num_rows
    rows = content.table.append_column("load_id", pa.repeat(pa.scalar(load.load_id, pa.int64()), count))
    return "chain", rows.append_column("row_number", pa.array(range(count), pa.int32()))


def _load_row(load: Load, report: ImportReport, stored: int) -> tuple[object, ...]:
    return (
        load.load_id,
        list(load.batch),
        instant(load.vintage),
        load.dataset,
        load.file,
        load.part,
        load.sha256,
        load.recogniser,
        load.version,
        load.program,
        json.dumps(dict(load.series)),
        load.root,
        load.quote_date,
        load.clock,
        report.rows_read,
        report.rows_kept,
        report.rows_refused,
        len(report.revised),
        stored,
        json.dumps(report.as_json(), ensure_ascii=False),
    )
