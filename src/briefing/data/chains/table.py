"""A chain as an Arrow table and back: the columns that every store keeps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from briefing.data.chains.chain import COLUMNS, Chain, columns_of
from briefing.data.tidy import Flag

if TYPE_CHECKING:
    import pyarrow as pa

    from briefing.data.loads import Load

TABLE_COLUMNS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("root", "quote_date", "clock"), "string")
    | {"quote_date": "date32", "quote_time": "timestamp", "spot": "double", "vendor": "string"}
    | {"option_root": "string", "expiry": "date32", "settle": "string", "strike": "double", "cp": "string"}
    | {"style": "string", "multiplier": "double"}
    | dict.fromkeys(("bid", "ask", "last", "volume", "open_interest"), "double")
    | dict.fromkeys(("iv", "delta", "gamma", "theta", "vega", "forward"), "double")
    | {"occ_symbol": "string", "adjusted": "bool", "flag": "string", "line": "int32"}
)
"""The columns in their order, and the kind of each; vintage and load id are the store's own.

The key is root, quote_date, clock, option_root, expiry, settle, strike, cp and the vintage. `quote_time`
(UTC, microseconds) and all doubles but strike and multiplier may be null, `line` 0 is null.
"""
_HEAD = ("root", "quote_date", "clock", "quote_time", "spot", "vendor")
_RENAMED = MappingProxyType({"flag": "flags", "line": "lines"})


def chain_schema() -> pa.Schema:
    """The Arrow schema of a stored chain."""
    import pyarrow as pa

    kinds = {
        "string": pa.string(),
        "date32": pa.date32(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "double": pa.float64(),
        "bool": pa.bool_(),
        "int32": pa.int32(),
    }
    return pa.schema([(name, kinds[kind]) for name, kind in TABLE_COLUMNS.items()])


def to_table(chain: Chain) -> pa.Table:
    """The table of a chain, one row a contract in the chain's order; NaN becomes null."""
    import pyarrow as pa

    arrays = [_array(chain, field) for field in chain_schema()]
    return pa.table(arrays, schema=chain_schema())


def _array(chain: Chain, field: pa.Field) -> pa.Array:
    import pyarrow as pa

    if field.name in _HEAD:
        value = getattr(chain, field.name)
        gap = value is None or (isinstance(value, float) and math.isnan(value))
        return pa.repeat(pa.scalar(None if gap else value, field.type), len(chain))
    column = getattr(chain, _RENAMED.get(field.name, field.name))
    if field.name == "flag":
        words = np.asarray([flag.word for flag in Flag], dtype=np.str_)
        return pa.array(words[column], field.type)
    gaps = np.isnan(column) if field.type == pa.float64() else None
    return pa.array(column, field.type, mask=column == 0 if field.name == "line" else gaps)


def from_table(table: pa.Table, load: Load) -> Chain:
    """The chain of a stored table that has at least one row. Raises `KeyError` or `ValueError` for another table."""
    head: dict[str, Any] = {name: table[name][0].as_py() for name in _HEAD}
    spot, instant = head.pop("spot"), head.pop("quote_time")
    columns: dict[str, Any] = {name: _values(table, name) for name in COLUMNS if name not in _RENAMED.values()}
    columns["flags"] = _flags(table["flag"])
    columns["lines"] = table["line"].fill_null(0).to_numpy()
    return Chain(
        **head,
        spot=float("nan") if spot is None else spot,
        quote_time=None if instant is None else instant.astimezone(UTC),
        **columns_of(columns),
        vintage=load.vintage,
        load_id=load.load_id,
    )


def _values(table: pa.Table, name: str) -> NDArray[Any]:
    """A column as an array, NaN for null. Raises `ValueError` for a null where none may be."""
    column = table[name]
    if TABLE_COLUMNS[name] != "double" and column.null_count:
        raise ValueError(f"{name} has gaps")
    found: NDArray[Any] = column.to_numpy()
    return found


def _flags(words: pa.ChunkedArray) -> NDArray[np.uint8]:
    """The codes of words. Raises `ValueError` for an unknown one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    codes = pc.index_in(words, value_set=pa.array([flag.word for flag in Flag]))
    if codes.null_count:
        raise ValueError("flag has unknown words")
    found: NDArray[np.uint8] = codes.to_numpy().astype(np.uint8)
    return found
