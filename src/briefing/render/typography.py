"""The author's runs as mark-up that a typographer would set.

One pass over the runs, never over finished HTML: escape, bold and highlight, then spans that keep
quantities whole (`nb`), tag the other script (`l` Latin in Chinese, `c` Chinese in Latin) and halve
adjacent full-width marks (`h`). Spans are added and nothing else: without its tags the mark-up is
the escaped source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from briefing.render.quantities import Span, kept_together, merged
from briefing.text import Lang, side_of

_WIDEST = 12.0
"""How wide, in ems, a bound number may be to be kept on one line as a whole."""

_CHINESE_OWN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u00b7\u2014\u2018-\u201d\u2026"
_LATIN = re.compile(rf"[A-Za-z0-9$€£¥~≈<>≤≥±+\u2212@#&%'][^{_CHINESE_OWN}]*(?<!\s)")
_HAN = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]+")
_OPENING = "「『（《〈【〔"
_CLOSING = "」』）》〉】〕"
_STOPS = "、，。：；！？"
_HALVES = re.compile(rf"[{_OPENING}](?<=[{_OPENING}{_CLOSING}{_STOPS}].)|[{_CLOSING}](?=[{_CLOSING}{_STOPS}])")


@dataclass(frozen=True, slots=True)
class Look:
    """How one run is set. Two runs with one look are still two runs: `index` tells them apart."""

    index: int
    bold: bool
    mark: bool
    href: str
    ref: str
    caveat: str
    missing: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """The smallest stretch: within one look, inside or outside of one whole, with at most one tag around it.

    `last` says that its run ends with it.
    """

    text: str
    whole: int | None
    look: Look
    tag: str
    last: bool


def prose(runs: Sequence[Mapping[str, object]], lang: Lang) -> Markup:
    """Runs of the view as mark-up for one language. `runs` have the keys of the document contract."""
    text = "".join(str(run["text"]) for run in runs)
    looks = tuple(_look(index, run) for index, run in enumerate(runs))
    edges = _edges(runs)
    pieces = _pieces(text, lang, looks, edges)
    return Markup("").join(_marked_up(pieces))


def words(text: str, lang: Lang) -> Markup:
    """Plain words, set like prose."""
    return prose([{"text": text}], lang)


def _look(index: int, run: Mapping[str, object]) -> Look:
    return Look(
        index,
        bool(run.get("bold")),
        bool(run.get("mark")),
        str(run.get("href") or ""),
        str(run.get("ref") or ""),
        str(run.get("caveat") or ""),
        bool(run.get("missing")),
    )


def _edges(runs: Sequence[Mapping[str, object]]) -> tuple[Span, ...]:
    out: list[Span] = []
    at = 0
    for run in runs:
        end = at + len(str(run["text"]))
        out.append((at, end))
        at = end
    return tuple(out)


def _pieces(text: str, lang: Lang, looks: tuple[Look, ...], edges: tuple[Span, ...]) -> list[_Piece]:
    side = side_of(lang)
    bound = [
        edge for edge, look in zip(edges, looks, strict=True) if look.ref and _width(text[slice(*edge)]) <= _WIDEST
    ]
    wholes = merged([*kept_together(text, side), *bound])
    whole_at, look_at = _owners(wholes), _owners(edges)
    tags = _chinese_tags(text, whole_at) if side == "zh" else _latin_tags(text)
    tag_at = _owners(list(tags))
    cuts = sorted({0, len(text), *(at for spans in (edges, wholes, tags) for span in spans for at in span)})
    opening = list(tags.values())
    return [
        _Piece(
            text[start:end],
            whole_at.get(start),
            looks[look_at[start]],
            _opening(opening, tag_at.get(start)),
            edges[look_at[start]][1] == end,
        )
        for start, end in pairwise(cuts)
    ]


def _opening(tags: Sequence[str], index: int | None) -> str:
    return "" if index is None else tags[index]


def _latin_tags(text: str) -> dict[Span, str]:
    """In Latin text, every stretch of Chinese is tagged."""
    return {match.span(): '<span class="c" lang="zh-Hant-TW">' for match in _HAN.finditer(text)}


def _chinese_tags(text: str, whole_at: Mapping[int, int]) -> dict[Span, str]:
    """In Chinese text: Latin stretches, the gaps around them, and halved marks, disjoint and in order.

    A gap is a margin, and only towards a Chinese character. Where a line may break before the
    Latin stretch, the margin hangs on the character before, so that lines start flush.
    """
    tags = {match.span(): '<span class="h">' for match in _HALVES.finditer(text)}
    for start, end in _latin_parts(text, whole_at):
        gap = start > 0 and _is_han(text[start - 1])
        inside = whole_at.get(start) is not None and whole_at.get(start) == whole_at.get(start - 1)
        if gap and not inside:
            tags[start - 1, start] = '<span class="g">'
        after = end < len(text) and _is_han(text[end])
        names = " ".join(("l", *(["b"] if gap and inside else []), *(["a"] if after else [])))
        lang = ' lang="en"' if re.search(r"[A-Za-z]{2}", text[start:end]) else ""
        tags[start, end] = f'<span class="{names}"{lang}>'
    return dict(sorted(tags.items()))


def _latin_parts(text: str, whole_at: Mapping[int, int]) -> Iterable[Span]:
    """The stretches of Latin, cut where one that is kept whole begins or ends."""
    for match in _LATIN.finditer(text):
        for _, group in groupby(range(*match.span()), key=whole_at.get):
            places = list(group)
            yield places[0], places[-1] + 1


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def _width(text: str) -> float:
    return sum(1.0 if character >= "\u2e80" else 0.5 for character in text)


def _owners(spans: Sequence[Span]) -> dict[int, int]:
    """Which of some disjoint stretches holds each position."""
    return {at: index for index, (start, end) in enumerate(spans) for at in range(start, end)}


def _marked_up(pieces: Iterable[_Piece]) -> Iterable[Markup]:
    for whole, group in groupby(pieces, key=lambda piece: piece.whole):
        inside = list(group)
        content = Markup("").join(_in_looks(inside))
        yield content if whole is None else _kept_whole(content, inside)


def _kept_whole(content: Markup, inside: Sequence[_Piece]) -> Markup:
    """Content that may not be broken: in a span of its own, or by the one span that it already is."""
    first = inside[0]
    plain_look = not (first.look.ref or first.look.href or first.look.bold or first.look.mark)
    only_ref = first.look.ref and not (first.look.href or first.look.bold or first.look.mark)
    one_span = only_ref or (plain_look and len(inside) == 1 and first.tag)
    if one_span and all(piece.look == first.look for piece in inside):
        return Markup('<span class="nb ') + content[len('<span class="') :]
    return Markup('<span class="nb">') + content + Markup("</span>")


def _in_looks(pieces: Iterable[_Piece]) -> Iterable[Markup]:
    for look, group in groupby(pieces, key=lambda piece: piece.look):
        inside = list(group)
        content = Markup("").join(_tagged(piece) for piece in inside)
        for opening, closing in _tags(look, ends=inside[-1].last):
            content = opening + content + closing
        yield content


def _tagged(piece: _Piece) -> Markup:
    # The opening tags are constants of this module.
    return Markup(piece.tag) + escape(piece.text) + Markup("</span>" if piece.tag else "")  # noqa: S704


def _tags(look: Look, *, ends: bool) -> list[tuple[Markup, Markup]]:
    """The elements of a look, from the innermost to the outermost; a caveat is marked where its run ends."""
    out: list[tuple[Markup, Markup]] = []
    if look.ref:
        state = " missing" if look.missing else " caveat" if look.caveat and ends else ""
        opening = Markup('<span class="ref{}" data-ref="{}">').format(state, look.ref)
        out.append((opening, Markup("</span>")))
    if look.href:
        out.append((Markup('<a href="{}">').format(look.href), Markup("</a>")))
    if look.bold:
        out.append((Markup("<strong>"), Markup("</strong>")))
    if look.mark:
        out.append((Markup("<mark>"), Markup("</mark>")))
    return out
