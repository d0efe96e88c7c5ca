"""The place of the firm's disclosure, whose wording belongs to the style and not to the note."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.blocks.context import Context, Plain, Resolved
from briefing.blocks.registry import block_type, resolve
from briefing.note import Block
from briefing.problems import Place, Problem, error
from briefing.text import Label, Side, side_of


@block_type(
    "disclosure",
    Label("Disclosure", "揭露事項"),
    Label("Prints the firm's wording from the style.", "列印版型中由公司核定的揭露文字。"),
)
@dataclass(frozen=True, kw_only=True)
class Disclosure(Block):
    """Where the firm's wording stands."""


@resolve.register
def _(block: Disclosure, context: Context) -> Resolved:
    sides = [side_of(lang) for lang in context.langs]
    text: dict[str, Plain] = {side: context.disclosure.of(side) for side in sides}
    problems = tuple(_missing(block.id, side) for side in sides if not context.disclosure.of(side).strip())
    if problems:
        return Resolved(None, problems)
    view: dict[str, Plain] = {"type": "disclosure", "id": block.id, "text": text, "version": context.disclosure_version}
    return Resolved(view)


def _missing(block_id: str, side: Side) -> Problem:
    en, zh = ("English", "英文") if side == "en" else ("Chinese", "中文")
    return error(
        "disclosure.missing",
        Place(block=block_id, side=side),
        Label(f"The style has no {en} disclosure.", f"版型中沒有{zh}揭露文字。"),
        Label(
            "Enter the firm's wording in style.toml under [disclosure.text].",
            "請在style.toml的[disclosure.text]填入公司核定的文字。",
        ),
    )
