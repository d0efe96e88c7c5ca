"""A new page."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.blocks.context import Context, Resolved
from briefing.blocks.registry import block_type, resolve
from briefing.note import Block
from briefing.text import Label


@block_type(
    "page_break",
    Label("Page break", "分頁"),
    Label("What follows begins on a new page.", "其後的內容由新的一頁開始。"),
)
@dataclass(frozen=True, kw_only=True)
class PageBreak(Block):
    """The end of a page."""


@resolve.register
def _(block: PageBreak, _context: Context) -> Resolved:
    return Resolved({"type": "page_break", "id": block.id})
