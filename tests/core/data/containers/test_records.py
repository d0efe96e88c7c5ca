"""JSON, XML feeds and Parquet become grids with a header row; what is no list of records is refused by name."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.data.containers.opening import open_tables
from briefing.data.containers.table import Table
from briefing.problems import Problem

Opened = Callable[..., tuple[Table, ...]]
Refusal = Callable[..., Problem]


def cells(table: Table) -> list[tuple[str, ...]]:
    return [tuple(row.cells) for row in table.grid.rows]


def parquet(table: pa.Table, **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def test_a_list_of_records_is_a_table_with_the_lines_of_the_file(opened: Opened) -> None:
    content = b'[\n {"date": "2025-01-13", "v": 4.10},\n {"date": "2025-01-14", "v": null, "w": true}\n]'
    (table,) = opened("x.json", content)
    assert [(row.line, tuple(row.cells)) for row in table.grid.rows] == [
        (2, ("date", "v", "w")),
        (2, ("2025-01-13", "4.1", "")),
        (3, ("2025-01-14", "", "TRUE")),
    ]
    assert (table.container, table.grid.delimiter, table.encoding) == ("json", "", "utf-8")


def test_each_list_of_records_in_an_object_is_a_table_of_its_own(opened: Opened) -> None:
    content = b'{"n": 2, "a": [{"x": 1}], "b": [{"y": "0700"}], "c": [1, 2], "d": []}'
    tables = opened("x.json", content)
    assert [(table.part, cells(table)) for table in tables] == [("a", [("x",), ("1",)]), ("b", [("y",), ("0700",)])]


def test_one_record_a_line_is_a_table(opened: Opened) -> None:
    (table,) = opened("x.jsonl", b'{"x": 1}\n{"x": 2}\n')
    assert [(row.line, row.cells) for row in table.grid.rows] == [(1, ("x",)), (1, ("1",)), (2, ("2",))]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"error": "Too many requests"}', "x.csv, line 1: this is JSON or an error message, not a table."),
        (b"[]", "x.csv, line 1: this is JSON or an error message, not a table."),
        (b'{"error": {"code": 429}}', "x.csv, line 1: this is JSON or an error message, not a table."),
        (b'{"a": {"b": {"c": 1}}}', "x.csv, line 1: this is JSON without a list of flat records."),
        (b'{"a": [[1]]}', "x.csv, line 1: this is JSON without a list of flat records."),
        (b'[{"a": 1},\n{"a": 2}', "x.csv, line 2: a comma or the end of a list is missing."),
        (b'[{"a": 1},]', "x.csv, line 1: a comma before the end of a list."),
        (b'[{"a": 1},', "x.csv, line 1: the list does not end."),
        (b'[{"a": 1}] x', "x.csv, line 1: something stands behind the end of the JSON."),
        (b'[{"a": 1, "a": 2}]', "x.csv: a record has “a” twice."),
        (b'[{"a": \n1', "x.csv, line 2: JSON that is cut off or damaged (Expecting ',' delimiter)."),
    ],
)
def test_json_that_is_no_table_is_refused_in_one_sentence(refusal: Refusal, content: bytes, message: str) -> None:
    assert refusal("x.csv", content).message.en == message


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "date": st.dates().map(str),
                "value": st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
            }
        ),
        min_size=1,
        max_size=5,
    )
)
def test_numbers_of_json_come_back_as_the_same_numbers(records: list[dict[str, Any]]) -> None:
    (table,) = open_tables(Path("x.json"), json.dumps(records).encode(), "")
    at = table.grid.rows[0].cells.index("value")
    read = [row.cells[at] for row in table.grid.rows[1:]]
    assert [float(text) if text else None for text in read] == [
        None if record["value"] is None else float(record["value"]) for record in records
    ]


def test_a_feed_has_a_row_for_each_element_that_holds_only_values(opened: Opened) -> None:
    content = b"""<?xml version="1.0" encoding="utf-8"?>
<f:feed xmlns:f="urn:f" xmlns:d="urn:d">
<f:title>Rates</f:title>
<f:entry><f:author><f:name/></f:author><d:row>
<d:DAY>2025-01-14</d:DAY><d:A> 4.78 </d:A><d:B null="true"/></d:row></f:entry>
<f:entry><f:author><f:name/></f:author><d:row>
<d:C>1</d:C><d:DAY>2025-01-13</d:DAY><d:A>4.79</d:A></d:row></f:entry>
</f:feed>"""
    (table,) = opened("x.xml", content)
    assert [(row.line, row.cells) for row in table.grid.rows] == [
        (4, ("DAY", "A", "B", "C")),
        (4, ("2025-01-14", "4.78", "", "")),
        (6, ("2025-01-13", "4.79", "", "1")),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_feed_is_read_in_the_encoding_that_it_declares(opened: Opened, encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}'?><r><i><a>é</a><b>1</b></i><i><a>ü</a><b>2</b></i></r>"
    (table,) = opened("x.xml", text.encode(encoding))
    assert cells(table) == [("a", "b"), ("é", "1"), ("ü", "2")]


def test_an_answer_in_xml_that_is_no_feed_is_quoted(refusal: Refusal) -> None:
    content = b'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>No.</Message></Error>'
    found = refusal("x.csv", content)
    assert found.message.en == "x.csv, line 1: this is XML without rows of data; it begins “Error AccessDenied No.”."


def test_a_web_page_in_xml_is_a_web_page(refusal: Refusal) -> None:
    content = b'<?xml version="1.0"?><!DOCTYPE html><html><body>Sorry</body></html>'
    assert refusal("x.xml", content).message.en == (
        "x.xml, line 1: this is a web page, not a table; its first words: “Sorry”."
    )


def test_columns_of_every_kind_become_text(opened: Opened) -> None:
    table = pa.table(
        {
            "day": pa.array([date(2025, 1, 14), None], pa.date32()),
            "moment": pa.array([datetime(2025, 1, 14), datetime(2025, 1, 14, 16, 30)], pa.timestamp("ns")),  # noqa: DTZ001 - the column has no zone
            "zoned": pa.array([datetime(2025, 1, 14, 5, tzinfo=UTC), None], pa.timestamp("s", "America/New_York")),
            "number": pa.array([4.1, float("nan")]),
            "whole": pa.array([2**53 + 1, None], pa.int64()),
            "words": pa.array([" 0700 ", None]).dictionary_encode(),
            "exact": pa.array([Decimal("4.10"), None]),
            "truth": pa.array([True, None]),
        }
    )
    (found,) = opened("x.parquet", parquet(table))
    assert cells(found) == [
        tuple(table.column_names),
        (
            "2025-01-14",
            "2025-01-14",
            "2025-01-14T00:00:00-05:00",
            "4.1",
            "9007199254740993",
            "0700",
            "4.1",
            "TRUE",
        ),
        ("", "2025-01-14T16:30:00", "", "", "", "", "", ""),
    ]
    assert [row.line for row in found.grid.rows] == [1, 2, 3]


def test_the_index_of_pandas_stands_first_and_an_unnamed_one_has_no_heading(opened: Opened) -> None:
    table = pa.table({"v": [1.5], "__index_level_0__": ["2025-01-14"]})
    metadata = {"pandas": json.dumps({"index_columns": ["__index_level_0__"]})}
    (found,) = opened("x.parquet", parquet(table.replace_schema_metadata(metadata)))
    assert cells(found) == [("", "v"), ("2025-01-14", "1.5")]


def test_a_column_of_lists_is_refused_by_its_name(refusal: Refusal) -> None:
    found = refusal("x.parquet", parquet(pa.table({"day": ["2025-01-14"], "legs": [[1, 2]]})))
    assert "column “legs” holds list" in found.message.en


@pytest.mark.data
def test_the_real_curves_are_read_whole(opened: Opened, shared: Path) -> None:
    (table,) = opened("x.parquet", (shared / "gsw" / "bailey_fed_yield_curve_all.parquet").read_bytes())
    assert (len(table.grid.rows), table.grid.rows[0].cells[0], table.grid.rows[-1].cells[0]) == (
        780,
        "Date",
        "2025-10-03",
    )
