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
    assert ask_own("catalogue_entry", id="NEVER").result == {"row": {}, "shipped": {}}


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
