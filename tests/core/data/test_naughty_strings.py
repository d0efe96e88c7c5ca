"""Naughty strings as cell, heading, ticker and file name: each comes back exactly, or is refused and quoted."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.catalogue import load_catalogue
from briefing.data.containers.opening import open_tables
from briefing.data.intake.choices import Choices
from briefing.data.intake.folders import Folder
from briefing.data.intake.incoming import Incoming, read_table
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.reading.rows import Reading
from briefing.data.workspace import Workspace
from briefing.problems import Refused

Load = Callable[..., ImportReport]

CATALOGUE = load_catalogue()
NAUGHTY = (
    *("undefined", "nil", "None", "true", "Infinity", "-Infinity", "∞", "1/0", "1e400", "0x1F", "1_000", "1e", "٤.٧٩"),
    *(
        "４．７９",
        "4²",
        "½",
        "4\u200b.79",
        "4\u00a079",
        "4 .79",
        "4..79",
        "4,7,9",
        "$4.79",
        "4.79bp",
        "NaN%",
        "++4",
        "--4",
    ),
    *("'; DROP TABLE series; --", '<script>alert("x")</script>', "../../../etc/passwd", "=1+1", "@SUM(A1)", "%s%n%x"),
    *(
        "\u202e\u0661\u0662",
        "e\u0301",
        "👩‍👩‍👧",
        "\U0001d7d2",
        "Z͑ͫ̓ͪ̂",
        "臺灣",
        "公債",
        'say "four"',
        "a\nb",
        "\ufeff4",
        "\x7f",
    ),
)
NUMBERS = {"−4.79": -4.79, "+4.79": 4.79, "(4.79)": -4.79, ".5": 0.5, "5.": 5.0, "1,234.5": 1234.5, "4.79e0": 4.79}
MISSING = ("", ".", "-", "--", "N/A", "NA", "null", "NaN", "ND")


def table(*rows: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def incoming(content: bytes, choices: Choices) -> Incoming:
    (found,) = open_tables(Path("naughty.csv"), content, hashlib.sha256(content).hexdigest())
    return read_table(found, CATALOGUE, choices, Folder())


def values(content: bytes, choices: Choices) -> list[float] | None:
    """The values of the one series in a table; None when it is refused."""
    read = incoming(content, choices)
    if not isinstance(read.content, Reading) or read.content.faults:
        return None
    return read.content.rows.values.tolist()


def with_cell(text: str) -> bytes:
    return table(("Date", "UST10Y"), ("2025-01-13", "4.79"), ("2025-01-14", text), ("2025-01-15", "4.66"))


def with_heading(text: str) -> bytes:
    return table(("Date", text, "VIX"), ("2025-01-13", "4.79", "19.19"), ("2025-01-14", "4.78", "18.71"))


def with_ticker(text: str) -> bytes:
    return table(("date", "ticker", "value"), ("2025-01-13", text, "4.79"), ("2025-01-14", text, "4.78"))


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_cell_that_is_no_number_is_refused_and_quoted(text: str) -> None:
    read = incoming(with_cell(text), Choices())
    assert isinstance(read.content, Reading)
    (fault,) = read.content.faults
    assert f"“{text.strip()}”" in fault.reason.en


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_in_an_odd_spelling_is_that_number(text: str) -> None:
    assert values(with_cell(text), Choices()) == [4.79, NUMBERS[text], 4.66]


@pytest.mark.parametrize("text", MISSING)
def test_a_word_for_a_missing_value_is_one(text: str) -> None:
    read = values(with_cell(text), Choices())
    assert read is not None
    assert [math.isnan(value) for value in read] == [False, True, False]


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_heading_is_asked_about_exactly_as_it_stands_and_can_be_mapped(text: str) -> None:
    heading = text.removeprefix("\ufeff")
    read = incoming(with_heading(text), Choices())
    assert [problem.place.column for problem in read.report.problems] == [heading]
    assert values(with_heading(text), Choices(columns={heading: "UST10Y"})) == [4.79, 4.78, 19.19, 18.71]


@pytest.mark.parametrize("text", [text for text in NAUGHTY if text not in NUMBERS])
def test_a_ticker_is_asked_about_exactly_as_it_stands_and_can_be_mapped(text: str) -> None:
    read = incoming(with_ticker(text), Choices())
    assert text in {problem.place.column for problem in read.report.problems}
    assert values(with_ticker(text), Choices(columns={text: "UST10Y"})) == [4.79, 4.78]


@pytest.mark.parametrize("text", NAUGHTY[::4])
def test_a_mapped_heading_is_remembered_exactly(load: Load, workspace: Workspace, text: str) -> None:
    heading = text.removeprefix("\ufeff")
    assert load("a.csv", with_heading(text), columns={heading: "UST10Y"}).outcome is Outcome.LOADED
    again = with_heading(text).replace(b"2025-01-1", b"2025-01-2")
    assert load("b.csv", again).outcome is Outcome.LOADED
    assert len(Market(workspace).series("UST10Y").values) == 4


@pytest.mark.parametrize(
    "name", ["臺灣.csv", "a b.csv", "=1+1.csv", "'; DROP.csv", "👩‍👩‍👧.csv", "e\u0301.csv", "%s.csv"]
)
def test_a_file_name_comes_back_exactly(load: Load, name: str) -> None:
    assert load(name, "Date,UST10Y\n2025-01-13,4.79\n2025-01-14,4.78\n").file == name


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20), st.sampled_from((with_cell, with_heading, with_ticker)))
def test_any_text_anywhere_is_read_or_refused_and_never_wrong(text: str, make: Callable[[str], bytes]) -> None:
    try:
        read = values(make(text), Choices(columns={text.strip(): "UST10Y"}))
    except (Refused, UnicodeEncodeError):
        return
    if read is not None and make is with_cell:
        assert (read[0], read[-1]) == (4.79, 4.66)
    elif read is not None:
        assert read in ([4.79, 4.78], [4.79, 4.78, 19.19, 18.71])


def test_the_public_list_of_naughty_strings_in_cells_and_headings() -> None:
    place = os.environ.get("BRIEFING_CORPORA")
    if not place or not (Path(place) / "blns.json").is_file():
        pytest.skip("BRIEFING_CORPORA names no folder with blns.json")
    for text in json.loads((Path(place) / "blns.json").read_text(encoding="utf-8")):
        if hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[0] > "a":  # noqa: S324 - the share, no secret
            continue
        read = values(with_cell(text), Choices())
        assert read is None or (read[0], read[-1]) == (4.79, 4.66)
