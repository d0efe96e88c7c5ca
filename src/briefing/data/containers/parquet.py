"""Parquet: the footer is judged first; then columns become text. Words are kept once, however often they stand."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from briefing.data.containers.cell_text import float_text, moment_text, number_text
from briefing.data.containers.limits import MOST_CELLS, MOST_COLUMNS, MOST_EXPANDED, MOST_IN_CELL, MOST_ROWS, MOST_TEXT
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece, container
from briefing.data.containers.table import Found
from briefing.data.reading.grid import Grid, Row
from briefing.problems import Refused
from briefing.text import Label

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet as pq

_BATCH = 65_536
_FOOTER = 50_000_000
_UNNAMED = "__index_level_"
_LESS = Label("Write fewer rows or columns, or export it as CSV.", "請減少列數或欄數，或改匯出為CSV檔。")


@container("parquet", Label("Parquet file", "Parquet檔"), lambda content: content.startswith(b"PAR1"))
def open_parquet(piece: Piece) -> tuple[Found, ...]:
    """The one table of a Parquet file. Raises `Refused` by what its footer says before any value is read."""
    import pyarrow as pa

    try:
        file = _opened(piece)
        _check_footer(piece, file.metadata)
        names = _ordered(file.schema_arrow)
        rows = list(_rows(piece, file, names))
    except (pa.ArrowException, OSError, ValueError, OverflowError, KeyError) as fault:
        words = str(fault).splitlines()[0][:120] if str(fault) else type(fault).__name__
        raise refused(
            piece.title, f"a Parquet file that is cut off or damaged ({words})", f"Parquet檔不完整或毀損（{words}）"
        ) from fault
    if not rows:
        raise refused(piece.title, "the table has no rows", "表格沒有任何列")
    header = Row(1, tuple("" if name.startswith(_UNNAMED) else name.strip() for name in names))
    return (Found(grid=Grid(piece.name, "", (header, *rows), part=piece.part)),)


def _opened(piece: Piece) -> pq.ParquetFile:
    from pyarrow import parquet

    source = io.BytesIO(piece.content)
    limits = {"thrift_string_size_limit": _FOOTER, "thrift_container_size_limit": 1_000_000}
    schema = parquet.ParquetFile(source, arrow_extensions_enabled=False, **limits).schema_arrow
    words = [field.name for field in schema if _is_words(field.type)]
    return parquet.ParquetFile(source, read_dictionary=words, arrow_extensions_enabled=False, **limits)


def _is_words(kind: pa.DataType) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_dictionary(kind))


def _check_footer(piece: Piece, footer: pq.FileMetaData) -> None:
    rows, columns = footer.num_rows, footer.num_columns
    groups = (footer.row_group(at) for at in range(footer.num_row_groups))
    size = sum(group.total_byte_size for group in groups)
    if columns > MOST_COLUMNS or rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise refused(
            piece.title,
            f"{rows:,} rows of {columns:,} columns; that is more than is read",
            f"共{rows:,}列、{columns:,}欄，超過可讀取的範圍",
            hint=_LESS,
            check="import.too_long",
        )
    if size > MOST_EXPANDED or min(rows, size) < 0:
        raise refused(
            piece.title,
            f"would expand to {size / 1e6:,.0f} MB; at most {MOST_EXPANDED / 1e6:,.0f} MB are read",
            f"展開後為{size / 1e6:,.0f} MB，最多讀取{MOST_EXPANDED / 1e6:,.0f} MB",
            hint=_LESS,
        )


def _ordered(schema: pa.Schema) -> list[str]:
    """The columns as pandas showed them: its index first, wherever it was written."""
    names = list(schema.names)
    said = (schema.metadata or {}).get(b"pandas")
    try:
        index = json.loads(said).get("index_columns", []) if said else []
    except (ValueError, AttributeError, RecursionError):
        return names
    first = [name for name in index if isinstance(name, str) and name in names] if isinstance(index, list) else []
    return [*first, *(name for name in names if name not in first)]


def _rows(piece: Piece, file: pq.ParquetFile, names: list[str]) -> Iterator[Row]:
    if len(set(names)) < len(names):
        raise refused(piece.title, "two columns have the same name", "有兩欄名稱相同")
    line, text = 1, 0
    for batch in file.iter_batches(batch_size=_BATCH):
        batch.validate(full=True)
        columns = [_texts(piece, name, batch.column(name)) for name in names]
        text += sum(len(cell) for column in columns for cell in column)
        if text > MOST_TEXT:
            raise _endless(piece, f"columns {', '.join(names[:3])}", f"{'、'.join(names[:3])}欄")
        for cells in zip(*columns, strict=True):
            line += 1
            if any(cells):
                yield Row(line, cells)


def _texts(piece: Piece, name: str, values: pa.Array) -> list[str]:
    from pyarrow import types

    kind = values.type
    if types.is_dictionary(kind):
        words = _texts(piece, name, values.dictionary)
        return ["" if at is None else words[at] for at in values.indices.to_pylist()]
    if types.is_timestamp(kind):
        import pyarrow as pa

        values = values.cast(pa.timestamp("us", kind.tz), safe=False)
    reader = _reader(kind)
    if reader is None:
        raise refused(
            piece.title,
            f"column “{name}” holds {kind}, which no table of data does",
            f"「{name}」欄為{kind}，不像資料表",
        )
    texts = ["" if value is None else reader(value) for value in values.to_pylist()]
    if any(len(text) > MOST_IN_CELL for text in texts):
        raise _endless(piece, f"a value of column “{name}”", f"「{name}」欄的內容")
    return texts


def _endless(piece: Piece, en: str, zh: str) -> Refused:
    return refused(
        piece.title,
        f"more text than a table of data has in {en}",
        f"{zh}文字過長，不像資料表",
        hint=_LESS,
        check="import.too_wide",
    )


def _reader(kind: pa.DataType) -> Callable[[Any], str] | None:
    """How a value of some type is written as text; None for lists, records and bytes."""
    from pyarrow import types

    if types.is_string(kind) or types.is_large_string(kind):
        return str.strip
    if types.is_boolean(kind):
        return lambda value: "TRUE" if value else "FALSE"
    if types.is_floating(kind):
        return lambda value: float_text(value) if math.isfinite(value) else "" if math.isnan(value) else str(value)
    if types.is_decimal(kind):
        return lambda value: number_text(format(value, "f"))
    if types.is_timestamp(kind):
        return lambda value: value.isoformat() if value.tzinfo else moment_text(value)
    return str if types.is_integer(kind) or types.is_date(kind) or types.is_time(kind) or types.is_null(kind) else None
