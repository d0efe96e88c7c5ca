from __future__ import annotations

import pytest

from briefing.blocks.heading import Heading
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.blocks.unknown import UnknownBlock
from briefing.note import Block
from briefing.problems import Place, error, info, warning
from briefing.text import Label, Text
from briefing_ui.editor.gutter import gutter_words

BAD = Label("The numbers differ.", "數字不一致。")
MEND = Label("Compare both sides.", "請比對兩側。")
BOTH = Text("Up", "上升")


@pytest.mark.parametrize(
    ("block", "sign", "en", "zh"),
    [
        (Pair(id="a"), "", "", ""),
        (Pair(id="a", text=Text("Up", "")), "◐", "Chinese missing", "缺中文"),
        (Pair(id="a", text=BOTH), "○", "Not confirmed", "尚未確認"),
        (Pair(id="a", text=BOTH, synced_en="Up", synced_zh="上升"), "✓", "In sync", "已同步"),
        (Pair(id="a", text=BOTH, synced_en="Down", synced_zh="上升"), "≠", "English changed", "英文已更動"),
        (Pair(id="a", text=BOTH, synced_en="Down", synced_zh="下跌"), "≠", "Both changed", "雙方皆已更動"),
    ],
)
def test_a_pair_says_how_its_sides_agree(block: Block, sign: str, en: str, zh: str) -> None:
    words = gutter_words(block, (), "en")
    assert (words.sign, words.state) == (sign, en)
    assert words.story
    assert gutter_words(block, (), "zh-Hant-TW").state == zh


def test_the_worst_problem_gives_the_mark_and_all_are_told() -> None:
    problems = [make("x", Place(block="a"), BAD, MEND) for make in (info, error, warning)]
    words = gutter_words(Heading(id="a"), problems, "zh-Hant-TW")
    assert (words.mark, words.mark_token) == ("●", "error")
    assert words.story.split("\n") == ["數字不一致。 請比對兩側。"] * 3
    assert gutter_words(Heading(id="a"), problems[2:], "en").mark == "▲"


def test_a_private_block_is_locked_and_an_unknown_one_named() -> None:
    private = gutter_words(Private(id="a"), (), "en")
    assert (private.locked, private.state) == (True, "Never printed")
    assert gutter_words(UnknownBlock(id="u", name="flow_map"), (), "zh-Hant-TW").name == "「flow_map」"
