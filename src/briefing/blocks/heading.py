"""A heading of one of three levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.blocks.context import Context, Resolved
from briefing.blocks.prose import resolve_text
from briefing.blocks.registry import authored, block_type, resolve, setting
from briefing.note import Block
from briefing.text import Label, Text


@block_type(
    "heading",
    Label("Heading", "標題"),
    Label("Opens a section and becomes a bookmark of the PDF.", "開啟一個章節，並成為PDF的書籤。"),
)
@dataclass(frozen=True, kw_only=True)
class Heading(Block):
    """A heading; level 1 opens a section."""

    level: Literal[1, 2, 3] = setting(Label("Level", "層級"), default=1)
    text: Text = authored(Label("Heading", "標題"))


@resolve.register
def _(block: Heading, context: Context) -> Resolved:
    sides, problems = resolve_text(block.text, context, block.id, "text")
    if not any(sides.values()):
        return Resolved(None, problems)
    return Resolved({"type": "heading", "id": block.id, "level": block.level, "text": sides}, problems)
