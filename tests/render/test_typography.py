import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.inline import runs as inline_runs
from briefing.render.quantities import kept_together, quantities
from briefing.render.typography import prose, words

TEXT = st.text(
    alphabet=st.sampled_from("ab Z.,<>&\"'1234567890%$−-/[](){}*=十年期殖利率基點億美元月日—…·「」『』（），。；~ "),
    max_size=60,
)


def found(text: str, side: str) -> list[str]:
    return [text[start:end] for start, end in quantities(text, side)]


@given(TEXT, st.sampled_from(["en", "zh-Hant-TW"]))
@settings(max_examples=300, deadline=None)
def test_without_its_tags_the_mark_up_is_the_source(text: str, lang: str) -> None:
    runs = [{"text": run.text, "bold": run.bold, "mark": run.mark, "href": run.href} for run in inline_runs(text)]
    stripped = unescape(re.sub(r"<[^>]*>", "", str(prose(runs, lang))))
    assert stripped == "".join(str(run["text"]) for run in runs)


@given(TEXT, st.sampled_from(["en", "zh"]))
@settings(max_examples=300, deadline=None)
def test_what_is_kept_together_is_in_order_and_disjoint(text: str, side: str) -> None:
    spans = kept_together(text, side)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yields fell 12bp on 14 Dec 2023", ["12bp", "14 Dec 2023"]),
        ("sold $2.2mm/01 at the 11th percentile", ["$2.2mm/01", "11th percentile"]),
        ("25 vs 107 and Feb 90/93 into Sep ’24", ["25 vs 107", "Feb 90/93", "Sep ’24"]),
        ("a 30-40 delta put, up 3.5 percentage points", ["30-40 delta", "3.5 percentage points"]),
        ("the 10-year and 5s-10s in Q4 2024", ["10-year", "5s-10s", "Q4 2024"]),
        ("no number here", []),
    ],
)
def test_english_quantities_are_recognised_with_their_units(text: str, expected: list[str]) -> None:
    assert found(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下跌12個基點，自2023年12月14日以來", ["12個基點", "2023年12月14日"]),
        ("賣出220萬美元/01，位於第62百分位", ["220萬美元/01", "第62百分位"]),
        ("25對107與30-40 delta，5-10年期", ["25對107", "30-40 delta", "5-10年期"]),
        ("2024年第四季買進820億美元，持有三個月", ["2024年第四季", "820億美元", "三個月"]),
        ("2年/10年利差走平", ["2年/10年"]),
        ("這裡沒有數字", []),
    ],
)
def test_chinese_quantities_are_recognised_with_their_units(text: str, expected: list[str]) -> None:
    assert found(text, "zh") == expected


def test_a_dash_hangs_on_the_character_before_it() -> None:
    assert '<span class="nb">險——</span>' in str(words("避險——不過是這樣而已。", "zh-Hant-TW"))


def test_the_last_two_characters_of_chinese_stay_together_with_their_mark() -> None:
    assert str(words("利率走低。", "zh-Hant-TW")) == '利率<span class="nb">走低。</span>'


def test_the_gap_before_latin_hangs_on_the_chinese_character_so_that_lines_start_flush() -> None:
    assert '<span class="g">看</span><span class="l a" lang="en">VIX</span>' in str(
        words("先看VIX的走勢。", "zh-Hant-TW")
    )


def test_there_is_no_gap_next_to_a_full_width_mark() -> None:
    assert '「<span class="l" lang="en">VIX</span>」' in str(words("所謂「VIX」指標如下。", "zh-Hant-TW"))


def test_one_of_two_adjacent_full_width_marks_is_halved() -> None:
    assert '甲」<span class="h">（</span>乙<span class="h">）</span>。' in str(words("「甲」（乙）。", "zh-Hant-TW"))


def test_chinese_inside_english_is_tagged_with_its_language() -> None:
    assert '<span class="c" lang="zh-Hant-TW">央行</span>' in str(words("The 央行 said so.", "en"))


def test_a_bound_number_is_never_broken_and_carries_its_reference() -> None:
    run = {"text": "down 12 somethings", "ref": "X.change.1d"}
    assert str(prose([run], "en")) == '<span class="nb ref" data-ref="X.change.1d">down 12 somethings</span>'


def test_a_long_phrase_from_a_reference_may_be_broken_but_not_inside_its_date() -> None:
    run = {"text": "自2023年12月14日以來最大單日跌幅", "ref": "X.record.1d"}
    marked = str(prose([run], "zh-Hant-TW"))
    assert not marked.startswith('<span class="nb')
    assert len(re.findall(r'<span class="nb ', marked)) == 2  # the date, and the last two characters


def test_an_author_cannot_write_mark_up() -> None:
    assert str(words("<script>alert('x')</script> & {{ 7*7 }}", "en")).startswith("&lt;script&gt;alert(")


def test_a_highlight_and_a_link_keep_their_words() -> None:
    marked = str(
        prose([{"text": "see", "mark": True, "bold": True}, {"text": "here", "href": "https://e.com/?a=1&b=2"}], "en")
    )
    assert marked == '<mark><strong>see</strong></mark><a href="https://e.com/?a=1&amp;b=2">here</a>'
