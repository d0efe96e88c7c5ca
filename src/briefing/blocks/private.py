"""A note of the author to himself, which never leaves the file."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.blocks.context import Context, Resolved
from briefing.blocks.registry import authored, block_type, resolve
from briefing.note import Block
from briefing.text import Label, Text


@block_type(
    "private",
    Label("Private note", "私人附註"),
    Label("Stays in the file and is never printed.", "只保存在檔案中，絕不輸出。"),
)
@dataclass(frozen=True, kw_only=True)
class Private(Block):
    """Words that no edition prints."""

    text: Text = authored(Label("Private note", "私人附註"))


@resolve.register
def _(_block: Private, _context: Context) -> Resolved:
    return Resolved(None)
