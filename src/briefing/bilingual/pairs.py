"""How the two sides of a pair stand to each other: computed from the texts, never stored."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from briefing.bilingual.normal_form import hash_of
from briefing.blocks.pair import Pair
from briefing.text import Label


class PairState(StrEnum):
    """The state of a pair against what a person last confirmed."""

    EMPTY = "empty"
    ZH_MISSING = "zh-missing"
    EN_MISSING = "en-missing"
    UNCONFIRMED = "unconfirmed"
    IN_SYNC = "in-sync"
    EN_CHANGED = "en-changed"
    ZH_CHANGED = "zh-changed"
    BOTH_CHANGED = "both-changed"


STATES: dict[PairState, Label] = {
    PairState.EMPTY: Label("Empty", "空白"),
    PairState.ZH_MISSING: Label("Chinese missing", "缺中文"),
    PairState.EN_MISSING: Label("English missing", "缺英文"),
    PairState.UNCONFIRMED: Label("Not confirmed", "尚未確認"),
    PairState.IN_SYNC: Label("In sync", "已同步"),
    PairState.EN_CHANGED: Label("English changed", "英文已更動"),
    PairState.ZH_CHANGED: Label("Chinese changed", "中文已更動"),
    PairState.BOTH_CHANGED: Label("Both changed", "雙方皆已更動"),
}
"""The states in words."""


def pair_state(pair: Pair) -> PairState:
    """The state of a pair. One that is meant for one side alone is in sync once confirmed, or changed."""
    en, zh = bool(pair.text.en.strip()), bool(pair.text.zh.strip())
    if not en and not zh:
        return PairState.EMPTY
    if not zh and pair.only != "en":
        return PairState.ZH_MISSING
    if not en and pair.only != "zh":
        return PairState.EN_MISSING
    if not pair.synced_en and not pair.synced_zh:
        return PairState.UNCONFIRMED
    changed = (hash_of(pair.text.en) != hash_of(pair.synced_en), hash_of(pair.text.zh) != hash_of(pair.synced_zh))
    return {
        (False, False): PairState.IN_SYNC,
        (True, False): PairState.EN_CHANGED,
        (False, True): PairState.ZH_CHANGED,
        (True, True): PairState.BOTH_CHANGED,
    }[changed]


def confirm(pair: Pair) -> Pair:
    """The pair with both texts of now as those that a person has confirmed."""
    return replace(pair, synced_en=pair.text.en, synced_zh=pair.text.zh)
