"""Questions to partition files, asked of DuckDB in memory.

The connection sees the store's folder and nothing else, loads no extension and cannot be changed;
values are bound, never written into the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from briefing.data.loads import Load
from briefing.data.stored import Rows
from briefing.data.stores.partitions import Partition, damaged
from briefing.data.tidy import Flag
from briefing.problems import Refused

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_FLAGS = ", ".join(f"'{flag.word}'" for flag in Flag)
_ROWS = f"""
SELECT rows.file_index AS file, wanted.place AS series, obs_date,
       coalesce(value, 'NaN'::DOUBLE) AS value, flag::ENUM({_FLAGS}) AS flag, load_id
FROM read_parquet($files, hive_partitioning = false) AS rows
JOIN (SELECT unnest($ids) AS id, unnest(range(len($ids)))::INTEGER AS place) AS wanted ON rows.series_id = wanted.id
WHERE obs_date BETWEEN $since AND $until
"""  # noqa: S608 - the text is made of the flags' own names
_MERGED = """
WITH rows AS (
    SELECT series_id, obs_date, value, flag, load_id, line, loads.place
    FROM read_parquet($files, hive_partitioning = false) AS rows
    JOIN (SELECT unnest($loads) AS id, unnest(range(len($loads))) AS place) AS loads ON rows.load_id = loads.id
)
"""
_NEWEST = f"""
{_MERGED} SELECT * EXCLUDE (place) FROM rows
QUALIFY row_number() OVER (PARTITION BY series_id, obs_date ORDER BY place DESC) = 1 ORDER BY series_id, obs_date
"""  # noqa: S608 - made of our own words
_REVISED = f"""
{_MERGED}, pairs AS (
    SELECT series_id, value, lead(value) OVER later AS after, lead(place) OVER later IS NOT NULL AS again
    FROM rows WINDOW later AS (PARTITION BY series_id, obs_date ORDER BY place)
)
SELECT DISTINCT series_id FROM pairs WHERE again AND value IS NOT NULL AND after IS DISTINCT FROM value
"""  # noqa: S608 - made of our own words


def engine(data: Path) -> duckdb.DuckDBPyConnection:
    """A locked connection that can read the partitions below one folder."""
    import duckdb

    connection = duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    folder = str(data.resolve()).replace("'", "''")
    for setting in (
        "memory_limit = '1GB'",
        f"allowed_directories = ['{folder}']",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection


@lru_cache(maxsize=8)
def engine_of(data: Path) -> duckdb.DuckDBPyConnection:
    """The connection of this process for one folder: making one takes longer than most questions."""
    return engine(data)


def rows_of(
    connection: duckdb.DuckDBPyConnection,
    found: Sequence[Partition],
    ids: Sequence[str],
    since: date,
    until: date,
) -> Rows:
    """The rows of some series in some partitions, with the loads that they came with.

    Raises `Refused` when one of the files is damaged; asked for one file alone, it names that.
    """
    import duckdb

    files = [str(item.path.resolve()) for item in found]
    bound = {"files": files, "ids": list(ids), "since": since, "until": until}
    try:
        table = connection.cursor().sql(_ROWS, params=bound).to_arrow_table()
    except duckdb.Error as fault:
        raise Refused(damaged(found[0].path, str(fault))) from fault
    loads = tuple(sorted({load for item in found for load in item.loads}, key=lambda load: load.order))
    return Rows(
        names=tuple(ids),
        series=_array(table, "series").astype(np.int64),
        dates=_days(table),
        values=_array(table, "value"),
        flags=_codes(table),
        loads=loads,
        ranks=_ranks(table, found, loads),
    )


def _ranks(table: pa.Table, found: Sequence[Partition], loads: Sequence[Load]) -> NDArray[np.int64]:
    """The place of each row's load among the loads; rows of a compaction say their load themselves."""
    place = {load: rank for rank, load in enumerate(loads)}
    files = _array(table, "file").astype(np.int64)
    ranks = np.array([place[item.load] if not item.covers else 0 for item in found], dtype=np.int64)[files]
    numbers = _array(table, "load_id")
    for index, item in enumerate(found):
        if item.covers:
            rows = files == index
            covers = sorted(item.covers, key=lambda load: load.load_id)
            at = np.searchsorted([load.load_id for load in covers], numbers[rows])
            ranks[rows] = np.array([place[load] for load in covers], dtype=np.int64)[at]
    return ranks


def _array(table: pa.Table, name: str) -> NDArray[Any]:
    """A column without nulls as numpy. Arrow's own `to_numpy` would import pandas to ask about it."""
    return np.from_dlpack(table.column(name).combine_chunks())


def _days(table: pa.Table) -> NDArray[np.datetime64]:
    return np.from_dlpack(table.column("obs_date").combine_chunks().view("int32")).astype("datetime64[D]")


def _codes(table: pa.Table) -> NDArray[np.uint8]:
    column = table.column("flag").combine_chunks()
    indices = column.indices if hasattr(column, "indices") else column.chunk(0).indices
    return np.from_dlpack(indices).astype(np.uint8)


def merged(connection: duckdb.DuckDBPyConnection, found: Sequence[Partition]) -> tuple[pa.Table, frozenset[str]]:
    """The newest rows of some partitions of one dataset as the columns of one, and the series in which a value was revised.

    Raises `Refused` when one of the files is damaged.
    """
    import duckdb

    loads = sorted((load for item in found for load in item.loads), key=lambda load: load.order)
    bound = {"files": [str(item.path.resolve()) for item in found], "loads": [load.load_id for load in loads]}
    try:
        rows = connection.cursor().sql(_NEWEST, params=bound).to_arrow_table()
        revised = connection.cursor().sql(_REVISED, params=bound).fetchall()
    except duckdb.Error as fault:
        raise Refused(damaged(found[0].path, str(fault))) from fault
    for name in ("series_id", "flag"):
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(at, name, rows.column(name).combine_chunks().dictionary_encode())
    return rows, frozenset(name for (name,) in revised)
