"""The order of blocks on the page: what stands abreast, and what closes the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.render.plain import Plain

Block = Mapping[str, Plain]

_ABREAST = {"half": 2, "third": 3}


def body_rows(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks of the body in rows: small figures of one size that follow each other share one.

    The disclosure stands in no row, wherever the note has it: it closes the last page.
    """
    rows: list[list[Block]] = []
    for block in blocks:
        if block["type"] == "disclosure":
            continue
        if rows and _has_room(rows[-1], block):
            rows[-1].append(block)
        else:
            rows.append([block])
    return rows


def disclosures(blocks: Sequence[Block]) -> list[Block]:
    """The disclosure blocks of a note, in order."""
    return [block for block in blocks if block["type"] == "disclosure"]


def _has_room(row: Sequence[Block], block: Block) -> bool:
    last = row[-1]
    if block["type"] != "figure" or last["type"] != "figure" or block["size"] != last["size"]:
        return False
    return len(row) < _ABREAST.get(str(block["size"]), 1)
