"""Families of series whose ids differ only in a part, such as a tenor or a contract: declared once, named in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from briefing.data.catalogue_file import Raw
from briefing.resources import asset
from briefing.toml_file import read_toml

_HOLE = re.compile(r"\{(\w+)\}")
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Word:
    """What a part of an id stands for: in both languages, as a sign for aliases and short names, in short Chinese."""

    en: str
    zh: str
    sign: str = ""
    short_zh: str = ""

    def of(self, key: str) -> str:
        """The word for a key of an entry: the sign for `aliases` and `short_en`, Chinese for `…_zh`, else English."""
        if key == "aliases":
            return self.sign
        if key == "short_en":
            return self.sign or self.en
        if key == "short_zh":
            return self.short_zh or self.zh
        return self.zh if key.endswith("_zh") else self.en


Words = Mapping[str, Word]
"""Words by the text that stands in an id; `*` stands for any other text, and in its words for that text."""


@dataclass(frozen=True, slots=True)
class Family:
    """Series whose ids match one pattern.

    `row` is an entry of the catalogue in which `{group}` stands for a part of the id. Such a part is told
    in the words of `words[group]` if there are any; else it is written as it stands, without leading
    zeros when it is one of `numbers`. A formula and other ids get the parts as they stand. `members` are
    the ids that are listed even when nothing of them is stored.
    """

    pattern: re.Pattern[str]
    row: Raw
    words: Mapping[str, Words]
    numbers: frozenset[str]
    members: tuple[str, ...]

    def row_of(self, series_id: str) -> Raw | None:
        """The catalogue's row for a series; None for an id of another kind."""
        match = self.pattern.fullmatch(series_id)
        if match is None:
            return None
        parts = match.groupdict(default="")
        filled = {key: self._filled(key, value, parts) for key, value in self.row.items()}
        return {"series_id": series_id, **{key: value for key, value in filled.items() if value != []}}

    def _filled(self, key: str, value: object, parts: Mapping[str, str]) -> object:
        if isinstance(value, str):
            return self._told(key, value, parts)
        if isinstance(value, list):
            return [told for item in value if (told := self._told(key, item, parts))]
        return value

    def _told(self, key: str, template: str, parts: Mapping[str, str]) -> str:
        """The template with its holes filled; empty when a part has no sign that an alias could use."""
        told = {name: self._part(key, name, text) for name, text in parts.items()}
        if key == "aliases" and any(parts[name] and not told[name] for name in _HOLE.findall(template)):
            return ""
        return _HOLE.sub(lambda hole: told[hole[1]], template)

    def _part(self, key: str, name: str, text: str) -> str:
        known = self.words.get(name)
        if known is None or key == "formula":
            return text.lstrip("0") if name in self.numbers and key != "formula" else text
        word = known[text] if text in known else known[_ANY]
        return word.of(key).replace(_ANY, text)


@cache
def shipped_families() -> tuple[Family, ...]:
    """The families that the program knows, in the order of `families.toml`; the first that matches counts."""
    document = read_toml(asset("families.toml"))
    words = {name: _words(rows) for name, rows in document["words"].items()}
    return tuple(_family(row, words) for row in document["family"])


def family_row(series_id: str) -> Raw | None:
    """What the shipped families say of a series, as a row of the catalogue; None for a series of none."""
    return next((row for family in shipped_families() if (row := family.row_of(series_id))), None)


def family_members() -> tuple[str, ...]:
    """The ids of families that are listed even when nothing of them is stored."""
    return tuple(name for family in shipped_families() for name in family.members)


def _family(row: Mapping[str, object], words: Mapping[str, Words]) -> Family:
    own = {"pattern", "words", "numbers", "members"}
    named = row.get("words", {})
    numbers, members = row.get("numbers", []), row.get("members", [])
    return Family(
        pattern=re.compile(str(row["pattern"]), re.ASCII),
        row=MappingProxyType({key: value for key, value in row.items() if key not in own}),
        words={group: words[table] for group, table in named.items()} if isinstance(named, Mapping) else {},
        numbers=frozenset(numbers) if isinstance(numbers, list) else frozenset(),
        members=tuple(members) if isinstance(members, list) else (),
    )


def _words(rows: Mapping[str, list[str]]) -> Words:
    """Words as the file has them: English, Chinese and, where there is one, a sign and a shorter Chinese word."""
    return {text: Word(*row) for text, row in rows.items()}
