"""The files of a folder store: immutable Parquet partitions, each holding what one load added or revised.

`dataset=NAME/vintage=TIME/<load id>-<8 hex of the source file's hash>.parquet`, sorted by series and
date; a chain lies below `dataset=NAME/root=ROOT/quote_date=DAY/`. A partition says in its metadata what
it came from and which series it holds, so that nothing but these files is needed to know the store.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from briefing.data.loads import Load
from briefing.data.tidy import Flag, Tidy
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

if TYPE_CHECKING:
    import pyarrow as pa

_KEY = b"briefing"
_ASKED_FOR = ("series_id", "obs_date", "load_id")
"""The columns that rows are chosen by: their least and greatest values are written, for which groups to read."""

_ROW_GROUP = 65_536
"""Rows that are read together: small enough that one series of many does not cost the whole file."""


@dataclass(frozen=True, slots=True)
class Partition:
    """A partition file and its load.

    One that a compaction wrote holds the newest rows of several loads, which it `covers`; each row keeps
    the number of its load. `revised` are the series in which a value stood over another one.
    """

    path: Path
    load: Load
    covers: tuple[Load, ...] = ()
    revised: frozenset[str] = frozenset()

    @property
    def loads(self) -> tuple[Load, ...]:
        """The loads whose rows it holds."""
        return self.covers or (self.load,)


def partition_name(load: Load) -> PurePosixPath:
    """Where the partition of a load lies in the store."""
    parts = [f"dataset={load.dataset}"]
    if load.root:
        parts += [f"root={load.root}", f"quote_date={load.quote_date}"]
    return PurePosixPath(*parts, f"vintage={load.vintage}", f"{load.load_id}-{load.sha256[:8]}.parquet")


def partition_bytes(
    table: pa.Table, load: Load, covers: tuple[Load, ...] = (), revised: frozenset[str] = frozenset()
) -> bytes:
    """The file of a load."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    told = asdict(load) | ({"covers": [asdict(one) for one in covers], "revised": sorted(revised)} if covers else {})
    table = table.replace_schema_metadata({_KEY: json.dumps(told, ensure_ascii=False).encode()})
    rising = [field.name for field in table.schema if pa.types.is_date32(field.type) or pa.types.is_int32(field.type)]
    alike = [field.name for field in table.schema if field.name not in rising and not pa.types.is_floating(field.type)]
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        row_group_size=_ROW_GROUP,
        use_dictionary=alike,
        column_encoding=dict.fromkeys(rising, "DELTA_BINARY_PACKED"),
        write_statistics=[name for name in _ASKED_FOR if name in table.column_names],
        write_page_checksum=True,
    )
    return bytes(sink.getvalue().to_pybytes())


def table_of(rows: Tidy, load_id: int) -> pa.Table:
    """The rows of a load as the columns of a partition; a value that is missing is null."""
    import numpy as np
    import pyarrow as pa

    return pa.table(
        {
            "series_id": pa.DictionaryArray.from_arrays(rows.codes, pa.array(rows.names, pa.string())),
            "obs_date": pa.array(rows.dates, pa.date32()),
            "value": pa.array(rows.values, pa.float64(), mask=np.isnan(rows.values)),
            "flag": pa.DictionaryArray.from_arrays(rows.flags.astype(np.int32), [flag.word for flag in Flag]),
            "load_id": pa.array(np.full(len(rows), load_id), pa.int64()),
            "line": pa.array(rows.lines, pa.int32()),
        }
    )


def read_metadata(path: Path) -> dict[str, Any]:
    """What a partition says of itself, as plain values. Raises `Refused` for a file that is damaged or cannot be opened."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with path.open("rb") as file:
            metadata = pq.read_metadata(file).metadata or {}
        told: dict[str, Any] = json.loads(metadata[_KEY])
        partition_of(path, told)
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as fault:
        raise Refused(not_read(path, fault)) from fault
    return told


def check_whole(path: Path) -> None:
    """Read a partition to its end against its checksums. Raises `Refused` for a file that is damaged or cannot be opened."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with path.open("rb") as file:
            pq.ParquetFile(file, page_checksum_verification=True).read()
    except (OSError, pa.ArrowException) as fault:
        raise Refused(not_read(path, fault)) from fault


def partition_of(path: Path, told: Mapping[str, Any]) -> Partition:
    """A partition from what it says of itself. Raises `TypeError`, `ValueError` when that is something else."""
    rest = dict(told)
    covers = tuple(_load(one) for one in rest.pop("covers", ()))
    revised = frozenset(rest.pop("revised", ()))
    return Partition(path, _load(rest), covers, revised)


def _load(told: Mapping[str, Any]) -> Load:
    return Load(**(dict(told) | {"batch": tuple(told.get("batch", ()))}))


def not_read(path: Path, fault: Exception) -> Problem:
    """A file that could not be read: the system refused it, or its content is damaged, which Arrow calls an `OSError` too."""
    if isinstance(fault, OSError) and fault.strerror:
        return unreadable(path, fault.strerror)
    return damaged(path, str(fault).strip())


def damaged(path: Path, how: str) -> Problem:
    """A partition that is not what was written."""
    return error(
        "store.damaged",
        Place(file=str(path)),
        Label(f"{path.name} in the store is damaged: {how}.", f"資料庫中的{path.name}已損壞：{how}。"),
        Label(
            "Restore the file from a backup, or set it aside with “briefing store quarantine” and import again.",
            "請由備份還原該檔，或以「briefing store quarantine」隔離後重新匯入。",
        ),
    )


def unreadable(path: Path, why: str) -> Problem:
    """A file or folder of the store that the system does not open."""
    return error(
        "store.unreadable",
        Place(file=str(path)),
        Label(f"{path.name} in the store cannot be opened: {why}.", f"無法開啟資料庫中的{path.name}：{why}。"),
        Label("Mend the rights to it; everything else stays readable.", "請修正其權限；其餘資料仍可讀取。"),
    )
