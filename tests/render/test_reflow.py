"""Pages that break in many places: what must stay together does."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from briefing.render.html import page
from briefing.render.pdf import Anchor, lay_out
from briefing.render.sanitise import parsed
from briefing.render.service import render
from briefing.render.sheet import style_sheet
from briefing.render.styles import style_of

WORDS_EN = ("yields", "fell", "as", "dealers", "bought", "the", "long", "end", "into", "the", "close")
WORDS_ZH = "殖利率下滑，交易商買進長天期公債並賣出波動率，收盤前部位大致持平。"


def reflowed(document: dict[str, Any], seed: int) -> dict[str, Any]:
    """A document of random headings and paragraphs, with a figure now and then."""
    chance = random.Random(seed)
    figures = [block for block in document["blocks"] if block["type"] == "figure"]
    blocks: list[dict[str, Any]] = []

    def side(en: str, zh: str) -> dict[str, Any]:
        return {"en": [{"text": en}], "zh": [{"text": zh}]}

    for number in range(34):
        kind = chance.choice(["heading", "heading", "pair", "pair", "pair", "figure"])
        name = f"r{number:07d}"
        if kind == "heading":
            blocks.append(
                {"type": "heading", "id": name, "level": chance.choice([1, 2, 3]), "text": side("Rates", "利率")}
            )
        if kind == "figure":
            blocks.append({**chance.choice(figures), "id": name, "number": number})
        length = chance.randrange(4, 90)
        en = " ".join(chance.choice(WORDS_EN) for _ in range(length))
        zh = "".join(chance.choice(WORDS_ZH) for _ in range(length * 2)).strip("，。") + "。"
        blocks.append(
            {"type": "pair", "id": f"p{number:07d}", "bullet": chance.choice([0, 0, 1]), "text": side(en, zh)}
        )
    return {**document, "blocks": blocks}


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["columns", "stacked"])
def test_a_heading_is_never_alone_at_a_page_end_and_a_figure_is_never_divided(
    document: Callable[..., Any], style_files: dict[str, str], layout: str
) -> None:
    style = style_of("morning", style_files)
    breaks = headings = 0
    for seed in range(2):
        view = reflowed(document("both", layout), seed)
        made = lay_out(parsed(page(view, style)), style_sheet(style))
        where: dict[str, list[Anchor]] = {}
        for anchor in made.anchors:
            where.setdefault(anchor.block, []).append(anchor)
        breaks += len(made.pages) - 1
        for block, following in zip(view["blocks"], view["blocks"][1:], strict=False):
            if block["type"] == "heading":
                headings += 1
                assert where[block["id"]][-1].page == where[following["id"]][0].page
            if block["type"] == "figure":
                assert len(where[block["id"]]) == 1
    assert breaks >= 7
    assert headings >= 20


def test_a_pair_is_divided_only_when_it_is_taller_than_a_third_of_a_page(
    document: Callable[..., Any], style_files: dict[str, str]
) -> None:
    view = document("both", "columns")

    def pair(name: str, sentences: int) -> dict[str, Any]:
        text = {
            "en": [{"text": "Dealers bought the long end. " * sentences}],
            "zh": [{"text": "交易商買進長天期公債。" * sentences}],
        }
        return {"type": "pair", "id": name, "bullet": 0, "text": text}

    view = {**view, "blocks": [*(pair(f"s{n}", 20) for n in range(2)), pair("tall", 75), pair("last", 20)]}
    made = render({"view": view, "style": style_files, "preview": True})
    pages = [anchor.page for anchor in made.anchors if anchor.block == "tall"]
    assert pages == [1, 2]
    assert [anchor.page for anchor in made.anchors if anchor.block == "last"] == [2]
