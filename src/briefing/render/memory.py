"""The pages of the last layout, and which of them an edit leaves as they are.

After an edit, pages are laid out again from the one on which something changed until a page begins
exactly as one did before; from there on the old pages stand. The result is the same as that of
laying out everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any
from xml.etree.ElementTree import Element, tostring

from briefing.render.locality import held_names, is_held, is_local
from briefing.render.pagination import LaidPage, all_pages, can_continue, pages_from, units


@dataclass(frozen=True)
class Laid:
    """A layout: what it was made of, its pages, and the number of the unit that each page begins with.

    `keys` is the source of each unit, `in_main` how many of them stand in main, `frame` the source of
    all the rest. A place is -1 where a page does not begin with a unit or within one.
    """

    sheet: str
    frame: str
    keys: tuple[str, ...]
    in_main: int
    pages: tuple[LaidPage, ...]
    places: tuple[int, ...]


def laid_out(root: Element, sheet: str, css: Any, before: Laid | None) -> Laid:
    """The layout of a tree, with as many pages of an earlier one as still stand."""
    parts = units(root)
    keys = tuple(tostring(part, encoding="unicode") for part in parts)
    main = root.find("body/main")
    in_main = 0 if main is None else len(main)
    frame = _frame(root, parts)
    found = None
    if before is not None and parts and (before.sheet, before.frame) == (sheet, frame) and _can_stand(sheet):
        found = _Edit(root, css, sheet, parts, keys, in_main, before).pages()
    if found is None:
        pages = all_pages(root, css)
        found = [(page, _place(page, parts) if number else 0) for number, page in enumerate(pages)]
    return Laid(sheet, frame, keys, in_main, tuple(page for page, _ in found), tuple(place for _, place in found))


def _can_stand(sheet: str) -> bool:
    return is_local(sheet) and can_continue()


def _place(page: LaidPage, parts: Sequence[Element]) -> int:
    return next((number for number, part in enumerate(parts) if part is page.start.unit), -1)


def _frame(root: Element, parts: Sequence[Element]) -> str:
    """The source of all that is no unit."""
    kept = {id(part) for part in parts}
    bare = Element(root.tag, root.attrib)
    for part in root:
        if part.tag == "body":
            body = Element(part.tag, part.attrib)
            body.extend([Element("main") if child.tag == "main" else child for child in part if id(child) not in kept])
            bare.append(body)
        else:
            bare.append(part)
    return tostring(bare, encoding="unicode")


@dataclass(frozen=True)
class _Edit:
    """A tree beside the layout of the one before it."""

    root: Element
    css: Any
    sheet: str
    parts: Sequence[Element]
    keys: tuple[str, ...]
    in_main: int
    before: Laid

    def pages(self) -> list[tuple[LaidPage, int]] | None:
        """Every page with its place, or None when the old pages are of no use: a folio names their number."""
        if len(self.keys) - self.in_main != len(self.before.keys) - self.before.in_main:
            return None
        total = len(self.before.pages)
        out: list[tuple[LaidPage, int]] = []
        while not out or out[-1][0].end is not None:
            number = len(out)
            if self._stands(number):
                out.append((self.before.pages[number], self._now(self.before.places[number])))
                continue
            fresh = self._relaid(out)
            if fresh is None:
                return None
            out.extend(fresh)
        return out if len(out) == total else None

    @cached_property
    def _ends(self) -> tuple[int, int]:
        """How many units at the beginning and at the end of main are what they were."""
        old, new = self.before.keys[: self.before.in_main], self.keys[: self.in_main]
        same = 0
        while same < min(len(old), len(new)) and old[same] == new[same]:
            same += 1
        after = 0
        while after < min(len(old), len(new)) - same and old[-1 - after] == new[-1 - after]:
            after += 1
        return same, after

    @cached_property
    def _dirty(self) -> frozenset[int]:
        """The units that changed, or follow on one that came, went or became another kind of thing."""
        if len(self.keys) == len(self.before.keys):
            pairs = enumerate(zip(self.before.keys, self.keys, strict=True))
            changed = {number: _opening(old) != _opening(new) for number, (old, new) in pairs if old != new}
            return frozenset(chain(changed, (number + 1 for number, other in changed.items() if other)))
        same, after = self._ends
        moved = len(self.before.keys) - len(self.keys)
        tail = (n for n in range(self.in_main, len(self.keys)) if self.keys[n] != self.before.keys[n + moved])
        return frozenset(chain(range(same, self.in_main - after + 1), tail))

    def _now(self, old: int) -> int:
        """Where a unit of the old tree stands now; -1 where it is gone."""
        same, after = self._ends
        if len(self.keys) == len(self.before.keys) or 0 <= old < same:
            return old
        return old + len(self.keys) - len(self.before.keys) if old >= self.before.in_main - after else -1

    @cached_property
    def _held(self) -> frozenset[str]:
        return held_names(self.sheet)

    def _stands(self, number: int) -> bool:
        """Whether an old page, begun as it was, would come out as it was."""
        start = self._now(self.before.places[number]) if self.before.places[number] >= 0 else -1
        reach = self._reach(number)
        return start >= 0 and reach >= 0 and not any(start <= changed <= reach for changed in self._dirty)

    def _reach(self, number: int) -> int:
        """The last unit that has a say in where an old page ends; -1 when it cannot be told."""
        if number + 1 == len(self.before.pages):
            return len(self.keys)
        place = self.before.places[number + 1]
        now = self._now(place) if place >= 0 else -1
        if now < 0 or self.before.pages[number + 1].start.forced:
            return now - 1 if now > 0 else -1
        while now < len(self.parts) - 1 and is_held(self.parts[now], self._held):
            now += 1
        return now

    def _relaid(self, out: Sequence[tuple[LaidPage, int]]) -> list[tuple[LaidPage, int]] | None:
        """Fresh pages from the next one on, until one begins as an old one did, or to the end."""
        number = len(out)
        first = self._now(self.before.places[number])
        if first < 0:
            return None
        stops = (stop for stop in self._stops(number) if first < stop)
        for last in dict.fromkeys((*stops, len(self.parts))):
            fresh: list[tuple[LaidPage, int]] = []
            place = first
            for page in self._fresh(out, first, last):
                fresh.append((page, place))
                place = -1 if page.end is None else self._number(page.end.unit)
                if self._joins(number + len(fresh), page, place):
                    return fresh
            if last == len(self.parts):
                return fresh
        return None

    def _fresh(self, out: Sequence[tuple[LaidPage, int]], first: int, last: int) -> Iterator[LaidPage]:
        pages = [page for page, _ in out]
        start = self.before.pages[len(out)].start
        return pages_from(self.root, self.css, (first, last), pages, start, len(self.before.pages))

    def _stops(self, number: int) -> Iterator[int]:
        """Where to stop at first: with what this page needs, then with what the next one that stands needs."""
        for after in range(number, len(self.before.pages) - 1):
            if after == number or self._stands(after):
                yield min(self._reach(after) + 1, len(self.parts))
            if after > number and self._stands(after):
                return

    def _joins(self, number: int, page: LaidPage, place: int) -> bool:
        """Whether what follows a fresh page is what followed before."""
        if number >= len(self.before.pages) or page.end is None or place < 0 or not self._stands(number):
            return False
        same_place = place == self._now(self.before.places[number])
        same_heads = page.strings == self.before.pages[number - 1].strings
        return same_place and same_heads and page.end.continues(self.before.pages[number].start)

    def _number(self, unit: Element | None) -> int:
        return next((number for number, part in enumerate(self.parts) if part is unit), -1)


def _opening(source: str) -> str:
    """The tag and class of a unit's source, by which rules for the next one may choose."""
    return source.partition(">")[0]
