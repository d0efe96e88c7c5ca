"""What may follow an opening brace: references for the series at hand, each with its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.metrics.derived import Derived
from briefing.metrics.metric import Metric
from briefing.metrics.registry import METRICS, evaluate
from briefing.problems import NOWHERE, Refused
from briefing.reference import Reference, parse_reference
from briefing.text import Label

MOST = 12
_USUAL = (
    "last",
    "change.1d",
    "change.1d|move",
    "change.1w",
    "change.1m",
    "largest_since.1d",
    "pctile.1y",
    "zscore.1y",
    "base.1d",
)
_PER_SERIES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reference, what it means, and its value in both languages."""

    ref: str
    label: Label
    value: Label

    def as_json(self) -> dict[str, object]:
        """The candidate as the window receives it."""
        return {"ref": self.ref, "label": self.label.as_json(), "value": self.value.as_json()}


def candidates(source: Derived, typed: str, *, on_screen: Sequence[str] = ()) -> list[Candidate]:
    """The best completions of what was typed after the brace.

    Before the first dot series are looked for, those on screen first, by id, alias or name in either
    language; after it metrics and windows. Only references that have a value are given.
    """
    head, dot, tail = typed.partition(".")
    if dot:
        return list(_first(_metrics_of(source, head, tail)))
    return list(_first(_series_of(source, head, on_screen)))


def _first(found: Iterator[Candidate]) -> Iterator[Candidate]:
    for _, candidate in zip(range(MOST), found, strict=False):
        yield candidate


def _series_of(source: Derived, head: str, on_screen: Sequence[str]) -> Iterator[Candidate]:
    known = set(source.ids())
    searched = [entry.series_id for entry in source.catalogue.search(head, "en")] if head else []
    ids = [one for one in on_screen if not head or one in searched]
    ids += [one for one in searched if one not in ids]
    many = _PER_SERIES if len(ids) > 1 else len(_USUAL)
    for series_id in ids:
        if series_id in known:
            yield from _valued(source, (f"{series_id}.{tail}" for tail in _USUAL[:many]))


def _metrics_of(source: Derived, head: str, tail: str) -> Iterator[Candidate]:
    ids = head.split(",")
    fitting = [entry for entry in METRICS.values() if entry.needs == len(ids)]
    tails = [usual for usual in _USUAL if len(ids) == 1] + [_spelled(entry) for entry in fitting]
    wanted = dict.fromkeys(one for one in tails if one.startswith(tail))
    near = dict.fromkeys(one for one in tails if tail and tail in one)
    yield from _valued(source, (f"{head}.{one}" for one in {**wanted, **near}))


def _spelled(entry: Metric) -> str:
    return f"{entry.name}.{entry.default_window}" if entry.default_window else entry.name


def _valued(source: Derived, refs: Iterator[str]) -> Iterator[Candidate]:
    for text in refs:
        try:
            reference = parse_reference(text, NOWHERE)
        except Refused:
            continue
        found = evaluate(reference, source)
        if found.value is not None:
            yield Candidate(text, _label(source, reference), Label(found.text.en, found.text.zh))


def _label(source: Derived, reference: Reference) -> Label:
    shorts = [source.series(one).short for one in reference.ids]
    what = METRICS[reference.metric].label
    en, zh = "/".join(one.en for one in shorts), "／".join(one.zh for one in shorts)
    window = reference.window
    return Label(
        f"{en}: {what.en}{f' ({window})' if window else ''}", f"{zh}：{what.zh}{f'（{window}）' if window else ''}"
    )
