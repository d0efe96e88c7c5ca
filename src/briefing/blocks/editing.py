"""Edits of blocks: each takes a note and gives the next one; what changes nothing gives the same note.

A fresh block gets the id that the caller made, so that an edit stays a pure function. All of them
raise `KeyError` for a block that is not in the note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, cast, get_args, get_type_hints

from briefing.blocks.figure import Figure
from briefing.blocks.heading import Heading
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.blocks.registry import texts, with_side
from briefing.charts.spec import ChartSpec
from briefing.note import Block, Note, block_of, index_of, with_block, with_inserted
from briefing.text import Side, Text

Level = Literal[1, 2, 3]
DEEPEST: Level = 3


def typed(note: Note, block_id: str, path: str, side: Side, words: str) -> Note:
    """The note with one side of one text exchanged."""
    return with_block(note, with_side(block_of(note, block_id), path, side, words))


# --- what a block is


def words_of(block: Block) -> Text | None:
    """The text of a block that is one text and can become another kind of block; None for the others."""
    return block.text if isinstance(block, Pair | Heading | Private) else None


def with_heading(note: Note, block_id: str, level: Level) -> Note:
    """The paragraph, bullet or private note as a heading of a level."""
    block = block_of(note, block_id)
    text = words_of(block)
    if text is None:
        return note
    return with_block(note, Heading(id=block.id, extra=block.extra, level=level, text=text))


def with_paragraph(note: Note, block_id: str) -> Note:
    """The heading, bullet or private note as a paragraph."""
    return _with_pair(note, block_id, 0)


def with_bullet_toggled(note: Note, block_id: str) -> Note:
    """A bullet as a paragraph, anything else with one text as a bullet."""
    block = block_of(note, block_id)
    return _with_pair(note, block_id, 0 if isinstance(block, Pair) and block.bullet else 1)


def with_indent(note: Note, block_id: str, step: int) -> Note:
    """A bullet moved in (positive) or out; it stops at the levels' ends and never becomes a paragraph."""
    block = block_of(note, block_id)
    if not isinstance(block, Pair) or not block.bullet:
        return note
    return _with_pair(note, block_id, max(1, min(DEEPEST, block.bullet + step)))


def with_privacy_toggled(note: Note, block_id: str) -> Note:
    """A private note as a paragraph, a paragraph, bullet or heading as a private note."""
    block = block_of(note, block_id)
    text = words_of(block)
    if text is None:
        return note
    if isinstance(block, Private):
        return _with_pair(note, block_id, 0)
    return with_block(note, Private(id=block.id, extra=block.extra, text=text))


def _with_pair(note: Note, block_id: str, bullet: int) -> Note:
    block = block_of(note, block_id)
    text = words_of(block)
    level = cast("Literal[0, 1, 2, 3]", bullet)
    if isinstance(block, Pair):
        return with_block(note, replace(block, bullet=level))
    if text is None:
        return note
    return with_block(note, Pair(id=block.id, extra=block.extra, text=text, bullet=level))


# --- blocks and items below


def with_next(note: Note, block_id: str, fresh: str) -> Note:
    """The note with an empty block to write on in: a bullet after a bullet, private after private."""
    block = block_of(note, block_id)
    below: Block = Pair(id=fresh)
    if isinstance(block, Pair):
        below = Pair(id=fresh, bullet=block.bullet)
    elif isinstance(block, Private):
        below = Private(id=fresh)
    return with_inserted(note, below, block_id)


def is_blank(block: Block) -> bool:
    """Whether an author wrote nothing in a block that holds texts only."""
    return words_of(block) is not None and not any(entry.text for entry in texts(block))


def growing(cls: type[Block]) -> dict[str, type]:
    """The lists of a block type that grow while one writes, by field, with the class of their items.

    Those are lists whose items hold nothing but an author's texts.
    """
    found: dict[str, type] = {}
    for name, hint in get_type_hints(cls).items():
        item, *_ = (*get_args(hint), None)
        if isinstance(item, type) and is_dataclass(item) and _only_texts(item):
            found[name] = item
    return found


def _only_texts(item: type) -> bool:
    return all(entry.metadata.get("authored") or entry.name == "extra" for entry in fields(cast("Any", item)))


def item_at(block: Block, path: str) -> tuple[str, int] | None:
    """The growing list and the place in it that a text belongs to, or None."""
    name, _, rest = path.partition(".")
    return (name, int(rest.partition(".")[0])) if rest and name in growing(type(block)) else None


def with_item(note: Note, block_id: str, name: str, at: int) -> tuple[Note, str]:
    """The note with an empty item in a growing list of a block, and the path of the item's first text."""
    block = block_of(note, block_id)
    made = growing(type(block))[name]()
    items = getattr(block, name)
    grown = replace(cast("Any", block), **{name: (*items[:at], made, *items[at:])})
    first = next(entry.path for entry in texts(grown) if entry.path.startswith(f"{name}.{at}."))
    return with_block(note, grown), first


def without_item(note: Note, block_id: str, name: str, at: int) -> Note:
    """The note without an item of a growing list."""
    block = block_of(note, block_id)
    items = getattr(block, name)
    return with_block(note, replace(cast("Any", block), **{name: (*items[:at], *items[at + 1 :])}))


# --- charts and numbers dropped in


def with_figure(note: Note, spec: ChartSpec, after: str | None, fresh: str) -> tuple[Note, str]:
    """The note with a chart in it, and the id of its figure.

    A figure of the same series is brought up to date where it stands; else a new one comes after a
    block (None: at the end).
    """
    same = {line.series for line in spec.lines}
    for block in note.blocks:
        if isinstance(block, Figure) and {line.series for line in block.chart.lines} == same:
            return with_block(note, replace(block, chart=spec)), block.id
    return with_inserted(note, Figure(id=fresh, chart=spec), after or _last(note)), fresh


def with_metric_row(note: Note, series: str, at: str | None, fresh: str) -> tuple[Note, str]:
    """The note with a series in the metric table at or nearest above a block, and the table's id.

    Without such a table a new one comes after the block (None: looked for from the end). A series
    that is in the table already changes nothing.
    """
    end = index_of(note, at) + 1 if at is not None else len(note.blocks)
    tables = [block for block in note.blocks[:end] if isinstance(block, MetricTable)]
    if not tables:
        made = MetricTable(id=fresh, rows=(series,))
        return with_inserted(note, made, at or _last(note)), fresh
    table = tables[-1]
    if series in table.rows:
        return note, table.id
    return with_block(note, replace(table, rows=(*table.rows, series))), table.id


def _last(note: Note) -> str | None:
    return note.blocks[-1].id if note.blocks else None


# --- pasting


def with_pasted(note: Note, block_id: str, blocks: Sequence[Block]) -> Note:
    """The note with blocks after another one, which gives way when nothing is written in it."""
    at = index_of(note, block_id)
    stays = 0 if is_blank(note.blocks[at]) else 1
    return replace(note, blocks=(*note.blocks[: at + stays], *blocks, *note.blocks[at + 1 :]))
