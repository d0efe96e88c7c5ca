"""The firm's disclosure stands in every note, once."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.blocks.disclosure import Disclosure
from briefing.checks.registry import Inspection, check
from briefing.problems import NOWHERE, Place, Problem, error
from briefing.text import Label


@check("disclosure.missing", Label("The firm's disclosure is there", "附有公司的揭露事項"))
def disclosure_is_there(inspection: Inspection) -> Iterable[Problem]:
    """A note without the block, or with more than one."""
    found = [block for block in inspection.note.blocks if isinstance(block, Disclosure)]
    if not found:
        yield error(
            "disclosure.missing",
            NOWHERE,
            Label("The note has no disclosure.", "報告沒有揭露事項。"),
            Label("Insert the disclosure block at its end.", "請在文末插入揭露事項區塊。"),
        )
    for block in found[1:]:
        yield error(
            "disclosure.missing",
            Place(block=block.id),
            Label("The disclosure stands twice.", "揭露事項重複。"),
            Label("Remove this one.", "請刪除此區塊。"),
        )
