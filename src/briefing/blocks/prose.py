"""An author's text with its references resolved, in the languages of an edition."""

from __future__ import annotations

from dataclasses import replace

from briefing import numbers
from briefing.blocks.caveats import caveats, joined
from briefing.blocks.context import Context, Plain
from briefing.inline import Run, runs
from briefing.metrics.registry import evaluate
from briefing.problems import Place, Problem, Refused
from briefing.reference import parse_reference
from briefing.text import Side, Text, side_of

Sides = dict[str, Plain]
"""Plain data for each side of the edition."""


def resolve_text(text: Text, context: Context, block_id: str | None, path: str) -> tuple[Sides, tuple[Problem, ...]]:
    """The text as sides of runs, and a problem with its span for each reference that has no value.

    A side without words is an empty list.
    """
    sides: Sides = {}
    problems: list[Problem] = []
    for side in (side_of(lang) for lang in context.langs):
        place = Place(block=block_id, field=path, side=side)
        told = [_told(run, context, place) for run in runs(text.of(side))]
        sides[side] = [run for run, _ in told]
        problems += (problem for _, found in told for problem in found)
    return sides, tuple(problems)


def resolve_words(
    text: Text, context: Context, block_id: str | None, path: str, *, sides: tuple[Side, ...] | None = None
) -> tuple[Sides, tuple[Problem, ...]]:
    """The same as sides of str, without looks and links. `sides` are those of the edition unless given."""
    words: Sides = {}
    problems: list[Problem] = []
    for side in sides or tuple(side_of(lang) for lang in context.langs):
        place = Place(block=block_id, field=path, side=side)
        told = [_told(run, context, place) for run in runs(text.of(side))]
        words[side] = "".join(str(run["text"]) for run, _ in told)
        problems += (problem for _, found in told for problem in found)
    return words, tuple(problems)


def _told(run: Run, context: Context, place: Place) -> tuple[dict[str, Plain], tuple[Problem, ...]]:
    """A run as plain data. `place` names block, field and side."""
    plain: dict[str, Plain] = {
        "text": run.text,
        "bold": run.bold,
        "mark": run.mark,
        "href": run.href,
        "ref": run.ref,
        "caveat": "",
        "missing": False,
    }
    if run.ref is None or place.side is None:
        return plain, ()
    here = replace(place, span=run.span)
    try:
        value = evaluate(parse_reference(run.ref, here), context.source)
    except Refused as refused:
        return plain | {"text": numbers.MISSING.of(place.side), "missing": True}, refused.problems
    context.tell(value.doubts)
    found = tuple(replace(problem, place=here) for problem in value.problems)
    why = joined(caveats(value)).of(place.side)
    words: dict[str, Plain] = {"text": value.text.of(place.side), "ref": value.ref.text, "caveat": why}
    words["missing"] = value.value is None
    return plain | words, found
