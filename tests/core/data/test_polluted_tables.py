"""Polluted tables beside their clean twins: what is accepted is right to the last value, all other is refused."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.data.polluting import DATES, FORMS, HARMFUL, HARMLESS, Clean, Draft, clean_table, drafted, missing

from briefing.data.catalogue import load_catalogue
from briefing.data.containers.opening import open_tables
from briefing.data.intake.choices import UNDECIDED
from briefing.data.intake.folders import Folder
from briefing.data.intake.incoming import Incoming, read_table
from briefing.data.reading.rows import Reading
from briefing.problems import Refused, has_errors

CATALOGUE = load_catalogue()
Operator = Callable[[Draft, Random], None]


def incoming(content: bytes) -> Incoming | None:
    """What becomes of the bytes; None when the file is refused."""
    try:
        (table,) = open_tables(Path("polluted.csv"), content, hashlib.sha256(content).hexdigest())
    except Refused:
        return None
    read = read_table(table, CATALOGUE, UNDECIDED, Folder())
    if not isinstance(read.content, Reading) or has_errors(read.report.problems) or read.content.faults:
        return None
    return read


def held(read: Incoming) -> dict[str, list[tuple[str, float]]]:
    """The values that would be stored, by series; a missing one is left out."""
    assert isinstance(read.content, Reading)
    rows = read.content.rows
    return {
        name: [
            (str(day), value)
            for day, value in zip(rows.dates[place], rows.values[place].tolist(), strict=True)
            if not math.isnan(value)
        ]
        for name, place in rows.by_series()
    }


def truth(clean: Clean) -> dict[str, list[tuple[str, float]]]:
    return {
        name: [(str(day), value) for day, value in zip(clean.days, column, strict=True) if value is not None]
        for name, column in clean.values.items()
    }


def polluted(seed: int, style: str, operators: list[Operator], form: str = "wide") -> Draft:
    random = Random(seed)
    draft = drafted(clean_table(random), style)
    if missing in operators:
        missing(draft, random)
    FORMS[form](draft, random)
    for operator in sorted(set(operators) - {missing}, key=[*HARMLESS, *HARMFUL].index):
        operator(draft, random)
    return draft


@pytest.mark.parametrize("style", DATES)
def test_a_clean_table_is_read_in_every_way_to_write_dates(style: str) -> None:
    for seed in range(3):
        draft = polluted(seed, style, [])
        read = incoming(draft.content())
        assert read is None or held(read) == truth(draft.clean)
        assert read is not None or style == "mdy"


@pytest.mark.parametrize("form", FORMS)
def test_a_clean_table_is_read_in_every_form(form: str) -> None:
    for seed in range(4):
        draft = polluted(seed, "iso", [missing], form)
        read = incoming(draft.content())
        assert read is not None
        assert held(read) == truth(draft.clean)


@pytest.mark.parametrize("operator", HARMLESS, ids=lambda operator: operator.__name__)
def test_what_changes_no_value_is_read_through(operator: Operator) -> None:
    for seed in range(4):
        draft = polluted(seed, "iso", [operator])
        read = incoming(draft.content())
        assert read is not None
        assert held(read) == truth(draft.clean)


@pytest.mark.parametrize("operator", HARMFUL, ids=lambda operator: operator.__name__)
def test_what_cannot_be_told_right_from_wrong_is_refused(operator: Operator) -> None:
    for seed in range(4):
        assert incoming(polluted(seed, "iso", [operator]).content()) is None


@settings(max_examples=100, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    style=st.sampled_from(sorted(DATES)),
    form=st.sampled_from(sorted(FORMS)),
    operators=st.lists(st.sampled_from(HARMLESS), max_size=5, unique=True),
)
def test_no_value_is_silently_wrong(seed: int, style: str, form: str, operators: list[Operator]) -> None:
    draft = polluted(seed, style, operators, form)
    read = incoming(draft.content())
    assert read is None or held(read) == truth(draft.clean)


@settings(max_examples=50, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    style=st.sampled_from(sorted(DATES)),
    operators=st.lists(st.sampled_from(HARMLESS[:16]), max_size=3, unique=True),
    harm=st.sampled_from(HARMFUL),
)
def test_harm_is_refused_among_other_pollution(
    seed: int, style: str, operators: list[Operator], harm: Operator
) -> None:
    draft = polluted(seed, style, [*operators, harm])
    read = incoming(draft.content())
    assert read is None or held(read) == truth(draft.clean)
