from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from briefing.blocks.context import Context
from briefing.blocks.document import Document, document
from briefing.blocks.figure import Figure
from briefing.blocks.heading import Heading
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.charts.spec import ChartSpec, Line
from briefing.note import Block, Note
from briefing.series import SeriesSource
from briefing.text import Text

VIX = ChartSpec(lines=(Line(series="VIX"),))


def resolved(market: SeriesSource, *blocks: Block, **switches: Any) -> Document:
    note = Note(date=date(2025, 1, 16), title=Text("Rates **fell**", "利率下滑"), blocks=blocks)
    return document(note, Context(source=market), **{"edition": "both", "layout": "stacked", **switches})


def test_the_head_of_the_document_is_in_every_language_of_the_edition(market: SeriesSource) -> None:
    view = resolved(market).view
    assert view["date_text"] == {"en": "Thu 16 Jan 2025", "zh": "2025年1月16日（週四）"}
    assert view["as_of_text"] == {"en": "15 Jan 2025", "zh": "2025年1月15日"}
    assert view["title"]["en"][1]["bold"]
    assert view["langs"] == ["en", "zh-Hant-TW"]
    assert resolved(market, edition="en").view["as_of_text"] == {"en": "15 Jan 2025"}


def test_figures_are_numbered_in_order_and_alike_in_every_edition(market: SeriesSource) -> None:
    blocks = (Figure(id="a", chart=VIX), Pair(id="p", text=Text("x")), Figure(id="b", chart=VIX))
    for edition in ("both", "en", "zh-Hant-TW"):
        view = resolved(market, *blocks, edition=edition).view
        assert [entry["number"] for entry in view["blocks"] if entry["type"] == "figure"] == [1, 2]


def test_sources_stand_once_in_order_of_first_use(market: SeriesSource) -> None:
    view = resolved(
        market, Pair(id="p", text=Text("{VIX.last} {US10Y.last} {VIX.last}")), Figure(id="f", chart=VIX)
    ).view
    assert [entry["name"]["en"] for entry in view["sources"]] == ["VIX series", "US10Y series"]
    assert view["sources"][0] == {
        "name": {"en": "VIX series", "zh": "VIX數列"},
        "source": {"en": "Test", "zh": "測試"},
        "last": {"en": "15 Jan 2025", "zh": "2025年1月15日"},
    }


def test_a_late_series_is_listed_and_warned_of_once(market: SeriesSource) -> None:
    found = resolved(market, Pair(id="p", text=Text("{OLD.last}", "{OLD.last}")))
    late = {"en": "2 sessions late, last 13 Jan 2025", "zh": "遲2個交易日，最新為2025年1月13日"}
    assert found.view["marked"] == [{"name": {"en": "OLD", "zh": "OLD"}, "words": late}]
    assert [problem.check for problem in found.problems] == ["series.late"]


def test_private_words_reach_no_part_of_the_document(market: SeriesSource) -> None:
    found = resolved(
        market, Private(id="x", text=Text("top secret", "機密")), Heading(id="h", text=Text("Open", "公開"))
    )
    assert "secret" not in json.dumps(found.view)
    assert [entry["id"] for entry in found.view["blocks"]] == ["h"]


def test_the_hash_follows_what_is_printed_and_nothing_else(market: SeriesSource) -> None:
    first = resolved(market, Pair(id="p", text=Text("a")))
    assert resolved(market, Pair(id="p", text=Text("a"))).view["hash"] == first.view["hash"]
    assert resolved(market, Pair(id="p", text=Text("a")), draft=True).view["hash"] == first.view["hash"]
    assert resolved(market, Pair(id="p", text=Text("b"))).view["hash"] != first.view["hash"]


@pytest.mark.parametrize("edition", ["both", "en", "zh-Hant-TW"])
def test_the_document_is_plain_data(market: SeriesSource, edition: str) -> None:
    view = resolved(
        market, Figure(id="f", chart=VIX), Pair(id="p", text=Text("{VIX.last}", "無")), edition=edition
    ).view
    assert json.loads(json.dumps(view, allow_nan=False)) == view
