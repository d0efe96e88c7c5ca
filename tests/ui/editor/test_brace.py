from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.inline import references
from briefing_ui.editor.brace import OpenBrace, completed, open_brace
from briefing_ui.editor.marking import Marked


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("At {", "", OpenBrace(3, 4, "")),
        ("At {UST", " now", OpenBrace(3, 7, "UST")),
        ("{UST", "10Y.last} now", OpenBrace(0, 13, "UST")),
        ("{UST", " and {VIX.last}", OpenBrace(0, 4, "UST")),
        ("殖利率{", "。", OpenBrace(3, 4, "")),
        ("{VIX.last}", "", None),
        ("\\{VIX", "", None),
        ("\\\\{VIX", "", OpenBrace(2, 6, "VIX")),
        ("{VIX\n", "", None),
        ("no brace", "", None),
    ],
)
def test_the_open_brace_is_found(before: str, after: str, expected: OpenBrace | None) -> None:
    assert open_brace(before + after, len(before)) == expected


def test_a_choice_takes_the_place_of_what_was_typed() -> None:
    source = "At {ten, later"
    assert completed(source, OpenBrace(3, 7, "ten"), "UST10Y.last") == Marked("At {UST10Y.last}, later", 16, 16)


@given(
    before=st.text(alphabet="a 殖𠮷.", max_size=8),
    typed=st.text(alphabet="UST10Y.", max_size=6),
    after=st.text(max_size=6),
)
def test_a_choice_always_becomes_one_reference(before: str, typed: str, after: str) -> None:
    source = f"{before}{{{typed}{after}"
    brace = open_brace(source, len(before) + 1 + len(typed))
    assert brace is not None
    made = completed(source, brace, "VIX.last")
    assert [run.ref for run in references(made.source[: made.end])] == ["VIX.last"]
    assert made.source[made.end :] == source[brace.end :]
