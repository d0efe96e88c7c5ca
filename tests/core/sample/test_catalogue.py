"""The sample's catalogue names every column, in both languages, and calls it synthetic."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefing.data.catalogue_file import entry_of, read_rows
from briefing.data.entry import Entry

Columns = Mapping[str, Any]


@pytest.fixture(scope="module")
def entries(sample: Path) -> dict[str, Entry]:
    path = sample / "catalogue.toml"
    publishers, rows = read_rows(path)
    return {name: entry_of(row, publishers, path) for name, row in rows.items()}


def test_every_column_has_an_entry_and_every_entry_a_column_or_a_formula(
    entries: dict[str, Entry], columns: Columns
) -> None:
    assert set(columns) == {name for name, entry in entries.items() if not entry.formula}


def test_every_entry_says_that_it_is_synthetic(entries: dict[str, Entry]) -> None:
    for name, entry in entries.items():
        assert "ynthetic" in entry.source.en, name
        assert "合成" in entry.source.zh, name


def test_names_are_short_where_they_must_be_and_differ(entries: dict[str, Entry]) -> None:
    shorts = [entry.short for entry in entries.values()]
    assert len({short.en for short in shorts}) == len(shorts)
    assert len({short.zh for short in shorts}) == len(shorts)
    assert max(len(short.en) for short in shorts) <= 16
    assert max(len(short.zh) for short in shorts) <= 10


def test_chinese_names_hold_no_space_and_no_half_width_punctuation(entries: dict[str, Entry]) -> None:
    for name, entry in entries.items():
        for words in (entry.name.zh, entry.short.zh):
            assert not set(words) & set(" ,.;:()"), name


def test_curve_points_carry_their_tenor(entries: dict[str, Entry]) -> None:
    points = {name: entry for name, entry in entries.items() if not entry.formula}
    curve = {name: entry.tags for name, entry in points.items() if name.startswith(("UST", "DFII"))}
    for name, tags in curve.items():
        tenor = name.removeprefix("UST").removeprefix("DFII")
        assert f"tenor:{tenor if tenor[-1] in 'MY' else tenor + 'Y'}" in tags, name
