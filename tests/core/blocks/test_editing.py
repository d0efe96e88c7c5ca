from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.blocks import editing
from briefing.blocks.disclosure import Disclosure
from briefing.blocks.figure import Figure
from briefing.blocks.glossary import Entry, Glossary
from briefing.blocks.heading import Heading
from briefing.blocks.key_points import KeyPoints, Point
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.charts.spec import ChartSpec, Line
from briefing.note import Block, Note, block_of
from briefing.text import Side, Text

YIELDS = Text("Yields rose.", "殖利率上升。")


def _note(*blocks: Block) -> Note:
    return Note(date=date(2026, 3, 6), blocks=blocks)


def _chart(*names: str, over: str = "1Y") -> ChartSpec:
    return ChartSpec(lines=tuple(Line(series=name) for name in names), range=over)


@given(words=st.text(), side=st.sampled_from(["en", "zh"]))
def test_typing_changes_one_side_of_one_text_and_shares_the_other_blocks(words: str, side: Side) -> None:
    note = _note(Pair(id="a", text=YIELDS), Pair(id="b", text=YIELDS))
    after = editing.typed(note, "b", "text", side, words)
    assert block_of(after, "b").text == YIELDS.with_side(side, words)
    assert after.blocks[0] is note.blocks[0]


def test_typing_what_stands_there_gives_the_same_note() -> None:
    note = _note(Pair(id="a", text=YIELDS))
    assert editing.typed(note, "a", "text", "en", YIELDS.en) is note


@pytest.mark.parametrize(
    "block", [Pair(id="a", text=YIELDS), Private(id="a", text=YIELDS), Heading(id="a", level=1, text=YIELDS)]
)
def test_a_block_of_one_text_becomes_any_other_and_keeps_its_words(block: Block) -> None:
    note = _note(block)
    assert block_of(editing.with_heading(note, "a", 2), "a") == Heading(id="a", level=2, text=YIELDS)
    assert block_of(editing.with_paragraph(note, "a"), "a") == Pair(id="a", text=YIELDS)
    assert block_of(editing.with_bullet_toggled(note, "a"), "a") == Pair(id="a", text=YIELDS, bullet=1)


def test_a_paragraph_keeps_its_confirmation_when_it_becomes_a_bullet_and_back() -> None:
    pair = Pair(id="a", text=YIELDS, synced_en=YIELDS.en, synced_zh=YIELDS.zh)
    bullet = editing.with_bullet_toggled(_note(pair), "a")
    assert block_of(bullet, "a").synced_zh == YIELDS.zh
    assert editing.with_bullet_toggled(bullet, "a") == _note(pair)


def test_privacy_goes_there_and_back() -> None:
    note = _note(Pair(id="a", text=YIELDS))
    hidden = editing.with_privacy_toggled(note, "a")
    assert hidden.blocks == (Private(id="a", text=YIELDS),)
    assert editing.with_privacy_toggled(hidden, "a") == note


@pytest.mark.parametrize(
    "edit",
    [
        lambda note: editing.with_heading(note, "a", 1),
        lambda note: editing.with_paragraph(note, "a"),
        lambda note: editing.with_bullet_toggled(note, "a"),
        lambda note: editing.with_indent(note, "a", 1),
        lambda note: editing.with_privacy_toggled(note, "a"),
    ],
)
def test_a_block_that_is_not_one_text_stays_what_it_is(edit: object) -> None:
    note = _note(KeyPoints(id="a", points=(Point(text=YIELDS),)))
    assert edit(note) is note


@pytest.mark.parametrize(("level", "step", "expected"), [(1, 1, 2), (3, 1, 3), (1, -1, 1), (2, -1, 1), (0, 1, 0)])
def test_indenting_stops_at_the_levels_of_a_bullet(level: int, step: int, expected: int) -> None:
    after = editing.with_indent(_note(Pair(id="a", bullet=level)), "a", step)
    assert block_of(after, "a").bullet == expected


@pytest.mark.parametrize(
    ("block", "below"),
    [
        (Pair(id="a", text=YIELDS), Pair(id="new")),
        (Pair(id="a", bullet=2), Pair(id="new", bullet=2)),
        (Private(id="a", text=YIELDS), Private(id="new")),
        (Heading(id="a", text=YIELDS), Pair(id="new")),
        (Disclosure(id="a"), Pair(id="new")),
    ],
)
def test_what_comes_next_is_of_the_same_kind_for_bullets_and_private_notes(block: Block, below: Block) -> None:
    after = editing.with_next(_note(block, Pair(id="z")), "a", "new")
    assert after.blocks == (block, below, Pair(id="z"))


def test_lists_of_texts_grow_and_shrink_by_items() -> None:
    note = _note(KeyPoints(id="a", points=(Point(text=YIELDS),)), Glossary(id="g"))
    grown, path = editing.with_item(note, "a", "points", 1)
    assert path == "points.1.text"
    assert block_of(grown, "a").points == (Point(text=YIELDS), Point())
    assert editing.without_item(grown, "a", "points", 1) == note
    entry, path = editing.with_item(note, "g", "entries", 0)
    assert path == "entries.0.term"
    assert block_of(entry, "g").entries == (Entry(),)


def test_a_place_in_a_growing_list_is_told_by_the_path() -> None:
    points = KeyPoints(id="a", points=(Point(), Point()))
    assert editing.item_at(points, "points.1.text") == ("points", 1)
    assert editing.item_at(Pair(id="p"), "text") is None
    assert editing.growing(MetricTable) == {}


def test_a_chart_is_inserted_once_and_then_brought_up_to_date() -> None:
    note = _note(Pair(id="a"), Pair(id="b"))
    once, where = editing.with_figure(note, _chart("UST2Y", "UST10Y"), "a", "fig")
    assert (where, [block.id for block in once.blocks]) == ("fig", ["a", "fig", "b"])
    again, where = editing.with_figure(once, _chart("UST10Y", "UST2Y", over="5Y"), "b", "other")
    assert where == "fig"
    assert block_of(again, "fig") == Figure(id="fig", chart=_chart("UST10Y", "UST2Y", over="5Y"))
    assert len(again.blocks) == 3


def test_a_chart_without_a_place_comes_at_the_end() -> None:
    after, _ = editing.with_figure(_note(Pair(id="a")), _chart("VIX"), None, "fig")
    assert [block.id for block in after.blocks] == ["a", "fig"]
    alone, _ = editing.with_figure(_note(), _chart("VIX"), None, "fig")
    assert [block.id for block in alone.blocks] == ["fig"]


def test_a_metric_row_goes_to_the_table_nearest_above() -> None:
    note = _note(MetricTable(id="one", rows=("VIX",)), Pair(id="a"), MetricTable(id="two", rows=("SPX",)), Pair(id="b"))
    first, where = editing.with_metric_row(note, "MOVE", "a", "new")
    assert (where, block_of(first, "one").rows) == ("one", ("VIX", "MOVE"))
    second, where = editing.with_metric_row(note, "MOVE", "b", "new")
    assert (where, block_of(second, "two").rows) == ("two", ("SPX", "MOVE"))
    assert editing.with_metric_row(note, "VIX", "a", "new") == (note, "one")


def test_a_metric_row_makes_a_table_where_there_is_none() -> None:
    note = _note(Pair(id="a"), MetricTable(id="below"))
    after, where = editing.with_metric_row(note, "VIX", "a", "new")
    assert [block.id for block in after.blocks] == ["a", "new", "below"]
    assert (where, block_of(after, "new").rows) == ("new", ("VIX",))


def test_pasted_blocks_take_the_place_of_a_blank_one() -> None:
    pasted = (Pair(id="x", text=YIELDS), Pair(id="y", text=YIELDS))
    blank = editing.with_pasted(_note(Pair(id="a"), Pair(id="b")), "a", pasted)
    assert [block.id for block in blank.blocks] == ["x", "y", "b"]
    full = editing.with_pasted(_note(Pair(id="a", text=YIELDS), Pair(id="b")), "a", pasted)
    assert [block.id for block in full.blocks] == ["a", "x", "y", "b"]


def test_only_a_block_that_holds_nothing_but_empty_texts_is_blank() -> None:
    assert editing.is_blank(Pair(id="a"))
    assert not editing.is_blank(Pair(id="a", text=Text("", "字")))
    assert not editing.is_blank(Figure(id="f"))
    assert not editing.is_blank(Disclosure(id="d"))
