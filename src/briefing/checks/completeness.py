"""Both languages are there, unless a pair is meant to have one side only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.blocks.heading import Heading
from briefing.blocks.key_points import KeyPoints
from briefing.blocks.pair import Pair
from briefing.blocks.registry import TextField, texts
from briefing.checks.registry import Inspection, check
from briefing.note import Block
from briefing.problems import Place, Problem, error, warning
from briefing.text import SIDES, Label, Side

_LANGUAGES: dict[Side, Label] = {"en": Label("English", "英文"), "zh": Label("Chinese", "中文")}


@check("C01", Label("Every English text has its Chinese", "英文皆有對應中文"))
def chinese_is_there(inspection: Inspection) -> Iterable[Problem]:
    """An English side without a Chinese one is an error, unless the pair is marked `only = "en"`."""
    for block, field in _paired(inspection):
        if field.text.en.strip() and not field.text.zh.strip() and _only(block) != "en":
            yield error(
                "C01",
                Place(block=block.id, field=field.path, side="zh"),
                Label("The Chinese is missing.", "缺少中文。"),
                Label("Translate it, or mark the pair as English only.", "請翻譯，或將此段標示為僅英文。"),
            )


@check("C02", Label("Every Chinese text has its English", "中文皆有對應英文"))
def english_is_there(inspection: Inspection) -> Iterable[Problem]:
    """A Chinese side without an English one is a warning, unless the pair is marked `only = "zh"`."""
    for block, field in _paired(inspection):
        if field.text.zh.strip() and not field.text.en.strip() and _only(block) != "zh":
            yield warning(
                "C02",
                Place(block=block.id, field=field.path, side="en"),
                Label("The English is missing.", "缺少英文。"),
                Label("Translate it, or mark the pair as Chinese only.", "請翻譯，或將此段標示為僅中文。"),
            )


@check("note.title", Label("The note has a title in both languages", "報告有中英文標題"))
def title_is_there(inspection: Inspection) -> Iterable[Problem]:
    """A side of the title that is empty."""
    for side in SIDES:
        words = _LANGUAGES[side]
        if not inspection.note.title.of(side).strip():
            yield warning(
                "note.title",
                Place(field="title", side=side),
                Label(f"The note has no {words.en} title.", f"報告缺少{words.zh}標題。"),
                Label("Write a title that makes the point.", "請寫一個點明主旨的標題。"),
            )


def _paired(inspection: Inspection) -> Iterator[tuple[Block, TextField]]:
    for block in inspection.note.blocks:
        if isinstance(block, Pair | Heading | KeyPoints):
            yield from ((block, field) for field in texts(block))


def _only(block: Block) -> str:
    return block.only if isinstance(block, Pair) else ""
