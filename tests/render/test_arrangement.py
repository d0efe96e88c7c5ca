from briefing.render.arrangement import body_rows, disclosures


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
