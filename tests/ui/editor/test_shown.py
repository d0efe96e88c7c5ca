from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing_ui.editor.shown import Patch, Piece, Shown, patch, shown

PARTS = st.sampled_from(
    ["{UST10Y.last}", "{VIX.change.1d|move}", "{", "}", "\\{", "**", "==", "殖利率", "𠮷", "😀", " ", "a"]
)
SOURCES = st.lists(PARTS, max_size=12).map("".join)
TEN = "{UST10Y.last}"


def test_references_are_chips_of_one_unit() -> None:
    made = shown(f"At {TEN}, 𠮷{TEN}")
    assert made.pieces == (Piece("At "), Piece(TEN, chip=True), Piece(", 𠮷"), Piece(TEN, chip=True))
    assert made.width == 3 + 1 + 4 + 1
    assert (made.chip_at(3), made.chip_at(8), made.chip_at(4)) == (TEN, TEN, None)


def test_the_reference_around_the_caret_stays_source() -> None:
    source = f"{TEN} {TEN}"
    assert shown(source, 5).pieces == (Piece(f"{TEN} "), Piece(TEN, chip=True))
    assert shown(source, 0).pieces[0] == Piece(TEN, chip=True)
    assert shown(source, len(TEN)).pieces[0] == Piece(TEN, chip=True)


def test_an_escaped_brace_is_no_chip() -> None:
    assert shown("\\{UST10Y.last}").pieces == (Piece("\\{UST10Y.last}"),)


@given(source=SOURCES, data=st.data())
def test_what_is_shown_is_the_source_whatever_is_open(source: str, data: st.DataObject) -> None:
    place = data.draw(st.none() | st.integers(0, len(source)))
    assert shown(source, place).source == source


@given(source=SOURCES, data=st.data())
def test_positions_and_places_agree_outside_chips(source: str, data: st.DataObject) -> None:
    made = shown(source)
    position = data.draw(st.integers(0, made.width))
    place = made.to_source(position)
    assert made.to_shown(place) in {position, position - 1}
    assert made.to_source(made.to_shown(place)) == place


@given(before=SOURCES, after=SOURCES, data=st.data())
def test_a_patch_leads_from_any_text_to_any_other(before: str, after: str, data: st.DataObject) -> None:
    old = shown(before, data.draw(st.none() | st.integers(0, len(before))))
    new = shown(after, data.draw(st.none() | st.integers(0, len(after))))
    found = patch(old, new)
    if found is None:
        assert list(old.atoms()) == list(new.atoms())
    else:
        assert list(_patched(old, found).atoms()) == list(new.atoms())


def test_a_patch_touches_only_what_differs() -> None:
    assert patch(shown("Yields rose today"), shown("Yields fell today")) == Patch(7, 11, (Piece("fell"),))
    assert patch(shown(f"At {TEN}."), shown(f"At {TEN}!")) == Patch(4, 5, (Piece("!"),))
    assert patch(shown(TEN), shown(TEN, 5)) == Patch(0, 1, (Piece(TEN),))


def _patched(before: Shown, change: Patch) -> Shown:
    pieces: list[Piece] = []
    position = 0
    for words, chip in before.atoms():
        piece = Piece(words, chip)
        if position == change.start:
            pieces += change.pieces
        if not change.start <= position < change.end:
            pieces.append(piece)
        position += piece.width
    if position == change.start:
        pieces += change.pieces
    return Shown(tuple(pieces))
