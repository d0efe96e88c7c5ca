"""Questions to the store, asked of DuckDB in memory over the partition files.

The connection sees the store's folder and nothing else, loads no extension and cannot be changed;
values are bound, never written into the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.data.partitions import Partition
from briefing.problems import Place, Refused, error
from briefing.text import Label

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

EVER = date(9999, 12, 31)
"""A day after all others."""

_ROWS = """
SELECT file_index, series_id, obs_date, coalesce(value, 'NaN'::DOUBLE) AS value
FROM read_parquet($files, hive_partitioning = false)
WHERE obs_date <= $as_of AND series_id IN (SELECT unnest($ids))
"""


def open_store(data: Path) -> duckdb.DuckDBPyConnection:
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


def rows_of(
    connection: duckdb.DuckDBPyConnection, found: Sequence[Partition], ids: Sequence[str], as_of: date
) -> pa.Table:
    """The rows of some series in some partitions: file_index, series_id, obs_date, value.

    `file_index` is the partition's place in `found`; its dataset and vintage stand there. Missing
    values are NaN, so no column has nulls. Raises `Refused` for a damaged file.
    """
    import duckdb

    bound = {"files": [str(item.path.resolve()) for item in found], "ids": list(ids), "as_of": as_of}
    try:
        return connection.cursor().sql(_ROWS, params=bound).to_arrow_table()
    except duckdb.Error as fault:
        raise Refused(
            error(
                "store.damaged",
                Place(file=str(found[0].path.parents[2]) if found else None),
                Label(f"The store cannot be read: {fault}.", f"無法讀取資料庫：{fault}。"),
                Label("Restore the data folder from a backup.", "請由備份還原資料資料夾。"),
            )
        ) from fault
