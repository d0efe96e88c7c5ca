"""Files made to harm or badly damaged: each is refused in one sentence, quickly, before anything is expanded."""

from __future__ import annotations

import gzip
import io
import os
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.containers.opening import open_tables
from briefing.data.containers.table import Table
from briefing.data.intake.importing import import_files
from briefing.data.workspace import Workspace
from briefing.problems import Problem, Refused

Opened = Callable[..., tuple[Table, ...]]
Refusal = Callable[..., Problem]
Workbook = Callable[..., bytes]
Archive = Callable[[Mapping[str, str | bytes]], bytes]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MOST_SECONDS = 15.0


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    """Every test of this file: at most 15 seconds."""
    before = time.monotonic()
    yield
    assert time.monotonic() - before < MOST_SECONDS


def book(archive: Archive, sheet: str | bytes) -> bytes:
    """A workbook of one sheet with any XML."""
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" '
            f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def rows(inside: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><dimension ref="A1:B2"/><sheetData>{inside}</sheetData></worksheet>'


def with_strings(content: bytes) -> bytes:
    """The same workbook, which refers to its shared strings."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            if name.endswith(".rels"):
                more = f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
                part = part.replace(b"</Relationships>", more.encode() + b"</Relationships>")
            after.writestr(name, part)
    return out.getvalue()


# ZIP and gzip


def test_a_zip_bomb_is_refused_by_its_directory(refusal: Refusal, archive: Archive) -> None:
    found = refusal("x.zip", archive({"a.csv": b"0" * 30_000_000}))
    assert "would expand" in found.message.en
    assert found.place.file == "x.zip › a.csv"


def test_many_members_that_are_large_together_are_refused(refusal: Refusal) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for at in range(6):
            file.writestr(f"{at}.csv", b"x")
    content = bytearray(out.getvalue())
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", content, at + 24, 100_000_000)
        struct.pack_into("<I", content, at + 20, 1_000_000)
        at = content.find(b"PK\x01\x02", at + 4)
    assert refusal("x.zip", bytes(content)).message.en == "x.zip: would expand to 600 MB; at most 500 MB are read."


def test_a_member_that_is_larger_than_it_says_is_refused(refusal: Refusal, archive: Archive) -> None:
    content = bytearray(archive({"a.csv": b"date,v\n" + b"2025-01-14,1\n" * 5000}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 500)
    assert "cannot be unpacked" in refusal("x.zip", bytes(content)).message.en


def test_members_that_overlap_are_refused(refusal: Refusal) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.csv", b"date,v\n" * 100)
        file.writestr("b.csv", b"date,v\n" * 100)
    content = bytearray(out.getvalue())
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", content, second + 42, 0)
    assert "overlaps another member" in refusal("x.zip", bytes(content)).message.en


def test_a_member_outside_of_the_archive_is_refused(refusal: Refusal, archive: Archive) -> None:
    content = bytearray(archive({"a.csv": "date,v\n"}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 42, 7)
    assert refusal("x.zip", bytes(content)).message.en == "x.zip › a.csv: is not where the archive says."


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x.csv", "a\nb.csv"])
def test_a_member_whose_name_leads_elsewhere_is_refused(refusal: Refusal, archive: Archive, name: str) -> None:
    assert "has a name that no file has" in refusal("x.zip", archive({name: "date,v\n"})).message.en


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_stands_twice_is_refused(refusal: Refusal) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.csv", "date,v\n1,2\n")
        file.writestr("a.csv", "date,v\n1,3\n")
    assert refusal("x.zip", out.getvalue()).message.en == "x.zip › a.csv: stands in the archive twice."


def test_an_archive_of_countless_members_is_refused_unread(refusal: Refusal) -> None:
    content = b"PK\x03\x04" + b"PK\x01\x02".ljust(46, b"\x00") * 200_000
    assert refusal("x.zip", content).message.en == "x.zip: more than 10,000 members."


def test_a_gzip_bomb_is_stopped_while_it_inflates(refusal: Refusal) -> None:
    squeezed = zlib.compressobj(9, zlib.DEFLATED, 31)
    content = b"".join(squeezed.compress(b"0" * 10_000_000) for _ in range(3)) + squeezed.flush()
    assert refusal("x.gz", content).message.en == "x.gz: would expand more than 200 times."


def test_a_gzip_of_endless_small_members_is_stopped(refusal: Refusal) -> None:
    found = refusal("x.gz", gzip.compress(b"0" * 900_000) * 2000)
    assert found.message.en == "x.gz: would expand beyond 200 MB."


# Workbooks


def test_a_cell_in_the_last_corner_is_refused_by_its_address(refusal: Refusal, archive: Archive) -> None:
    found = refusal("x.xlsx", book(archive, rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')))
    assert found.message.en == (
        "x.xlsx › S, cell XFD1048576: something stands in column 16,384; at most 5,000 columns are read."
    )


def test_a_format_in_the_last_corner_is_no_content(opened: Opened, archive: Archive) -> None:
    inside = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    (table,) = opened("x.xlsx", book(archive, rows(inside)))
    assert [row.cells for row in table.grid.rows] == [("1",)]


def test_a_dimension_that_lies_changes_nothing(opened: Opened, archive: Archive) -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>'
    (table,) = opened("x.xlsx", book(archive, sheet))
    assert [row.cells for row in table.grid.rows] == [("1",)]


def test_a_workbook_of_endless_rows_is_refused_by_its_size(refusal: Refusal, archive: Archive) -> None:
    sheet = rows("<row><c><v>1</v></c></row>" * 3_000_000)
    assert "would expand" in refusal("x.xlsx", book(archive, sheet)).message.en


def test_wide_rows_are_counted_while_they_are_read(refusal: Refusal, archive: Archive) -> None:
    inside = "".join(
        f'<row r="{line}"><c r="HAA{line}"><v>{zlib.crc32(str(line).encode())}</v></c></row>' for line in range(1, 9000)
    )
    found = refusal("x.xlsx", book(archive, rows(inside)))
    assert found.check == "import.too_wide"
    inside = inside.replace("HAA", "GAA")
    assert "rows of 4,759 columns" in refusal("x.xlsx", book(archive, rows(inside))).message.en


def test_a_cell_of_a_megabyte_is_refused(refusal: Refusal, archive: Archive) -> None:
    noise = "".join(hex(zlib.crc32(str(at).encode())) for at in range(100_000))
    found = refusal("x.xlsx", book(archive, rows(f'<row><c t="inlineStr"><is><t>{noise}</t></is></c></row>')))
    assert found.message.en == "x.xlsx › S, cell A1: a cell is too long for a table of data."


def test_a_shared_word_that_stands_in_countless_cells_is_refused(refusal: Refusal, archive: Archive) -> None:
    content = book(archive, rows('<row><c t="s"><v>0</v></c></row>' * 4_000))
    noise = "".join(hex(zlib.crc32(str(at).encode())) for at in range(12_000))
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/sharedStrings.xml", f"<sst><si><t>{noise}</t></si></sst>")
    found = refusal("x.xlsx", with_strings(out.getvalue()))
    assert "more text than a table of data has" in found.message.en


ENTITIES = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{ENTITIES}]>',
        '<!DOCTYPE x [<!ENTITY l0 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
    ids=["billion laughs", "external entity", "external type", "parameter entity"],
)
def test_xml_that_declares_entities_or_a_type_is_refused(refusal: Refusal, archive: Archive, declared: str) -> None:
    sheet = (
        f'<?xml version="1.0"?>{declared}<worksheet><sheetData><row><c><v>&l9;</v></c></row></sheetData></worksheet>'
    )
    feed = f'<?xml version="1.0"?>{declared}<r><i><a>&l9;</a><b>1</b></i></r>'
    for found in (refusal("x.xlsx", book(archive, sheet)), refusal("x.xml", feed.encode())):
        assert "XML that declares a document type or entities" in found.message.en
        assert "root:" not in found.message.en


def test_xml_that_nests_without_end_is_refused(refusal: Refusal, opened: Opened, archive: Archive) -> None:
    deep = "<a>" * 200_000 + "</a>" * 200_000
    assert "nests too deeply" in refusal("x.xml", deep.encode()).message.en
    with pytest.raises(Refused, match=r"would expand|no data"):
        opened("x.xlsx", book(archive, rows(deep)))


def test_a_tag_without_end_is_refused(refusal: Refusal) -> None:
    content = b"<r><i " + b"".join(b'a%d="1" ' % at for at in range(900_000))
    assert refusal("x.xml", content).message.en == "x.xml, line 1: a tag without end."


def test_a_spreadsheet_whose_cells_repeat_without_end_is_refused(refusal: Refusal, archive: Archive) -> None:
    def ods(cell: str, row: str = "") -> bytes:
        return archive(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": "<o:d xmlns:o='o' xmlns:t='t' xmlns:p='p'><t:table t:name='S'>"
                f"<t:table-row {row}><t:table-cell o:value-type='float' o:value='1' {cell}/></t:table-row>"
                "</t:table></o:d>",
            }
        )

    wide = refusal("x.ods", ods("t:number-columns-repeated='16384'"))
    assert wide.message.en.startswith("x.ods › S, cell XFD1: something stands in column 16,384")
    assert "rows of 400 columns" in (
        refusal("x.ods", ods("t:number-columns-repeated='400'", "t:number-rows-repeated='1048576'")).message.en
    )


def test_an_old_workbook_that_reaches_too_far_is_refused_before_it_is_opened(
    refusal: Refusal, made: Callable[[str], bytes]
) -> None:
    content = bytearray(made("prices.xls"))
    at = 0
    while (at := content.find(struct.pack("<HH", 0x0203, 14), at)) >= 0:
        struct.pack_into("<HH", content, at + 4, 65_535, 255)
        at += 4
    found = refusal("x.xls", bytes(content))
    assert found.message.en == "x.xls, cell IV65536: a sheet reaches to IV65536; that is more than is read."


@pytest.mark.parametrize(("top", "bottom", "right"), [(0, 2**32 - 1, 256), (9, 0, 4), (0, 5, 65_535)])
def test_an_old_workbook_that_claims_impossible_sizes_is_refused_before_room_is_made(
    refusal: Refusal, made: Callable[[str], bytes], top: int, bottom: int, right: int
) -> None:
    content = bytearray(made("prices.xls"))
    at = content.index(struct.pack("<HH", 0x0200, 14))
    struct.pack_into("<IIHH", content, at + 4, top, bottom, 0, right)
    assert refusal("x.xls", bytes(content)).message.en == "x.xls: an old workbook that is cut off or damaged."


def test_a_binary_workbook_that_reaches_too_far_is_refused_before_it_is_opened(
    refusal: Refusal, made: Callable[[str], bytes]
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made("prices.xlsb"))) as before, zipfile.ZipFile(out, "w") as after:
        for info in before.infolist():
            content = bytearray(before.read(info))
            if info.filename.endswith("sheet1.bin"):
                row = content.rindex(b"\x00\x19")
                struct.pack_into("<I", content, row + 2, 1_048_575)
                cell = content.index(b"\x05\x10", row)
                struct.pack_into("<I", content, cell + 2, 16_383)
            after.writestr(info.filename, bytes(content))
    assert "reaches to XFD1048576" in refusal("x.xlsb", out.getvalue()).message.en


# Parquet


def parquet(table: pa.Table, **options: str) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def test_a_word_that_stands_a_million_times_is_refused_before_it_is_copied(refusal: Refusal) -> None:
    word = "x" * 4_000
    table = pa.table({"w": pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int32()), [word])})
    content = parquet(table)
    assert len(content) < 500_000
    assert refusal("x.parquet", content).message.en == ("x.parquet: more text than a table of data has in columns w.")


@pytest.mark.parametrize(("count", "columns"), [(2_000_000, 1), (1_000_000, 9), (1, 6_000)])
def test_a_parquet_file_of_too_many_values_is_refused_by_its_footer(refusal: Refusal, count: int, columns: int) -> None:
    ones = pa.array([1] * count, pa.int8())
    content = parquet(pa.table({f"c{at}": ones for at in range(columns)}), compression="zstd")
    assert refusal("x.parquet", content).message.en == (
        f"x.parquet: {count:,} rows of {columns:,} columns; that is more than is read."
    )


def test_a_parquet_file_that_points_to_a_word_that_is_not_there_is_refused(
    refusal: Refusal, made: Callable[[str], bytes]
) -> None:
    assert "cut off or damaged" in refusal("x.parquet", made("wrong_word.parquet")).message.en


def test_a_parquet_value_of_a_megabyte_is_refused(refusal: Refusal) -> None:
    assert "a value of column “w”" in refusal("x.parquet", parquet(pa.table({"w": ["x" * 1_000_000]}))).message.en


# Text


def test_a_text_of_countless_lines_is_refused_unread(refusal: Refusal) -> None:
    assert refusal("x.csv", b"1\n" * 5_000_001).message.en == "x.csv: 5,000,001 lines; at most 5,000,000 are read."


# Nothing at all, and what is no file


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.parquet", "x.xml", "x.json", "x.zip"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\n \n"])
def test_a_file_with_nothing_in_it_is_empty_whatever_it_is_called(refusal: Refusal, name: str, content: bytes) -> None:
    assert refusal(name, content).message.en == f"{name}, line 1: the file is empty."


@pytest.mark.skipif(os.name != "posix", reason="named pipes and permissions are a POSIX matter")
def test_what_is_no_readable_file_is_refused_at_once(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere")
    paths = [tmp_path / "pipe.xlsx", tmp_path / "loop.csv", tmp_path / "dangling.csv", Path("/dev/zero")]
    said = [report.problems[0].message.en for report in import_files(workspace, paths)]
    assert said == [
        "pipe.xlsx: is not a regular file.",
        "loop.csv: cannot be opened: Too many levels of symbolic links.",
        "dangling.csv: cannot be opened: No such file or directory.",
        "zero: is not a regular file.",
    ]


def test_a_file_that_may_not_be_read_is_refused(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    monkeypatch.setattr("os.open", _denied)
    (report,) = import_files(workspace, [tmp_path / "x.xlsx"])
    assert report.problems[0].message.en == "x.xlsx: cannot be opened: Permission denied."


def _denied(*_: object) -> int:
    raise PermissionError(13, "Permission denied")


# Cut, changed and random bytes


@pytest.fixture(scope="session")
def samples(workbook: Workbook, archive: Archive, made: Callable[[str], bytes]) -> dict[str, bytes]:
    daily = "日期,DGS10\n" + "".join(f"2025-01-{day:02},4.{day:02}\n" for day in range(1, 29))
    ods = (
        "<o:d xmlns:o='o' xmlns:t='t' xmlns:p='p'><t:table t:name='S'><t:table-row>"
        "<t:table-cell o:value-type='float' o:value='1'/><t:table-cell o:value-type='string'><p:p>x</p:p></t:table-cell>"
        "</t:table-row></t:table></o:d>"
    )
    return {
        "text": daily.encode("cp950"),
        "gzip": gzip.compress(daily.encode(), mtime=0),
        "zip": archive({"daily.csv": daily, "README.txt": "notes"}),
        "xlsx": workbook({"S": [["Date", "VIX", "x"], ["2025-01-14", 18.71, "y"], [45672, "=1+1", None]]}),
        "xls": made("prices.xls"),
        "xlsb": made("prices.xlsb"),
        "ods": archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ods}),
        "parquet": parquet(pa.table({"day": ["2025-01-14", "2025-01-15"], "v": [1.5, 2.5]})),
        "json": b'{"observations": [{"date": "2025-01-14", "value": "4.78"}, {"date": "x", "value": null}]}',
        "xml": b"<?xml version='1.0'?><f><e><p><DAY>2025-01-14</DAY><A>1</A></p></e><e><p><DAY>x</DAY><A>2</A></p></e></f>",
    }


KINDS = ("text", "gzip", "zip", "xlsx", "xls", "xlsb", "ods", "parquet", "json", "xml")


def judged(content: bytes) -> None:
    """Open some bytes; whatever they are, they are tables or refused in both languages."""
    try:
        tables = open_tables(Path("x"), content, "")
    except Refused as refusal:
        for problem in refusal.problems:
            assert problem.message.en.startswith("x")
            assert problem.message.zh
    else:
        assert tables
        assert all(len({len(row.cells) for row in table.grid.rows}) == 1 for table in tables if table.grid.sheet)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_off_anywhere_is_read_or_refused(samples: dict[str, bytes], kind: str) -> None:
    content = samples[kind]
    for at in range(0, len(content), max(1, len(content) // 60)):
        judged(content[:at])


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(data=st.data())
def test_a_file_with_wrong_bytes_is_read_or_refused(samples: dict[str, bytes], kind: str, data: st.DataObject) -> None:
    content = bytearray(samples[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    judged(bytes(content))


BEGINNINGS = (
    b"",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"PAR1",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<?xml",
    b'[{"',
    b"\xff\xfe",
)


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=2000))
def test_random_bytes_are_read_or_refused(beginning: bytes, content: bytes) -> None:
    judged(beginning + content)
