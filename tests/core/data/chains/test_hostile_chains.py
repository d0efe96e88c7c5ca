"""Chains that were cut, mixed up or written by nobody: each is read or refused, and nothing else is raised."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.data.chains.reading import ChainReading
from briefing.data.chains.validating import validate_chain
from briefing.problems import Refused

Read = Callable[..., ChainReading]
SAMPLES = Path(__file__).parent / "samples"
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(SAMPLES.iterdir())}
SPLINTERS = (
    "",
    ",",
    '"',
    "\n",
    "nan",
    "inf",
    "-99.99",
    "1e400",
    "#N/A",
    "2026-02-30",
    "C",
    "P",
    "٣",
    "SPX",
    "0",
    "-",
    "é",
)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """A sample with up to three cells or signs replaced, rows exchanged, or the end cut off."""
    name = draw(st.sampled_from(sorted(TEXTS)))
    text = TEXTS[name]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text) - 1))
        length = draw(st.integers(0, 12))
        text = text[:at] + draw(st.sampled_from(SPLINTERS)) + text[at + length :]
    if draw(st.booleans()):
        lines = text.split("\n")
        random.Random(draw(st.integers(0, 99))).shuffle(lines)
        text = "\n".join(lines)
    return name, text[: draw(st.integers(1, max(1, len(text))))] if draw(st.booleans()) else text


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutated())
def test_a_mutated_file_is_read_or_refused(read_text: Read, case: tuple[str, str]) -> None:
    name, text = case
    try:
        reading = read_text(text, name, as_id="XYZ")
    except Refused:
        return
    except AssertionError:
        return  # another format was recognised: its own tests say what becomes of that
    for read in reading.chains:
        validate_chain(read, None, date(2026, 3, 10), file=name)
        assert not reading.faults


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_file_of_its_header_alone_is_refused_or_empty(read_text: Read, name: str) -> None:
    lines = TEXTS[name].split("\n")
    for cut in range(1, 6):
        try:
            reading = read_text("\n".join(lines[:cut]), name, as_id="SPX", quote_date=date(2026, 3, 6))
        except (Refused, AssertionError):
            continue
        for read in reading.chains:
            validate_chain(read, None, date(2026, 3, 10), file=name)


@pytest.mark.parametrize("ticker", ["../../../x", "..", "", "A/B", "ＳＰＸ", "TOOLONGATICKER"])
def test_a_ticker_that_could_lead_out_of_the_store_is_none(read_text: Read, ticker: str) -> None:
    text = TEXTS["contracts.csv"].replace(",XYZ,2026-03-20,24,Call", f",{ticker},2026-03-20,24,Call")
    ((line, column, reason),) = [(one.line, one.column, one.reason.en) for one in read_text(text).faults]
    assert (line, column) == (2, "root")
    assert "is not a ticker" in reason
    with pytest.raises(Refused):
        read_text(TEXTS["strikes_side_by_side.csv"], as_id=ticker)
