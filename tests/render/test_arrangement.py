import pytest

from briefing.render.arrangement import body_rows, disclosures, grouped_sources, one_measure


def figure(name: str, size: str) -> dict[str, object]:
    return {"type": "figure", "id": name, "size": size}


def rows(*blocks: dict[str, object]) -> list[list[object]]:
    return [[block["id"] for block in row] for row in body_rows(blocks)]  # type: ignore[arg-type]


def test_two_half_figures_share_a_row_and_a_third_one_starts_the_next() -> None:
    assert rows(*(figure(name, "half") for name in "abc")) == [["a", "b"], ["c"]]


def test_three_thirds_share_a_row() -> None:
    assert rows(*(figure(name, "third") for name in "abcd")) == [["a", "b", "c"], ["d"]]


def test_figures_of_two_sizes_or_with_words_between_them_stand_alone() -> None:
    pair = {"type": "pair", "id": "p"}
    assert rows(figure("a", "half"), figure("b", "third"), figure("c", "full"), figure("d", "full")) == [
        ["a"],
        ["b"],
        ["c"],
        ["d"],
    ]
    assert rows(figure("a", "half"), pair, figure("b", "half")) == [["a"], ["p"], ["b"]]


def test_the_disclosure_leaves_the_body_for_the_last_page() -> None:
    blocks = [{"type": "disclosure", "id": "d"}, {"type": "pair", "id": "p"}]
    assert rows(*blocks) == [["p"]]
    assert [block["id"] for block in disclosures(blocks)] == ["d"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("en", "zh", "once"),
    [
        ("−10bp", "−10個基點", True),
        ("46th percentile", "第46百分位", True),
        ("+11.79pts", "+11.79點", True),
        ("$82bn", "820億美元", False),
        ("fell 12bp", "下跌12個基點", False),
        ("4 Mar 2026", "2026年3月4日", False),
        ("bull flattener", "牛市平坦化", False),
    ],
)
def test_a_measure_is_printed_once_when_the_number_is_the_same(en: str, zh: str, once: bool) -> None:
    assert one_measure({"en": en, "zh": zh}) is once


def test_series_of_one_source_and_one_last_date_make_one_entry() -> None:
    def series(name: str, last: str) -> dict[str, dict[str, str]]:
        return {"name": {"en": name}, "source": {"en": "Cboe"}, "last": {"en": last}}

    grouped = grouped_sources([series("VIX", "6 Mar 2026"), series("OVX", "4 Mar 2026"), series("VVIX", "6 Mar 2026")])
    assert [(entry["names"]["en"], entry["last"]["en"]) for entry in grouped] == [
        (["VIX", "VVIX"], "6 Mar 2026"),
        (["OVX"], "4 Mar 2026"),
    ]
