from __future__ import annotations

from typing import Any

from briefing_ui.editor.chip_words import ChipWords, chip_story, chip_words

VALUE: dict[str, Any] = {
    "value": -12.0,
    "text": {"en": "−12bp", "zh": "−12個基點"},
    "date": "2026-03-06",
    "base_date": "2026-03-05",
    "window_start": "2020-01-02",
    "n": 1552,
    "vintage": "2026-03-07",
    "late": None,
    "problems": [],
}
LATE = VALUE | {"late": {"last": "2026-03-04", "sessions": 2, "freq": "D"}}
NONE = VALUE | {
    "value": None,
    "problems": [
        {
            "message": {"en": "It needs 252 observations.", "zh": "需要252筆觀測值。"},
            "hint": {"en": "Import.", "zh": "請匯入。"},
        }
    ],
}


def test_a_chip_says_its_value_in_the_language_of_its_column() -> None:
    assert chip_words(VALUE, "en") == ChipWords("−12bp", "plain")
    assert chip_words(VALUE, "zh") == ChipWords("−12個基點", "plain")


def test_a_late_value_carries_its_day() -> None:
    assert chip_words(LATE, "en") == ChipWords("−12bp (4 Mar, 2 late)", "late")
    assert chip_words(LATE, "zh") == ChipWords("−12個基點（3月4日，遲2）", "late")


def test_a_doubted_value_has_a_dagger_and_its_story_says_why() -> None:
    doubted = VALUE | {
        "doubts": [{"series": "X", "caveat": "suspect", "date": "2026-03-06"}],
        "problems": [
            {"message": {"en": "X is doubted.", "zh": "X存疑。"}, "hint": {"en": "Compare.", "zh": "請核對。"}}
        ],
    }
    assert chip_words(doubted, "en") == ChipWords("−12bp†", "doubted")
    assert chip_words(LATE | {"doubts": doubted["doubts"]}, "en") == ChipWords("−12bp† (4 Mar, 2 late)", "late")
    assert chip_story("X.last", doubted).zh.endswith("X存疑。\n請核對。")


def test_a_value_that_cannot_be_had_is_a_dash_and_one_that_is_on_its_way_waits() -> None:
    assert chip_words(NONE, "en") == ChipWords("—", "missing")
    assert chip_words(None, "zh") == ChipWords("…", "waiting")


def test_the_story_tells_every_fact() -> None:
    story = chip_story("X.change.1d", LATE)
    assert story.en.split("\n") == [
        "{X.change.1d}",
        "Date: 6 Mar 2026",
        "Compared with: 5 Mar 2026",
        "Since: 2 Jan 2020",
        "Observations: 1,552",
        "Vintage: 2026-03-07",
        "2 sessions late, last 4 Mar 2026",
    ]
    assert story.zh.split("\n")[1:3] == ["日期：2026年3月6日", "比較基準：2026年3月5日"]


def test_the_story_of_a_fault_says_what_to_do() -> None:
    assert chip_story("X.last", NONE).en.endswith("It needs 252 observations.\nImport.")
    assert "讀取中" in chip_story("X.last", None).zh
