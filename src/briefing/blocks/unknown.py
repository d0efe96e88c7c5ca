"""A block that this version of the program cannot read: kept, shown, written back untouched."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.blocks.context import Context, Resolved
from briefing.blocks.registry import resolve
from briefing.note import NOTHING, Block, Raw
from briefing.problems import Place, warning
from briefing.text import Label


@dataclass(frozen=True, kw_only=True)
class UnknownBlock(Block):
    """A block of a type that is not in the table, or whose values do not fit its type.

    `name` is its type as written, `raw` everything in it but id and type.
    """

    name: str
    raw: Raw = field(default_factory=lambda: NOTHING, repr=False, hash=False)


@resolve.register
def _(block: UnknownBlock, _context: Context) -> Resolved:
    problem = warning(
        "block.unknown",
        Place(block=block.id),
        Label(
            f"The block of type “{block.name}” cannot be read and is not printed.",
            f"無法讀取類型為「{block.name}」的區塊，因此不會列印。",
        ),
        Label(
            "It stays in the file untouched; a newer version may know it.",
            "該區塊會原樣保留在檔案中，較新版本的程式或可讀取。",
        ),
    )
    return Resolved(None, (problem,))
