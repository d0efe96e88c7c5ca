from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing_ui.editor.offsets import from_units, to_units, units

WORDS = st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("𠮷😀👩‍👧{}＝殖")))


def test_a_character_beyond_the_basic_plane_counts_twice() -> None:
    assert units("a𠮷😀") == 5
    assert [to_units("a𠮷😀", at) for at in range(4)] == [0, 1, 3, 5]
    assert [from_units("a𠮷😀", position) for position in range(6)] == [0, 1, 1, 2, 2, 3]


@given(words=WORDS)
def test_units_are_those_of_utf_16(words: str) -> None:
    assert units(words) == len(words.encode("utf-16-le")) // 2


@given(words=WORDS, data=st.data())
def test_every_place_comes_back(words: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words)))
    assert from_units(words, to_units(words, at)) == at


@given(words=WORDS, data=st.data())
def test_no_position_leads_out_of_the_text(words: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, units(words) + 3))
    assert 0 <= from_units(words, position) <= len(words)
