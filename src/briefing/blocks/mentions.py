"""Which series a block of a note speaks of: in references, in rows of a table, in a chart."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.blocks.figure import Figure
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.registry import texts
from briefing.inline import references
from briefing.note import Block
from briefing.problems import NOWHERE, Refused
from briefing.reference import parse_reference


def series_of(block: Block) -> tuple[str, ...]:
    """The ids or aliases that a block names, in order, each once; a malformed reference names none."""
    return tuple(dict.fromkeys(_named(block)))


def _named(block: Block) -> Iterator[str]:
    if isinstance(block, Figure):
        yield from (line.series for line in block.chart.lines)
    if isinstance(block, MetricTable):
        yield from (name.strip() for row in block.rows for name in row.split(","))
    for field in texts(block):
        for side in (field.text.en, field.text.zh):
            for run in references(side):
                yield from _ids(run.ref or "")


def _ids(reference: str) -> tuple[str, ...]:
    try:
        return parse_reference(reference, NOWHERE).ids
    except Refused:
        return ()
