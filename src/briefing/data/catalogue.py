"""The catalogue: every series that the program has words for, shipped or the workspace's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from briefing.data.catalogue_file import Raw, entry_of, read_rows
from briefing.data.companions import companion
from briefing.data.entry import Entry
from briefing.data.families import family_members, family_row
from briefing.data.tags import tag_label
from briefing.data.workspace import Workspace
from briefing.resources import asset
from briefing.text import Lang

__all__ = ["Catalogue", "Entry", "load_catalogue"]


@dataclass(frozen=True)
class Catalogue:
    """Entries in catalogue order. Ids stand before aliases, the workspace's own before shipped ones."""

    entries: tuple[Entry, ...]

    @cached_property
    def _by_name(self) -> Mapping[str, Entry]:
        names = {alias: entry for entry in reversed(self.entries) for alias in entry.aliases}
        return MappingProxyType(names | {entry.series_id: entry for entry in self.entries})

    @cached_property
    def _companions(self) -> dict[str, Entry | None]:
        return {}

    def entry(self, id_or_alias: str) -> Entry | None:
        """The entry of an id or alias, of a family's member, or of a companion such as `SPY_OPEN`; else None."""
        found = self._own(id_or_alias)
        if found is not None:
            return found
        if id_or_alias not in self._companions:
            self._companions[id_or_alias] = companion(id_or_alias, self._own)
        return self._companions[id_or_alias]

    def _own(self, id_or_alias: str) -> Entry | None:
        return self._by_name.get(id_or_alias) or _member(id_or_alias)

    def listing(self, series_ids: Iterable[str]) -> Catalogue:
        """The same catalogue with these members of families among its entries, so that `search` finds them."""
        found = (_member(name) for name in series_ids if name not in self._by_name)
        members = tuple(entry for entry in found if entry is not None)
        return Catalogue((*self.entries, *members)) if members else self

    @cached_property
    def _by_code(self) -> Mapping[tuple[str, str], Entry]:
        pairs = ((pair, entry) for entry in reversed(self.entries) for pair in entry.codes)
        return MappingProxyType({(vendor, _plain(code)): entry for (vendor, code), entry in pairs})

    def coded(self, vendor: str, code: str) -> Entry | None:
        """The entry that a vendor's code stands for, in whatever case and spacing; None for an unknown one."""
        return self._by_code.get((vendor, _plain(code)))

    @cached_property
    def _by_title(self) -> Mapping[str, Entry]:
        titles = ((label, entry) for entry in reversed(self.entries) for label in (entry.short, entry.name))
        return MappingProxyType({_plain(words): entry for label, entry in titles for words in (label.en, label.zh)})

    def titled(self, words: str) -> Entry | None:
        """The entry whose full or short name, in either language, is exactly that; None for other words."""
        return self._by_title.get(_plain(words))

    def search(self, query: str, lang: Lang) -> list[Entry]:
        """Entries that hold every word of the query in id, alias, name or tag; the closest first.

        An empty query gives all, in catalogue order. When nothing holds the words, the ones that are
        spelt most like them are given.
        """
        return self.holding(query, lang) or self._alike(" ".join(query.casefold().split()))

    def holding(self, query: str, lang: Lang) -> list[Entry]:
        """The entries that `search` finds by their words, none by their spelling alone."""
        words = query.casefold().split()
        if not words:
            return list(self.entries)
        ranked = [(_rank(entry, words, lang), place) for place, entry in enumerate(self.entries)]
        found = sorted(pair for pair in ranked if pair[0] is not None)
        return [self.entries[place] for _, place in found]

    def _alike(self, query: str) -> list[Entry]:
        from rapidfuzz import fuzz, process

        names = ["\n".join(_words(entry)) for entry in self.entries]
        found = process.extract(query, names, scorer=fuzz.partial_ratio, score_cutoff=75, limit=10)
        return [self.entries[place] for _, _, place in found]


def load_catalogue(workspace: Workspace | None = None) -> Catalogue:
    """The shipped catalogue with the workspace's entries merged over it, key by key. Raises `Refused`."""
    own_path = workspace.catalogue if workspace else None
    if own_path is None or not own_path.exists():
        return Catalogue(_shipped())
    return merged_catalogue(*read_rows(own_path), own_path)


def merged_catalogue(own_publishers: Mapping[str, Raw], own: Mapping[str, Raw], path: Path) -> Catalogue:
    """The shipped catalogue with the publishers and series of a workspace's file. Raises `Refused`."""
    known = {**_shipped_rows()[0], **own_publishers}
    merged = [entry_of({**shipped_row(key), **row}, known, path) for key, row in own.items()]
    return Catalogue((*merged, *(entry for entry in _shipped() if entry.series_id not in own)))


def shipped_row(series_id: str) -> Raw:
    """What the program knows of a series or a family's member, key by key; empty for one that it does not know."""
    return _shipped_rows()[1].get(series_id) or family_row(series_id) or {}


@cache
def _shipped_rows() -> tuple[Mapping[str, Raw], Mapping[str, Raw]]:
    """Publishers and raw rows of the shipped catalogue, which does not change while the program runs."""
    return read_rows(asset("catalogue.toml"))


@cache
def _shipped() -> tuple[Entry, ...]:
    publishers, rows = _shipped_rows()
    path = asset("catalogue.toml")
    entries = tuple(entry_of(row, publishers, path) for row in rows.values())
    members = (_member(name) for name in family_members() if name not in rows)
    return (*entries, *(entry for entry in members if entry is not None))


@lru_cache(maxsize=16384)
def _member(series_id: str) -> Entry | None:
    """The entry of a member of a shipped family; None for an id of none."""
    row = family_row(series_id)
    return None if row is None else entry_of(row, _shipped_rows()[0], asset("families.toml"))


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _rank(entry: Entry, words: list[str], lang: Lang) -> int | None:
    ids = [name.casefold() for name in (entry.series_id, *entry.aliases)]
    if " ".join(words) in ids:
        return 0
    text = "\n".join(_words(entry))
    if not all(word in text for word in words):
        return None
    if any(name.startswith(words[0]) for name in ids):
        return 1
    return 2 if entry.name.of(lang).casefold().startswith(words[0]) else 3


def _words(entry: Entry) -> Iterator[str]:
    yield from (name.casefold() for name in (entry.series_id, *entry.aliases))
    for label in (entry.name, entry.short, *map(tag_label, entry.tags)):
        yield label.en.casefold()
        yield label.zh
