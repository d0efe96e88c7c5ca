"""The store on disk: immutable Parquet partitions, each holding what one load added or revised.

`data/dataset=NAME/vintage=TIME/<load id>-<8 hex of the source file's hash>.parquet`, sorted by series
and date. A partition says in its metadata what it came from and which series it holds, so that
nothing but these files is needed to know the store.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.data.tidy import Flag, Tidy
from briefing.problems import Place, Refused, error
from briefing.text import Label

if TYPE_CHECKING:
    import pyarrow as pa

_KEY = b"briefing"


@dataclass(frozen=True, slots=True)
class Load:
    """Where the rows of a partition came from. `series` maps ids to their last date with a value or ""."""

    load_id: int
    dataset: str
    vintage: str
    file: str
    sha256: str
    recogniser: str
    version: int
    program: str
    series: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Partition:
    """A visible partition file and its load."""

    path: Path
    load: Load

    def newest(self, series_id: str) -> date | None:
        """The last date for which this partition has a value of the series."""
        last = self.load.series.get(series_id, "")
        return date.fromisoformat(last) if last else None


def partitions(data: Path) -> tuple[Partition, ...]:
    """Every partition of a store, by vintage and load. Raises `Refused` for a file that is damaged."""
    found = (Partition(path, _load(path)) for path in data.glob("dataset=*/vintage=*/*.parquet"))
    return tuple(sorted(found, key=lambda item: (item.load.vintage, item.load.load_id, item.load.sha256)))


def partition_path(data: Path, load: Load) -> Path:
    """Where the partition of a load lies."""
    folder = data / f"dataset={load.dataset}" / f"vintage={load.vintage}"
    return folder / f"{load.load_id}-{load.sha256[:8]}.parquet"


def partition_bytes(rows: Tidy, load: Load) -> bytes:
    """The file of a load. Rows come sorted by series and date; a value that is missing is null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(_table(rows, load), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def _table(rows: Tidy, load: Load) -> pa.Table:
    import numpy as np
    import pyarrow as pa

    table = pa.table(
        {
            "series_id": pa.DictionaryArray.from_arrays(rows.codes, pa.array(rows.names, pa.string())),
            "obs_date": pa.array(rows.dates, pa.date32()),
            "value": pa.array(rows.values, pa.float64(), mask=np.isnan(rows.values)),
            "flag": pa.DictionaryArray.from_arrays(rows.flags.astype(np.int32), [flag.word for flag in Flag]),
            "load_id": pa.array(np.full(len(rows), load.load_id), pa.int64()),
        }
    )
    return table.replace_schema_metadata({_KEY: json.dumps(asdict(load), ensure_ascii=False).encode()})


@lru_cache(maxsize=65536)
def _load(path: Path) -> Load:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(path).metadata or {}
        return Load(**json.loads(metadata[_KEY]))
    except (OSError, pa.ArrowInvalid, KeyError, TypeError, ValueError) as fault:
        raise Refused(
            error(
                "store.damaged",
                Place(file=str(path)),
                Label(f"{path.name} in the store is damaged: {fault}.", f"資料庫中的{path.name}已損壞：{fault}。"),
                Label(
                    "Restore the file from a backup, or move it away and import again.",
                    "請由備份還原該檔，或移走後重新匯入。",
                ),
            )
        ) from fault
