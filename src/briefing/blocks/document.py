"""A whole note as plain data for the page: numbered figures, dates, late series, sources, a hash."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Literal

from briefing import marks, numbers
from briefing.blocks.context import Context, Plain
from briefing.blocks.figure import Figure
from briefing.blocks.prose import Sides, resolve_text
from briefing.blocks.registry import resolve
from briefing.metrics.doubting import gathered, late_series
from briefing.note import Note
from briefing.problems import Problem
from briefing.series import Doubt, Series, SeriesSource, joined_problems
from briefing.text import Label, Lang, side_of

Edition = Literal["both", "en", "zh-Hant-TW"]
Layout = Literal["columns", "stacked"]
EDITIONS: Mapping[Edition, tuple[Lang, ...]] = {
    "both": ("en", "zh-Hant-TW"),
    "en": ("en",),
    "zh-Hant-TW": ("zh-Hant-TW",),
}


@dataclass(frozen=True, slots=True)
class Document:
    """The document of `briefing.blocks.view`, and every problem found on the way, in the order of the note.

    `series` are those that the note uses, in order of first use.
    """

    view: dict[str, Plain]
    problems: tuple[Problem, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Witness:
    """A source that remembers which series were asked for, and which caveats were met, in order of first use."""

    source: SeriesSource
    seen: dict[str, Series] = field(default_factory=dict, compare=False)
    doubts: dict[Doubt, None] = field(default_factory=dict, compare=False)

    @property
    def as_of(self) -> date:
        """The last observation date admitted."""
        return self.source.as_of

    def series(self, series_id: str) -> Series:
        """The series, remembered under its own id."""
        found = self.source.series(series_id)
        return self.seen.setdefault(found.id, found)

    def events(self, name: str) -> tuple[date, ...]:
        """The dates of a calendar of events."""
        return self.source.events(name)

    def tell(self, doubts: Iterable[Doubt]) -> None:
        """Remember caveats."""
        self.doubts.update(dict.fromkeys(doubts))


def numbered(note: Note) -> dict[str, int]:
    """The figures of a note by block id, counted from 1; the same in every edition."""
    figures = (block.id for block in note.blocks if isinstance(block, Figure))
    return {block_id: number for number, block_id in enumerate(figures, 1)}


def document(note: Note, context: Context, *, edition: Edition, layout: Layout, draft: bool = False) -> Document:
    """Resolve a note for an edition. `context` gives source, disclosure and width; the rest is decided here."""
    witness = Witness(context.source)
    context = replace(context, source=witness, tell=witness.tell, langs=EDITIONS[edition], figures=numbered(note))
    title, in_title = resolve_text(note.title, context, None, "title")
    resolved = [resolve(block, context) for block in note.blocks]
    series = tuple(witness.seen.values())
    view: dict[str, Plain] = {
        "edition": edition,
        "layout": layout,
        "langs": list(context.langs),
        "title": title,
        "date": note.date.isoformat(),
        "as_of": context.source.as_of.isoformat(),
        "date_text": _sides(numbers.weekday_day(note.date), context),
        "as_of_text": _sides(numbers.day(context.source.as_of), context),
        "marked": [*_marked(witness, context)],
        "sources": [_source(one, context) for one in series],
        "blocks": [entry.view for entry in resolved if entry.view is not None],
    }
    problems = (*in_title, *(problem for entry in resolved for problem in entry.problems))
    late = (late_series(one.id, one.name, one.late) for one in series if one.late)
    damage = joined_problems(series)
    return Document(
        view | {"hash": content_hash(view), "draft": draft}, (*_without(damage, problems), *late, *damage), series
    )


def _without(damage: Sequence[Problem], problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems that are not of the store: those are told once, not at each of their references."""
    told = {problem.message for problem in damage}
    return (problem for problem in problems if problem.message not in told)


def content_hash(view: Mapping[str, Plain]) -> str:
    """SHA-256 of the canonical JSON of what is printed, as 64 hex digits."""
    words = json.dumps(view, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(words.encode()).hexdigest()


def _marked(witness: Witness, context: Context) -> Iterator[dict[str, Plain]]:
    """What the marks on the page stand for: late series, then doubted days."""
    for one in witness.seen.values():
        if one.late:
            words = marks.late(one.late.sessions, one.late.last, one.late.freq)
            yield {"name": _sides(one.short, context), "words": _sides(words, context)}
    for doubt, more in gathered(witness.doubts):
        words = marks.doubted(doubt.caveat, doubt.day, more)
        yield {"name": _sides(witness.series(doubt.series).short, context), "words": _sides(words, context)}


def _source(series: Series, context: Context) -> dict[str, Plain]:
    last = series.last_date
    return {
        "name": _sides(series.name, context),
        "source": _sides(series.source, context),
        "last": _sides(numbers.day(last) if last else numbers.MISSING, context),
    }


def _sides(label: Label, context: Context) -> Sides:
    return {side_of(lang): label.of(lang) for lang in context.langs}
