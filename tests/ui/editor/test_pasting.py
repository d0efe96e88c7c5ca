from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.blocks.heading import Heading
from briefing.blocks.pair import Pair
from briefing.inline import plain, references
from briefing.note import Block
from briefing.text import Text
from briefing_ui.editor.pasting import html_source, is_chinese, pasted_blocks


def _blocks(source: str) -> tuple[Block, ...]:
    numbers = count(1)
    return pasted_blocks(source, lambda: str(next(numbers)))


@pytest.mark.parametrize(
    ("words", "chinese"),
    [
        ("Yields rose 12bp.", False),
        ("殖利率上升12bp。", True),
        ("CTA（商品交易顧問）賣出SPX期貨", True),
        ("CTAs (商品交易顧問) are selling S&P futures into the close again", False),
        ("12.5%", False),
    ],
)
def test_the_script_of_a_paragraph_is_told(words: str, chinese: bool) -> None:
    assert is_chinese(words) is chinese


def test_paragraphs_in_two_languages_become_pairs() -> None:
    assert _blocks("Yields rose.\n\n殖利率上升。\n\nStocks fell.\nSharply.\n\n股市下跌。") == (
        Pair(id="1", text=Text("Yields rose.", "殖利率上升。")),
        Pair(id="3", text=Text("Stocks fell.\nSharply.", "股市下跌。")),
    )


def test_a_paragraph_without_its_partner_stays_alone() -> None:
    assert _blocks("Yields rose.\n\nStocks fell.\n\n股市下跌。\n\n美元走弱。") == (
        Pair(id="1", text=Text("Yields rose.", "")),
        Pair(id="2", text=Text("Stocks fell.", "股市下跌。")),
        Pair(id="4", text=Text("", "美元走弱。")),
    )


def test_lists_and_headings_are_known() -> None:
    assert _blocks("# Rates\n\n# 利率\n\n- Up\n- Down\n\n  - Deeper") == (
        Heading(id="1", level=1, text=Text("Rates", "利率")),
        Pair(id="3", bullet=1, text=Text("Up", "")),
        Pair(id="4", bullet=1, text=Text("Down", "")),
        Pair(id="5", bullet=2, text=Text("Deeper", "")),
    )


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("<p>Yields <b>rose</b> <i>today</i>.</p>", "Yields **rose** today."),
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
        ('<a href="https://fred.org/a">FRED</a>', "[FRED](https://fred.org/a)"),
        ('<a href="javascript:alert(1)">FRED</a>', "FRED"),
        ("<style>p{}</style><script>x()</script><p>Words</p>", "Words"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n\n- Two"),
        ("<mark>Key</mark> point", "==Key== point"),
        ('<b style="font-weight:normal">All of a <b>copied</b> page</b>', "All of a **copied** page"),
        ("<b> rose </b>today", "**rose** today"),
        ("<p><b>One</p><p>Two</b></p>", "**One**\n\nTwo"),
        ("&lt;b&gt; stays", "<b> stays"),
        ('<b></b>a<a href="#x"></a>', "a"),
    ],
)
def test_a_web_page_is_reduced_to_the_inline_marks(html: str, source: str) -> None:
    assert html_source(html) == source


@given(words=st.text(alphabet="ab {}\\*=[]()殖", max_size=12))
def test_words_of_a_web_page_never_become_marks_or_references(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    source = html_source(f"<p>{escaped}</p>")
    assert references(source) == ()
    assert plain(source) == " ".join(words.split(" ")).strip() or "  " in words


@given(html=st.text(alphabet="<>/bpai= \"'&;!-#x", max_size=40))
def test_any_page_can_be_read(html: str) -> None:
    assert isinstance(html_source(html), str)
