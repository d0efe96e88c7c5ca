"""Declaring series in the sample's catalogue: a formula is computed before it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.data.catalogue_writing import Change, entry_row, read_change
from briefing.data.workspace import Workspace
from briefing.metrics.declaring import declare
from briefing.metrics.derived import open_source
from briefing.problems import Refused, Severity
from briefing.sample import create_sample

RATIO: Change = {
    "name_en": "Gold over copper",
    "name_zh": "金銅比",
    "kind": "ratio",
    "source_en": "The desk",
    "source_zh": "自營部",
    "calendar": "WEEKDAYS",
}


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    return create_sample(tmp_path / "desk")


def test_a_formula_over_series_becomes_a_series_with_its_own_name(desk: Workspace) -> None:
    entry, problems = declare(desk, "GOLD_COPPER", {**RATIO, "formula": "GOLD / COPPER"})
    series = open_source(desk).series("GOLD_COPPER")
    legs = [open_source(desk).series(name) for name in ("GOLD", "COPPER")]
    assert problems == ()
    assert (series.name.zh, series.unit, entry.kind.value) == ("金銅比", "x", "ratio")
    assert series.values[-1] == pytest.approx(legs[0].values[-1] / legs[1].values[-1])


def test_a_percentile_of_a_position_since_a_year_is_a_series(desk: Workspace) -> None:
    change: Change = {**RATIO, "kind": "ratio", "unit": "percentile", "delta_unit": "pp"}
    declare(desk, "CTA_RANK", {**change, "formula": "pctile(trend_position(TLT), since2021)"})
    ranks = open_source(desk).series("CTA_RANK")
    assert 0.0 <= ranks.values.min() <= ranks.values.max() <= 100.0


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("GOLD /", "makes no sense at character"),
        ("GOLD / NEVER_HEARD_OF", "The catalogue has no series NEVER_HEARD_OF."),
        ("GOLD + UST10Y", "has no unit"),
        ("UST10Y - UST2Y", "The formula gives “bp”, the catalogue declares “x”."),
        ("GOLD_COPPER / COPPER", "The formulas go round in a circle"),
        ("nonsense(GOLD)", "nonsense"),
    ],
)
def test_a_formula_that_cannot_be_right_is_not_written(desk: Workspace, formula: str, message: str) -> None:
    before = desk.catalogue.read_bytes()
    with pytest.raises(Refused) as caught:
        declare(desk, "GOLD_COPPER", {**RATIO, "formula": formula})
    assert message in caught.value.problems[0].message.en
    assert desk.catalogue.read_bytes() == before


def test_a_formula_over_a_series_that_was_not_loaded_yet_is_written_with_a_warning(desk: Workspace) -> None:
    _, problems = declare(desk, "GOLD_COPPER", {**RATIO, "formula": "SILVER / COPPER"})
    assert [(problem.severity, problem.check) for problem in problems] == [(Severity.WARNING, "market.not_loaded")]
    assert b"SILVER / COPPER" in desk.catalogue.read_bytes()


def test_a_change_is_read_as_a_person_types_it() -> None:
    typed = {"decimals": "3", "tags": "rates, mine", "name_en": " Mine ", "formula": ""}
    assert read_change(typed) == {"decimals": 3, "tags": ["rates", "mine"], "name_en": "Mine", "formula": None}


@pytest.mark.parametrize(("key", "value"), [("colour", "red"), ("decimals", "two"), ("decimals", "-1")])
def test_an_unknown_key_or_a_number_in_words_is_refused(key: str, value: str) -> None:
    with pytest.raises(Refused) as caught:
        read_change({key: value})
    assert key in caught.value.problems[0].message.en


def test_a_row_of_an_entry_declares_the_same_entry_again(desk: Workspace) -> None:
    entry, _ = declare(desk, "GOLD_COPPER", {**RATIO, "formula": "GOLD / COPPER"})
    row = entry_row(entry)
    row.pop("series_id")
    again, _ = declare(desk, "GOLD_COPPER", row)
    assert again == entry
