"""A copy of a team database on this machine, laid out like a folder store; the database stays the truth."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from briefing.data.loads import Load
from briefing.data.stores.contents import Contents, contents
from briefing.data.stores.hidings import hiding_bytes, hiding_path
from briefing.data.stores.partitions import partition_bytes, partition_name
from briefing.data.stores.postgres_address import Address
from briefing.data.stores.postgres_journal import Journal
from briefing.data.stores.postgres_session import Session
from briefing.data.stores.postgres_snapshot import PostgresSnapshot
from briefing.data.tidy import Flag
from briefing.data.vintages import LATEST
from briefing.data.writing import write_file, write_files
from briefing.resources import state_dir

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 10_000_000
"""A database with more rows than this is not copied."""
AT_ONCE = 2_000_000
"""Rows that are copied before the program looks up again; a single load may have more."""

_MARKER = "copy.json"
_SIZES = "SELECT load_id, rows_stored FROM brief.load WHERE load_id <= $1"
_ROWS = """
SELECT series_id, obs_date, value, flag, load_id, line FROM brief.obs
WHERE load_id = (SELECT current_setting('brief.load')::bigint)
"""


@dataclass(frozen=True, slots=True)
class Copied:
    """How far the copy goes: all that entered up to a number, and when that was last known to be all there was.

    `last` tells the database from another one that has come as far.
    """

    number: int
    last: str
    at: datetime

    def is_all_of(self, journal: Journal) -> bool:
        """Whether nothing has entered since."""
        return (self.number, self.last) == (journal.number, _last(journal))


def copy_folder(address: Address) -> Path:
    """Where the copy of a database lies, in the user's own folder."""
    name = blake2b(str(address).encode(), digest_size=8).hexdigest()
    return state_dir() / "copies" / name


def read_copied(folder: Path) -> Copied | None:
    """How far the copy goes; None where there is none that can be used."""
    try:
        told = json.loads((folder / _MARKER).read_bytes())
        return Copied(int(told["number"]), str(told["last"]), datetime.fromisoformat(told["at"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def copied_contents(folder: Path, copied: Copied) -> Contents:
    """The copy as it was when it was complete. Raises `Refused` when it cannot be opened."""
    there = contents(folder)
    return replace(
        there,
        loads=tuple(load for load in there.loads if load.load_id <= copied.number),
        hidings=tuple(hiding for hiding in there.hidings if hiding.event_id <= copied.number),
    )


def bring_up_to_date(folder: Path, session: Session, journal: Journal) -> bool:
    """Copy what the folder lacks, up to `AT_ONCE` rows; gives whether it is complete now.

    Raises `Refused` when the server fails and `OSError` when the folder cannot be written; what was
    copied stays, and is used once it is complete.
    """
    there = _matching(folder, journal)
    sizes = {row["load_id"]: row["rows_stored"] for row in session.ask(_SIZES, journal.number).to_pylist()}
    lacking = [load for load in journal.loads if load.load_id not in there]
    for load in _first(lacking, sizes):
        _copy_load(folder, session, journal, load)
        there.add(load.load_id)
    if any(load.load_id not in there for load in journal.loads):
        return False
    write_files({hiding_path(folder, hiding): hiding_bytes(hiding) for hiding in journal.hidings})
    mark(folder, journal)
    return True


def is_too_large(session: Session) -> bool:
    """Whether the database has more rows than are copied."""
    query = "SELECT coalesce(sum(rows_stored), 0) > $1 AS large FROM brief.load"
    return bool(session.ask(query, MOST_ROWS).column("large")[0].as_py())


def mark(folder: Path, journal: Journal) -> None:
    """Note that the copy holds all that there is now. Raises `OSError`."""
    told = {"number": journal.number, "last": _last(journal), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    write_file(folder / _MARKER, json.dumps(told).encode())


def _last(journal: Journal) -> str:
    """What entered last, in words that another database hardly has."""
    return repr((journal.loads[-1:], journal.hidings[-1:]))


def _matching(folder: Path, journal: Journal) -> set[int]:
    """The numbers of the loads in the folder; it is emptied when it is the copy of something else.

    A database that was made anew, or put back to an earlier day, gives its numbers out again.
    """
    if not folder.exists():
        return set()
    there = contents(folder)
    if not there.faults and set(there.loads) <= set(journal.loads) and set(there.hidings) <= set(journal.hidings):
        return {load.load_id for item in there.partitions for load in item.loads}
    shutil.rmtree(folder)
    return set()


def _first(lacking: Iterable[Load], sizes: dict[int, int]) -> Iterator[Load]:
    """The loads to copy now: the oldest, as many as are not too much at once."""
    rows = 0
    for load in lacking:
        if rows and rows + sizes[load.load_id] > AT_ONCE:
            return
        rows += sizes[load.load_id]
        yield load


def _copy_load(folder: Path, session: Session, journal: Journal, load: Load) -> None:
    if load.root:
        table = PostgresSnapshot(session, journal, LATEST).read_chain(load)
    else:
        table = _partition_table(session.read(_ROWS, {"brief.load": str(load.load_id)}))
    write_file(folder / partition_name(load), partition_bytes(table, load))


def _partition_table(rows: pa.Table) -> pa.Table:
    """Rows of the database as the columns of a partition."""
    import pyarrow as pa

    rows = rows.sort_by([("series_id", "ascending"), ("obs_date", "ascending")]).combine_chunks()
    codes = np.from_dlpack(rows.column("flag").combine_chunks()).astype(np.int32)
    words = pa.DictionaryArray.from_arrays(codes, [flag.word for flag in Flag])
    series = rows.column("series_id").combine_chunks().dictionary_encode()
    rows = rows.set_column(rows.column_names.index("flag"), "flag", words)
    return rows.set_column(0, "series_id", series)
