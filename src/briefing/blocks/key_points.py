"""The box of key points at the top of a note."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.blocks.context import Context, Resolved
from briefing.blocks.prose import resolve_text
from briefing.blocks.registry import authored, block_type, resolve, setting
from briefing.note import NOTHING, Block, Raw
from briefing.text import Label, Text


@dataclass(frozen=True, kw_only=True)
class Point:
    """One key point."""

    text: Text = authored(Label("Point", "重點"))
    extra: Raw = field(default_factory=lambda: NOTHING, repr=False, hash=False)


@block_type(
    "key_points",
    Label("Key points", "重點摘要"),
    Label("Three to five sentences that a hurried reader takes away.", "供讀者快速掌握的三至五項重點。"),
)
@dataclass(frozen=True, kw_only=True)
class KeyPoints(Block):
    """A box with a few points."""

    points: tuple[Point, ...] = setting(Label("Points", "重點"), default=())


@resolve.register
def _(block: KeyPoints, context: Context) -> Resolved:
    told = [
        resolve_text(point.text, context, block.id, f"points.{index}.text") for index, point in enumerate(block.points)
    ]
    problems = tuple(problem for _, found in told for problem in found)
    points = [sides for sides, _ in told if any(sides.values())]
    return Resolved({"type": "key_points", "id": block.id, "points": [*points]} if points else None, problems)
