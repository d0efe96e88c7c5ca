"""Bytes become the right text: by their mark, as UTF-8, by a guess that is said, or as a person says."""

from __future__ import annotations

import codecs
import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.data.containers.encodings import decode
from briefing.data.containers.registry import Piece
from briefing.data.containers.table import Table
from briefing.problems import Problem, Refused

Opened = Callable[..., tuple[Table, ...]]
Refusal = Callable[..., Problem]

TAIWAN = (
    "日期,收盤價\n2025/1/14,4.78\n",
    "日期,開盤,最高,最低,收盤,成交量\n",
    "臺灣加權指數,美國十年期公債殖利率\n",
    "瑞郎,日圓\n",
    "墨西哥比索\n",
    "代碼\n",
)
MAINLAND = (
    "日期,收盘价\n2025/1/14,4.78\n",
    "证券代码,证券简称,收盘价[交易日期]最新[单位]元\n",
    "指标名称,美国:国债收益率:10年\n频率,日\n单位,%\n",
    "数据来源：Wind\n",
    "黄金,白银\n",
    "代码\n",
)


def read(content: bytes) -> tuple[str, str, bool]:
    found = decode(Piece("x.csv", content))
    return found.text, found.encoding, found.guessed


@pytest.mark.parametrize("text", TAIWAN)
def test_big5_without_a_mark_is_guessed_right_and_said_to_be_a_guess(text: str) -> None:
    assert read(text.encode("cp950")) == (text, "cp950", True)


@pytest.mark.parametrize("text", [*MAINLAND, *TAIWAN])
def test_gb18030_without_a_mark_is_guessed_right_in_either_script(text: str) -> None:
    assert read(text.encode("gb18030")) == (text, "gb18030", True)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [*TAIWAN, "Date,DGS10\n2025-01-14,4.78\n"])
def test_utf_16_without_its_mark_is_read_in_the_right_byte_order(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == (text, encoding, True)


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
def test_a_mark_decides_and_is_not_part_of_the_text(mark: bytes, encoding: str, name: str) -> None:
    assert read(mark + "日期,VIX\n".encode(encoding)) == ("日期,VIX\n", name, False)


def test_utf_8_without_a_mark_is_no_guess() -> None:
    assert read("日期,VIX\n".encode()) == ("日期,VIX\n", "utf-8", False)


def test_western_text_without_a_mark_is_guessed() -> None:
    text, _, guessed = read("Fälligkeit;Rendite\n14.01.2025;4,78\n15.01.2025;4,66\n".encode("cp1252"))
    assert (text.splitlines()[0], guessed) == ("Fälligkeit;Rendite", True)


def test_two_encodings_that_fit_alike_are_asked_about_with_both_readings(refusal: Refusal) -> None:
    found = refusal("x.csv", "融資,1\n".encode("cp950"))
    assert found.check == "import.ambiguous_encoding"
    assert "cp950: “融資,1”" in found.message.en
    assert "gb18030：「" in found.message.zh
    assert "--encoding cp950 or --encoding gb18030" in found.hint.en


def test_a_person_decides_between_two_encodings(opened: Opened) -> None:
    (table,) = opened("x.csv", "融資,1\n".encode("cp950"), encoding="cp950")
    assert (table.grid.rows[0].cells, table.encoding, table.guessed) == (("融資", "1"), "cp950", False)


def test_a_person_cannot_choose_an_encoding_that_does_not_fit(opened: Opened) -> None:
    with pytest.raises(Refused, match=r"x\.csv, line 2: byte 1 is not text in cp950"):
        opened("x.csv", b"a,b\n\x80,1\n", encoding="cp950")


def test_an_encoding_that_does_not_exist_is_refused_by_name(opened: Opened) -> None:
    with pytest.raises(Refused, match="there is no encoding “klingon”"):
        opened("x.csv", b"a,b\n", encoding="klingon")


def test_a_binary_file_is_told_from_utf_16(refusal: Refusal) -> None:
    assert (
        refusal("x.csv", b"Date,DGS10\n2025-01-13,4.7\x009\n").message.en == "x.csv, line 2: a binary file, not text."
    )


@given(
    st.lists(
        st.sampled_from([*TAIWAN[0].split(","), "殖利率", "最高", "最低", "成交量", "美國"]), min_size=1, max_size=8
    )
)
def test_headings_of_taiwan_come_back_from_both_chinese_encodings(words: list[str]) -> None:
    text = "日期," + ",".join(words) + "\n"
    assert read(text.encode("cp950"))[0] == text
    assert read(text.encode("gb18030"))[0] == text


@given(st.binary(max_size=300))
def test_any_bytes_are_text_in_the_encoding_that_is_named_or_refused(content: bytes) -> None:
    with contextlib.suppress(Refused):
        text, encoding, _ = read(content)
        assert content.decode(encoding).removeprefix("\ufeff") == text
