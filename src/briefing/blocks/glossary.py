"""Terms explained, each in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.blocks.context import Context, Plain, Resolved
from briefing.blocks.prose import resolve_text, resolve_words
from briefing.blocks.registry import authored, block_type, resolve, setting
from briefing.note import NOTHING, Block, Raw
from briefing.problems import Problem
from briefing.text import SIDES, Label, Text


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A term and what it means."""

    term: Text = authored(Label("Term", "名詞"))
    definition: Text = authored(Label("Definition", "解釋"))
    extra: Raw = field(default_factory=lambda: NOTHING, repr=False, hash=False)


@block_type(
    "glossary",
    Label("Terms", "名詞解釋"),
    Label("Explains the terms that the note uses.", "解釋報告中使用的專有名詞。"),
)
@dataclass(frozen=True, kw_only=True)
class Glossary(Block):
    """A list of terms."""

    entries: tuple[Entry, ...] = setting(Label("Terms", "名詞"), default=())


@resolve.register
def _(block: Glossary, context: Context) -> Resolved:
    entries: list[Plain] = []
    problems: list[Problem] = []
    for index, entry in enumerate(block.entries):
        where = f"entries.{index}"
        term, in_term = resolve_words(entry.term, context, block.id, f"{where}.term", sides=SIDES)
        definition, in_definition = resolve_text(entry.definition, context, block.id, f"{where}.definition")
        problems += (*in_term, *in_definition)
        if any(definition.values()):
            entries.append({"term": term, "definition": definition})
    view: dict[str, Plain] | None = {"type": "glossary", "id": block.id, "entries": entries} if entries else None
    return Resolved(view, tuple(problems))
