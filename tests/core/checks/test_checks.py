"""Every check finds its fault at its place, and stays silent on a clean note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from briefing.bilingual.pairs import confirm
from briefing.blocks.context import Context
from briefing.blocks.disclosure import Disclosure
from briefing.blocks.document import document
from briefing.blocks.heading import Heading
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.checks.registry import Inspection, run_checks
from briefing.note import Block, Note
from briefing.problems import NOWHERE, Problem, Refused, Severity, error
from briefing.series import Series
from briefing.text import Label, Text


@dataclass(frozen=True)
class Nothing:
    """A market without series."""

    as_of: date = date(2026, 3, 6)

    def series(self, series_id: str) -> Series:
        words = Label(f"No series is called {series_id}.", f"沒有名為{series_id}的序列。")
        raise Refused(error("market.unknown", NOWHERE, words, words))

    def events(self, name: str) -> tuple[date, ...]:
        return ()


def problems_of(*blocks: Block, title: Text = Text("A title", "標題")) -> tuple[Problem, ...]:
    note = Note(date=date(2026, 3, 6), title=title, blocks=(*blocks, Disclosure(id="end")))
    context = Context(source=Nothing(), disclosure=Text("Wording.", "聲明。"), disclosure_version="1")
    made = document(note, context, edition="both", layout="stacked", draft=False)
    return run_checks(Inspection(note, context, made.problems))


def said(problems: tuple[Problem, ...]) -> list[tuple[str, str, str | None, str | None]]:
    return [(p.check, p.severity.value, p.place.block, p.place.side) for p in problems]


def pair(en: str, zh: str, **more: str) -> Pair:
    return Pair(id="p1", text=Text(en, zh), **more)  # type: ignore[arg-type]


def test_a_clean_note_has_no_problem() -> None:
    assert problems_of(Heading(id="h", text=Text("Rates", "利率")), confirm(pair("Calm.", "平靜。"))) == ()


def test_english_without_chinese_is_an_error_on_the_chinese_side() -> None:
    assert said(problems_of(pair("Calm.", ""))) == [("C01", "error", "p1", "zh")]


def test_chinese_without_english_is_a_warning_on_the_english_side() -> None:
    assert said(problems_of(pair("", "平靜。"))) == [("C02", "warning", "p1", "en")]


@pytest.mark.parametrize(("en", "zh", "only"), [("Calm.", "", "en"), ("", "平靜。", "zh")])
def test_a_pair_marked_as_one_language_is_complete(en: str, zh: str, only: str) -> None:
    assert problems_of(pair(en, zh, only=only)) == ()


def test_a_side_that_is_older_than_the_other_is_an_error() -> None:
    changed = pair("Very calm.", "平靜。", synced_en="Calm.", synced_zh="平靜。")
    assert said(problems_of(changed)) == [("C14", "error", "p1", "zh")]


def test_typography_alone_makes_nothing_stale() -> None:
    assert problems_of(pair("“Calm.”", "平靜。", synced_en='"Calm."', synced_zh="平靜。")) == ()


def test_a_number_bound_on_one_side_only_is_a_warning() -> None:
    found = problems_of(pair("It is {VIX.last}.", "平靜。"))
    assert ("pair.references", "warning", "p1", "zh") in said(found)


def test_another_form_of_the_same_number_is_no_difference() -> None:
    found = problems_of(pair("It {VIX.change.1d|verb}.", "{VIX.change.1d|move}。"))
    assert "pair.references" not in {p.check for p in found}


def test_a_reference_without_data_is_an_error_with_its_span() -> None:
    found = [p for p in problems_of(pair("It is {VIX.last}.", "{VIX.last}。")) if p.place.side == "en"]
    assert [(p.severity, p.place.span) for p in found] == [(Severity.ERROR, (6, 16))]


def test_a_private_note_may_be_in_one_language() -> None:
    assert problems_of(Private(id="x", text=Text("call back", ""))) == ()


def test_a_note_without_a_chinese_title_is_a_warning() -> None:
    assert said(problems_of(title=Text("A title", ""))) == [("note.title", "warning", None, "zh")]


def test_a_second_disclosure_is_an_error() -> None:
    assert said(problems_of(Disclosure(id="first"))) == [("disclosure.missing", "error", "end", None)]


def test_errors_stand_before_warnings_and_both_in_the_order_of_the_note() -> None:
    found = problems_of(
        Pair(id="a", text=Text("", "平靜。")),
        Pair(id="b", text=Text("Calm.", "")),
        Pair(id="c", text=Text("Calm.", "")),
    )
    assert [(p.place.block, p.severity.value) for p in found] == [("b", "error"), ("c", "error"), ("a", "warning")]
