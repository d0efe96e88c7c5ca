"""A suspect day reaches every place of the page that rests on it, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from briefing.blocks.context import Context
from briefing.blocks.document import Document, document
from briefing.blocks.figure import Figure
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.pair import Pair
from briefing.charts.spec import ChartSpec, Line
from briefing.checks.registry import Inspection, run_checks
from briefing.note import Block, Note
from briefing.series import Caveat, Series, SeriesSource
from briefing.text import Text

WORDS = {"en": "flagged as suspect, 15 Jan 2025", "zh": "2025年1月15日標記為存疑"}


class Doubted:
    """The small market, with days of VIX that a check doubted."""

    def __init__(self, market: SeriesSource, *days: str) -> None:
        self.market, self.as_of = market, market.as_of
        self.days = np.array(days, dtype="datetime64[D]")

    def series(self, series_id: str) -> Series:
        found = self.market.series(series_id)
        return replace(found, caveats={Caveat.SUSPECT: self.days}) if series_id == "VIX" else found

    def events(self, name: str) -> tuple[date, ...]:
        return self.market.events(name)


def resolved(market: SeriesSource, *days: str, block: Block) -> Document:
    context = Context(source=Doubted(market, *days))
    note = Note(date=date(2025, 1, 16), as_of=date(2025, 1, 15), blocks=(block,))
    return document(note, context, edition="both", layout="columns")


def first_block(found: Document) -> Any:
    blocks = found.view["blocks"]
    assert isinstance(blocks, list)
    return blocks[0]


def test_a_sentence_marks_the_suspect_value_alone(market: SeriesSource) -> None:
    block = Pair(id="p", text=Text("{VIX.last} {US10Y.last}", "{VIX.last}"))

    found = resolved(market, "2025-01-15", block=block)

    text = first_block(found)["text"]
    assert [run["caveat"] for run in text["en"] if run["ref"]] == [WORDS["en"], ""]
    assert [run["caveat"] for run in text["zh"] if run["ref"]] == [WORDS["zh"]]
    assert found.view["marked"] == [{"name": {"en": "VIX", "zh": "VIX"}, "words": WORDS}]
    assert {(one.check, one.place.block, one.place.side) for one in found.problems} == {
        ("value.suspect", "p", "en"), ("value.suspect", "p", "zh"),
    }  # fmt: skip


def test_a_cell_is_marked_and_its_row_says_why_once(market: SeriesSource) -> None:
    block = MetricTable(id="t", rows=("VIX", "US10Y"), columns=("last", "change.1d"))

    first, second = first_block(resolved(market, "2025-01-15", block=block))["rows"]

    assert [cell["caveat"] for cell in first["cells"]] == [WORDS, WORDS]
    assert first["remarks"] == [WORDS]
    assert [cell["caveat"] for cell in second["cells"]] == [{"en": "", "zh": ""}] * 2
    assert second["remarks"] == []


def test_a_figure_rings_the_day_and_says_what_the_ring_is(market: SeriesSource) -> None:
    block = Figure(id="f", chart=ChartSpec(lines=(Line(series="VIX"),), range="Max"))

    found = resolved(market, "2025-01-13", "2025-01-14", block=block)

    view = first_block(found)
    assert view["svg"].count('class="ring"') == 2
    assert view["source"]["en"].endswith("Ring = VIX: flagged as suspect, 13 Jan 2025 and 1 more day.")
    assert view["source"]["zh"].endswith("圓圈＝VIX：2025年1月13日等2日標記為存疑。")
    [problem] = found.problems
    assert (problem.check, problem.place.block, problem.place.field) == ("value.suspect", "f", "chart")


def test_a_suspect_day_that_nothing_rests_on_is_not_spoken_of(market: SeriesSource) -> None:
    found = resolved(market, "2025-01-03", block=Pair(id="p", text=Text("{VIX.last}", "{VIX.last}")))

    assert found.view["marked"] == []
    assert found.problems == ()


@pytest.mark.parametrize(("reference", "check"), [("{VIX.last}", "value.suspect"), ("{OLD.last}", "series.late")])
def test_the_checks_of_a_note_tell_of_late_and_doubted_values(market: SeriesSource, reference: str, check: str) -> None:
    block = Pair(id="p", text=Text(reference, reference))
    found = resolved(market, "2025-01-15", block=block)
    note = Note(date=date(2025, 1, 16), as_of=date(2025, 1, 15), blocks=(block,))

    told = run_checks(Inspection(note, Context(source=Doubted(market, "2025-01-15")), found.problems))

    warnings = [one for one in told if one.check == check]
    assert warnings
    assert all(one.severity == "warning" and one.message.en and one.message.zh for one in warnings)
    assert len(told) == len(set(told))
