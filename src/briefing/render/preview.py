"""A preview, made again after every edit: only what changed is laid out and drawn anew."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from briefing.problems import Problem
from briefing.render.complaints import as_problems, complaints
from briefing.render.engine import parsed_sheet, unfetched
from briefing.render.faces import foreign_faces
from briefing.render.html import page
from briefing.render.memory import Laid, laid_out
from briefing.render.pdf import Anchor, PageSize, anchors, sizes
from briefing.render.sanitise import parsed, sanitise
from briefing.render.sheet import style_sheet
from briefing.render.single_pages import joined
from briefing.render.styles import Style

_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Made:
    """What a preview leaves for the next one: the blocks it showed, which of them were tall, and its layout."""

    blocks: Mapping[str, Any]
    tall: frozenset[str]
    laid: Laid


class Memory:
    """The last preview, if it was one without complaints."""

    def __init__(self) -> None:
        self.made: Made | None = None

    def tall(self, blocks: Mapping[str, Any]) -> frozenset[str]:
        """The blocks that were tall and are what they were."""
        if self.made is None:
            return frozenset()
        old = self.made.blocks
        return frozenset(name for name in self.made.tall if name in blocks and blocks[name] == old[name])


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages of a preview as one PDF, their sizes, where every block lies, and what was found."""

    pdf: bytes
    pages: tuple[PageSize, ...]
    anchors: tuple[Anchor, ...]
    problems: tuple[Problem, ...]


def preview(view: Mapping[str, Any], style: Style, memory: Memory) -> Preview:
    """The preview of a view, the same bytes whatever the memory holds; it is then remembered."""
    sheet = style_sheet(style)
    css, in_sheet = parsed_sheet(sheet)
    with complaints() as said, _uncollected():
        made, problems = unfetched(lambda: _made(view, style, sheet, css, memory))
        pages = [one.page for one in made.laid.pages]
        measures = sizes(pages)
        content = joined([one.alone for one in made.laid.pages])
    memory.made = None if said else made
    problems = (*problems, *in_sheet, *as_problems(said), *foreign_faces(content))
    return Preview(content, measures, anchors(pages), problems)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without searches for cyclic garbage, which would go through every kept page again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def tall_blocks(found: Sequence[Anchor], style: Style) -> frozenset[str]:
    """The blocks that are taller than a third of the text area, and may be divided."""
    heights: defaultdict[str, float] = defaultdict(float)
    for anchor in found:
        heights[anchor.block] += anchor.height
    limit = style.sheet.text_height * _POINTS_PER_MM / 3
    return frozenset(block for block, height in heights.items() if height > limit)


def _made(
    view: Mapping[str, Any], style: Style, sheet: str, css: Any, memory: Memory
) -> tuple[Made, tuple[Problem, ...]]:
    blocks = {block["id"]: block for block in view["blocks"]}
    tall = memory.tall(blocks)
    laid, problems = _laid(view, style, sheet, css, tall, None if memory.made is None else memory.made.laid)
    more = tall_blocks(anchors([one.page for one in laid.pages]), style) | tall
    if more != tall:
        laid, problems = _laid(view, style, sheet, css, more, laid)
    return Made(blocks, more, laid), problems


def _laid(
    view: Mapping[str, Any], style: Style, sheet: str, css: Any, tall: frozenset[str], before: Laid | None
) -> tuple[Laid, tuple[Problem, ...]]:
    root = parsed(page(view, style, tall))
    problems = sanitise(root)
    return laid_out(root, sheet, css, before), problems
