from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.blocks.pair import Pair
from briefing.note import Note, block_of, new_id, with_block, with_inserted, with_moved, without_block
from briefing.text import Text, entered


def note(*ids: str) -> Note:
    return Note(date=date(2025, 1, 15), blocks=tuple(Pair(id=block_id) for block_id in ids))


def ids(held: Note) -> str:
    return "".join(block.id for block in held.blocks)


def test_an_edit_shares_every_other_block() -> None:
    before = note("a", "b", "c")
    after = with_block(before, Pair(id="b", text=Text("x")))
    assert after.blocks[0] is before.blocks[0]
    assert after.blocks[2] is before.blocks[2]


def test_an_edit_that_changes_nothing_gives_the_same_note() -> None:
    before = note("a")
    assert with_block(before, Pair(id="a")) is before


def test_a_block_is_inserted_after_another_or_at_the_start() -> None:
    assert ids(with_inserted(note("a", "b"), Pair(id="x"), "a")) == "axb"
    assert ids(with_inserted(note("a", "b"), Pair(id="x"))) == "xab"


def test_a_block_is_taken_out() -> None:
    assert ids(without_block(note("a", "b", "c"), "b")) == "ac"


@pytest.mark.parametrize(("step", "after"), [(-1, "bac"), (1, "acb"), (-9, "bac"), (9, "acb"), (0, "abc")])
def test_a_block_moves_and_stops_at_the_ends(step: int, after: str) -> None:
    assert ids(with_moved(note("a", "b", "c"), "b", step)) == after


def test_an_unknown_block_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        block_of(note("a"), "z")


def test_ids_are_eight_characters_and_differ() -> None:
    made = {new_id() for _ in range(200)}
    assert len(made) == 200
    assert {len(block_id) for block_id in made} == {8}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("nul\0l", "null"),
        ("lone \ud83d half", "lone \ufffd half"),
        ("\ud83d\ude00", "😀"),
        ("𠀀 stays", "𠀀 stays"),
    ],
)
def test_text_is_cleaned_where_it_enters(typed: str, kept: str) -> None:
    assert Text(typed, typed) == Text(kept, kept)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_what_entered_can_always_be_written_and_enters_unchanged(typed: str) -> None:
    kept = entered(typed)
    assert kept.encode().decode() == kept
    assert entered(kept) == kept
