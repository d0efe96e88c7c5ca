"""Archives are opened by what is in them: every table is found, notes are named, the rest is refused by name."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from briefing.data.containers.table import Table
from briefing.problems import Problem

Opened = Callable[..., tuple[Table, ...]]
Refusal = Callable[..., Problem]
Archive = Callable[[Mapping[str, str | bytes]], bytes]
Workbook = Callable[..., bytes]

DAILY = "observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n"
MONTHLY = "observation_date,FEDFUNDS\n2024-12-01,4.48\n"


def test_each_member_of_an_archive_is_a_table_and_notes_are_named(opened: Opened, archive: Archive) -> None:
    content = archive({"README.txt": "FRED notes", "daily.csv": DAILY, "monthly.csv": MONTHLY})
    first, second = opened("fredgraph.zip", content)
    assert [first.part, second.part] == ["daily.csv", "monthly.csv"]
    assert first.grid.title == "fredgraph.zip › daily.csv"
    assert [row.cells for row in second.grid.rows] == [("observation_date", "FEDFUNDS"), ("2024-12-01", "4.48")]
    assert [doubt.en for doubt in first.doubts] == ["Not read: README.txt."]
    assert second.doubts == ()


def test_members_are_opened_by_their_content_whatever_they_are_called(
    opened: Opened, archive: Archive, workbook: Workbook
) -> None:
    book = workbook({"Daily": [["Date", "VIX"], ["2025-01-14", 18.71]]})
    tables = opened("x.dat", archive({"a.bin": book, "b": '[{"Date": "2025-01-14", "VIX": 18.71}]', "c.xls": DAILY}))
    assert [(table.part, table.container) for table in tables] == [
        ("a.bin › Daily", "zip"),
        ("b", "zip"),
        ("c.xls", "zip"),
    ]


def test_folders_hidden_files_and_pictures_in_an_archive_are_left_out(opened: Opened, archive: Archive) -> None:
    members = {
        "data/": "",
        "data/daily.csv": DAILY,
        "__MACOSX/._daily.csv": "x",
        "data/~$book.xlsx": "x",
        "chart.png": b"\x89PNG\r\n",
    }
    (table,) = opened("x.zip", archive(members))
    assert table.part == "data/daily.csv"
    assert [doubt.zh for doubt in table.doubts] == ["未讀取：__MACOSX/._daily.csv、data/~$book.xlsx、chart.png。"]


def test_a_damaged_member_refuses_the_archive_with_its_name(refusal: Refusal, archive: Archive) -> None:
    found = refusal("x.zip", archive({"daily.csv": DAILY, "page.csv": "<!DOCTYPE html><html><body>404</body></html>"}))
    assert found.message.en == "x.zip › page.csv, line 1: this is a web page, not a table; its first words: “404”."
    assert (found.place.file, found.place.row) == ("x.zip › page.csv", 1)


def test_an_archive_without_a_table_says_what_it_holds(refusal: Refusal, archive: Archive) -> None:
    assert (
        refusal("x.zip", archive({"README.txt": "notes"})).message.en == "x.zip: holds no table; it holds README.txt."
    )
    assert refusal("x.zip", archive({})).message.zh == "x.zip：沒有表格；內容為空的。"


def test_an_archive_in_an_archive_is_refused(refusal: Refusal, archive: Archive) -> None:
    inner = archive({"daily.csv": DAILY})
    assert refusal("x.zip", archive({"y.zip": inner})).message.en == "x.zip › y.zip: an archive in an archive."
    assert refusal("x.zip", archive({"y.gz": gzip.compress(b"a,b\n")})).message.en == (
        "x.zip › y.gz: an archive in an archive."
    )
    assert refusal("x.gz", gzip.compress(inner)).message.en == "x.gz: an archive in an archive."


def test_a_word_document_is_named_as_such(refusal: Refusal, archive: Archive) -> None:
    content = archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
    assert refusal("x.xlsx", content).message.en == "x.xlsx, line 1: this is a Word document, not a table."


def test_names_of_members_in_chinese_code_pages_are_shown_right(opened: Opened) -> None:
    for encoding in ("cp950", "gb18030", "utf-8"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            file.writestr(zipfile.ZipInfo("AAAAAA.csv"), DAILY)
        raw = "收益".encode(encoding)
        content = out.getvalue().replace(b"AAAAAA.csv", (raw + b"A" * (6 - len(raw)) + b".csv"))
        (table,) = opened("x.zip", content)
        assert table.part.rstrip(".csv").rstrip("A") == "收益"


def test_a_password_on_an_archive_is_named(refusal: Refusal, archive: Archive) -> None:
    content = bytearray(archive({"daily.csv": DAILY}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal("x.zip", bytes(content)).message.en == "x.zip › daily.csv: is encrypted."


def test_a_gzip_file_is_the_table_inside(opened: Opened) -> None:
    (table,) = opened("DGS10.csv.gz", gzip.compress(DAILY.encode()))
    assert (table.name, table.part, table.container, table.encoding) == ("DGS10.csv.gz", "", "gzip", "utf-8")
    assert len(table.grid.rows) == 3


def test_gzip_members_one_after_another_are_one_file(opened: Opened) -> None:
    head, tail = DAILY[:30].encode(), DAILY[30:].encode()
    (table,) = opened("x.gz", gzip.compress(head) + gzip.compress(tail))
    assert len(table.grid.rows) == 3


@pytest.mark.parametrize("at", [5, 12, 20, -5])
def test_a_gzip_file_that_is_cut_off_is_refused(refusal: Refusal, at: int) -> None:
    assert refusal("x.gz", gzip.compress(DAILY.encode())[:at]).message.en == "x.gz: the gzip archive is cut off."


def test_a_gzip_file_with_a_wrong_bit_is_refused(refusal: Refusal) -> None:
    content = bytearray(gzip.compress(DAILY.encode()))
    content[-6] ^= 1
    assert "gzip data are damaged" in refusal("x.gz", bytes(content)).message.en
