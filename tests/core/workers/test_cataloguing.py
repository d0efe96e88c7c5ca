"""The catalogue in the data worker: an entry shown, a change tried, kept, and taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.problems import Refused
from briefing.workers.protocol import Answer

Ask = Callable[..., Answer]
RATIO = {
    "name_en": "Gold over copper",
    "name_zh": "金銅比",
    "kind": "ratio",
    "source_en": "The desk",
    "source_zh": "自營部",
    "formula": "GOLD / COPPER",
}


def test_an_entry_is_shown_beside_what_is_shipped(ask_own: Ask) -> None:
    shown = ask_own("catalogue_entry", id="VVIX").result
    assert shown["row"]["kind"] == shown["shipped"]["kind"] == "volatility"
    assert ask_own("catalogue_entry", id="NEVER").result == {"row": {}, "shipped": {}, "own": {}}


def test_a_change_is_tried_without_being_kept(ask_own: Ask) -> None:
    tried = ask_own("catalogue_try", id="GOLD_COPPER", change=RATIO).result
    assert (tried["row"]["unit"], tried["problems"]) == ("x", [])
    assert ask_own("catalogue_entry", id="GOLD_COPPER").result["row"] == {}


def test_what_is_wrong_with_a_change_is_told_in_both_languages(ask_own: Ask) -> None:
    tried = ask_own("catalogue_try", id="GOLD_COPPER", change=RATIO | {"formula": "GOLD +"}).result
    assert tried["problems"][0]["check"] == "formula.syntax"
    assert set(tried["problems"][0]["message"]) == {"en", "zh"}
    assert ask_own("catalogue_try", id="GOLD_COPPER", change={"kind": "colour"}).result["row"] == {}


def test_a_declared_series_is_listed_and_computed_at_once(ask_own: Ask) -> None:
    ask_own("catalogue_declare", id="GOLD_COPPER", change=RATIO)
    value = ask_own("values", refs=["GOLD_COPPER.last"]).result["values"]["GOLD_COPPER.last"]
    assert value["value"] > 0
    ask_own("catalogue_forget", id="GOLD_COPPER")
    gone = ask_own("values", refs=["GOLD_COPPER.last"]).result["values"]["GOLD_COPPER.last"]
    assert gone["value"] is None


def test_a_change_that_is_wrong_is_not_kept(ask_own: Ask) -> None:
    with pytest.raises(Refused, match="makes no sense"):
        ask_own("catalogue_declare", id="GOLD_COPPER", change=RATIO | {"formula": "GOLD +"})
    assert ask_own("catalogue_entry", id="GOLD_COPPER").result["row"] == {}


def test_a_formula_that_is_tried_shows_its_last_value_and_the_newest_ones(ask_own: Ask) -> None:
    tried = ask_own("catalogue_try", id="GOLD_COPPER", change=RATIO).result
    ask_own("catalogue_declare", id="GOLD_COPPER", change=RATIO)
    value = ask_own("values", refs=["GOLD_COPPER.last"]).result["values"]["GOLD_COPPER.last"]
    assert tried["last"] == {"date": value["date"], "text": value["text"]}
    assert tried["recent"][-1] == value["value"]
    assert len(tried["recent"]) == 120


def test_what_the_workspace_says_itself_is_told_apart_from_what_is_shipped(ask_own: Ask) -> None:
    assert ask_own("catalogue_entry", id="DGS3MO").result["own"] == {}
    ask_own("catalogue_declare", id="DGS3MO", change={"name_en": "Three-month bill", "decimals": "1"})
    told = ask_own("catalogue_entry", id="DGS3MO").result
    assert told["own"] == {"name_en": "Three-month bill", "decimals": 1}
    assert told["row"]["name_en"] == "Three-month bill"
    assert told["shipped"]["name_en"] != "Three-month bill"


def test_a_source_of_ones_own_stands_before_the_publisher(ask_own: Ask) -> None:
    ask_own("catalogue_declare", id="DGS3MO", change={"source_en": "The desk"})
    told = ask_own("catalogue_entry", id="DGS3MO").result
    assert (told["row"]["source_en"], told["row"]["source_zh"]) == ("The desk", told["shipped"]["source_zh"])


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"kind": "colour"}, "kind"),
        ({"calendar": "MOON"}, "calendar"),
        ({"freq": "Y"}, "freq"),
        ({"name_en": ""}, "name_en"),
        ({"name_zh": ""}, "name_zh"),
        ({"source_zh": ""}, "source_zh"),
        ({"stored_unit": "furlong"}, "stored_unit"),
    ],
)
def test_a_problem_names_the_key_that_it_is_about(ask_own: Ask, change: dict[str, str], key: str) -> None:
    told = ask_own("catalogue_try", id="GOLD_COPPER", change=RATIO | change).result
    assert [problem["column"] for problem in told["problems"]] == [key]
