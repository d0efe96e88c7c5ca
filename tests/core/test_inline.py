from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.inline import Run, plain, references, runs

PIECES = ["a", "b ", "中", "「", "，", "%", "*", "=", "**", "==", "\\", "\\{", "{X.last}", "{", "}", "\n", " ", ">"]
MARKED = st.lists(st.sampled_from(PIECES)).map("".join)


def looks(source: str) -> list[tuple[str, str]]:
    """Each run with its looks: b for bold, m for marked."""
    return [(run.text, "b" * run.bold + "m" * run.mark) for run in runs(source)]


@pytest.mark.parametrize(
    ("source", "bold"),
    [
        ("這是**「政策失誤」**後", "「政策失誤」"),
        ("**看跌陡峭化（Bear Steepeners）：**這是", "看跌陡峭化（Bear Steepeners）："),
        ("**50%**的", "50%"),
        ("約**$2.2mm/01**的", "$2.2mm/01"),
        ("中**“黏性”**的", "“黏性”"),
        ("a**b**c", "b"),
    ],
)
def test_bold_next_to_chinese_or_a_sign_is_bold(source: str, bold: str) -> None:
    assert [run.text for run in runs(source) if run.bold] == [bold]


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("之==所以「看跌」==，", ["所以「看跌」"]),
        ("殖利率==10Y==", ["10Y"]),
        ("甲==乙==丙==丁==戊", ["乙", "丁"]),
        ("x ==> y ==z==", ["z"]),
    ],
)
def test_two_equals_signs_highlight(source: str, marked: list[str]) -> None:
    assert [run.text for run in runs(source) if run.mark] == marked


@pytest.mark.parametrize(
    "source",
    [
        "(==> 表示經濟變差)",
        "a === b",
        "if a==b and c==d",
        "if a == b and c == d",
        "a== b ==c",
        "==a==b",
        "==重點==>下一步",
        "2 ** 3 ** 4",
        "**alone",
        "alone**",
        "****",
        "====",
    ],
)
def test_what_only_looks_like_a_delimiter_stays_as_it_is(source: str) -> None:
    assert looks(source) == [(source, "")]


def test_bold_and_highlight_nest_in_both_orders() -> None:
    assert looks("**甲==乙==**") == [("甲", "b"), ("乙", "bm")]
    assert looks("==甲**乙**==") == [("甲", "m"), ("乙", "bm")]


def test_a_reference_is_a_run_with_what_stands_between_its_braces() -> None:
    source = "10Y **{UST10Y.change.1d}**"
    assert references(source) == (Run("{UST10Y.change.1d}", (6, 24), bold=True, ref="UST10Y.change.1d"),)


def test_an_escaped_brace_is_no_reference() -> None:
    assert references(r"\{UST10Y.last}") == ()
    assert plain(r"\{UST10Y.last}") == "{UST10Y.last}"


def test_a_link_keeps_the_looks_inside_and_around_it() -> None:
    found = runs("==see [**the** {X.last}](https://a.b/c)==")
    assert [(run.text, run.bold, run.mark, run.href) for run in found] == [
        ("see ", False, True, ""),
        ("the", True, True, "https://a.b/c"),
        (" ", False, True, "https://a.b/c"),
        ("{X.last}", False, True, "https://a.b/c"),
    ]


@pytest.mark.parametrize("address", ["javascript:alert", "file:///etc/passwd", "data:text/html,x", "//host/share"])
def test_a_link_to_an_unsafe_address_is_plain_text(address: str) -> None:
    assert looks(f"[x]({address})") == [(f"[x]({address})", "")]


@given(MARKED)
def test_runs_stand_in_order_and_only_delimiters_lie_between_them(source: str) -> None:
    at, between = 0, ""
    for run in runs(source):
        start, end = run.span
        assert at <= start < end <= len(source)
        between += source[at:start]
        at = end
    between += source[at:]
    assert between.replace("**", "").replace("==", "") == ""


@given(MARKED)
def test_a_run_is_the_source_at_its_span_or_an_escaped_sign(source: str) -> None:
    for run in runs(source):
        assert source[slice(*run.span)] in {run.text, "\\" + run.text}


@given(st.text(alphabet=st.characters(exclude_characters="*=[]{}\\")))
def test_text_without_signs_is_one_run(source: str) -> None:
    assert runs(source) == ((Run(source, (0, len(source))),) if source else ())
