"""The order of blocks on the page: what stands abreast, and what closes the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.render.plain import Plain

Block = Mapping[str, Plain]


def body_rows(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks of the body in rows: two half figures that follow each other share one.

    The disclosure stands in no row, wherever the note has it: it closes the last page.
    """
    rows: list[list[Block]] = []
    for block in blocks:
        if block["type"] == "disclosure":
            continue
        if rows and len(rows[-1]) == 1 and _is_half(block) and _is_half(rows[-1][0]):
            rows[-1].append(block)
        else:
            rows.append([block])
    return rows


def disclosures(blocks: Sequence[Block]) -> list[Block]:
    """The disclosure blocks of a note, in order."""
    return [block for block in blocks if block["type"] == "disclosure"]


def _is_half(block: Block) -> bool:
    return block["type"] == "figure" and block["size"] == "half"
