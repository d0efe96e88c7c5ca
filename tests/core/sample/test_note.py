"""The sample's note: whole, in sync, every number bound, and its words true of its data."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest

from briefing.blocks.context import Context
from briefing.blocks.document import document
from briefing.blocks.figure import Figure
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.blocks.registry import BLOCK_TYPES, TextField, texts, type_of
from briefing.data.workspace import Workspace
from briefing.inline import references
from briefing.metrics.derived import Derived
from briefing.metrics.registry import Value, evaluate
from briefing.note import Block, Note
from briefing.problems import NOWHERE, Severity
from briefing.reference import parse_reference
from briefing.store.notefile import note_bytes
from briefing.text import SIDES, Side, Text

Columns = Mapping[str, Any]
NAMES = re.compile(
    r"\b\d{1,2}-year\b|\b\ds\d{2}s\b|S&P 500|(?:5|10|30|2)年期|(?:2|5)年/(?:10|30)年利差|標普500"  # names with digits
    r"|2年期與30年期|\b9 days and 3 months\b|9天期與3個月期|\b9-day\b|\b3-month\b|9天期|3個月期"
)
HAN = r"[㐀-鿿]"


def written(note: Note) -> Iterator[tuple[Block, TextField]]:
    for block in note.blocks:
        for field in texts(block):
            yield block, field


def refs(text: Text, side: Side) -> list[str]:
    return [run.ref or "" for run in references(text.of(side))]


def value(source: Derived, ref: str) -> Value:
    return evaluate(parse_reference(ref, NOWHERE), source)


def number(source: Derived, ref: str) -> float:
    found = value(source, ref).value
    assert found is not None, ref
    return found


def test_the_file_is_in_canonical_form(note: Note, sample: Path) -> None:
    assert note_bytes(note) == (sample / "notes" / "morning.brief").read_bytes()


def test_it_is_the_note_of_the_last_day_of_the_data(note: Note, source: Derived) -> None:
    assert (note.date, note.as_of, note.region) == (date(2026, 3, 6), date(2026, 3, 6), "zh-Hant-TW")
    assert source.newest() == note.date


def test_it_uses_every_block_type(note: Note) -> None:
    assert {type_of(block).name for block in note.blocks} == set(BLOCK_TYPES)


def test_it_shows_figures_full_and_half_and_one_with_two_axes(note: Note) -> None:
    figures = [block for block in note.blocks if isinstance(block, Figure)]
    sizes = [figure.size for figure in figures]
    assert {"full", "half"} <= set(sizes)
    assert any(pair == ("half", "half") for pair in pairwise(sizes))
    assert any({line.axis for line in figure.chart.lines} == {"first", "second"} for figure in figures)


def test_one_pair_speaks_chinese_only_and_one_english_only(note: Note) -> None:
    pairs = [block for block in note.blocks if isinstance(block, Pair)]
    assert {pair.only for pair in pairs} == {"", "en", "zh"}
    for pair in pairs:
        empty = {side for side in SIDES if not pair.text.of(side)}
        assert empty == ({side for side in SIDES if side != pair.only} if pair.only else set()), pair.id


def test_every_pair_is_in_sync(note: Note) -> None:
    pairs = [block for block in note.blocks if isinstance(block, Pair)]
    assert [Text(pair.synced_en, pair.synced_zh) for pair in pairs] == [pair.text for pair in pairs]


def test_every_digit_is_in_a_reference_or_in_a_name(note: Note) -> None:
    for block, field in written(note):
        for side in SIDES:
            words = field.text.of(side)
            for run in reversed(references(words)):
                words = words[: run.span[0]] + words[run.span[1] :]
            assert not re.search(r"\d", NAMES.sub("", words)), f"{block.id} {field.path} {side}: {words}"


def test_both_sides_of_a_text_use_the_same_references(note: Note) -> None:
    for block, field in written(note):
        if field.text.en and field.text.zh:
            assert Counter(refs(field.text, "en")) == Counter(refs(field.text, "zh")), f"{block.id} {field.path}"


def test_every_text_outside_single_sided_pairs_and_private_notes_has_both_sides(note: Note) -> None:
    for block, field in written(note):
        optional = isinstance(block, Private) or (isinstance(block, Pair) and bool(block.only))
        left_to_the_program = field.path in {"source", "note"} and not field.text
        assert optional or left_to_the_program or (field.text.en and field.text.zh), f"{block.id} {field.path}"


def test_chinese_has_full_width_punctuation_and_no_space_beside_a_character(note: Note) -> None:
    for block, field in written(note):
        words = re.sub(r"\{[^{}]*\}", "0", field.text.zh)
        assert not re.search(rf"{HAN}[ ,.;:!?()]|[ ,;:!?()]{HAN}", words), f"{block.id} {field.path}: {words}"


@pytest.mark.parametrize("edition", ["both", "en", "zh-Hant-TW"])
def test_everything_resolves_and_only_the_late_series_is_reported(note: Note, source: Derived, edition: Any) -> None:
    context = Context(source=source, disclosure=Text("Wording.", "聲明。"), disclosure_version="1")
    made = document(note, context, edition=edition, layout="stacked")
    assert not [problem.message.en for problem in made.problems if problem.severity is Severity.ERROR]
    assert {problem.place.column for problem in made.problems} == {"JGB10Y"}
    assert {one.source.en for one in made.series} == {"Synthetic sample data"}
    assert {one.source.zh for one in made.series} == {"合成示範資料"}


def test_a_private_note_never_reaches_the_page(note: Note, source: Derived) -> None:
    private = next(block for block in note.blocks if isinstance(block, Private))
    made = document(note, Context(source=source), edition="both", layout="columns")
    assert private.text.en not in str(made.view)


def test_the_table_covers_what_the_key_points_speak_of(note: Note) -> None:
    rows = {row for block in note.blocks if isinstance(block, MetricTable) for row in block.rows}
    assert {"DFII10", "BE10Y", "UST5Y", "VIX", "MOVE", "HY_OAS"} <= rows


def test_one_report_paid_back_nearly_a_third_of_the_rise(source: Derived) -> None:
    rise = number(source, "UST10Y.change.since-2026-02-11@2026-03-05")
    assert 0.28 < -number(source, "UST10Y.change.1d") / rise < 1 / 3


def test_the_five_year_moved_most_and_the_thirty_year_least_of_the_long_maturities(source: Derived) -> None:
    moves = {name: -number(source, f"{name}.change.1d") for name in ("UST2Y", "UST5Y", "UST10Y", "UST20Y", "UST30Y")}
    assert max(moves, key=lambda name: moves[name]) == "UST5Y"
    assert min(moves, key=lambda name: moves[name]) == "UST30Y"


def test_no_day_of_the_past_year_had_such_a_fall_of_the_nominal_or_the_real_yield(source: Derived) -> None:
    for name in ("UST10Y", "DFII10"):
        changes = np.round(np.diff(source.series(name).values[-253:]) * 100)
        assert changes[-1] < changes[:-1].min(), name


def test_such_falls_were_common_in_the_years_of_rising_rates(source: Derived) -> None:
    ten = source.series("UST10Y")
    hiking = (ten.dates[1:] >= np.datetime64("2022-01-01")) & (ten.dates[1:] < np.datetime64("2024-01-01"))
    changes = np.round(np.diff(ten.values) * 100)
    assert np.count_nonzero(changes[hiking] <= changes[-1]) >= 12


def test_the_volatility_curve_is_steeper_than_at_any_time_in_a_month(source: Derived) -> None:
    steepness = source.series("VIX3M").values[-22:] - source.series("VIX9D").values[-22:]
    assert steepness[-1] > steepness[:-1].max()


def test_the_flow_into_funds_is_that_of_an_ordinary_good_session(columns: Columns) -> None:
    bonds, flow = columns["TLT"], columns["DEMO_FLOW"]
    price = bonds.values[np.isin(bonds.days, flow.days)][-253:]
    good = np.diff(np.log(price)) > 0.01
    others = flow.values[-252:][good][:-1]
    assert len(others) >= 10
    assert np.quantile(others, 0.1) < flow.values[-1] < np.quantile(others, 0.95)


def test_the_trend_model_swung_from_long_to_short_in_a_month_and_is_short_still(source: Derived) -> None:
    assert number(source, "TREND_UST.base.1m@2026-03-05") > 0
    assert number(source, "TREND_UST.last@2026-03-05") < number(source, "TREND_UST.last") < 0


def test_shares_and_bonds_moved_apart_before_and_move_together_now(source: Derived) -> None:
    assert number(source, "SPX,TLT.correlation.3m@2019-09-03") < -0.2
    assert number(source, "SPX,TLT.correlation.3m") > 0.2
    assert number(source, "SPX.change.1d") > 0
    assert number(source, "TLT.change.1d") > 0


@pytest.mark.slow
def test_it_prints_without_a_fault_on_at_least_three_pages(workspace: Workspace, tmp_path: Path) -> None:
    pdf = tmp_path / "note.pdf"
    command = [sys.executable, "-m", "briefing", "render", workspace.notes / "morning.brief", "-o", pdf]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    with closing(pypdfium2.PdfDocument(pdf)) as printed:
        assert len(printed) >= 3
