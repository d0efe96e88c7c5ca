"""The rows of some series in a team database, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from briefing.data.loads import Load
from briefing.data.stored import Rows
from briefing.data.stores.contract import BEGINNING
from briefing.data.stores.postgres_session import Session

if TYPE_CHECKING:
    import pyarrow as pa

_FLAG_BITS = 3
# Each scalar subquery is computed once, not for every row: the server then finds the rows of many series by
# a bitmap. One column less saves a tenth of the time, and so does each condition that is left out.
_ROWS = f"""
SELECT series_id, obs_date, value, (load_id << {_FLAG_BITS}) | flag AS origin FROM brief.obs
WHERE series_id = ANY ((SELECT current_setting('brief.ids')::text[])::text[])
"""  # noqa: S608 - a number of ours
_SPAN = """
AND obs_date BETWEEN (SELECT current_setting('brief.since')::date) AND (SELECT current_setting('brief.until')::date)
"""
_SEEN = """
AND load_id <= (SELECT current_setting('brief.last')::bigint)
AND load_id <> ALL ((SELECT current_setting('brief.without')::bigint[])::bigint[])
"""


def rows_of(
    session: Session, loads: Sequence[Load], without: Sequence[int], ids: Sequence[str], since: date, until: date
) -> Rows:
    """The rows that some loads, which stand in their order, brought of some series on days from `since` to `until`.

    `without` are the numbers of all loads known besides these. The server is asked to leave out only what
    may be much; the rest is left out here.
    """
    settings = {"brief.ids": _array_text(ids)}
    query = _ROWS
    if since > BEGINNING or until < _newest(loads):
        query += _SPAN
        settings |= {"brief.since": since.isoformat(), "brief.until": until.isoformat()}
    last = max(load.load_id for load in loads)
    if without:
        query += _SEEN
        settings |= {"brief.last": str(last), "brief.without": _array_text(map(str, without))}
    return _rows(session.read(query, settings), loads, last, np.datetime64(until))


def _rows(table: pa.Table, loads: Sequence[Load], last: int, until: np.datetime64) -> Rows:
    series = table.column("series_id").combine_chunks().dictionary_encode()
    origin = _numpy(table.column("origin").combine_chunks())
    places = np.full(last + 2, -1, dtype=np.int64)
    places[[load.load_id for load in loads]] = np.arange(len(loads))
    ranks = places[np.minimum(origin >> _FLAG_BITS, last + 1)]
    codes = _numpy(series.indices).astype(np.int64)
    dates = _numpy(table.column("obs_date").combine_chunks().view("int32")).astype("datetime64[D]")
    values = _numpy(table.column("value").combine_chunks().fill_null(float("nan")))
    flags = (origin & ((1 << _FLAG_BITS) - 1)).astype(np.uint8)
    columns = (codes, dates, values, flags, ranks)
    keep = (ranks >= 0) & (dates <= until)
    if not keep.all():
        columns = tuple(column[keep] for column in columns)
    codes, dates, values, flags, ranks = columns
    return Rows(tuple(series.dictionary.to_pylist()), codes, dates, values, flags, loads, ranks)


def _newest(loads: Sequence[Load]) -> date:
    """The last day that has a value."""
    return date.fromisoformat(max((day for load in loads for day in load.series.values() if day), default="0001-01-01"))


def _array_text(items: Iterable[str]) -> str:
    """An array as the server reads it from text."""
    escaped = (item.replace("\\", "\\\\").replace('"', '\\"') for item in items)
    return "{" + ",".join(f'"{item}"' for item in escaped) + "}"


def _numpy(column: pa.Array) -> NDArray[Any]:
    """A column without nulls as numpy. Arrow's own `to_numpy` would import pandas to ask about it."""
    return np.from_dlpack(column)
