from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.bilingual.normal_form import hash_of, norm
from briefing.bilingual.pairs import STATES, PairState, confirm, pair_state
from briefing.blocks.pair import Pair
from briefing.text import Side, Text

CONFIRMED = confirm(Pair(id="p", text=Text("Cuts of 50bp priced.", "市場反映降息50個基點。")))


def state(en: str, zh: str, *, only: str = "") -> PairState:
    return pair_state(Pair(id="p", text=Text(en, zh), only=only))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The “dots” moved", 'The "dots" moved'),
        ("it’s done", "it's done"),
        ("he said 「好」", 'he said "好"'),
        ("a – b — c ― d − e", "a - b - c - d - e"),
        ("wait…… and ...", "wait… and …"),
        ("５０％，（Ａ）", "50%,(A)"),
        ("完成。一、二", "完成.一,二"),
        ("a\u00a0b\u3000c\u2009d", "a b c d"),
        ("zero\u200bwidth\u2060\ufeff\u00ad", "zerowidth"),
        ("本週 Fed 決議", "本週Fed決議"),
        ("升 10 個基點", "升10個基點"),
        ("**bold** and ==marked== `code`", "bold and marked code"),
        ("see [the dots](https://fed.example)", "see the dots"),
        ("  two   spaces  ", "two spaces"),
        ("cafe\u0301", "café"),
    ],
)
def test_what_says_the_same_has_one_normal_form(one: str, other: str) -> None:
    assert norm(one) == norm(other)
    assert hash_of(one) == hash_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("50bp", "60bp"),
        ("rose", "Rose"),
        ("升息", "降息"),
        ("a b", "ab"),
        ("{UST10Y.last}", "{UST2Y.last}"),
        ("−10bp", "10bp"),
    ],
)
def test_what_says_something_else_has_another_hash(one: str, other: str) -> None:
    assert hash_of(one) != hash_of(other)


def test_a_hash_names_the_rule_that_made_it() -> None:
    assert hash_of("").startswith("n1:")
    assert len(hash_of("Cuts priced.")) == len("n1:") + 32


@given(st.text())
def test_spacing_at_the_ends_never_counts(words: str) -> None:
    assert hash_of(f" {words} ") == hash_of(words)


def test_both_sides_as_confirmed_are_in_sync() -> None:
    assert pair_state(CONFIRMED) is PairState.IN_SYNC


@pytest.mark.parametrize(
    ("side", "after"),
    [("en", PairState.EN_CHANGED), ("zh", PairState.ZH_CHANGED)],
)
def test_the_state_names_the_side_that_changed(side: Side, after: PairState) -> None:
    from briefing.blocks.registry import with_side

    changed = with_side(CONFIRMED, "text", side, "75")
    assert pair_state(changed) is after
    other: Side = "zh" if side == "en" else "en"
    assert pair_state(with_side(changed, "text", other, "75")) is PairState.BOTH_CHANGED


def test_going_back_to_the_confirmed_text_is_in_sync_again() -> None:
    from briefing.blocks.registry import with_text

    changed = with_text(CONFIRMED, "text", Text("Other.", "其他。"))
    assert pair_state(with_text(changed, "text", CONFIRMED.text)) is PairState.IN_SYNC


def test_typography_alone_makes_no_side_old() -> None:
    from briefing.blocks.registry import with_text

    set_well = Text("Cuts of **50bp** priced.", "市場反映降息 ==50== 個基點。")
    assert pair_state(with_text(CONFIRMED, "text", set_well)) is PairState.IN_SYNC


@pytest.mark.parametrize(
    ("en", "zh", "only", "expected"),
    [
        ("", "", "", PairState.EMPTY),
        ("x", "", "", PairState.ZH_MISSING),
        ("x", " \n", "", PairState.ZH_MISSING),
        ("", "字", "", PairState.EN_MISSING),
        ("x", "字", "", PairState.UNCONFIRMED),
        ("x", "", "en", PairState.UNCONFIRMED),
        ("", "字", "zh", PairState.UNCONFIRMED),
        ("", "字", "en", PairState.EN_MISSING),
        ("x", "", "zh", PairState.ZH_MISSING),
    ],
)
def test_a_pair_that_nobody_confirmed(en: str, zh: str, only: str, expected: PairState) -> None:
    assert state(en, zh, only=only) is expected


def test_a_pair_for_one_side_alone_can_be_confirmed_and_grow_old() -> None:
    alone = confirm(Pair(id="p", text=Text("", "字"), only="zh"))
    assert pair_state(alone) is PairState.IN_SYNC
    assert pair_state(Pair(id="p", text=Text("", "句"), only="zh", synced_zh=alone.synced_zh)) is PairState.ZH_CHANGED


@given(st.text(), st.text())
def test_confirming_any_pair_leaves_nothing_changed(en: str, zh: str) -> None:
    changed = {PairState.EN_CHANGED, PairState.ZH_CHANGED, PairState.BOTH_CHANGED}
    assert pair_state(confirm(Pair(id="p", text=Text(en, zh)))) not in changed


def test_every_state_has_words_in_both_languages() -> None:
    assert set(STATES) == set(PairState)
    assert all(label.en and label.zh for label in STATES.values())
