"""A paragraph or bullet in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.blocks.context import Context, Resolved
from briefing.blocks.prose import resolve_text
from briefing.blocks.registry import authored, block_type, resolve, setting
from briefing.note import Block
from briefing.text import Label, Text


@block_type(
    "pair",
    Label("Paragraph", "段落"),
    Label("English and Chinese side by side, saying the same.", "中英對照、內容一致的一段文字。"),
)
@dataclass(frozen=True, kw_only=True)
class Pair(Block):
    """Two texts that say the same.

    `bullet` is 0 for a paragraph or the level of a list item. `only` names the one side that the pair
    is meant to have. `synced_en` and `synced_zh` are both texts as a person last confirmed them; both
    are empty while nobody has.
    """

    text: Text = authored(Label("Text", "內文"))
    bullet: Literal[0, 1, 2, 3] = setting(Label("List level", "項目層級"), default=0)
    only: Literal["", "en", "zh"] = setting(Label("Only in", "僅單一語言"), default="")
    synced_en: str = ""
    synced_zh: str = ""


@resolve.register
def _(block: Pair, context: Context) -> Resolved:
    sides, problems = resolve_text(block.text, context, block.id, "text")
    if not any(sides.values()):
        return Resolved(None, problems)
    return Resolved({"type": "pair", "id": block.id, "bullet": block.bullet, "text": sides}, problems)
