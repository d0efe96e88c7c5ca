"""The order of things on the page: what stands abreast, what is said once, and what closes the document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.render.plain import Plain

Block = Mapping[str, Plain]

_NUMBER = re.compile(r"[+\u2212]?\d+(?:[.,]\d+)*")
_MEASURE = re.compile(rf"(?:[A-Z]{{0,3}}[$€£¥])?{_NUMBER.pattern}[a-z%]*(?: [a-z]+)?")
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


def one_measure(sides: Mapping[str, str]) -> bool:
    """Whether both sides are one and the same number with its unit, so that a table need print the English only."""
    numbers = {tuple(_NUMBER.findall(text)) for text in sides.values()}
    return len(numbers) == 1 and _MEASURE.fullmatch(sides.get("en", "")) is not None


def grouped_sources(sources: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The series of a note by source and last date, in order of first use.

    An entry holds `source` and `last` as sides of words, and `names` as sides of lists of words.
    """
    groups: dict[str, dict[str, Any]] = {}
    for entry in sources:
        key = repr((sorted(entry["source"].items()), sorted(entry["last"].items())))
        empty = {"source": entry["source"], "last": entry["last"], "names": {side: [] for side in entry["name"]}}
        group = groups.setdefault(key, empty)
        for side, name in entry["name"].items():
            group["names"][side].append(name)
    return list(groups.values())


def _has_room(row: Sequence[Block], block: Block) -> bool:
    last = row[-1]
    if block["type"] != "figure" or last["type"] != "figure" or block["size"] != last["size"]:
        return False
    return len(row) < _ABREAST.get(str(block["size"]), 1)
