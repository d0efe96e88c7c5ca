from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.inline import runs
from briefing_ui.editor.marking import Mark, Marked, with_link, with_mark


def test_a_mark_goes_around_the_selection_and_off_again() -> None:
    once = with_mark("Yields rose", 7, 11, "**")
    assert once == Marked("Yields **rose**", 9, 13)
    assert with_mark(once.source, once.start, once.end, "**") == Marked("Yields rose", 7, 11)


def test_a_selection_with_its_marks_loses_them() -> None:
    assert with_mark("Yields ==rose==", 7, 15, "==") == Marked("Yields rose", 7, 11)


def test_spaces_stay_outside() -> None:
    assert with_mark("殖利率 上升 了", 3, 7, "**").source == "殖利率 **上升** 了"


def test_without_a_selection_the_caret_stands_between_the_marks() -> None:
    assert with_mark("ab", 1, 1, "==") == Marked("a====b", 3, 3)
    assert with_mark("a====b", 3, 3, "==") == Marked("ab", 1, 1)


def test_a_link_waits_for_its_address() -> None:
    made = with_link("See the minutes.", 8, 15)
    assert made.source == "See the [minutes](https://)."
    assert made.source[made.start : made.end] == "https://"


@pytest.mark.parametrize("mark", ["**", "=="])
@given(words=st.text(alphabet="ab 殖𠮷", min_size=1), data=st.data())
def test_marked_words_are_read_back_as_marked(mark: Mark, words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    made = with_mark(words, start, end, mark)
    if words[start:end].strip():
        chosen = [run for run in runs(made.source) if run.bold or run.mark]
        assert "".join(run.text for run in chosen) in {words[start:end].strip(), ""}
        assert with_mark(made.source, made.start, made.end, mark).source == words
