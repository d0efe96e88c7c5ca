"""A preview after an edit is what a preview from nothing would be, and costs less."""

import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from briefing.render import pagination, preview
from briefing.render.locality import held_names, is_local
from briefing.render.pages import page_images
from briefing.render.preview import Memory
from briefing.render.service import Rendered, render
from briefing.render.sheet import style_sheet
from briefing.render.styles import style_of

Document = dict[str, Any]


def request(view: Document, style_files: dict[str, str]) -> dict[str, Any]:
    return {"view": view, "style": style_files, "preview": True}


def pairs(view: Document) -> list[int]:
    return [number for number, block in enumerate(view["blocks"]) if block["type"] == "pair" and block["text"]["en"]]


def longer(view: Document, number: int, words: int) -> Document:
    """The document with some words more in both sides of a block, and another hash."""
    changed = deepcopy(view)
    for side, word in (("en", " more"), ("zh", "增加")):
        if changed["blocks"][number]["text"].get(side):
            changed["blocks"][number]["text"][side].append({"text": word * words})
    return {**changed, "hash": f"{number}-{words}"}


def without(view: Document, number: int) -> Document:
    return {**view, "blocks": [block for at, block in enumerate(view["blocks"]) if at != number]}


def twice(view: Document, number: int) -> Document:
    block = {**view["blocks"][number], "id": f"again{number}"}
    return {**view, "blocks": [*view["blocks"][:number], block, *view["blocks"][number:]]}


def with_heading(view: Document, number: int) -> Document:
    text = {"en": [{"text": "A turn"}], "zh": [{"text": "轉折"}]}
    heading = {"type": "heading", "id": f"turn{number}", "level": 1, "text": text}
    return {**view, "blocks": [*view["blocks"][:number], heading, *view["blocks"][number:]]}


def edits(view: Document, seed: int) -> Document:
    chance = random.Random(seed)
    number = chance.choice(pairs(view))
    return chance.choice(
        [
            lambda: longer(view, number, chance.choice([1, 12, 60])),
            lambda: without(view, number),
            lambda: twice(view, number),
            lambda: with_heading(view, number),
        ]
    )()


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["columns", "stacked"])
def test_after_any_edits_the_bytes_are_those_of_a_preview_from_nothing(
    document: Callable[..., Document], style_files: dict[str, str], layout: str
) -> None:
    view, memory, fewer = document("both", layout), Memory(), 0
    render(request(view, style_files), memory)
    for seed in range(5):
        old = memory.made
        view = edits(view, seed)
        after = render(request(view, style_files), memory)
        assert after == render(request(view, style_files), Memory())
        assert old is not None
        assert memory.made is not None
        stood = {id(page) for page in old.laid.pages} & {id(page) for page in memory.made.laid.pages}
        fewer += bool(stood)
    assert fewer >= 1


def test_a_changed_word_leaves_every_page_but_its_own_and_that_of_the_hash(
    document: Callable[..., Document], style_files: dict[str, str]
) -> None:
    view, memory = document("both", "columns"), Memory()
    render(request(view, style_files), memory)
    assert memory.made is not None
    old = memory.made.laid.pages
    after = render(request(longer(view, pairs(view)[0], 1), style_files), memory)
    new = memory.made.laid.pages
    assert [fresh is not held for fresh, held in zip(new, old, strict=True)].count(True) <= 2
    assert after.pdf == render(request(longer(view, pairs(view)[0], 1), style_files)).pdf


def test_a_draft_and_a_chinese_edition_are_continued_too(
    document: Callable[..., Document], style_files: dict[str, str]
) -> None:
    view, memory = document("zh-Hant-TW", "stacked"), Memory()
    changed = deepcopy(view)
    changed["blocks"][pairs_of_chinese(view)]["text"]["zh"].append({"text": "更多"})
    render({**request(view, style_files), "draft": True}, memory)
    assert memory.made is not None
    old = set(map(id, memory.made.laid.pages))
    after = render({**request(changed, style_files), "draft": True}, memory)
    assert old & set(map(id, memory.made.laid.pages))
    assert after == render({**request(changed, style_files), "draft": True})


def pairs_of_chinese(view: Document) -> int:
    return next(number for number, block in enumerate(view["blocks"]) if block["type"] == "pair")


def test_another_renderer_is_used_by_its_public_parts_alone(
    document: Callable[..., Document],
    style_files: dict[str, str],
    rendered: Callable[..., Rendered],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pagination, "KNOWN_VERSION", "0")
    monkeypatch.setattr(preview, "laid_out", None)
    made = render(request(document("en", "stacked"), style_files))
    export = rendered("en", "stacked")
    assert made.anchors == export.anchors
    assert page_images(made.pdf, [1], 0.5) == page_images(export.pdf, [1], 0.5)


def test_a_preview_with_complaints_is_not_built_upon(
    document: Callable[..., Document], style_files: dict[str, str]
) -> None:
    memory = Memory()
    faulty = {**style_files, "style.css": style_files["style.css"] + "\np { width: calc(nonsense) }"}
    sheet = {**style_files, "style.css": style_files["style.css"]}
    first = render(request(document("en", "stacked"), faulty), memory)
    assert [problem.check for problem in first.problems] == ["render.complaint"]
    again = render(request(document("en", "stacked"), faulty), memory)
    assert again == first
    assert render(request(document("en", "stacked"), sheet), memory).problems == ()


@pytest.mark.parametrize(
    "rule",
    [
        "p:nth-child(2) { color: red }",
        "h1 ~ p { color: red }",
        "h2 { counter-increment: section }",
        ".pair { break-before: avoid }",
        ".figure { float: left }",
    ],
)
def test_a_sheet_whose_rules_reach_far_is_always_laid_out_as_a_whole(rule: str, style_files: dict[str, str]) -> None:
    sheet = style_sheet(style_of("morning", style_files))
    assert is_local(sheet)
    assert not is_local(sheet + rule)


def test_what_is_held_to_the_next_part_is_read_from_the_sheet() -> None:
    assert held_names("h1, .note > h2.big { break-after: avoid; margin: 0 } p { color: red }") == {"h1", "h2", ".big"}
