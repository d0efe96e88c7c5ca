"""The grammar of bound numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.problems import Place, Refused
from briefing.reference import FORMS, Reference, is_window, parse_reference

HERE = Place(block="a1", field="text", side="en", span=(3, 20))

WINDOWS = st.one_of(
    st.sampled_from(["ytd", "all", "since-fomc"]),
    st.builds("{}{}".format, st.integers(1, 9999), st.sampled_from("dwmy")),
    st.builds("since{}".format, st.integers(1000, 9999)),
    st.builds("since-{}".format, st.dates()),
)
REFERENCES = st.builds(
    Reference,
    st.lists(st.from_regex(r"[A-Z][A-Z0-9_]{0,9}", fullmatch=True), min_size=1, max_size=3).map(tuple),
    st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
    st.one_of(st.just(""), WINDOWS),
    st.one_of(st.none(), st.dates()),
    st.sampled_from(["", *FORMS]),
)


@given(REFERENCES)
def test_every_reference_reads_back_from_its_spelling(reference: Reference) -> None:
    assert parse_reference(reference.text, HERE) == reference


@given(st.text(max_size=40))
def test_any_text_is_a_reference_or_is_refused_at_its_place(text: str) -> None:
    places, spelling = _parsed(text)
    assert places == [HERE] or spelling == text.strip()


def _parsed(text: str) -> tuple[list[Place], str]:
    try:
        return [], parse_reference(text, HERE).text
    except Refused as refused:
        return [problem.place for problem in refused.problems], ""


def test_all_parts_are_told_apart() -> None:
    assert parse_reference("UST2Y,UST10Y.curve_regime.1w@2025-01-10", HERE) == Reference(
        ("UST2Y", "UST10Y"), "curve_regime", "1w", date(2025, 1, 10)
    )
    assert parse_reference("DFII10.change.1d|move", HERE) == Reference(("DFII10",), "change", "1d", None, "move")


@pytest.mark.parametrize(
    "text", ["", "UST10Y", "ust10y.last", "UST10Y.", "UST10Y.last.", "A,.last", "A B.last", "A.last|"]
)
def test_what_is_no_reference_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_reference(text, HERE)
    problem = caught.value.problems[0]
    assert (problem.check, problem.hint.en) == (
        "reference.syntax",
        "Write {ID.metric.window}, for example {UST10Y.change.1d}.",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A.change.1x", "“1x” is not a window of a reference."),
        ("A.change.since-2024-13-01", "“since-2024-13-01” is not a window of a reference."),
        ("A.change.0d", "“0d” is not a window of a reference."),
        ("A.change.1d@2025-02-30", "“2025-02-30” is not a date of a reference."),
        ("A.change.1d|loud", "“loud” is not a form of a reference."),
    ],
)
def test_the_part_at_fault_is_named(text: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_reference(text, HERE)
    assert caught.value.problems[0].message.en == message


@pytest.mark.parametrize(
    "word", ["1d", "1w", "1m", "3m", "6m", "1y", "5y", "ytd", "all", "since2021", "since-2024-09-18", "since-fomc"]
)
def test_the_windows_of_the_grammar(word: str) -> None:
    assert is_window(word)
